/* Closing: what an entry stood for goes, and a closing in the log says that it did.  Deleting
 * leaves bytes behind in the files; a pending wipe reminds whoever writes the database until they
 * are gone. */
#include <sodium.h>
#include <string.h>

#include "record/closing.h"
#include "store_private.h"

bool store_close_places(struct store *store, struct closing *closing, int64_t now)
{
    uint8_t salt[CANONICAL_SALT], entry[CANONICAL_ENTRY];
    struct buf canonical = BUF_INIT;
    bool ok;

    closing->time = now;
    closing_canonical(closing, &canonical);
    randombytes_buf(salt, sizeof salt);
    canonical_entry(CLOSING_VERSION, salt, buf_str(&canonical), entry);
    ok = store_append_closing(
        store, &(struct store_row){
                   .salt = salt, .entry = entry, .time = now, .canonical = buf_str(&canonical)});
    buf_release(&canonical);
    return ok;
}

/* Erasing. */

static bool add_places(struct store *store, const uint8_t visitor[ACT_VISITOR],
                       struct closing *closing)
{
    struct db_statement *query = store_query(store, QUERY_OPEN_OF);
    bool ok = true;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    while (store_next(store, query, &ok))
        closing_add(closing, db_int(query, 0));
    return ok;
}

static bool run_on(struct store *store, enum query which, const uint8_t visitor[ACT_VISITOR])
{
    struct db_statement *query = store_query(store, which);

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    return store_run(store, query);
}

/* Their provisions stay, and lose them. */
static bool forget(struct store *store, const uint8_t visitor[ACT_VISITOR])
{
    return run_on(store, QUERY_FORGET, visitor) && run_on(store, QUERY_FORGET_PROVISIONS, visitor);
}

bool store_forget_empty(struct store *store, const uint8_t visitor[ACT_VISITOR])
{
    return run_on(store, QUERY_FORGET_EMPTY, visitor);
}

static enum act_result withdraw_all(struct store *store, const void *context, int64_t now,
                                    uint8_t id[ACT_RECORD_ID])
{
    struct act everything = {.kind = ACT_WITHDRAWAL};

    memcpy(everything.visitor, context, ACT_VISITOR);
    return store_withdraw(store, &everything, now, id);
}

/* Damaged current answers cannot be withdrawn; the visitor is erased all the same. */
static enum act_result erase(struct store *store, const void *context, int64_t now,
                             uint8_t id[ACT_RECORD_ID])
{
    struct closing closing = {.reason = CLOSING_ERASURE};
    size_t notes = store->notes.len;
    bool known, ok;

    if (!store_is_known(store, context, &known))
        return ACT_UNAVAILABLE;
    if (!known)
        return ACT_STRANGER;
    store_do(store, withdraw_all, context, now, id);
    store_cut_notes(store, notes); /* an erasure is noted by itself */
    ok = db_in_transaction(store->db) && add_places(store, context, &closing) &&
         forget(store, context) && (!closing.run_count || store_close_places(store, &closing, now));
    closing_release(&closing);
    return ok ? ACT_DONE : ACT_UNAVAILABLE;
}

enum act_result store_erase(struct store *store, const uint8_t visitor[ACT_VISITOR], int64_t now)
{
    uint8_t id[ACT_RECORD_ID];

    return store_do(store, erase, visitor, now, id);
}

/* Traces. */

static bool take_hash(struct store *store, int64_t place, enum closing_reason reason,
                      store_take_hash *take, void *context)
{
    struct db_statement *query = store_query(store, QUERY_HASH);
    struct str hash;
    bool found;

    db_bind_int(query, 1, place);
    if (!store_step(store, query, &found))
        return false;
    hash = db_blob(query, 0);
    if (!found || hash.len != CANONICAL_ENTRY)
        return store_refuse(store, "entry %lld is damaged", (long long)place);
    take(context, reason, (const uint8_t *)hash.data);
    db_reset(query);
    return true;
}

static bool take_closing(struct store *store, struct str canonical, store_take_hash *take,
                         void *context)
{
    struct closing closing;
    bool ok = closing_parse(&closing, canonical) || store_refuse(store, "a removal is damaged");

    for (size_t i = 0; ok && i < closing.run_count; i++)
        for (int64_t place = closing.runs[i].first; ok && place <= closing.runs[i].last; place++)
            ok = take_hash(store, place, closing.reason, take, context);
    closing_release(&closing);
    return ok;
}

bool store_pending_wipes(struct store *store, int64_t after, int64_t *last, store_take_hash *take,
                         void *context)
{
    struct db_statement *query = store_query(store, QUERY_PENDING_WIPES);
    bool ok = true;

    *last = after;
    db_bind_int(query, 1, after);
    while (store_next(store, query, &ok)) {
        *last = db_int(query, 0);
        ok = !take || take_closing(store, db_blob(query, 1), take, context);
    }
    return ok;
}

bool store_closed(struct store *store, store_take_hash *take, void *context)
{
    struct db_statement *query = store_query(store, QUERY_CLOSINGS);
    bool ok = true;

    while (store_next(store, query, &ok))
        ok = take_closing(store, db_blob(query, 4), take, context);
    return ok;
}

bool store_clear_pending_wipes(struct store *store, int64_t last)
{
    struct db_statement *query = store_query(store, QUERY_CLEAR_PENDING_WIPES);

    db_bind_int(query, 1, last);
    return store_run(store, query);
}

bool store_compact(struct store *store, bool *done)
{
    return db_compact(store->db, done) || store_fail(store);
}
