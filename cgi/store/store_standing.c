/* The current answers.  The table has the newest answer to each question; yet one to a version that
 * is only announced may say nothing about the version in force, and there the answer before it is
 * current. Such older ones are taken from the visitor's newest records.  A history too long is not
 * read to its end, so that nobody's page grows slow: an answer that old is then as if never given,
 * which permits nothing. */
#include <stdio.h>
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

static bool read_standing(struct store *store, struct db_statement *query, struct said *said)
{
    struct standing *standing = &said->standing;

    snprintf(standing->document, sizeof standing->document, "%s", db_text(query, 0));
    snprintf(standing->question, sizeof standing->question, "%s", db_text(query, 1));
    standing->answer = answer_named(db_text(query, 2));
    standing->time = db_int(query, 3);
    snprintf(standing->revision, sizeof standing->revision, "%s", db_text(query, 4));
    snprintf(standing->language, sizeof standing->language, "%s", db_text(query, 5));
    said->entry = db_int(query, 6);
    said->offer = db_int(query, 7);
    return standing->answer != ANSWER_COUNT ||
           store_refuse(store, "the current answer to %s is damaged", standing->question);
}

static bool read_newest(struct store *store, int64_t visitor, struct history *history)
{
    struct db_statement *query = store_query(store, QUERY_STANDING);
    bool ok = true;

    db_bind_int(query, 1, visitor);
    while (store_next(store, query, &ok))
        ok = read_standing(store, query, add(history));
    return ok;
}

static void add_answers(const struct record_view *view, int64_t entry, int64_t offer,
                        struct history *history)
{
    const struct act *act = &view->act;

    for (size_t i = 0; i < act->answer_count; i++) {
        struct said *said = add(history);

        memcpy(said->standing.document, act->document, sizeof act->document);
        memcpy(said->standing.question, act->answers[i].question, sizeof act->answers[i].question);
        memcpy(said->standing.revision, act->revision, sizeof act->revision);
        memcpy(said->standing.language, act->language, sizeof act->language);
        said->standing.answer = act->answers[i].answer;
        said->standing.time = view->seconds;
        said->entry = entry;
        said->offer = offer;
    }
}

/* A damaged record ends it: it may have withdrawn what is older. */
static bool read_records(struct store *store, int64_t visitor, struct history *history)
{
    struct db_statement *query = store_query(store, QUERY_NEWEST_RECORDS);
    struct record_view view;
    bool ok = true;

    db_bind_int(query, 1, visitor);
    db_bind_int(query, 2, NEWEST_RECORDS);
    while (store_next(store, query, &ok) && record_parse(db_blob(query, 2), &view))
        add_answers(&view, db_int(query, 0), db_int(query, 1), history);
    db_reset(query);
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

/* Whether an answer stands beside the newer ones of its question, from `newest` on: not another on
 * its revision; nor a yes or an objection that was withdrawn since; nor a yes that was followed by
 * a no, whatever the version: consent ends the moment somebody says so. */
static bool stands_beside(const struct said *newest, const struct said *said)
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
        if (stands_beside(newest, said))
            take(context, &said->standing, said->offer);
    }
}

bool store_stands(struct store *store, int64_t visitor, store_take_standing *take, void *context)
{
    struct history history = {0};
    bool ok = read_newest(store, visitor, &history) && read_records(store, visitor, &history);

    if (ok && history.count) {
        qsort(history.items, history.count, sizeof *history.items, compare);
        tell(&history, take, context);
    }
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
    int64_t id;

    return store_visitor(store, visitor, known, &id) &&
           (!*known || store_stands(store, id, pass_on, &taker));
}
