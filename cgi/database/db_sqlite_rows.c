/* Statements, their rows, and transactions. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/plain.h"
#include "db_sqlite.h"

struct db_statement {
    struct db *db;
    sqlite3_stmt *handle;
    int bind_fault; /* SQLITE_OK, or the first result of binding that was not */
};

bool db_sqlite_fail(struct db *db)
{
    int code = sqlite3_extended_errcode(db->handle), system = sqlite3_system_errno(db->handle);

    db->was_refused = (code & 0xff) == SQLITE_CONSTRAINT;
    buf_reset(&db->why);
    buf_addf(&db->why, "%s: ", db->path);
    plain_add_line(&db->why,
                   str_of(sqlite3_errmsg(db->handle))); /* it names what is in the database */
    if (system && ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN))
        buf_addf(&db->why, " (%s)", strerror(system));
    return false;
}

bool db_exec(struct db *db, const char *sql)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || db_sqlite_fail(db);
}

/* To SQLite $1 is a name, numbered by its first use; other drivers go by the number. */
static bool numbered_in_order(sqlite3_stmt *statement)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++)
        if (atoi(sqlite3_bind_parameter_name(statement, i) + 1) != i)
            return false;
    return true;
}

struct db_statement *db_prepare(struct db *db, const char *sql)
{
    struct db_statement *statement = mem_alloc(sizeof *statement);

    statement->db = db;
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle,
                           NULL) == SQLITE_OK) {
        assert(numbered_in_order(statement->handle));
        return statement;
    }
    db_sqlite_fail(db);
    free(statement);
    return NULL;
}

void db_finish(struct db_statement *statement)
{
    if (statement)
        sqlite3_finalize(statement->handle);
    free(statement);
}

static void bound(struct db_statement *statement, int result)
{
    if (statement->bind_fault == SQLITE_OK)
        statement->bind_fault = result;
}

void db_bind_int(struct db_statement *statement, int parameter, int64_t value)
{
    bound(statement, sqlite3_bind_int64(statement->handle, parameter, value));
}

void db_bind_blob(struct db_statement *statement, int parameter, const void *data, size_t len)
{
    bound(statement,
          sqlite3_bind_blob64(statement->handle, parameter, data ? data : "", len, SQLITE_STATIC));
}

void db_bind_text(struct db_statement *statement, int parameter, const char *text)
{
    bound(statement, sqlite3_bind_text64(statement->handle, parameter, text, strlen(text),
                                         SQLITE_STATIC, SQLITE_UTF8));
}

enum db_step db_step(struct db_statement *statement)
{
    if (statement->bind_fault == SQLITE_OK) {
        int result = sqlite3_step(statement->handle);

        if (result == SQLITE_ROW)
            return DB_ROW;
        if (result == SQLITE_DONE)
            return DB_DONE;
    }
    db_sqlite_fail(statement->db);
    return DB_FAILED;
}

void db_reset(struct db_statement *statement)
{
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    statement->bind_fault = SQLITE_OK;
}

int64_t db_int(struct db_statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

struct str db_blob(struct db_statement *statement, int column)
{
    const char *data = sqlite3_column_blob(statement->handle, column);

    return (struct str){data, data ? (size_t)sqlite3_column_bytes(statement->handle, column) : 0};
}

/* One with a NUL in it would pass for its beginning here, and be another one in a query. */
const char *db_text(struct db_statement *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement->handle, column);
    size_t len = text ? (size_t)sqlite3_column_bytes(statement->handle, column) : 0;

    return text && strlen(text) == len ? text : "";
}

bool db_is_null(struct db_statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

/* What is written to a file that has no name any more is gone with us. */
static bool is_in_place(struct db *db)
{
    int moved = 0;

    sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (!moved)
        return true;
    buf_reset(&db->why);
    buf_addf(&db->why, "%s: was moved or removed while in use", db->path);
    return false;
}

static bool take_step(struct db *db, enum transaction_step step, const char *sql)
{
    sqlite3_stmt **statement = &db->transaction[step];
    bool ok;

    if (!*statement && sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
                                          NULL) != SQLITE_OK)
        return db_sqlite_fail(db);
    ok = sqlite3_step(*statement) == SQLITE_DONE || db_sqlite_fail(db);
    sqlite3_reset(*statement);
    return ok;
}

bool db_begin(struct db *db)
{
    if (db->writes && !is_in_place(db))
        return false;
    if (db_backlog(db) >= BACKLOG_MAX && !db_write_back(db))
        return false;
    return take_step(db, STEP_BEGIN, db->writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

bool db_commit(struct db *db)
{
    return take_step(db, STEP_COMMIT, "COMMIT");
}

void db_rollback(struct db *db)
{
    if (db_in_transaction(db))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL); /* db_why keeps the cause */
}

bool db_in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

bool db_savepoint(struct db *db)
{
    return take_step(db, STEP_SAVEPOINT, "SAVEPOINT part");
}

bool db_savepoint_keep(struct db *db)
{
    return take_step(db, STEP_RELEASE, "RELEASE part");
}

bool db_savepoint_undo(struct db *db)
{
    return sqlite3_exec(db->handle, "ROLLBACK TO part; RELEASE part", NULL, NULL, NULL) ==
           SQLITE_OK;
}
