/* What the holder of a receipt can do without being the visitor: withdraw the consent that the
 * record says.  An objection is not theirs to end. */
#include <string.h>

#include "store_private.h"

struct held {
    int64_t index;
    store_fits *fits;
    const void *context;
};

struct held_record {
    uint8_t salt[CANONICAL_SALT], entry[CANONICAL_ENTRY];
    int64_t visitor;
    uint8_t key[ACT_VISITOR];
    struct record_view view;
};

static bool find(struct store *store, int64_t index, bool *found, struct held_record *record)
{
    struct db_statement *query = store_query(store, QUERY_OPENING);
    bool sound;

    db_bind_int(query, 1, index);
    if (!store_step(store, query, found))
        return false;
    if (!*found)
        return true;
    record->visitor = db_int(query, 1);
    sound = db_blob(query, 0).len == CANONICAL_ENTRY && db_blob(query, 3).len == ACT_VISITOR &&
            db_blob(query, 4).len == CANONICAL_SALT &&
            record_parse(db_blob(query, 2), &record->view);
    if (sound) {
        memcpy(record->entry, db_blob(query, 0).data, CANONICAL_ENTRY);
        memcpy(record->key, db_blob(query, 3).data, ACT_VISITOR);
        memcpy(record->salt, db_blob(query, 4).data, CANONICAL_SALT);
    }
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
    struct held_record record = {.visitor = 0};
    struct act act = {.kind = ACT_WITHDRAWAL};
    bool found, fits;

    if (!find(store, held->index, &found, &record))
        return ACT_UNAVAILABLE;
    fits = held->fits(held->context, record.salt, record.entry);
    take_consent(&record.view.act, &act);
    if (!found || !fits || !act.answer_count)
        return ACT_NOTHING;
    memcpy(act.visitor, record.key, sizeof act.visitor);
    memcpy(act.document, record.view.act.document, sizeof act.document);
    return store_withdraw(store, record.visitor, &act, now, id);
}

enum act_result store_withdraw_record(struct store *store, int64_t index, store_fits *fits,
                                      const void *context, int64_t now, uint8_t id[ACT_RECORD_ID])
{
    struct held held = {index, fits, context};

    return store_do(store, withdraw, &held, now, id);
}
