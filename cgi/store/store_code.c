/* What the holder of a receipt can do without being the visitor: withdraw the consent that the
 * record says.  An objection is not theirs to end. */
#include <string.h>

#include "store_private.h"

struct held {
    int64_t index;
    store_fits *fits;
    const void *context;
};

static bool find(struct store *store, int64_t index, bool *found, struct stored_record *record,
                 uint8_t entry[CANONICAL_ENTRY])
{
    struct db_statement *query = store_query(store, QUERY_RECORD_AT);
    bool sound;

    db_bind_int(query, 1, index);
    if (!store_step(store, query, found))
        return false;
    if (!*found)
        return true;
    if (!store_read_record(store, query, record))
        return false;
    sound = record->is_sound && db_blob(query, RECORD_COLUMNS).len == CANONICAL_ENTRY;
    if (sound)
        memcpy(entry, db_blob(query, RECORD_COLUMNS).data, CANONICAL_ENTRY);
    db_reset(query);
    return sound || store_refuse(store, "entry %lld is damaged", (long long)index);
}

/* Names what the record said yes to. */
static void take_consent(const struct act *said, struct act *withdrawal)
{
    for (size_t i = 0; i < said->answer_count; i++)
        if (said->answers[i].answer == ANSWER_GIVEN)
            withdrawal->answers[withdrawal->answer_count++] = said->answers[i];
}

/* An entry that is not open is judged as well, so that time does not tell that there is none. */
static enum act_result withdraw(struct store *store, const void *context, int64_t now,
                                uint8_t id[ACT_RECORD_ID])
{
    const struct held *held = context;
    struct stored_record record = {.entry = 0};
    uint8_t entry[CANONICAL_ENTRY] = {0};
    struct act act = {.kind = ACT_WITHDRAWAL};
    bool found, fits;

    if (!find(store, held->index, &found, &record, entry))
        return ACT_UNAVAILABLE;
    fits = held->fits(held->context, record.salt, entry);
    take_consent(&record.act, &act);
    if (!found || !fits || !act.answer_count)
        return ACT_NOTHING;
    memcpy(act.visitor, record.act.visitor, sizeof act.visitor);
    memcpy(act.document, record.act.document, sizeof act.document);
    return store_withdraw(store, &act, now, id);
}

enum act_result store_withdraw_record(struct store *store, int64_t index, store_fits *fits,
                                      const void *context, int64_t now, uint8_t id[ACT_RECORD_ID])
{
    struct held held = {index, fits, context};

    return store_do(store, withdraw, &held, now, id);
}
