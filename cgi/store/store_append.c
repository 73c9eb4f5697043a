/* The rows of what is entered, at the log's next place. */
#include "store_private.h"

static bool add_entry(struct store *store, const uint8_t entry[CANONICAL_ENTRY])
{
    struct db_statement *query = store_query(store, QUERY_ADD_ENTRY);

    db_bind_int(query, 1, store->tail.next);
    db_bind_blob(query, 2, entry, CANONICAL_ENTRY);
    return store_run(store, query);
}

bool store_add_visitor(struct store *store, const uint8_t key[ACT_VISITOR], int64_t *visitor)
{
    struct db_statement *query = store_query(store, QUERY_ADD_VISITOR);
    bool made;

    db_bind_blob(query, 1, key, ACT_VISITOR);
    return store_int(store, query, &made, visitor);
}

/* The log has grown. */
static bool advance(struct store *store, int64_t time)
{
    store->tail.next++;
    store->tail.time = time;
    return true;
}

static bool add_opening(struct store *store, const struct store_row *row, int64_t offer)
{
    struct db_statement *query = store_query(store, QUERY_ADD_OPENING);

    db_bind_int(query, 1, store->tail.next);
    db_bind_int(query, 2, row->visitor);
    db_bind_int(query, 3, offer);
    db_bind_blob(query, 4, row->id, ACT_RECORD_ID);
    db_bind_int(query, 5, row->time);
    db_bind_blob(query, 6, row->salt, CANONICAL_SALT);
    db_bind_blob(query, 7, row->canonical.data, row->canonical.len);
    return store_run(store, query);
}

static bool set_standing(struct store *store, int64_t visitor, const char *document,
                         const struct act_answer *answer)
{
    struct db_statement *query = store_query(store, QUERY_SET_STANDING);

    db_bind_int(query, 1, visitor);
    db_bind_text(query, 2, document);
    db_bind_text(query, 3, answer->question);
    db_bind_text(query, 4, answer_names[answer->answer]);
    db_bind_int(query, 5, store->tail.next);
    return store_run(store, query);
}

bool store_append_record(struct store *store, const struct store_row *row, int64_t offer,
                         const struct act *act)
{
    bool ok = add_entry(store, row->entry) && add_opening(store, row, offer);

    for (size_t i = 0; ok && i < act->answer_count; i++)
        ok = set_standing(store, row->visitor, act->document, &act->answers[i]);
    return ok && advance(store, row->time);
}

bool store_append_provision(struct store *store, const struct store_row *row)
{
    struct db_statement *query;

    if (!add_entry(store, row->entry))
        return false;
    query = store_query(store, QUERY_ADD_PROVISION);
    db_bind_int(query, 1, store->tail.next);
    if (row->visitor)
        db_bind_int(query, 2, row->visitor);
    db_bind_blob(query, 3, row->id, ACT_RECORD_ID);
    db_bind_int(query, 4, row->time);
    db_bind_blob(query, 5, row->salt, CANONICAL_SALT);
    db_bind_blob(query, 6, row->canonical.data, row->canonical.len);
    return store_run(store, query) && advance(store, row->time);
}

static bool add_closing(struct store *store, const struct store_row *row)
{
    struct db_statement *query = store_query(store, QUERY_ADD_CLOSING);

    db_bind_int(query, 1, store->tail.next);
    db_bind_int(query, 2, row->time);
    db_bind_blob(query, 3, row->salt, CANONICAL_SALT);
    db_bind_blob(query, 4, row->canonical.data, row->canonical.len);
    return store_run(store, query);
}

static bool add_pending_wipe(struct store *store)
{
    struct db_statement *query = store_query(store, QUERY_ADD_PENDING_WIPE);

    db_bind_int(query, 1, store->tail.next);
    return store_run(store, query);
}

bool store_append_closing(struct store *store, const struct store_row *row)
{
    return add_entry(store, row->entry) && add_closing(store, row) && add_pending_wipe(store) &&
           advance(store, row->time);
}
