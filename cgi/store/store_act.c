/* An act becomes records.  Everything about it is judged before the first row is written: an
 * act that cannot be done costs reads only. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/mem.h"
#include "store_private.h"

/* Makes the record of a draft, whose act, offer and bases are there. */
static bool keep(struct store *store, struct stored_record *draft, const struct past *past,
                 int64_t now, uint8_t id[ACT_RECORD_ID])
{
    uint8_t entry[RECORD_ENTRY], chance[ACT_RECORD_ID + RECORD_SALT];

    randombytes_buf(chance, sizeof chance); /* at once: each time asks the kernel */
    memcpy(draft->id, chance, sizeof draft->id);
    memcpy(draft->salt, chance + sizeof draft->id, sizeof draft->salt);
    draft->time = now;
    buf_reset(&store->canonical);
    stored_canonical(draft, &store->canonical);
    record_entry(draft->salt, buf_str(&store->canonical), entry);
    buf_reset(&store->places);
    past_earlier(past, draft, &store->places);
    draft->earlier = buf_str(&store->places);
    if (!store_note_ended(store, &draft->act) || !store_append_record(store, draft, entry))
        return false;
    memcpy(id, draft->id, sizeof draft->id);
    return true;
}

/* Answers and acknowledgements. */

static bool is_said_before(const struct act *act, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(act->answers[i].question, act->answers[at].question) == 0)
            return true;
    return false;
}

/* The bases of the act's questions; false where the text has no such question, or not to be
 * answered so. */
static bool judge_answers(const struct offer *offer, struct stored_record *draft)
{
    const struct act *act = &draft->act;

    for (size_t i = 0; i < act->answer_count; i++) {
        const struct act_answer *answer = &act->answers[i];

        draft->basis[i] = offer_basis(offer, answer->question);
        if (!draft->basis[i] || !record_can_say(act->kind, draft->basis[i], answer->answer) ||
            is_said_before(act, i))
            return false;
    }
    return true;
}

/* Unchanged: the same answer is current already, and was given on this very text.  The record that
 * says so is answered again; a second one would prove no more. */

/* One whose time is ahead of the clock does not count (offer_is_ahead()).  NULL: one of the answers
 * is not current. */
static const struct stored_record *find_same(const struct store *store, const struct past *past,
                                             const struct stored_record *draft, int64_t now)
{
    const struct act *act = &draft->act;
    const struct stored_record *newest = NULL;

    for (size_t i = 0; i < act->answer_count; i++) {
        const struct act_answer *answer = &act->answers[i];
        const struct stored_record *said = past_find(past, act->document, answer->question);

        if (!said || said->offer != draft->offer ||
            stored_answer(said, act->document, answer->question) != answer->answer ||
            said->time < store->renewed_before || instant_is_ahead(said->time, now))
            return NULL;
        newest = newest && newest->entry > said->entry ? newest : said;
    }
    return newest;
}

/* One that is further back is recorded again, which harms nobody; looking for it through the tens
 * of thousands of records that a visitor can make would let them keep all others waiting. */
static bool is_acknowledged(struct store *store, const struct stored_record *draft, bool *unchanged,
                            uint8_t id[ACT_RECORD_ID])
{
    enum { NEWEST = 256 }; /* records that are looked at */
    struct db_statement *query = store_query(store, QUERY_NEWEST_RECORDS);
    struct stored_record record;
    bool ok = true;

    *unchanged = false;
    db_bind_blob(query, 1, draft->act.visitor, ACT_VISITOR);
    db_bind_int(query, 2, NEWEST);
    while (!*unchanged && store_next(store, query, &ok)) {
        ok = store_read_record(store, query, &record);
        *unchanged = ok && record.is_sound && record.act.kind == ACT_ACKNOWLEDGEMENT &&
                     record.offer == draft->offer;
    }
    if (*unchanged)
        memcpy(id, record.id, sizeof record.id);
    db_reset(query);
    return ok;
}

