/* Opening, transactions, and every statement there is.  Statements are prepared when the
 * database is opened: one that does not fit the schema is found before the first visitor. */
#include "store_private.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

enum { SCHEMA_APPLICATION = 0x54656164, SCHEMA_VERSION = 1 }; /* as schema.sql sets them */

static const char *const schema[] = {
#include "cgi/schema.inc" /* made from schema.sql, a string for each line */
};

static const char *const queries[QUERY_COUNT] = {
    [QUERY_TAIL] = "SELECT coalesce((SELECT max(place) + 1 FROM entry), 0),"
                   " coalesce((SELECT time FROM opening ORDER BY entry DESC LIMIT 1), 0)",

    [QUERY_TEXT] = "SELECT body FROM text WHERE digest = $1",
    [QUERY_ADD_TEXT] = "INSERT INTO text (digest, body) VALUES ($1, $2)",
    [QUERY_OFFER] = "SELECT id FROM offer"
                    " WHERE document = $1 AND revision = $2 AND language = $3 AND digest = $4",
    [QUERY_OFFER_BY_ID] = "SELECT document, revision, language, digest FROM offer WHERE id = $1",
    [QUERY_ADD_OFFER] = "INSERT INTO offer (document, revision, language, digest, title)"
                        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
    [QUERY_QUESTION] = "SELECT basis, purpose, label FROM question WHERE offer = $1 AND id = $2",
    [QUERY_ADD_QUESTION] = "INSERT INTO question (offer, id, purpose, basis, label)"
                           " VALUES ($1, $2, $3, $4, $5)",

    [QUERY_VISITOR] = "SELECT id FROM visitor WHERE key = $1",
    [QUERY_ADD_VISITOR] = "INSERT INTO visitor (key) VALUES ($1) RETURNING id",
    [QUERY_ADD_ENTRY] = "INSERT INTO entry (place, hash) VALUES ($1, $2)",
    [QUERY_ADD_OPENING] =
        "INSERT INTO opening (entry, visitor, offer, record_id, time, salt, canonical)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
    [QUERY_SET_STANDING] = "INSERT INTO standing (visitor, document, question, answer, entry)"
                           " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (visitor, document, question)"
                           " DO UPDATE SET answer = excluded.answer, entry = excluded.entry",

    [QUERY_STANDS] =
        "SELECT opening.entry, opening.record_id FROM standing"
        " JOIN opening ON opening.entry = standing.entry"
        " WHERE standing.visitor = $1 AND standing.document = $2 AND standing.question = $3"
        " AND standing.answer = $4 AND opening.offer = $5 AND opening.time >= $6",
    [QUERY_RECORDS_ON] = "SELECT record_id, canonical FROM opening"
                         " WHERE visitor = $1 AND offer = $2 ORDER BY entry DESC",

    [QUERY_STANDING] =
        "SELECT standing.document, standing.question, standing.answer, opening.time,"
        " offer.revision, offer.language, standing.entry, opening.offer FROM standing"
        " JOIN opening ON opening.entry = standing.entry JOIN offer ON offer.id = opening.offer"
        " WHERE standing.visitor = $1 ORDER BY standing.document, standing.question",
    [QUERY_NEWEST_RECORDS] = "SELECT entry, offer, canonical FROM opening"
                             " WHERE visitor = $1 ORDER BY entry DESC LIMIT $2",
    [QUERY_RECORDS] =
        "SELECT opening.entry, entry.hash, opening.salt, opening.canonical, opening.offer,"
        " offer.title FROM visitor JOIN opening ON opening.visitor = visitor.id"
        " JOIN entry ON entry.place = opening.entry JOIN offer ON offer.id = opening.offer"
        " WHERE visitor.key = $1 AND opening.entry < $2 ORDER BY opening.entry DESC LIMIT $3",
    [QUERY_FIND] =
        "SELECT opening.entry, entry.hash, opening.salt, opening.canonical, opening.offer,"
        " offer.title FROM opening JOIN entry ON entry.place = opening.entry"
        " JOIN offer ON offer.id = opening.offer WHERE opening.record_id = $1",
    [QUERY_OPEN_RECORDS] =
        "SELECT opening.entry, entry.hash, opening.salt, opening.canonical, opening.offer,"
        " offer.title FROM opening JOIN entry ON entry.place = opening.entry"
        " JOIN offer ON offer.id = opening.offer"
        " WHERE opening.entry >= $1 ORDER BY opening.entry LIMIT $2",
    [QUERY_BY_VISITOR] = "SELECT visitor, entry, canonical FROM opening"
                         " WHERE (visitor, entry) > ($1, $2) ORDER BY visitor, entry LIMIT $3",
    [QUERY_STATS] = "SELECT (SELECT count(*) FROM visitor), (SELECT count(*) FROM text),"
                    " (SELECT count(*) FROM entry), (SELECT count(*) FROM opening),"
                    " coalesce((SELECT time FROM opening ORDER BY entry LIMIT 1), 0),"
                    " coalesce((SELECT time FROM opening ORDER BY entry DESC LIMIT 1), 0),"
                    " (SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())",

    [QUERY_ENTRIES] =
        "SELECT entry.place, entry.hash, opening.salt, opening.canonical, opening.record_id,"
        " opening.visitor, opening.offer, opening.time, offer.document, offer.revision,"
        " offer.language, offer.digest FROM entry LEFT JOIN opening ON opening.entry = entry.place"
        " LEFT JOIN offer ON offer.id = opening.offer"
        " WHERE entry.place >= $1 ORDER BY entry.place LIMIT $2",
    [QUERY_STANDING_ON] =
        "SELECT visitor, document, question, answer FROM standing WHERE entry = $1",
    [QUERY_STANDING_AT] =
        "SELECT entry FROM standing WHERE visitor = $1 AND document = $2 AND question = $3",
    [QUERY_TEXTS] = "SELECT digest, body FROM text ORDER BY digest",
};

