/* The rows of what is entered, at the log's next place. */
#include <string.h>

#include "store_private.h"

static bool add_entry(struct store *store, const uint8_t entry[CANONICAL_ENTRY])
{
    struct db_statement *query = store_query(store, QUERY_ADD_ENTRY);

    db_bind_int(query, 1, store->tail.next);
    db_bind_blob(query, 2, entry, CANONICAL_ENTRY);
    return store_run(store, query);
}

/* The log has grown. */
static bool advance(struct store *store, int64_t time)
{
    store->tail.next++;
    store->tail.time = time;
    return true;
}

static bool add_record(struct store *store, const struct stored_record *record)
{
    struct db_statement *query = store_query(store, QUERY_ADD_RECORD);
    const struct act *act = &record->act;

    buf_reset(&store->answers);
    stored_write_answers(record, &store->answers);
    db_bind_int(query, 1, store->tail.next);
    db_bind_blob(query, 2, act->visitor, ACT_VISITOR);
    db_bind_int(query, 3, record->offer);
    db_bind_int(query, 4, act->kind);
    db_bind_int(query, 5, act->gpc);
    db_bind_int(query, 6, record->time);
    db_bind_blob(query, 7, record->id, ACT_RECORD_ID);
    db_bind_blob(query, 8, record->salt, RECORD_SALT);
    db_bind_text(query, 9, store->answers.data);
    db_bind_blob(query, 10, record->earlier.data, record->earlier.len);
    return store_run(store, query);
}

/* A record that is refused by the schema leaves nothing behind.  After any other failure it
 * is unknown what was written. */
bool store_append_record(struct store *store, const struct stored_record *record,
                         const uint8_t entry[CANONICAL_ENTRY])
{
    if (!add_record(store, record)) {
        if (!db_was_refused(store->db))
            store_rollback(store);
        return false;
    }
    if (add_entry(store, entry)) {
        store->newest.known = true;
        memcpy(store->newest.visitor, record->act.visitor, ACT_VISITOR);
        memcpy(store->newest.id, record->id, ACT_RECORD_ID);
        return advance(store, record->time);
    }
    store_rollback(store);
    return false;
}

bool store_append_provision(struct store *store, const struct store_row *row)
{
    struct db_statement *query;

    if (!add_entry(store, row->entry))
        return false;
    query = store_query(store, QUERY_ADD_PROVISION);
    db_bind_int(query, 1, store->tail.next);
    db_bind_blob(query, 2, row->visitor, ACT_VISITOR);
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
    store->newest.known = false; /* it may be what is closed */
    return add_entry(store, row->entry) && add_closing(store, row) && add_pending_wipe(store) &&
           advance(store, row->time);
}