static bool is_unchanged(struct store *store, const struct past *past,
                         const struct stored_record *draft, int64_t now, bool *unchanged,
                         uint8_t id[ACT_RECORD_ID])
{
    const struct stored_record *same;

    *unchanged = false;
    if (!past->count)
        return true;
    if (draft->act.kind == ACT_ACKNOWLEDGEMENT)
        return is_acknowledged(store, draft, unchanged, id);
    same = find_same(store, past, draft, now);
    *unchanged = same != NULL;
    if (same)
        memcpy(id, same->id, sizeof same->id);
    return true;
}

/* Whoever says no, to consent or to what is done without it, is always heard: as a withdrawal is.
 */
static bool only_says_no(const struct act *act)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (act->answers[i].answer == ANSWER_GIVEN)
            return false;
    return act->kind == ACT_ANSWERS;
}

/* The record that was made so many before the next one is of the last day.  (One that is more than
 * a day ahead of the clock says nothing of this day.) */
static bool is_limited(struct store *store, const struct act *act, int64_t now, bool *limited)
{
    enum { DAY = 24 * 60 * 60 };
    struct db_statement *query = store_query(store, QUERY_RECORD_BACK);
    int64_t time = 0;

    *limited = false;
    if (!store->acts_a_day || only_says_no(act))
        return true;
    db_bind_blob(query, 1, act->visitor, ACT_VISITOR);
    db_bind_int(query, 2, store->acts_a_day - 1);
    if (!store_int(store, query, limited, &time))
        return false;
    *limited = *limited && time > now - DAY && time < now + DAY;
    return true;
}

static enum act_result keep_new(struct store *store, struct stored_record *draft,
                                const struct past *past, int64_t now, uint8_t id[ACT_RECORD_ID])
{
    bool unchanged, limited = false;

    if (!is_unchanged(store, past, draft, now, &unchanged, id))
        return ACT_UNAVAILABLE;
    if (unchanged)
        return ACT_DONE;
    if (past->count && !is_limited(store, &draft->act, now, &limited))
        return ACT_UNAVAILABLE;
    if (limited)
        return ACT_LIMITED;
    return keep(store, draft, past, now, id) ? ACT_DONE : ACT_UNAVAILABLE;
}

static enum act_result answer(struct store *store, const struct act *act, const struct past *past,
                              int64_t now, uint8_t id[ACT_RECORD_ID])
{
    struct stored_record draft = {.act = *act, .is_sound = true};
    const struct offer *offer;

    if (!past->count && !act->fresh)
        return ACT_STRANGER;
    if (!store_offer_of(store, act, &offer))
        return ACT_UNAVAILABLE;
    if (!offer || !judge_answers(offer, &draft))
        return ACT_NO_TEXT;
    if (act->kind == ACT_ANSWERS && !act->answer_count)
        return ACT_NOTHING;
    draft.offer = offer->id;
    return keep_new(store, &draft, past, now, id);
}

static enum act_result answer_act(struct store *store, const void *context, int64_t now,
                                  uint8_t id[ACT_RECORD_ID])
{
    const struct act *act = context;
    struct past past = {NULL, 0, 0};
    enum act_result result = store_read_past(store, act->visitor, &past)
                                 ? answer(store, act, &past, now, id)
                                 : ACT_UNAVAILABLE;

    past_release(&past);
    return result;
}

/* Withdrawal: the current answer to a question is withdrawn on the text it was given on; that
 * counts for what was said on older ones as well.  Whoever withdraws everything wants less done
 * with their data, not more: an objection is withdrawn by its name alone. */

struct revocation {
    int64_t offer;
    char document[ACT_ID_MAX + 1], question[ACT_QUESTION_MAX + 1];
};

struct revocations {
    const struct act *act;
    struct revocation *items;
    size_t count;
};

static bool is_named(const struct act *act, const char *document, const char *question)
{
    if (*act->document && strcmp(act->document, document) != 0)
        return false;
    for (size_t i = 0; i < act->answer_count; i++)
        if (strcmp(act->answers[i].question, question) == 0)
            return true;
    return act->answer_count == 0;
}

static bool can_be_revoked(const struct act *act, enum answer answer)
{
    return answer == ANSWER_GIVEN || (answer == ANSWER_OBJECTED && act->answer_count);
}

