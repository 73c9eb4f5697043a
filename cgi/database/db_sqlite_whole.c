/* The database as a whole: made compact, filled into another file, checked. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "db_sqlite.h"

/* VACUUM builds the database a second time: not in memory, and not in a folder for everybody's
 * temporary files. */
static bool vacuum(struct db *db)
{
    const char *slash = strrchr(db->path, '/');
    bool ok;

    sqlite3_temp_directory = slash ? sqlite3_mprintf("%.*s", (int)(slash - db->path) + 1, db->path)
                                   : sqlite3_mprintf(".");
    ok = db_exec(db, "PRAGMA temp_store = FILE") && db_exec(db, "VACUUM");
    sqlite3_exec(db->handle, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = NULL;
    return ok;
}

int64_t db_backlog(const struct db *db)
{
    return db->wal - db->written;
}

/* What a reader still needs stays in the WAL, until there is as much again. */
bool db_write_back(struct db *db)
{
    int result = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

    db->written = db->wal;
    return result == SQLITE_OK || (result & 0xff) == SQLITE_BUSY || db_sqlite_fail(db);
}

/* *done false: a reader is in the way, and nobody waits for it. */
static bool empty_wal(struct db *db, bool *done)
{
    int result;

    sqlite3_busy_timeout(db->handle, 0);
    result = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(db->handle, BUSY_MILLISECONDS);
    *done = result == SQLITE_OK;
    return *done || (result & 0xff) == SQLITE_BUSY || db_sqlite_fail(db);
}

/* VACUUM leaves out what is unused; the copies of it in the WAL go when that is emptied.  A reader
 * is found out before: behind one that never ends, each try would add a whole database to the WAL.
 */
bool db_compact(struct db *db, bool *done)
{
    return empty_wal(db, done) && (!*done || (vacuum(db) && empty_wal(db, done)));
}

static bool fill(struct db *db, const char *path)
{
    sqlite3_stmt *statement;
    bool ok = sqlite3_prepare_v2(db->handle, "VACUUM INTO ?", -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_DONE;

    if (!ok)
        db_sqlite_fail(db);
    sqlite3_finalize(statement);
    return ok;
}

/* To a reader the new file is one that it must not write, unless it is told otherwise. */
bool db_fill(struct db *db, const char *path)
{
    char *journal = mem_printf("%s-journal", path); /* of a copy that was interrupted */
    bool ok;

    unlink(journal);
    free(journal);
    if (db->writes)
        return fill(db, path);
    ok = db_exec(db, "PRAGMA query_only = OFF") && fill(db, path);
    sqlite3_exec(db->handle, "PRAGMA query_only = ON", NULL, NULL,
                 NULL); /* db_why keeps the cause */
    return ok;
}

static bool each_row(struct db *db, const char *sql,
                     void (*row)(sqlite3_stmt *statement, const struct fault_sink *to),
                     const struct fault_sink *to)
{
    sqlite3_stmt *statement;
    int result = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);

    while (result == SQLITE_OK || result == SQLITE_ROW)
        if ((result = sqlite3_step(statement)) == SQLITE_ROW)
            row(statement, to);
    if (result != SQLITE_DONE)
        db_sqlite_fail(db);
    sqlite3_finalize(statement);
    return result == SQLITE_DONE;
}

static void integrity_fault(sqlite3_stmt *statement, const struct fault_sink *to)
{
    const char *fault = (const char *)sqlite3_column_text(statement, 0);

    if (fault && strcmp(fault, "ok") != 0)
        fault_add(to, "%s", fault);
}

static void orphan(sqlite3_stmt *statement, const struct fault_sink *to)
{
    struct buf fault = BUF_INIT;

    buf_addf(&fault, "a row of %s", (const char *)sqlite3_column_text(statement, 0));
    if (sqlite3_column_type(statement, 1) != SQLITE_NULL)
        buf_addf(&fault, " (%lld)", sqlite3_column_int64(statement, 1));
    buf_addf(&fault, " refers to a row of %s that does not exist",
             (const char *)sqlite3_column_text(statement, 2));
    fault_add(to, "%s", fault.data);
    buf_release(&fault);
}

/* The pages of a tree lie anywhere in the file: read in the order of the file first, they come from
 * a disk several times as fast.  By SQLite, for closing a file of our own would end its locks. */
static void read_ahead(struct db *db)
{
    enum { PIECE = 1 << 20 };
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    char *piece;

    if (sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        !file->pMethods || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return;
    piece = mem_alloc(PIECE);
    for (sqlite3_int64 at = 0; at < size; at += PIECE)
        file->pMethods->xRead(file, piece, PIECE, at);
    free(piece);
}

bool db_check(struct db *db, const struct fault_sink *sink)
{
    read_ahead(db);
    return each_row(db, "PRAGMA integrity_check", integrity_fault, sink) &&
           each_row(db, "PRAGMA foreign_key_check", orphan, sink);
}

bool db_objects(struct db *db,
                void (*take)(void *context, const char *type, const char *name, const char *sql),
                void *context)
{
    struct db_statement *query = db_prepare(
        db, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");
    enum db_step step = query ? DB_ROW : DB_FAILED;

    while (step == DB_ROW)
        if ((step = db_step(query)) == DB_ROW)
            take(context, db_text(query, 0), db_text(query, 1), db_text(query, 2));
    db_finish(query);
    return step == DB_DONE;
}
