/* An act becomes records.  Everything about it is judged before the first row is written: an
 * act that cannot be done costs reads only. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/mem.h"
#include "store_private.h"

/* One record in the making. */
struct draft {
    int64_t visitor, offer;
    struct act act;
    const char *basis[ACT_ANSWERS_MAX];
};

static bool keep(struct store *store, const struct draft *draft, int64_t now,
                 uint8_t id[ACT_RECORD_ID])
{
    struct record record = {.act = &draft->act, .time = now};
    uint8_t salt[RECORD_SALT], entry[RECORD_ENTRY];
    struct buf canonical = BUF_INIT;
    bool ok;

    randombytes_buf(record.id, sizeof record.id);
    randombytes_buf(salt, sizeof salt);
    record_principal(salt, draft->act.visitor, record.principal);
    memcpy(record.basis, draft->basis, sizeof record.basis);
    record_canonical(&record, &canonical);
    record_entry(salt, buf_str(&canonical), entry);
    ok = store_note_ended(store, draft->visitor, &draft->act) &&
         store_append_record(store,
                             &(struct store_row){draft->visitor, record.id, salt, entry,
                                                 record.time, buf_str(&canonical)},
                             draft->offer, &draft->act);
    if (ok)
        memcpy(id, record.id, sizeof record.id);
    buf_release(&canonical);
    return ok;
}

/* Answers and acknowledgements. */

static bool is_said_before(const struct act *act, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(act->answers[i].question, act->answers[at].question) == 0)
            return true;
    return false;
}

/* The bases of the act's questions; *fits false where the text has no such question, or not
 * to be answered so. */
static bool judge_answers(struct store *store, struct draft *draft, bool *fits)
{
    const struct act *act = &draft->act;

    *fits = true;
    for (size_t i = 0; *fits && i < act->answer_count; i++) {
        const struct act_answer *answer = &act->answers[i];

        if (!store_basis(store, draft->offer, answer->question, fits, &draft->basis[i]))
            return false;
        *fits = *fits && record_can_say(act->kind, draft->basis[i], answer->answer) &&
                !is_said_before(act, i);
    }
    return true;
}

/* Unchanged: the same answer is current already, and was given on this very text.  The record that
 * says so is answered again; a second one would prove no more. */

static bool take_id(struct str id, uint8_t to[ACT_RECORD_ID])
{
    if (id.len != ACT_RECORD_ID)
        return false;
    memcpy(to, id.data, ACT_RECORD_ID);
    return true;
}

/* One whose time is ahead of the clock does not count (offer_is_ahead()). */
static bool answers_stand(struct store *store, const struct draft *draft, int64_t now,
                          bool *unchanged, uint8_t id[ACT_RECORD_ID])
{
    int64_t newest = -1;

    *unchanged = true;
    for (size_t i = 0; *unchanged && i < draft->act.answer_count; i++) {
        struct db_statement *query = store_query(store, QUERY_STANDS);

        db_bind_int(query, 1, draft->visitor);
        db_bind_text(query, 2, draft->act.document);
        db_bind_text(query, 3, draft->act.answers[i].question);
        db_bind_text(query, 4, answer_names[draft->act.answers[i].answer]);
        db_bind_int(query, 5, draft->offer);
        db_bind_int(query, 6, store->renewed_before);
        db_bind_int(query, 7, now + INSTANT_AHEAD);
        if (!store_step(store, query, unchanged))
            return false;
        if (*unchanged && db_int(query, 0) > newest) {
            newest = db_int(query, 0);
            *unchanged = take_id(db_blob(query, 1), id);
        }
        db_reset(query);
    }
    return true;
}

/* One that is further back is recorded again, which harms nobody; looking for it through the tens
 * of thousands of records that a visitor can make would let them keep all others waiting. */
static bool is_acknowledged(struct store *store, const struct draft *draft, bool *unchanged,
                            uint8_t id[ACT_RECORD_ID])
{
    enum { NEWEST = 256 }; /* records that are looked at */
    struct db_statement *query = store_query(store, QUERY_RECORDS_ON);
    struct record_view view;
    bool ok = true;

    *unchanged = false;
    db_bind_int(query, 1, draft->visitor);
    db_bind_int(query, 2, draft->offer);
    db_bind_int(query, 3, NEWEST);
    while (!*unchanged && store_next(store, query, &ok))
        *unchanged = record_parse(db_blob(query, 1), &view) &&
                     view.act.kind == ACT_ACKNOWLEDGEMENT && take_id(db_blob(query, 0), id);
    db_reset(query);
    return ok;
}