/* Statements. */

bool store_fail(struct store *store)
{
    buf_reset(&store->why);
    buf_adds(&store->why, db_why(store->db));
    return false;
}

bool store_refuse(struct store *store, const char *format, ...)
{
    va_list args;

    buf_reset(&store->why);
    va_start(args, format);
    buf_addv(&store->why, format, args);
    va_end(args);
    return false;
}

const char *store_why(const struct store *store)
{
    return store->why.data;
}

struct db_statement *store_query(struct store *store, enum query query)
{
    db_reset(store->statements[query]);
    return store->statements[query];
}

bool store_step(struct store *store, struct db_statement *statement, bool *found)
{
    enum db_step step = db_step(statement);

    *found = step == DB_ROW;
    if (step == DB_FAILED)
        store_fail(store);
    if (step != DB_ROW)
        db_reset(statement);
    return step != DB_FAILED;
}

bool store_run(struct store *store, struct db_statement *statement)
{
    bool row;

    if (!store_step(store, statement, &row))
        return false;
    assert(!row);
    return true;
}

bool store_int(struct store *store, struct db_statement *statement, bool *found, int64_t *value)
{
    if (!store_step(store, statement, found))
        return false;
    if (*found) {
        *value = db_int(statement, 0);
        db_reset(statement);
    }
    return true;
}

/* Opening. */

static bool make_schema(struct store *store)
{
    struct buf sql = BUF_INIT;
    bool ok;

    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        buf_adds(&sql, schema[i]);
    ok = db_begin(store->db) && db_exec(store->db, sql.data) && db_commit(store->db);
    buf_release(&sql);
    if (!ok) {
        store_fail(store);
        db_rollback(store->db);
    }
    return ok;
}

static bool fit_schema(struct store *store, const char *database)
{
    int64_t version = db_version(store->db);

    if (version < 0)
        return store_fail(store);
    if (version > SCHEMA_VERSION)
        return store_refuse(store, "%s: is of schema %lld, newer than this program's %d", database,
                            (long long)version, SCHEMA_VERSION);
    return version == SCHEMA_VERSION || make_schema(store);
}

static bool prepare_all(struct store *store)
{
    for (int i = 0; i < QUERY_COUNT; i++)
        if (!(store->statements[i] = db_prepare(store->db, queries[i])))
            return store_fail(store);
    return true;
}

struct store *store_open(const char *database, enum store_mode mode, bool create, struct buf *why)
{
    enum db_mode db_mode = mode == STORE_READ ? DB_READ : create ? DB_CREATE : DB_WRITE;
    struct store *store;
    struct db *db = db_open(database, db_mode, SCHEMA_APPLICATION, why);

    if (!db)
        return NULL;
    store = mem_alloc(sizeof *store);
    store->db = db;
    store->writes = mode == STORE_WRITE;
    buf_init(&store->why);
    if (fit_schema(store, database) && prepare_all(store))
        return store;
    buf_addstr(why, buf_str(&store->why));
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (int i = 0; i < QUERY_COUNT; i++)
        db_finish(store->statements[i]);
    db_close(store->db);
    buf_release(&store->why);
    free(store);
}

/* Transactions. */

static bool read_tail(struct store *store)
{
    struct db_statement *tail = store_query(store, QUERY_TAIL);
    bool found;

    if (!store_step(store, tail, &found))
        return false;
    assert(found);
    store->tail = (struct store_tail){true, db_int(tail, 0), db_int(tail, 1)};
    db_reset(tail);
    return true;
}

bool store_begin(struct store *store)
{
    if (!db_begin(store->db))
        return store_fail(store);
    if (!store->writes || store->tail.known || read_tail(store))
        return true;
    store_rollback(store);
    return false;
}

bool store_commit(struct store *store)
{
    if (!db_in_transaction(store->db)) /* lost on the way: store_why says how */
        store->tail.known = false;
    else if (db_commit(store->db))
        return true;
    else
        store_fail(store);
    store_rollback(store);
    return false;
}

void store_rollback(struct store *store)
{
    db_rollback(store->db);
    store->tail.known = false;
}

/* Setting the version that is there writes its page all the same. */
bool store_probe(struct store *store)
{
    assert(db_in_transaction(store->db));
    return db_exec(store->db, "PRAGMA user_version = 1") || store_fail(store);
}
