/* Provisions of visitors' data: made in a visitor's name, and found by the handle when no visitor
 * is left. */
#include <sodium.h>
#include <string.h>

#include "record/disclosure.h"
#include "store_private.h"

enum { PROVISIONS_PAGE = 256 }; /* read in one transaction */

_Static_assert((int)PROVISION_ID == (int)ACT_RECORD_ID, "store_do() gives either id");

/* Writing. */

static bool add(struct store *store, const uint8_t visitor[ACT_VISITOR],
                const struct provision *provision)
{
    uint8_t salt[CANONICAL_SALT], entry[CANONICAL_ENTRY];
    struct buf canonical = BUF_INIT;
    bool ok;

    randombytes_buf(salt, sizeof salt);
    provision_canonical(provision, &canonical);
    canonical_entry(PROVISION_VERSION, salt, buf_str(&canonical), entry);
    ok = store_append_provision(store, &(struct store_row){visitor, provision->id, salt, entry,
                                                           provision->time, buf_str(&canonical)});
    buf_release(&canonical);
    return ok;
}

struct providing {
    const uint8_t *visitor;
    struct provision *provision;
};

static enum act_result provide(struct store *store, const void *context, int64_t now,
                               uint8_t id[ACT_RECORD_ID])
{
    const struct providing *providing = context;
    struct provision *provision = providing->provision;
    bool known;

    if (!store_is_known(store, providing->visitor, &known))
        return ACT_UNAVAILABLE;
    if (!known)
        return ACT_STRANGER;
    randombytes_buf(id, ACT_RECORD_ID);
    memcpy(provision->id, id, sizeof provision->id);
    provision->time = now;
    identity_handle(providing->visitor, provision->handle);
    return add(store, providing->visitor, provision) ? ACT_DONE : ACT_UNAVAILABLE;
}

enum act_result store_provide(struct store *store, const uint8_t visitor[ACT_VISITOR],
                              struct provision *provision, int64_t now)
{
    struct providing providing = {visitor, provision};
    uint8_t id[ACT_RECORD_ID];

    return store_do(store, provide, &providing, now, id);
}

/* What a consent is proved by. */

static bool says(const struct stored_record *record, const struct standing *said)
{
    return strcmp(record->act.revision, said->revision) == 0 &&
           stored_answer(record, said->document, said->question) == said->answer;
}

static bool find_said(struct store *store, const uint8_t visitor[ACT_VISITOR],
                      const struct standing *said, bool *found, struct stored_record *record)
{
    struct db_statement *query = store_query(store, QUERY_RECORDS_SAID_AT);
    bool ok = true;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    db_bind_int(query, 2, said->time);
    *found = false;
    while (!*found && store_next(store, query, &ok)) {
        ok = store_read_record(store, query, record);
        *found = ok && record->is_sound && says(record, said);
    }
    db_reset(query);
    return ok;
}

bool store_said_by(struct store *store, const uint8_t visitor[ACT_VISITOR],
                   const struct standing *said, uint8_t record[ACT_RECORD_ID],
                   uint8_t digest[ACT_DIGEST])
{
    struct stored_record found_record;
    bool found;

    if (!find_said(store, visitor, said, &found, &found_record))
        return false;
    if (!found)
        return store_refuse(store, "no record has the current answer to %s", said->question);
    memcpy(record, found_record.id, ACT_RECORD_ID);
    memcpy(digest, found_record.act.digest, ACT_DIGEST);
    return true;
}

/* Reading. */

static bool give(struct store *store, struct db_statement *query, store_take_provision *take,
                 void *context)
{
    struct store_provision row = {
        .index = db_int(query, 0), .canonical = db_blob(query, 4), .erased = db_is_null(query, 6)};
    struct str entry = db_blob(query, 1), salt = db_blob(query, 3);
    struct provision view;

    if (entry.len != CANONICAL_ENTRY || salt.len != CANONICAL_SALT)
        return store_refuse(store, "entry %lld is damaged", (long long)row.index);
    memcpy(row.entry, entry.data, CANONICAL_ENTRY);
    memcpy(row.salt, salt.data, CANONICAL_SALT);
    if (provision_parse(&view, row.canonical))
        row.view = &view;
    take(context, &row);
    return true;
}

/* Gives the rows of a query that is bound; *last is the place of the last. */
static bool give_all(struct store *store, struct db_statement *query, int64_t *last,
                     store_take_provision *take, void *context)
{
    bool ok = true;

    while (store_next(store, query, &ok)) {
        *last = db_int(query, 0);
        ok = give(store, query, take, context);
    }
    return ok;
}

bool store_provisions_of(struct store *store, const uint8_t visitor[ACT_VISITOR],
                         store_take_provision *take, void *context)
{
    struct db_statement *query = store_query(store, QUERY_PROVISIONS_OF);
    int64_t last;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    return give_all(store, query, &last, take, context);
}

bool store_find_provision(struct store *store, const uint8_t id[ACT_RECORD_ID], bool *found,
                          store_take_provision *take, void *context)
{
    struct db_statement *query = store_query(store, QUERY_PROVISION);
    int64_t last = -1;
    bool ok;

    db_bind_blob(query, 1, id, ACT_RECORD_ID);
    ok = give_all(store, query, &last, take, context);
    *found = last >= 0;
    return ok;
}

bool store_provision_page(struct store *store, int64_t *next, bool *more,
                          store_take_provision *take, void *context)
{
    struct db_statement *query;
    int64_t last = -1;
    bool ok = store_begin(store);

    if (ok) {
        query = store_query(store, QUERY_PROVISIONS);
        db_bind_int(query, 1, *next);
        db_bind_int(query, 2, PROVISIONS_PAGE);
        ok = give_all(store, query, &last, take, context);
    }
    store_rollback(store);
    *more = last >= 0;
    if (*more)
        *next = last + 1;
    return ok;
}

bool store_provisions(struct store *store, store_take_provision *take, void *context)
{
    bool ok = true, more = true;

    for (int64_t next = 0; ok && more;)
        ok = store_provision_page(store, &next, &more, take, context);
    return ok;
}
