/* The schema of a database: made in an empty one, compared in any other. */
#include <string.h>

#include "store_private.h"

enum { SCHEMA_VERSION = 5 }; /* as schema.sql sets it */

static const char *const schema[] = {
#include "cgi/store/schema.inc" /* made from schema.sql, a string for each line */
};

/* All in one transaction: a database has the whole schema or none. */
static bool make_schema(struct store *store)
{
    struct buf sql = BUF_INIT;
    bool ok;

    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        buf_adds(&sql, schema[i]);
    ok = db_begin(store->db) && db_exec(store->db, sql.data) && db_commit(store->db);
    buf_release(&sql);
    if (ok)
        return true;
    store_fail(store);
    db_rollback(store->db);
    return false;
}

bool store_fit_schema(struct store *store)
{
    int64_t version = db_version(store->db);

    if (version < 0)
        return store_fail(store);
    if (version == 0 && store->writes)
        return make_schema(store);
    return version == SCHEMA_VERSION ||
           store_refuse(store, "%s: has schema %lld; this program can read only schema %d",
                        db_path(store->db), (long long)version, SCHEMA_VERSION);
}

bool store_probe(struct store *store)
{
    return db_probe(store->db) || store_fail(store);
}

/* Without comments and white space, by which two programs of one schema may differ. */
static void squeeze(const char *sql, struct buf *out)
{
    bool quoted = false;

    while (*sql) {
        size_t len = 1;

        if (*sql == '\'')
            quoted = !quoted;
        if (!quoted && strncmp(sql, "--", 2) == 0)
            len = strcspn(sql, "\n");
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

struct schema_check {
    struct buf statements;
    const struct fault_sink *sink;
};

static void check_object(void *context, const char *type, const char *name, const char *sql)
{
    const struct schema_check *check = context;

    if (!is_made_by(&check->statements, sql))
        fault_add(check->sink, "database: the %s %s is not part of the schema", type, name);
}

bool store_check_schema(struct store *store, const struct fault_sink *sink)
{
    struct schema_check check = {.statements = BUF_INIT, .sink = sink};
    bool ok;

    read_statements(&check.statements);
    ok = db_objects(store->db, check_object, &check) || store_fail(store);
    buf_release(&check.statements);
    return ok;
}
