/* SQLite behind db.h.
 *
 * Debian's SQLite 3.40 can lose a WAL that two connections reset at the same time, so one process
 * writes and only that one ever checkpoints: it holds a lock file as long as it lives, and
 * every reader is told in three ways not to (read-only, no automatic checkpoint, none on close).
 * WAL with synchronous=FULL is what survives a power cut at every commit that was answered. */
#include "db_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "database_name.h"

static const char *const writer_settings[] = {
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA recursive_triggers = ON",       /* a REPLACE then asks the DELETE triggers too */
    "PRAGMA wal_autocheckpoint = 0",        /* db_write_back() */
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

const char *db_why(const struct db *db)
{
    return db->why.data;
}

bool db_was_refused(const struct db *db)
{
    return db->was_refused;
}

const char *db_path(const struct db *db)
{
    return db->path;
}

/* Under a link the lock, the list of what was erased and the socket would have another name than
 * for whoever names the database itself: there would be two of each, and two writers. */
static bool is_named_itself(const char *path, struct buf *why)
{
    struct stat status;

    if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
        return true;
    buf_addf(why, "%s: is a symbolic link; use the path of the database", path);
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
                 errno == EWOULDBLOCK ? "the database is in use by another teade-consent or "
                                        "teade-records; stop that first"
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
        buf_addf(why, "%s: cannot be created: %s", path, strerror(errno));
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
static bool prepare_file(struct db *db, enum store_mode mode, struct buf *why)
{
    if (mode == STORE_READ)
        return is_open_to_us(db->path, R_OK, why);
    if (mode == STORE_CREATE)
        return take_lock(db, why) && make_file(db->path, why) &&
               is_open_to_us(db->path, R_OK | W_OK, why);
    return is_open_to_us(db->path, R_OK | W_OK, why) &&
           (mode == STORE_LOCKED || take_lock(db, why));
}

static bool query_int(struct db *db, const char *sql, int64_t *value)
{
    sqlite3_stmt *statement;
    bool ok = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW;

    if (ok)
        *value = sqlite3_column_int64(statement, 0);
    else
        db_sqlite_fail(db);
    sqlite3_finalize(statement);
    return ok;
}

/* Before anything is set: a database of another program is left as it is. */
static bool is_ours(struct db *db, enum store_mode mode, int32_t application)
{
    int64_t stamp, objects;

    if (!query_int(db, "PRAGMA application_id", &stamp) ||
        !query_int(db, "SELECT count(*) FROM sqlite_schema", &objects))
        return false;
    if (stamp == application || (stamp == 0 && objects == 0 && mode == STORE_CREATE))
        return true;
    buf_reset(&db->why);
    buf_addf(&db->why, "%s: %s", db->path,
             stamp == 0 && objects == 0 ? "is empty" : "belongs to another program");
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
        buf_addf(&db->why, "%s: this file system does not support SQLite's WAL mode", db->path);
    return is_wal || !db->writes;
}

static int note_backlog(void *context, sqlite3 *handle, const char *name, int pages)
{
    struct db *db = context;

    (void)handle, (void)name;
    db->wal = pages;
    if (db->written > pages) /* it has begun again */
        db->written = 0;
    return SQLITE_OK;
}

static bool connect(struct db *db, enum store_mode mode, int32_t application)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

    if (sqlite3_open_v2(db->path, &db->handle, flags, NULL) != SQLITE_OK)
        return db_sqlite_fail(db);
    sqlite3_busy_timeout(db->handle, BUSY_MILLISECONDS);
    if (!is_ours(db, mode, application) || !configure(db))
        return false;
    if (db->writes)
        sqlite3_wal_hook(db->handle, note_backlog, db);
    return true;
}

struct db *db_open(const char *name, enum store_mode mode, int32_t application, struct buf *why)
{
    const char *path = database_path(name, why);
    struct db *db;

    if (!path)
        return NULL;
    db = mem_alloc(sizeof *db);
    *db = (struct db){.path = mem_dups(path), .lock = -1, .writes = mode != STORE_READ};
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
    for (int step = 0; step < TRANSACTION_STEPS; step++)
        sqlite3_finalize(db->transaction[step]);
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

/* Setting the version that is there writes its page all the same. */
bool db_probe(struct db *db)
{
    char stamp[sizeof "PRAGMA user_version = -9223372036854775808"];
    int64_t version = db_version(db);

    snprintf(stamp, sizeof stamp, "PRAGMA user_version = %lld", (long long)version);
    return version >= 0 && db_exec(db, stamp);
}

int64_t db_size(struct db *db)
{
    int64_t size;

    return query_int(db,
                     "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
                     &size)
               ? size
               : -1;
}
