/* SQLite behind db.h.
 *
 * Debian's SQLite 3.40 can lose a WAL that two connections reset at the same time, so one process
 * writes and only that one ever checkpoints: it holds a lock file as long as it lives, and
 * every reader is told in three ways not to (read-only, no automatic checkpoint, none on close).
 * WAL with synchronous=FULL is what survives a power cut at every commit that was answered. */
#include "db.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

enum { BUSY_MILLISECONDS = 2000 }; /* another process recovering the WAL after a crash */

struct db {
    sqlite3 *handle;
    char *path;
    int lock; /* -1 unless it writes */
    bool writes;
    struct buf why;
};

struct db_statement {
    struct db *db;
    sqlite3_stmt *handle;
    int bind_fault; /* SQLITE_OK, or the first result of binding that was not */
};

static const char *const writer_settings[] = {
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA recursive_triggers = ON",       /* a REPLACE then asks the DELETE triggers too */
    "PRAGMA wal_autocheckpoint = 4000",     /* 16 MiB: hot pages are copied back less often */
    "PRAGMA journal_size_limit = 67108864", /* a WAL grown behind a slow reader shrinks again */
    "PRAGMA temp_store = MEMORY",           /* no file of its own beside the database */
    "PRAGMA cell_size_check = ON",
    NULL,
};

static const char *const reader_settings[] = {
    "PRAGMA query_only = ON",
    "PRAGMA cache_size = -32768", /* KiB: what is looked up for each record is read once */
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
    NULL,
};

static bool fail(struct db *db)
{
    int code = sqlite3_extended_errcode(db->handle), system = sqlite3_system_errno(db->handle);

    buf_reset(&db->why);
    buf_addf(&db->why, "%s: %s", db->path, sqlite3_errmsg(db->handle));
    if (system && ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN))
        buf_addf(&db->why, " (%s)", strerror(system));
    return false;
}

const char *db_why(const struct db *db)
{
    return db->why.data;
}

const char *db_path(const struct db *db)
{
    return db->path;
}

const char *db_file(const char *name)
{
    static const char scheme[] = "sqlite:";

    return strncmp(name, scheme, sizeof scheme - 1) == 0 ? name + sizeof scheme - 1 : name;
}

const char *db_path_of(const char *name, struct buf *why)
{
    const char *path = db_file(name);

    if (path == name && name[strcspn(name, ":/")] == ':') {
        buf_addf(why, "%s: a database is a path or sqlite:PATH", name);
        return NULL;
    }
    if (*path && *path != ':') /* to SQLite, :memory: is no file */
        return path;
    buf_addf(why, "%s: names no file", name);
    return NULL;
}

/* Under a link the lock, the list of what was erased and the socket would have another name than
 * for whoever names the database itself: there would be two of each, and two writers. */
static bool is_named_itself(const char *path, struct buf *why)
{
    struct stat status;

    if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
        return true;
    buf_addf(why, "%s: is a link; name the database itself", path);
    return false;
}

int db_lock(const char *path, struct buf *why)
{
    char *name;
    int lock;

    if (!is_named_itself(path, why))
        return -1;
    name = mem_printf("%s.lock", path);
    lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (lock < 0)
        buf_addf(why, "%s: cannot be opened: %s", name, strerror(errno));
    else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        buf_addf(why, "%s: %s", name,
                 errno == EWOULDBLOCK
                     ? "another keeper holds it and writes the database: teade-consent, or "
                       "teade-records at work; end that first"
                     : strerror(errno));
        close(lock);
        lock = -1;
    }
    free(name);
    return lock;
}

static bool take_lock(struct db *db, struct buf *why)
{
    db->lock = db_lock(db->path, why);
    return db->lock >= 0;
}

/* SQLite would make the file for everybody to read.  Its directory entry reaches the disk with
 * the WAL's, whose directory SQLite flushes. */
static bool make_file(const char *path, struct buf *why)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0 && errno != EEXIST) {
        buf_addf(why, "%s: cannot be made: %s", path, strerror(errno));
        return false;
    }
    if (fd >= 0)
        close(fd);
    return true;
}

static bool is_open_to_us(const char *path, int how, struct buf *why)
{
    if (access(path, how) == 0)
        return true;
    buf_addf(why, "%s: cannot be opened: %s", path, strerror(errno));
    return false;
}

/* A file that we may only read SQLite would open for that, and make its WAL index like it. */
static bool prepare_file(struct db *db, enum db_mode mode, struct buf *why)
{
    if (mode == DB_READ)
        return is_open_to_us(db->path, R_OK, why);
    if (mode == DB_CREATE)
        return take_lock(db, why) && make_file(db->path, why) &&
               is_open_to_us(db->path, R_OK | W_OK, why);
    return is_open_to_us(db->path, R_OK | W_OK, why) && (mode == DB_LOCKED || take_lock(db, why));
}

static bool query_int(struct db *db, const char *sql, int64_t *value)
{
    sqlite3_stmt *statement;
    bool ok = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW;

    if (ok)
        *value = sqlite3_column_int64(statement, 0);
    else
        fail(db);
    sqlite3_finalize(statement);
    return ok;
}

/* Before anything is set: a database of another program is left as it is. */
static bool is_ours(struct db *db, enum db_mode mode, int32_t application)
{
    int64_t stamp, objects;

    if (!query_int(db, "PRAGMA application_id", &stamp) ||
        !query_int(db, "SELECT count(*) FROM sqlite_schema", &objects))
        return false;
    if (stamp == application || (stamp == 0 && objects == 0 && mode == DB_CREATE))
        return true;
    buf_reset(&db->why);
    buf_addf(&db->why, "%s: %s", db->path,
             stamp == 0 && objects == 0 ? "is empty" : "is a database of another program");
    return false;
}

