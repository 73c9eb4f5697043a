#include "store_statements.h"

#include <assert.h>
#include <stdarg.h>

#include "store_state.h"

#define PROVISION                                                                              \
    "SELECT provision.entry, entry.hash, provision.time, provision.salt, provision.canonical," \
    " provision.id, provision.visitor FROM provision"                                          \
    " LEFT JOIN entry ON entry.place = provision.entry"

#define RECORD                                                                          \
    "record.entry, record.visitor, record.offer, record.kind, record.gpc, record.time," \
    " record.id, record.salt, record.answers, record.earlier"
#define WITH_HASH RECORD ", entry.hash FROM record LEFT JOIN entry ON entry.place = record.entry"

/* By the short keys that are indexed; the planner has nothing else to go by. */
#define OF_VISITOR "substr(visitor, 1, 8) = substr($1, 1, 8) AND visitor = $1"
#define OF_ID "substr(id, 1, 8) = substr($1, 1, 8) AND id = $1"
#define NEWEST_FIRST " ORDER BY record.entry DESC"

static const char *const queries[QUERY_COUNT] = {
    [QUERY_TAIL] = "SELECT coalesce((SELECT max(place) + 1 FROM entry), 0),"
                   " coalesce((SELECT time FROM"
                   " (SELECT * FROM (SELECT entry, time FROM record ORDER BY entry DESC LIMIT 1)"
                   " UNION ALL"
                   " SELECT * FROM (SELECT entry, time FROM closing ORDER BY entry DESC LIMIT 1)"
                   " UNION ALL"
                   " SELECT * FROM (SELECT entry, time FROM provision ORDER BY entry DESC LIMIT 1))"
                   " ORDER BY entry DESC LIMIT 1), 0)",

    [QUERY_TEXT] = "SELECT body FROM text WHERE digest = $1",
    [QUERY_ADD_TEXT] = "INSERT INTO text (digest, body) VALUES ($1, $2)",
    [QUERY_OFFER] = "SELECT id FROM offer"
                    " WHERE document = $1 AND revision = $2 AND language = $3 AND digest = $4",
    [QUERY_OFFER_BY_ID] = "SELECT document, revision, language, digest FROM offer WHERE id = $1",
    [QUERY_QUESTIONS_OF] = "SELECT id, basis FROM question WHERE offer = $1 ORDER BY id",
    [QUERY_ASKED] = "SELECT document, revision, language, question.id, body"
                    " FROM question JOIN offer ON offer.id = question.offer"
                    " JOIN text ON text.digest = offer.digest ORDER BY offer.id, question.id",
    [QUERY_ADD_OFFER] = "INSERT INTO offer (document, revision, language, digest)"
                        " VALUES ($1, $2, $3, $4) RETURNING id",
    [QUERY_QUESTION] = "SELECT basis FROM question WHERE offer = $1 AND id = $2",
    [QUERY_OFFERED] = "SELECT offer.digest FROM offer"
                      " JOIN question ON question.offer = offer.id"
                      " WHERE offer.document = $1 AND offer.revision = $2 AND offer.language = $3"
                      " AND question.id = $4 ORDER BY offer.id DESC LIMIT 1",
    [QUERY_ADD_QUESTION] = "INSERT INTO question (offer, id, basis)"
                           " VALUES ($1, $2, $3)",

    [QUERY_ADD_ENTRY] = "INSERT INTO entry (place, hash) VALUES ($1, $2)",
    [QUERY_ADD_RECORD] = "INSERT INTO record (entry, visitor, offer, kind, gpc, time, id, salt,"
                         " answers, earlier) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",

    [QUERY_NEWEST_RECORDS] =
        "SELECT " RECORD " FROM record WHERE " OF_VISITOR NEWEST_FIRST " LIMIT $2",
    [QUERY_OLDEST_RECORDS] =
        "SELECT " RECORD " FROM record WHERE " OF_VISITOR " ORDER BY record.entry LIMIT $2",
    [QUERY_RECORD_BACK] =
        "SELECT time FROM record WHERE " OF_VISITOR NEWEST_FIRST " LIMIT 1 OFFSET $2",
    [QUERY_RECORD_AT] = "SELECT " WITH_HASH " WHERE record.entry = $1",
    [QUERY_RECORDS_SAID_AT] =
        "SELECT " RECORD " FROM record WHERE " OF_VISITOR " AND time = $2" NEWEST_FIRST,
    [QUERY_NEWEST_ID] = "SELECT id FROM record WHERE " OF_VISITOR NEWEST_FIRST " LIMIT 1",
    [QUERY_RECORDS] =
        "SELECT " WITH_HASH " WHERE " OF_VISITOR " AND record.entry < $2" NEWEST_FIRST " LIMIT $3",
    [QUERY_FIND] = "SELECT " WITH_HASH " WHERE " OF_ID,
    [QUERY_VISITOR_OF] = "SELECT visitor FROM record WHERE " OF_ID,
    [QUERY_IS_KNOWN] = "SELECT entry FROM record WHERE " OF_VISITOR " LIMIT 1",
    [QUERY_OPEN_RECORDS] =
        "SELECT " WITH_HASH " WHERE record.entry >= $1 ORDER BY record.entry LIMIT $2",
    [QUERY_OPEN_RECORDS_OF] = "SELECT " WITH_HASH " WHERE " OF_VISITOR
                              " AND record.entry >= $2 ORDER BY record.entry LIMIT $3",
    [QUERY_VISITORS] = "SELECT entry, visitor FROM record WHERE entry > $1 ORDER BY entry LIMIT $2",
    [QUERY_QUESTIONS] = "SELECT question.id, question.basis"
                        " FROM offer JOIN question ON question.offer = offer.id"
                        " WHERE offer.document = $1 AND offer.revision = $2"
                        " AND offer.language = $3 AND offer.digest = $4 ORDER BY question.id",
    [QUERY_BY_VISITOR] =
        "SELECT " RECORD " FROM record WHERE substr(visitor, 1, 8) >= substr($1, 1, 8)"
        " AND (visitor, entry) > ($1, $2) ORDER BY substr(visitor, 1, 8), visitor, entry LIMIT $3",
    [QUERY_OPEN_OF] = "SELECT entry FROM record WHERE " OF_VISITOR " ORDER BY entry",
    [QUERY_ADD_CLOSING] = "INSERT INTO closing (entry, time, salt, canonical)"
                          " VALUES ($1, $2, $3, $4)",
    [QUERY_ADD_PENDING_WIPE] = "INSERT INTO pending_wipe (closing) VALUES ($1)",
    [QUERY_CLOSE] = "DELETE FROM record WHERE entry = $1",
    [QUERY_FORGET] = "DELETE FROM record WHERE " OF_VISITOR,
    [QUERY_FORGET_PROVISIONS] = "UPDATE provision SET visitor = NULL WHERE visitor = $1",
    [QUERY_FORGET_EMPTY] = "UPDATE provision SET visitor = NULL WHERE visitor = $1"
                           " AND NOT EXISTS (SELECT 1 FROM record WHERE"
                           " substr(record.visitor, 1, 8) = substr($1, 1, 8)"
                           " AND record.visitor = $1)",
    [QUERY_OLD_VISITORS] = "SELECT entry, visitor, time FROM record WHERE entry >= $1"
                           " ORDER BY entry LIMIT $2",
    [QUERY_OLD_PROVISIONS] = "SELECT entry FROM provision WHERE time < $1 ORDER BY entry LIMIT $2",
    [QUERY_CLOSE_PROVISION] = "DELETE FROM provision WHERE entry = $1",
    [QUERY_HASH] = "SELECT hash FROM entry WHERE place = $1",
    [QUERY_PENDING_WIPES] =
        "SELECT closing.entry, closing.canonical FROM pending_wipe"
        " JOIN closing ON closing.entry = pending_wipe.closing WHERE closing.entry > $1"
        " ORDER BY closing.entry",
    [QUERY_CLEAR_PENDING_WIPES] = "DELETE FROM pending_wipe WHERE closing <= $1",
    [QUERY_CLOSINGS] = "SELECT closing.entry, entry.hash, closing.time, closing.salt,"
                       " closing.canonical FROM closing"
                       " LEFT JOIN entry ON entry.place = closing.entry ORDER BY closing.entry",

    [QUERY_HASHES] = "SELECT place, hash FROM entry WHERE place >= $1"
                     " ORDER BY place LIMIT $2",
    [QUERY_NODES] = "SELECT place, hash FROM node WHERE level = $1 AND place >= $2"
                    " ORDER BY place LIMIT $3",
    [QUERY_GROWN] = "SELECT coalesce(max(place) + 1, 0) FROM node WHERE level = 1",
    [QUERY_NODE_COUNT] = "SELECT count(*) FROM node",
    [QUERY_ADD_NODE] = "INSERT INTO node (level, place, hash) VALUES ($1, $2, $3)",
    [QUERY_CHECKPOINT] = "SELECT size, time, public, note FROM checkpoint"
                         " WHERE public >= $1 ORDER BY size DESC LIMIT 1",
    [QUERY_CHECKPOINTS] = "SELECT size, time, public, note FROM checkpoint ORDER BY size",
    [QUERY_ADD_CHECKPOINT] = "INSERT INTO checkpoint (size, time, public, note)"
                             " VALUES ($1, $2, $3, $4)",
    [QUERY_MAKE_PUBLIC] = "UPDATE checkpoint SET public = 1 WHERE size = $1",
    [QUERY_SIGNERS] = "SELECT key FROM signer ORDER BY rowid",
    [QUERY_ADD_SIGNER] = "INSERT INTO signer (key, time) SELECT $1, $2"
                         " WHERE NOT EXISTS (SELECT 1 FROM signer WHERE key = $1)",

    [QUERY_ADD_PROVISION] = "INSERT INTO provision (entry, visitor, id, time, salt, canonical)"
                            " VALUES ($1, $2, $3, $4, $5, $6)",
    [QUERY_PROVISIONS] = PROVISION " WHERE provision.entry >= $1"
                                   " ORDER BY provision.entry LIMIT $2",
    [QUERY_PROVISIONS_OF] = PROVISION " WHERE provision.visitor = $1 ORDER BY provision.entry",
    [QUERY_PROVISION] = PROVISION " WHERE provision.id = $1",

    /* Two visitors whose keys begin with the same eight bytes would be counted once. */
    [QUERY_STATS] = "SELECT (SELECT count(DISTINCT substr(visitor, 1, 8)) FROM record),"
                    " (SELECT count(*) FROM text), (SELECT count(*) FROM entry),"
                    " (SELECT count(*) FROM record),"
                    " coalesce((SELECT time FROM record ORDER BY entry LIMIT 1), 0),"
                    " coalesce((SELECT time FROM record ORDER BY entry DESC LIMIT 1), 0)",
    [QUERY_ENTRY_COUNT] = "SELECT count(*) FROM entry",

    [QUERY_AHEAD] = "SELECT count(*), min(entry), max(entry), max(time) FROM"
                    " (SELECT entry, time FROM record UNION ALL SELECT entry, time FROM closing"
                    " UNION ALL SELECT entry, time FROM provision) WHERE time > $1",

    [QUERY_ENTRIES] = "SELECT " RECORD ", entry.hash, entry.place FROM entry"
                      " LEFT JOIN record ON record.entry = entry.place"
                      " WHERE entry.place >= $1 ORDER BY entry.place LIMIT $2",
    [QUERY_STRAYS] = "SELECT entry FROM record WHERE NOT EXISTS"
                     " (SELECT 1 FROM entry WHERE place = record.entry) ORDER BY entry",
    [QUERY_OBJECTABLE] =
        "SELECT offer.document, question.id, max(offer.id) FROM question"
        " JOIN offer ON offer.id = question.offer WHERE question.basis = 'legitimate-interests'"
        " GROUP BY offer.document, question.id ORDER BY offer.document, question.id",
    [QUERY_TEXTS] = "SELECT digest, body FROM text ORDER BY digest",
};

/* What failed. */

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

/* Statements. */

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

bool store_next(struct store *store, struct db_statement *statement, bool *ok)
{
    bool found = false;

    if (*ok)
        *ok = store_step(store, statement, &found);
    else
        db_reset(statement);
    return found;
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

bool store_prepare(struct store *store)
{
    for (int i = 0; i < QUERY_COUNT; i++)
        if (!store->statements[i] && !(store->statements[i] = db_prepare(store->db, queries[i])))
            return store_fail(store);
    return true;
}
