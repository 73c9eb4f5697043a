/* What a no ends, noted for backups from before it (erased.h).
 *
 * A yes is ended by a withdrawal or a refusal.  Any backup may have any of the visitor's earlier
 * yeses as the newest, so each of them is noted, back to an earlier no, which noted those before
 * itself. An objection ends no record; whichever record of the visitor is the newest in a backup
 * tells that the objection came later, so each of them is noted, back to an earlier objection.
 *
 * Only so many records are read: looking through the tens of thousands that a visitor can make
 * would let them keep all others waiting. */
#include <sodium.h>
#include <string.h>

#include "erased.h"
#include "store_private.h"

enum { NEWEST = 512 /* records that are read */ };

void store_tag(const uint8_t salt[CANONICAL_SALT], const char *document, const char *question,
               uint8_t tag[CANONICAL_ENTRY])
{
    static const char prefix[] = "teade-ended-v1";
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)prefix, sizeof prefix);
    crypto_hash_sha256_update(&state, salt, CANONICAL_SALT);
    crypto_hash_sha256_update(&state, (const uint8_t *)document, strlen(document) + 1);
    crypto_hash_sha256_update(&state, (const uint8_t *)question, strlen(question) + 1);
    crypto_hash_sha256_final(&state, tag);
}

void store_cut_notes(struct store *store, size_t len)
{
    struct buf kept = BUF_INIT;

    buf_add(&kept, store->notes.data, len);
    buf_release(&store->notes);
    store->notes = kept;
}

/* A question that the act says no to. */
struct ending {
    const char *question;
    enum erased_kind kind;
    bool done;
};

static size_t collect(const struct act *act, struct ending *endings)
{
    size_t count = 0;

    for (size_t i = 0; i < act->answer_count; i++)
        if (act->answers[i].answer != ANSWER_GIVEN)
            endings[count++] = (struct ending){
                act->answers[i].question,
                act->answers[i].answer == ANSWER_OBJECTED ? ERASED_OBJECTION : ERASED_WITHDRAWAL,
                false};
    return count;
}

static void note_one(struct store *store, const struct stored_record *record, const char *document,
                     struct ending *ending)
{
    enum answer answer = stored_answer(record, document, ending->question);
    uint8_t tag[CANONICAL_ENTRY];

    if (ending->kind == ERASED_OBJECTION || answer == ANSWER_GIVEN) {
        store_tag(record->salt, document, ending->question, tag);
        erased_line(&store->notes, ending->kind, tag);
    }
    ending->done = ending->kind == ERASED_OBJECTION
                       ? answer == ANSWER_OBJECTED
                       : answer != ANSWER_GIVEN && answer != ANSWER_COUNT;
}

/* A record.  false: nothing is left to be noted. */
static bool note_record(struct store *store, const struct stored_record *record,
                        const char *document, struct ending *endings, size_t count)
{
    size_t done = 0;

    for (size_t i = 0; record->is_sound && i < count; i++) {
        if (!endings[i].done)
            note_one(store, record, document, &endings[i]);
        done += endings[i].done;
    }
    return done < count;
}

bool store_note_ended(struct store *store, const struct act *act)
{
    struct db_statement *query = store_query(store, QUERY_NEWEST_RECORDS);
    struct ending endings[ACT_ANSWERS_MAX];
    struct stored_record record;
    size_t count = collect(act, endings);
    bool ok = true, more = count > 0;

    db_bind_blob(query, 1, act->visitor, ACT_VISITOR);
    db_bind_int(query, 2, NEWEST);
    while (more && store_next(store, query, &ok)) {
        ok = store_read_record(store, query, &record);
        more = ok && note_record(store, &record, act->document, endings, count);
    }
    db_reset(query);
    return ok;
}