static bool is_unchanged(struct store *store, const struct draft *draft, bool known, int64_t now,
                         bool *unchanged, uint8_t id[ACT_RECORD_ID])
{
    *unchanged = false;
    if (!known)
        return true;
    return draft->act.kind == ACT_ACKNOWLEDGEMENT ? is_acknowledged(store, draft, unchanged, id)
                                                  : answers_stand(store, draft, now, unchanged, id);
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
static bool is_limited(struct store *store, const struct draft *draft, int64_t now, bool *limited)
{
    enum { DAY = 24 * 60 * 60 };
    struct db_statement *query = store_query(store, QUERY_RECORD_BACK);
    int64_t time = 0;

    *limited = false;
    if (!store->acts_a_day || only_says_no(&draft->act))
        return true;
    db_bind_int(query, 1, draft->visitor);
    db_bind_int(query, 2, store->acts_a_day - 1);
    if (!store_int(store, query, limited, &time))
        return false;
    *limited = *limited && time > now - DAY && time < now + DAY;
    return true;
}

static enum act_result answer(struct store *store, struct draft *draft, bool known, int64_t now,
                              uint8_t id[ACT_RECORD_ID])
{
    const struct act *act = &draft->act;
    bool found, fits, unchanged, limited = false;

    if (!store_offer(store, act->document, act->revision, act->language, act->digest, &found,
                     &draft->offer))
        return ACT_UNAVAILABLE;
    if (!found)
        return ACT_NO_TEXT;
    if (!judge_answers(store, draft, &fits))
        return ACT_UNAVAILABLE;
    if (!fits)
        return ACT_NO_TEXT;
    if (act->kind == ACT_ANSWERS && !act->answer_count)
        return ACT_NOTHING;
    if (!is_unchanged(store, draft, known, now, &unchanged, id))
        return ACT_UNAVAILABLE;
    if (unchanged)
        return ACT_DONE;
    if (known && !is_limited(store, draft, now, &limited))
        return ACT_UNAVAILABLE;
    if (limited)
        return ACT_LIMITED;
    if (!known && !store_add_visitor(store, act->visitor, &draft->visitor))
        return ACT_UNAVAILABLE;
    return keep(store, draft, now, id) ? ACT_DONE : ACT_UNAVAILABLE;
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
static bool collect(struct store *store, int64_t visitor, struct revocations *all)
{
    if (!store_stands(store, visitor, take_revocation, all))
        return false;
    if (all->count)
        qsort(all->items, all->count, sizeof *all->items, compare_revocations);
    return true;
}

/* The next record: the revocations from `*at` on that share an offer, as many as one holds. */
static bool draft_withdrawal(struct store *store, const struct revocations *all, size_t *at,
                             struct draft *draft)
{
    struct act *act = &draft->act;
    bool fits;

    draft->offer = all->items[*at].offer;
    act->answer_count = 0;
    while (*at < all->count && all->items[*at].offer == draft->offer &&
           act->answer_count < ACT_ANSWERS_MAX) {
        struct act_answer *answer = &act->answers[act->answer_count++];

        memcpy(answer->question, all->items[(*at)++].question, sizeof answer->question);
        answer->answer = ANSWER_WITHDRAWN;
    }
    return store_name_offer(store, draft->offer, act) && judge_answers(store, draft, &fits) &&
           (fits || store_refuse(store, "a visitor's current answer does not match the text"));
}

enum act_result store_withdraw(struct store *store, int64_t visitor, const struct act *act,
                               int64_t now, uint8_t id[ACT_RECORD_ID])
{
    struct draft draft = {.visitor = visitor, .act = *act};
    struct revocations all = {.act = act};
    bool ok = collect(store, visitor, &all);
    enum act_result result = !ok ? ACT_UNAVAILABLE : all.count ? ACT_DONE : ACT_NOTHING;

    draft.act.kind = ACT_WITHDRAWAL;
    for (size_t at = 0; ok && at < all.count;)
        ok = draft_withdrawal(store, &all, &at, &draft) && keep(store, &draft, now, id);
    free(all.items);
    return ok ? result : ACT_UNAVAILABLE;
}

static enum act_result carry_out(struct store *store, const void *context, int64_t now,
                                 uint8_t id[ACT_RECORD_ID])
{
    const struct act *act = context;
    struct draft draft = {.act = *act};
    bool known;

    if (!store_visitor(store, act->visitor, &known, &draft.visitor))
        return ACT_UNAVAILABLE;
    if (!known && !act->fresh)
        return ACT_STRANGER;
    if (act->kind != ACT_WITHDRAWAL)
        return answer(store, &draft, known, now, id);
    return known ? store_withdraw(store, draft.visitor, act, now, id) : ACT_NOTHING;
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
    return store_do(store, carry_out, act, now, id);
}
