#include "store_reapply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/closing.h"
#include "store_private.h"

/* Closing again.  Of a visitor who was erased the copy may have records that nobody knew of then:
 * those that were lost by an earlier restoring, and are back.  They go as well. */

struct gone {
    int64_t place;
    enum closing_reason reason;
    uint8_t visitor[ACT_VISITOR];
};

struct closing_again {
    const struct erased *erased;
    struct gone *gone;
    size_t count;
    struct buf visitors; /* who was erased: keys, rising */
};

static int compare_keys(const void *a, const void *b)
{
    return memcmp(a, b, ACT_VISITOR);
}

static size_t visitors_of(const struct closing_again *again)
{
    return again->visitors.len / ACT_VISITOR;
}

/* CLOSING_REASONS: it was not closed. */
static enum closing_reason why_closed(const struct closing_again *again,
                                      const struct store_entry *entry)
{
    return entry->entry.len == CANONICAL_ENTRY
               ? erased_why(again->erased, (const uint8_t *)entry->entry.data)
               : CLOSING_REASONS;
}

static void add_gone(struct closing_again *again, const struct store_entry *entry,
                     enum closing_reason reason)
{
    again->gone = mem_grow(again->gone, again->count, sizeof *again->gone);
    again->gone[again->count] = (struct gone){.place = entry->index, .reason = reason};
    memcpy(again->gone[again->count++].visitor, entry->record->act.visitor, ACT_VISITOR);
}

static void find_erased(void *context, const struct store_entry *entry)
{
    struct closing_again *again = context;

    if (entry->open && why_closed(again, entry) == CLOSING_ERASURE)
        buf_add(&again->visitors, entry->record->act.visitor, ACT_VISITOR);
}

static bool was_erased(const struct closing_again *again, const uint8_t visitor[ACT_VISITOR])
{
    return bsearch(visitor, again->visitors.data, visitors_of(again), ACT_VISITOR, compare_keys);
}

static void find_gone(void *context, const struct store_entry *entry)
{
    struct closing_again *again = context;

    if (!entry->open)
        return;
    if (was_erased(again, entry->record->act.visitor))
        add_gone(again, entry, CLOSING_ERASURE);
    else if (why_closed(again, entry) == CLOSING_RETENTION)
        add_gone(again, entry, CLOSING_RETENTION);
}

static bool find_all(struct store *copy, struct closing_again *again)
{
    if (!store_entries(copy, find_erased, again))
        return false;
    qsort(again->visitors.data, visitors_of(again), ACT_VISITOR, compare_keys);
    return store_entries(copy, find_gone, again);
}

static bool close_record(struct store *copy, int64_t place)
{
    struct db_statement *query = store_query(copy, QUERY_CLOSE);

    db_bind_int(query, 1, place);
    return store_run(copy, query);
}

static bool close_for(struct store *copy, const struct closing_again *again,
                      enum closing_reason reason, int64_t now)
{
    struct closing closing = {.reason = reason};
    bool ok = true;

    for (size_t i = 0; ok && i < again->count; i++)
        if (again->gone[i].reason == reason) {
            closing_add(&closing, again->gone[i].place);
            ok = close_record(copy, again->gone[i].place);
        }
    ok = ok && (!closing.run_count || store_close_places(copy, &closing, now));
    closing_release(&closing);
    return ok;
}

static bool close_gone(struct store *copy, const struct closing_again *again, int64_t now)
{
    bool ok = close_for(copy, again, CLOSING_ERASURE, now) &&
              close_for(copy, again, CLOSING_RETENTION, now);

    for (size_t i = 0; ok && i < again->count; i++)
        ok = store_forget_empty(copy, again->gone[i].visitor);
    return ok;
}

static bool close_again(struct store *copy, const struct erased *erased, int64_t now,
                        int64_t *closed)
{
    struct closing_again again = {.erased = erased, .visitors = BUF_INIT};
    bool ok = find_all(copy, &again) && close_gone(copy, &again, now);

    *closed = (int64_t)again.count;
    free(again.gone);
    buf_release(&again.visitors);
    return ok;
}

/* Saying no again (store_end.c). */

/* Objections are looked for in every document that asks for them. */
struct objectable {
    char document[ACT_ID_MAX + 1], question[ACT_QUESTION_MAX + 1];
    int64_t offer; /* the newest that asks it */
};

/* What a record of the copy may be followed by; it is if the record is still the newest. */
struct candidate {
    enum erased_kind kind;
    int64_t entry, offer; /* offer: to object on */
    uint8_t visitor[ACT_VISITOR];
    char document[ACT_ID_MAX + 1], question[ACT_QUESTION_MAX + 1];
};

struct no_again {
    const struct erased *erased;
    struct objectable *objectables;
    size_t objectable_count;
    struct candidate *candidates;
    size_t count;
};

static bool read_objectables(struct store *copy, struct no_again *again)
{
    struct db_statement *query = store_query(copy, QUERY_OBJECTABLE);
    bool ok = true;

    while (store_next(copy, query, &ok)) {
        struct objectable *one;

        again->objectables =
            mem_grow(again->objectables, again->objectable_count, sizeof *again->objectables);
        one = &again->objectables[again->objectable_count++];
        snprintf(one->document, sizeof one->document, "%s", db_text(query, 0));
        snprintf(one->question, sizeof one->question, "%s", db_text(query, 1));
        one->offer = db_int(query, 2);
    }
    return ok;
}

