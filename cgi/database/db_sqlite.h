/* What the files behind db.h share: opening (db_sqlite.c), rows (db_sqlite_rows.c) and the database
 * as a whole (db_sqlite_whole.c). */
#ifndef TEADE_DB_SQLITE_H
#define TEADE_DB_SQLITE_H

#include <sqlite3.h>

#include "db.h"

enum { BUSY_MILLISECONDS = 2000 }; /* another process recovering the WAL after a crash */

struct db {
    sqlite3 *handle;
    char *path;
    int lock; /* -1 unless it writes */
    bool writes;
    bool was_refused; /* the last failure: db_was_refused() */
    struct buf why;
};

/* Makes what SQLite met last db_why().  false. */
bool db_sqlite_fail(struct db *db);

#endif