static void take_revocation(void *context, const struct standing *standing, int64_t offer)
{
    struct revocations *all = context;
    struct revocation *one = all->count ? &all->items[all->count - 1] : NULL;

    if (!can_be_revoked(all->act, standing->answer) ||
        !is_named(all->act, standing->document, standing->question) ||
        (one && strcmp(one->document, standing->document) == 0 &&
         strcmp(one->question, standing->question) == 0))
        return;
    all->items = mem_grow(all->items, all->count, sizeof *all->items);
    one = &all->items[all->count++];
    one->offer = offer;
    memcpy(one->document, standing->document, sizeof one->document);
    memcpy(one->question, standing->question, sizeof one->question);
}

static int compare_revocations(const void *a, const void *b)
{
    const struct revocation *left = a, *right = b;

    return left->offer != right->offer ? (left->offer > right->offer) - (left->offer < right->offer)
                                       : strcmp(left->question, right->question);
}

/* Read to the end before the first is written: writing changes the current answers. */
static bool collect(struct store *store, struct revocations *all)
{
    if (!store_current(store, all->act->visitor, take_revocation, all))
        return false;
    if (all->count)
        qsort(all->items, all->count, sizeof *all->items, compare_revocations);
    return true;
}

/* The next record: the revocations from `*at` on that share an offer, as many as one holds. */
static bool draft_withdrawal(struct store *store, const struct revocations *all, size_t *at,
                             struct stored_record *draft)
{
    struct act *act = &draft->act;
    const struct offer *offer;

    draft->offer = all->items[*at].offer;
    act->answer_count = 0;
    while (*at < all->count && all->items[*at].offer == draft->offer &&
           act->answer_count < ACT_ANSWERS_MAX) {
        struct act_answer *answer = &act->answers[act->answer_count++];

        memcpy(answer->question, all->items[(*at)++].question, sizeof answer->question);
        answer->answer = ANSWER_WITHDRAWN;
    }
    if (!store_offer(store, draft->offer, &offer))
        return false;
    if (offer)
        offer_name(offer, act);
    return (offer && judge_answers(offer, draft)) ||
           store_refuse(store, "a visitor's current answer does not match the text");
}

static bool keep_withdrawal(struct store *store, struct stored_record *draft, int64_t now,
                            uint8_t id[ACT_RECORD_ID])
{
    struct past past = {NULL, 0, 0};
    bool ok =
        store_read_past(store, draft->act.visitor, &past) && keep(store, draft, &past, now, id);

    past_release(&past);
    return ok;
}

enum act_result store_withdraw(struct store *store, const struct act *act, int64_t now,
                               uint8_t id[ACT_RECORD_ID])
{
    struct stored_record draft = {.act = *act, .is_sound = true};
    struct revocations all = {.act = act};
    bool ok = collect(store, &all);
    enum act_result result = !ok ? ACT_UNAVAILABLE : all.count ? ACT_DONE : ACT_NOTHING;

    draft.act.kind = ACT_WITHDRAWAL;
    for (size_t at = 0; ok && at < all.count;)
        ok = draft_withdrawal(store, &all, &at, &draft) && keep_withdrawal(store, &draft, now, id);
    free(all.items);
    return ok ? result : ACT_UNAVAILABLE;
}

static enum act_result withdraw_act(struct store *store, const void *context, int64_t now,
                                    uint8_t id[ACT_RECORD_ID])
{
    const struct act *act = context;
    bool known;

    if (!store_is_known(store, act->visitor, &known))
        return ACT_UNAVAILABLE;
    if (!known)
        return act->fresh ? ACT_NOTHING : ACT_STRANGER;
    return store_withdraw(store, act, now, id);
}

void store_renew_before(struct store *store, int64_t time)
{
    store->renewed_before = time;
}

void store_limit_acts(struct store *store, int64_t most)
{
    store->acts_a_day = most;
}

enum act_result store_act(struct store *store, const struct act *act, int64_t now,
                          uint8_t id[ACT_RECORD_ID])
{
    return act->kind == ACT_WITHDRAWAL ? store_do(store, withdraw_act, act, now, id)
                                       : store_do_judged(store, answer_act, act, now, id);
}