static void try_tag(struct no_again *again, const struct stored_record *record,
                    enum erased_kind kind, const char *document, const char *question,
                    int64_t offer)
{
    uint8_t tag[CANONICAL_ENTRY];
    struct candidate *added;

    store_tag(record->salt, document, question, tag);
    if (!erased_has(again->erased, kind, tag))
        return;
    again->candidates = mem_grow(again->candidates, again->count, sizeof *again->candidates);
    added = &again->candidates[again->count++];
    *added = (struct candidate){.kind = kind, .entry = record->entry, .offer = offer};
    memcpy(added->visitor, record->act.visitor, sizeof added->visitor);
    snprintf(added->document, sizeof added->document, "%s", document);
    snprintf(added->question, sizeof added->question, "%s", question);
}

static void take_entry(void *context, const struct store_entry *entry)
{
    struct no_again *again = context;
    const struct stored_record *record = entry->record;
    const struct act *act;

    if (!record || !record->is_sound)
        return;
    act = &record->act;
    for (size_t i = 0; i < act->answer_count; i++)
        if (act->answers[i].answer == ANSWER_GIVEN)
            try_tag(again, record, ERASED_WITHDRAWAL, act->document, act->answers[i].question, 0);
    for (size_t i = 0; i < again->objectable_count; i++)
        try_tag(again, record, ERASED_OBJECTION, again->objectables[i].document,
                again->objectables[i].question, again->objectables[i].offer);
}

/* A yes is the newest answer to its question; an objection follows the newest record of all. */
static bool is_newest(struct store *copy, const struct candidate *candidate, bool *newest)
{
    struct past past = {NULL, 0, 0};
    const struct stored_record *record = NULL;
    bool ok = store_read_past(copy, candidate->visitor, &past);

    if (ok && candidate->kind == ERASED_WITHDRAWAL)
        record = past_find(&past, candidate->document, candidate->question);
    else if (ok && past.count)
        record = past.items[0];
    *newest = record && record->entry == candidate->entry;
    past_release(&past);
    return ok;
}

static bool say_no(struct store *copy, const struct candidate *candidate, int64_t now, bool *said)
{
    struct act act = {.kind = ACT_WITHDRAWAL, .answer_count = 1};
    const struct offer *offer;
    uint8_t id[ACT_RECORD_ID];
    enum act_result result;

    memcpy(act.visitor, candidate->visitor, sizeof act.visitor);
    memcpy(act.document, candidate->document, sizeof act.document);
    memcpy(act.answers[0].question, candidate->question, sizeof act.answers[0].question);
    act.answers[0].answer = ANSWER_WITHDRAWN;
    if (candidate->kind == ERASED_OBJECTION) {
        act.kind = ACT_ANSWERS;
        act.answers[0].answer = ANSWER_OBJECTED;
        if (!store_offer(copy, candidate->offer, &offer))
            return false;
        if (offer)
            offer_name(offer, &act);
    }
    result = store_act(copy, &act, now, id);
    *said = result == ACT_DONE;
    return result != ACT_UNAVAILABLE;
}

/* All are judged before the first is said: each makes a record that is then the newest. */
static bool judge(struct store *copy, struct no_again *again)
{
    size_t kept = 0;
    bool newest, ok = true;

    for (size_t i = 0; ok && i < again->count; i++) {
        ok = is_newest(copy, &again->candidates[i], &newest);
        if (ok && newest)
            again->candidates[kept++] = again->candidates[i];
    }
    again->count = kept;
    return ok;
}

static bool say_all(struct store *copy, const struct no_again *again, int64_t now,
                    struct store_reapplied *reapplied)
{
    bool said, ok = true;

    for (size_t i = 0; ok && i < again->count; i++) {
        ok = say_no(copy, &again->candidates[i], now, &said);
        reapplied->withdrawn += ok && said && again->candidates[i].kind == ERASED_WITHDRAWAL;
        reapplied->objections += ok && said && again->candidates[i].kind == ERASED_OBJECTION;
    }
    store_cut_notes(copy, 0); /* they are from there */
    return ok;
}

static bool say_no_again(struct store *copy, const struct erased *erased, int64_t now,
                         struct store_reapplied *reapplied)
{
    struct no_again again = {.erased = erased};
    bool ok = read_objectables(copy, &again) && store_entries(copy, take_entry, &again) &&
              judge(copy, &again) && say_all(copy, &again, now, reapplied);

    free(again.objectables);
    free(again.candidates);
    return ok;
}

bool store_reapply(struct store *copy, const struct erased *erased, int64_t now,
                   struct store_reapplied *reapplied)
{
    bool ok;

    *reapplied = (struct store_reapplied){0};
    ok = store_begin(copy) && close_again(copy, erased, now, &reapplied->closed) &&
         say_no_again(copy, erased, now, reapplied) && store_commit(copy);
    store_rollback(copy);
    return ok;
}
