/* The schema of a database, made or brought up to date.  Rows stay byte for byte, and what an older
 * schema lacks is made by schema.sql as if it were empty. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

enum { SCHEMA_VERSION = 3 }; /* as schema.sql sets it */

static const char *const schema[] = {
#include "cgi/store/schema.inc" /* made from schema.sql, a string for each line */
};

/* With the schema, in one transaction, comes what follows from the rows of an older database: the
 * commit makes the log's tree. */
static bool run_schema(struct store *store)
{
    struct buf sql = BUF_INIT;
    bool ok;

    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        buf_adds(&sql, schema[i]);
    ok = (db_begin(store->db) && db_exec(store->db, sql.data)) || store_fail(store);
    ok = ok && store_prepare(store) && store_read_tail(store) && store_commit(store);
    buf_release(&sql);
    if (!ok)
        store_rollback(store);
    return ok;
}

static char *copy_of(const char *path, int64_t version)
{
    return mem_printf("%s.schema-%lld", path, (long long)version);
}

/* The copy is whole before the first byte of the database changes; one of an earlier try that was
 * interrupted is replaced. */
static bool migrate(struct store *store, int64_t from)
{
    char *copy = copy_of(db_path(store->db), from);
    bool ok = (db_copy(store->db, copy) || store_fail(store)) && run_schema(store);

    free(copy);
    return ok;
}

bool store_fit_schema(struct store *store)
{
    const char *path = db_path(store->db);
    int64_t version = db_version(store->db);

    if (version < 0)
        return store_fail(store);
    if (version > SCHEMA_VERSION)
        return store_refuse(store, "%s: is of schema %lld, newer than this program's %d", path,
                            (long long)version, SCHEMA_VERSION);
    if (version == SCHEMA_VERSION)
        return true;
    if (!store->writes)
        return store_refuse(store,
                            "%s: is of schema %lld, older than this program's %d; the endpoint"
                            " brings it up to date when it starts, and so does `teade-records"
                            " migrate`",
                            path, (long long)version, SCHEMA_VERSION);
    return version == 0 ? run_schema(store) : migrate(store, version);
}

static bool read_version(const char *name, int64_t *version, struct buf *why)
{
    struct db *db = db_open(name, DB_READ, SCHEMA_APPLICATION, why);
    bool ok = false;

    if (db) {
        *version = db_version(db);
        ok = *version >= 0;
        if (!ok)
            buf_adds(why, db_why(db));
    }
    db_close(db);
    return ok;
}

bool store_migrate(const char *path, int64_t *from, int64_t *to, char **copy, struct buf *why)
{
    char *name = mem_printf("sqlite:%s", path);
    struct store *store = NULL;

    *copy = NULL;
    *to = SCHEMA_VERSION;
    if (read_version(name, from, why))
        store = store_open(name, STORE_LOCKED, false, why);
    if (store && *from < SCHEMA_VERSION)
        *copy = copy_of(path, *from);
    free(name);
    store_close(store);
    return store != NULL;
}

/* Setting the version that is there writes its page all the same. */
bool store_probe(struct store *store)
{
    static const char stamp[] = "PRAGMA user_version = 3";

    return db_exec(store->db, stamp) || store_fail(store);
}

/* Without comments and white space, by which databases of different ages differ, and without what
 * SQLite does not keep. */
static void squeeze(const char *sql, struct buf *out)
{
    static const char left_out[] = "IF NOT EXISTS";
    bool quoted = false;

    while (*sql) {
        size_t len = 1;

        if (*sql == '\'')
            quoted = !quoted;
        if (!quoted && strncmp(sql, "--", 2) == 0)
            len = strcspn(sql, "\n");
        else if (!quoted && strncmp(sql, left_out, sizeof left_out - 1) == 0)
            len = sizeof left_out - 1;
        else if (quoted || !strchr(" \t\r\n", *sql))
            buf_addc(out, *sql);
        sql += len;
    }
}

/* Whether it is one of the statements. */
static bool is_made_by(const struct buf *statements, const char *sql)
{
    struct buf statement = BUF_INIT;
    bool is_one;

    buf_addc(&statement, ';');
    squeeze(sql, &statement);
    buf_addc(&statement, ';');
    is_one = strstr(statements->data, statement.data);
    buf_release(&statement);
    return is_one;
}

static void read_statements(struct buf *statements)
{
    struct buf sql = BUF_INIT;

    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        buf_adds(&sql, schema[i]);
    squeeze(sql.data, statements);
    buf_release(&sql);
}

bool store_check_schema(struct store *store, void (*fault)(void *context, const char *what),
                        void *context)
{
    struct db_statement *query = store_query(store, QUERY_SCHEMA);
    struct buf statements = BUF_INIT, what = BUF_INIT;
    bool found, ok;

    read_statements(&statements);
    while ((ok = store_step(store, query, &found)) && found) {
        if (is_made_by(&statements, db_text(query, 2)))
            continue;
        buf_reset(&what);
        buf_addf(&what, "the %s %s is not one of this program", db_text(query, 0),
                 db_text(query, 1));
        fault(context, what.data);
    }
    buf_release(&what);
    buf_release(&statements);
    return ok;
}