static bool configure(struct db *db)
{
    const char *const *setting = db->writes ? writer_settings : reader_settings;
    int64_t is_wal;

    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !db->writes, NULL);
    for (; *setting; setting++)
        if (!db_exec(db, *setting))
            return false;
    /* Some file systems cannot share memory between processes: SQLite then keeps its old way. */
    if (!query_int(db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &is_wal))
        return false;
    if (db->writes && !is_wal)
        buf_addf(&db->why, "%s: this file system cannot hold a WAL", db->path);
    return is_wal || !db->writes;
}

static bool connect(struct db *db, enum db_mode mode, int32_t application)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

    if (sqlite3_open_v2(db->path, &db->handle, flags, NULL) != SQLITE_OK)
        return fail(db);
    sqlite3_busy_timeout(db->handle, BUSY_MILLISECONDS);
    return is_ours(db, mode, application) && configure(db);
}

struct db *db_open(const char *name, enum db_mode mode, int32_t application, struct buf *why)
{
    const char *path = db_path_of(name, why);
    struct db *db;

    if (!path)
        return NULL;
    db = mem_alloc(sizeof *db);
    *db = (struct db){.path = mem_dups(path), .lock = -1, .writes = mode != DB_READ};
    buf_init(&db->why);
    if (prepare_file(db, mode, why)) {
        if (connect(db, mode, application))
            return db;
        buf_addstr(why, buf_str(&db->why));
    }
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    sqlite3_close(db->handle);
    if (db->lock >= 0)
        close(db->lock); /* after the last byte is written */
    buf_release(&db->why);
    free(db->path);
    free(db);
}

int64_t db_version(struct db *db)
{
    int64_t version;

    return query_int(db, "PRAGMA user_version", &version) ? version : -1;
}

bool db_exec(struct db *db, const char *sql)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK || fail(db);
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
    fail(db);
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
    fail(statement->db);
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

const char *db_text(struct db_statement *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement->handle, column);

    return text ? text : "";
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

bool db_begin(struct db *db)
{
    if (db->writes && !is_in_place(db))
        return false;
    return db_exec(db, db->writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

bool db_commit(struct db *db)
{
    return db_exec(db, "COMMIT");
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
    return db_exec(db, "SAVEPOINT part");
}

bool db_savepoint_keep(struct db *db)
{
    return db_exec(db, "RELEASE part");
}

bool db_savepoint_undo(struct db *db)
{
    return sqlite3_exec(db->handle, "ROLLBACK TO part; RELEASE part", NULL, NULL, NULL) ==
           SQLITE_OK;
}

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

/* *done false: a reader is in the way, and nobody waits for it. */
static bool empty_wal(struct db *db, bool *done)
{
    int result;

    sqlite3_busy_timeout(db->handle, 0);
    result = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(db->handle, BUSY_MILLISECONDS);
    *done = result == SQLITE_OK;
    return *done || (result & 0xff) == SQLITE_BUSY || fail(db);
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
        fail(db);
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

static bool copy_fails(struct db *db, const char *path)
{
    buf_reset(&db->why);
    buf_addf(&db->why, "%s: cannot be written: %s", path, strerror(errno));
    return false;
}

/* SQLite fills a file that is there and empty, which is ours to make: its own would be for
 * everybody to read. */
bool db_copy(struct db *db, const char *path)
{
    char *temporary = mem_printf("%s.tmp", path);
    bool ok;
    int fd;

    unlink(temporary); /* of a copy that was interrupted */
    fd = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ok = fd >= 0 || copy_fails(db, temporary);
    ok = ok && db_fill(db, temporary);
    ok = ok && ((fsync(fd) == 0 && file_rename(temporary, path)) || copy_fails(db, path));
    if (fd >= 0)
        close(fd);
    if (!ok)
        unlink(temporary);
    free(temporary);
    return ok;
}

static bool each_row(struct db *db, const char *sql, void (*row)(sqlite3_stmt *statement, void *to),
                     void *to)
{
    sqlite3_stmt *statement;
    int result = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);

    while (result == SQLITE_OK || result == SQLITE_ROW)
        if ((result = sqlite3_step(statement)) == SQLITE_ROW)
            row(statement, to);
    if (result != SQLITE_DONE)
        fail(db);
    sqlite3_finalize(statement);
    return result == SQLITE_DONE;
}

struct listener {
    void (*take)(void *context, const char *fault);
    void *context;
};

static void integrity_fault(sqlite3_stmt *statement, void *to)
{
    const struct listener *listener = to;
    const char *fault = (const char *)sqlite3_column_text(statement, 0);

    if (fault && strcmp(fault, "ok") != 0)
        listener->take(listener->context, fault);
}

static void orphan(sqlite3_stmt *statement, void *to)
{
    const struct listener *listener = to;
    struct buf fault = BUF_INIT;

    buf_addf(&fault, "a row of %s", (const char *)sqlite3_column_text(statement, 0));
    if (sqlite3_column_type(statement, 1) != SQLITE_NULL)
        buf_addf(&fault, " (%lld)", sqlite3_column_int64(statement, 1));
    buf_addf(&fault, " points to a row of %s that is not there",
             (const char *)sqlite3_column_text(statement, 2));
    listener->take(listener->context, fault.data);
    buf_release(&fault);
}

bool db_check(struct db *db, void (*take)(void *context, const char *fault), void *context)
{
    struct listener listener = {take, context};

    return each_row(db, "PRAGMA integrity_check", integrity_fault, &listener) &&
           each_row(db, "PRAGMA foreign_key_check", orphan, &listener);
}
