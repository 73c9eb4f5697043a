/* What the files behind db.h share: opening (db_sqlite.c), rows (db_sqlite_rows.c) and the database
 * as a whole (db_sqlite_whole.c). */
#ifndef TEADE_DB_SQLITE_H
#define TEADE_DB_SQLITE_H

#include <sqlite3.h>

#include "db.h"

enum {
    BUSY_MILLISECONDS = 2000, /* another process recovering the WAL after a crash */
    BACKLOG_MAX = 12000       /* pages, 47 MiB: less than the WAL is cut back to */
};

/* What a transaction is made of. */
enum transaction_step { STEP_BEGIN, STEP_COMMIT, STEP_SAVEPOINT, STEP_RELEASE, TRANSACTION_STEPS };

struct db {
    sqlite3 *handle;
    char *path;
    int lock; /* -1 unless it writes */
    bool writes;
    sqlite3_stmt *transaction[TRANSACTION_STEPS]; /* prepared when they are first needed */
    bool was_refused;                             /* the last failure: db_was_refused() */
    int wal, written; /* pages in the WAL; of these, those there when they were written back last */
    struct buf why;
};

/* Makes what SQLite met last db_why().  false. */
bool db_sqlite_fail(struct db *db);

#endif
