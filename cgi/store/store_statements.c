#include "store_statements.h"

#include <assert.h>
#include <stdarg.h>

#include "store_state.h"

#define PROVISION                                                                              \
    "SELECT provision.entry, entry.hash, provision.time, provision.salt, provision.canonical," \
    " provision.id, visitor.key FROM provision"                                                \
    " LEFT JOIN entry ON entry.place = provision.entry"                                        \
    " LEFT JOIN visitor ON visitor.id = provision.visitor"

static const char *const queries[QUERY_COUNT] = {
    [QUERY_TAIL] = "SELECT coalesce((SELECT max(place) + 1 FROM entry), 0),"
                   " coalesce((SELECT time FROM"
                   " (SELECT * FROM (SELECT entry, time FROM opening ORDER BY entry DESC LIMIT 1)"
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
        " AND standing.answer = $4 AND opening.offer = $5 AND opening.time >= $6"
        " AND opening.time <= $7",
    [QUERY_RECORDS_ON] = "SELECT record_id, canonical FROM opening"
                         " WHERE visitor = $1 AND offer = $2 ORDER BY entry DESC LIMIT $3",

    [QUERY_RECORD_BACK] = "SELECT time FROM opening WHERE visitor = $1"
                          " ORDER BY entry DESC LIMIT 1 OFFSET $2",

    [QUERY_STANDING] =
        "SELECT standing.document, standing.question, standing.answer, opening.time,"
        " offer.revision, offer.language, standing.entry, opening.offer FROM standing"
        " JOIN opening ON opening.entry = standing.entry JOIN offer ON offer.id = opening.offer"
        " WHERE standing.visitor = $1 ORDER BY standing.document, standing.question",
    [QUERY_NEWEST_RECORDS] = "SELECT entry, offer, canonical, salt FROM opening"
                             " WHERE visitor = $1 ORDER BY entry DESC LIMIT $2",
    [QUERY_RECORDS] =
        "SELECT opening.entry, entry.hash, opening.salt, opening.canonical"
        " FROM visitor JOIN opening ON opening.visitor = visitor.id"
        " JOIN entry ON entry.place = opening.entry"
        " WHERE visitor.key = $1 AND opening.entry < $2 ORDER BY opening.entry DESC LIMIT $3",
    [QUERY_FIND] = "SELECT opening.entry, entry.hash, opening.salt, opening.canonical FROM opening"
                   " JOIN entry ON entry.place = opening.entry WHERE opening.record_id = $1",
    [QUERY_VISITOR_OF] = "SELECT visitor.key FROM opening"
                         " JOIN visitor ON visitor.id = opening.visitor"
                         " WHERE opening.record_id = $1",
    [QUERY_OPENING] = "SELECT entry.hash, opening.visitor, opening.canonical, visitor.key,"
                      " opening.salt FROM opening JOIN entry ON entry.place = opening.entry"
                      " JOIN visitor ON visitor.id = opening.visitor WHERE opening.entry = $1",
    [QUERY_OPEN_RECORDS] =
        "SELECT opening.entry, entry.hash, opening.salt, opening.canonical FROM opening"
        " JOIN entry ON entry.place = opening.entry"
        " WHERE opening.entry >= $1 ORDER BY opening.entry LIMIT $2",
    [QUERY_OPEN_RECORDS_OF] =
        "SELECT opening.entry, entry.hash, opening.salt, opening.canonical FROM opening"
        " JOIN entry ON entry.place = opening.entry WHERE opening.visitor ="
        " (SELECT id FROM visitor WHERE key = $1) AND opening.entry >= $2"
        " ORDER BY opening.entry LIMIT $3",
    [QUERY_VISITORS] = "SELECT id, key FROM visitor WHERE id > $1 ORDER BY id LIMIT $2",
    [QUERY_QUESTIONS] = "SELECT question.id, question.basis"
                        " FROM offer JOIN question ON question.offer = offer.id"
                        " WHERE offer.document = $1 AND offer.revision = $2"
                        " AND offer.language = $3 AND offer.digest = $4 ORDER BY question.id",
    [QUERY_BY_VISITOR] = "SELECT visitor, entry, canonical FROM opening"
                         " WHERE (visitor, entry) > ($1, $2) ORDER BY visitor, entry LIMIT $3",
    [QUERY_OPEN_OF] = "SELECT entry FROM opening WHERE visitor = $1 ORDER BY entry",
    [QUERY_ADD_CLOSING] = "INSERT INTO closing (entry, time, salt, canonical)"
                          " VALUES ($1, $2, $3, $4)",
    [QUERY_ADD_PENDING_WIPE] = "INSERT INTO pending_wipe (closing) VALUES ($1)",
    [QUERY_CLOSE] = "DELETE FROM opening WHERE entry = $1",
    [QUERY_FORGET] = "DELETE FROM visitor WHERE id = $1",
    [QUERY_FORGET_EMPTY] = "DELETE FROM visitor WHERE id = $1"
                           " AND NOT EXISTS (SELECT 1 FROM opening WHERE visitor = visitor.id)",
    [QUERY_RECORDS_OF] = "SELECT entry, canonical FROM opening WHERE visitor = $1"
                         " ORDER BY entry LIMIT $2",
    [QUERY_OLD_VISITORS] = "SELECT entry, visitor, time FROM opening WHERE entry >= $1"
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

    [QUERY_RECORDS_AT] = "SELECT record_id, canonical FROM opening"
                         " WHERE visitor = $1 AND time = $2 ORDER BY entry DESC",
    [QUERY_ADD_PROVISION] = "INSERT INTO provision (entry, visitor, id, time, salt, canonical)"
                            " VALUES ($1, $2, $3, $4, $5, $6)",
    [QUERY_PROVISIONS] = PROVISION " WHERE provision.entry >= $1"
                                   " ORDER BY provision.entry LIMIT $2",
    [QUERY_PROVISIONS_OF] = PROVISION " WHERE provision.visitor = (SELECT id FROM visitor"
                                      " WHERE key = $1) ORDER BY provision.entry",
    [QUERY_PROVISION] = PROVISION " WHERE provision.id = $1",

    [QUERY_STATS] = "SELECT (SELECT count(*) FROM visitor), (SELECT count(*) FROM text),"
                    " (SELECT count(*) FROM entry), (SELECT count(*) FROM opening),"
                    " coalesce((SELECT time FROM opening ORDER BY entry LIMIT 1), 0),"
                    " coalesce((SELECT time FROM opening ORDER BY entry DESC LIMIT 1), 0)",

    [QUERY_AHEAD] = "SELECT count(*), min(entry), max(entry), max(time) FROM"
                    " (SELECT entry, time FROM opening UNION ALL SELECT entry, time FROM closing"
                    " UNION ALL SELECT entry, time FROM provision) WHERE time > $1",

    [QUERY_ENTRIES] =
        "SELECT entry.place, entry.hash, opening.salt, opening.canonical, opening.record_id,"
        " opening.visitor, opening.offer, opening.time, offer.document, offer.revision,"
        " offer.language, offer.digest, visitor.key FROM entry"
        " LEFT JOIN opening ON opening.entry = entry.place"
        " LEFT JOIN offer ON offer.id = opening.offer"
        " LEFT JOIN visitor ON visitor.id = opening.visitor"
        " WHERE entry.place >= $1 ORDER BY entry.place LIMIT $2",
    [QUERY_STANDING_FROM] = "SELECT entry, visitor, document, question, answer FROM standing"
                            " WHERE entry >= $1 AND entry < $2 ORDER BY entry",
    [QUERY_ALL_QUESTIONS] = "SELECT offer, id, basis FROM question ORDER BY offer, id",
    [QUERY_STANDING_AT] =
        "SELECT entry FROM standing WHERE visitor = $1 AND document = $2 AND question = $3",
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
