/* The current answers: the newest to each question; yet one to a version that is only announced may
 * say nothing about the version in force, and there the answer before it is current.  Such older
 * ones are taken from the visitor's newest records.  A very long history is not read to its end, so
 * that no page grows slow: an older answer is then as if never given, which permits nothing.
 * The very newest is found all the same, by what the newest record names in `earlier`. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

enum { NEWEST_RECORDS = 32 }; /* a millisecond to parse */

struct said {
    struct standing standing;
    int64_t entry, offer;
};

struct history {
    struct said *items;
    size_t count;
};

static struct said *add(struct history *history)
{
    history->items = mem_grow(history->items, history->count, sizeof *history->items);
    return &history->items[history->count++];
}

static bool is_answered(const struct history *history, const char *document, const char *question)
{
    for (size_t i = 0; i < history->count; i++)
        if (strcmp(history->items[i].standing.question, question) == 0 &&
            strcmp(history->items[i].standing.document, document) == 0)
            return true;
    return false;
}

static void add_answer(const struct stored_record *record, size_t at, struct history *history)
{
    const struct act *act = &record->act;
    struct said *said = add(history);

    memcpy(said->standing.document, act->document, sizeof act->document);
    memcpy(said->standing.question, act->answers[at].question, sizeof act->answers[at].question);
    memcpy(said->standing.revision, act->revision, sizeof act->revision);
    memcpy(said->standing.language, act->language, sizeof act->language);
    said->standing.answer = act->answers[at].answer;
    said->standing.time = record->time;
    said->entry = record->entry;
    said->offer = record->offer;
}

/* *oldest: the last record that was read.  A damaged record ends it: it may have withdrawn what is
 * older. */
static bool read_newest(struct store *store, const uint8_t visitor[ACT_VISITOR],
                        struct history *history, int64_t *oldest, struct buf *earlier)
{
    struct db_statement *query = store_query(store, QUERY_NEWEST_RECORDS);
    struct stored_record record = {.is_sound = true};
    bool ok = true;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    db_bind_int(query, 2, NEWEST_RECORDS);
    while (record.is_sound && store_next(store, query, &ok)) {
        ok = store_read_record(store, query, &record);
        if (*oldest == INT64_MAX)
            buf_addstr(earlier, record.earlier);
        *oldest = record.entry;
        for (size_t i = 0; record.is_sound && i < record.act.answer_count; i++)
            add_answer(&record, i, history);
    }
    db_reset(query);
    if (!record.is_sound)
        buf_reset(earlier);
    return ok;
}

/* Of the records behind those: the answers that are the newest to their questions. */
static bool read_earlier(struct store *store, const uint8_t visitor[ACT_VISITOR], int64_t oldest,
                         struct str places, struct history *history)
{
    struct stored_record record = {.is_sound = true};
    bool ok = true, found = true;

    for (int64_t place; ok && record.is_sound && earlier_next(&places, &place);) {
        if (place >= oldest)
            continue;
        ok = store_record_at(store, place, visitor, &record, &found);
        for (size_t i = 0; ok && found && record.is_sound && i < record.act.answer_count; i++)
            if (!is_answered(history, record.act.document, record.act.answers[i].question))
                add_answer(&record, i, history);
    }
    return ok;
}

static int compare_questions(const struct said *a, const struct said *b)
{
    int order = strcmp(a->standing.document, b->standing.document);

    return order ? order : strcmp(a->standing.question, b->standing.question);
}

/* By document and question, the newest first. */
static int compare(const void *a, const void *b)
{
    const struct said *left = a, *right = b;
    int order = compare_questions(left, right);

    return order ? order : (left->entry < right->entry) - (left->entry > right->entry);
}

/* Whether an answer is current beside the newer ones of its question, from `newest` on: there is no
 * newer one on its revision; it is not a yes or an objection that was withdrawn since; nor a yes
 * that was followed by a no on any revision: consent ends at the moment of the no. */
static bool is_still_current(const struct said *newest, const struct said *said)
{
    enum answer answer = said->standing.answer;
    bool replaced = false, withdrawn = false, refused = false;

    for (const struct said *newer = newest; newer < said; newer++) {
        replaced = replaced || strcmp(newer->standing.revision, said->standing.revision) == 0;
        withdrawn = withdrawn || newer->standing.answer == ANSWER_WITHDRAWN;
        refused = refused || newer->standing.answer == ANSWER_REFUSED;
    }
    if (answer == ANSWER_WITHDRAWN)
        return !withdrawn;
    return !replaced && (!withdrawn || answer == ANSWER_REFUSED) &&
           (!refused || answer != ANSWER_GIVEN);
}

static void tell(const struct history *history, store_take_standing *take, void *context)
{
    const struct said *newest = history->items, *end = history->items + history->count;

    for (const struct said *said = history->items; said < end; said++) {
        if (compare_questions(newest, said) != 0)
            newest = said;
        if (is_still_current(newest, said))
            take(context, &said->standing, said->offer);
    }
}

bool store_current(struct store *store, const uint8_t visitor[ACT_VISITOR],
                   store_take_standing *take, void *context)
{
    struct history history = {0};
    struct buf earlier = BUF_INIT;
    int64_t oldest = INT64_MAX;
    bool ok = read_newest(store, visitor, &history, &oldest, &earlier) &&
              read_earlier(store, visitor, oldest, buf_str(&earlier), &history);

    if (ok && history.count) {
        qsort(history.items, history.count, sizeof *history.items, compare);
        tell(&history, take, context);
    }
    buf_release(&earlier);
    free(history.items);
    return ok;
}

struct taker {
    void (*take)(void *context, const struct standing *standing);
    void *context;
};

static void pass_on(void *context, const struct standing *standing, int64_t offer)
{
    const struct taker *taker = context;

    (void)offer;
    taker->take(taker->context, standing);
}

bool store_standing(struct store *store, const uint8_t visitor[ACT_VISITOR], bool *known,
                    void (*take)(void *context, const struct standing *standing), void *context)
{
    struct taker taker = {take, context};

    return store_is_known(store, visitor, known) &&
           (!*known || store_current(store, visitor, pass_on, &taker));
}
