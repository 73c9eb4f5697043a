/* Retention: what is needed no longer goes.  Of each visitor the records are judged together, for a
 * record may go only when nothing older would then speak for itself: a withdrawal that went before
 * the consent that it withdraws would bring that back to life. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/closing.h"
#include "store_private.h"

enum {
    PAGE = 256,          /* records looked at in one transaction */
    OLDEST_RECORDS = 500 /* of one visitor; the others have their turn when these are gone */
};

struct aged {
    struct stored_record record;
    bool ended; /* long enough ago */
};

/* A question of a document that some record answers. */
struct mentioned {
    const char *document, *question;
    int64_t time; /* of the record met last */
};

struct mentions {
    struct mentioned *items;
    size_t count;
};

static struct mentioned *find(const struct mentions *mentions, const char *document,
                              const char *question)
{
    for (size_t i = 0; i < mentions->count; i++)
        if (strcmp(mentions->items[i].question, question) == 0 &&
            strcmp(mentions->items[i].document, document) == 0)
            return &mentions->items[i];
    return NULL;
}

static void mention(struct mentions *mentions, const struct stored_record *record)
{
    const struct act *act = &record->act;

    for (size_t i = 0; i < act->answer_count; i++) {
        struct mentioned *said = find(mentions, act->document, act->answers[i].question);

        if (!said) {
            mentions->items = mem_grow(mentions->items, mentions->count, sizeof *mentions->items);
            said = &mentions->items[mentions->count++];
            *said = (struct mentioned){act->document, act->answers[i].question, 0};
        }
        said->time = record->time;
    }
}

/* Whether an answer ended long enough ago, given what was said after it. */
static bool has_ended(const struct store_retention *retention, const struct stored_record *record,
                      const struct act_answer *answer, const struct mentioned *later)
{
    if (answer->answer == ANSWER_WITHDRAWN)
        return record->time < retention->ended_until;
    if (later)
        return later->time < retention->ended_until;
    return answer->answer != ANSWER_OBJECTED && record->time < retention->answered_until;
}

static void judge_ends(const struct store_retention *retention, struct aged *records, size_t count)
{
    struct mentions later = {0};

    for (size_t r = count; r-- > 0;) {
        const struct stored_record *record = &records[r].record;
        const struct act *act = &record->act;

        records[r].ended = record->time < retention->ended_until;
        for (size_t i = 0; records[r].ended && i < act->answer_count; i++)
            records[r].ended = has_ended(retention, record, &act->answers[i],
                                         find(&later, act->document, act->answers[i].question));
        mention(&later, record);
    }
    free(later.items);
}

static bool speaks_over(const struct act *act, const struct mentions *kept)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (find(kept, act->document, act->answers[i].question))
            return true;
    return false;
}

static bool close_record(struct store *store, int64_t entry)
{
    struct db_statement *query = store_query(store, QUERY_CLOSE);

    db_bind_int(query, 1, entry);
    return store_run(store, query);
}

struct places {
    int64_t *items;
    size_t count;
};

static void add_place(struct places *places, int64_t place)
{
    places->items = mem_grow(places->items, places->count, sizeof *places->items);
    places->items[places->count++] = place;
}

static bool close_ended(struct store *store, const struct aged *records, size_t count,
                        struct places *closed)
{
    struct mentions kept = {0};
    bool ok = true;

    for (size_t r = 0; ok && r < count; r++)
        if (records[r].ended && !speaks_over(&records[r].record.act, &kept)) {
            ok = close_record(store, records[r].record.entry);
            add_place(closed, records[r].record.entry);
        } else {
            mention(&kept, &records[r].record);
        }
    free(kept.items);
    return ok;
}

/* A record that cannot be read is evidence of something: then nothing of its visitor goes. */
static bool read_records(struct store *store, const uint8_t visitor[ACT_VISITOR],
                         struct aged **records, size_t *count)
{
    struct db_statement *query = store_query(store, QUERY_OLDEST_RECORDS);
    bool ok = true, sound = true;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    db_bind_int(query, 2, OLDEST_RECORDS);
    while (store_next(store, query, &ok)) {
        *records = mem_grow(*records, *count, sizeof **records);
        ok = store_read_record(store, query, &(*records)[*count].record);
        sound = sound && (*records)[*count].record.is_sound;
        ++*count;
    }
    *count = sound ? *count : 0;
    return ok;
}

static bool prune_visitor(struct store *store, const struct store_retention *retention,
                          const uint8_t visitor[ACT_VISITOR], struct places *closed)
{
    struct aged *records = NULL;
    size_t count = 0;
    bool ok = read_records(store, visitor, &records, &count);

    if (ok) {
        judge_ends(retention, records, count);
        ok = close_ended(store, records, count, closed);
    }
    free(records);
    return ok && store_forget_empty(store, visitor);
}

/* Keys of visitors, one behind the other. */
static int compare_keys(const void *a, const void *b)
{
    return memcmp(a, b, ACT_VISITOR);
}

static int compare(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

/* The visitors of the page's records that are old enough to have ended. */
static bool read_page(struct store *store, const struct store_retention *retention, int64_t *next,
                      bool *more, struct buf *visitors)
{
    struct db_statement *query = store_query(store, QUERY_OLD_VISITORS);
    size_t rows = 0;
    bool ok = true;

    db_bind_int(query, 1, *next);
    db_bind_int(query, 2, PAGE);
    while (store_next(store, query, &ok)) {
        struct str key = db_blob(query, 1);

        *next = db_int(query, 0) + 1;
        rows++;
        if (db_int(query, 2) < retention->ended_until && key.len == ACT_VISITOR)
            buf_addstr(visitors, key);
    }
    *more = ok && rows == PAGE;
    return ok;
}

static bool prune_visitors(struct store *store, const struct store_retention *retention,
                           struct buf *visitors, struct places *closed)
{
    const uint8_t *key = (const uint8_t *)visitors->data;
    size_t count = visitors->len / ACT_VISITOR;
    bool ok = true;

    qsort(visitors->data, count, ACT_VISITOR, compare_keys);
    for (size_t i = 0; ok && i < count; i++, key += ACT_VISITOR)
        if (i == 0 || compare_keys(key, key - ACT_VISITOR) != 0)
            ok = prune_visitor(store, retention, key, closed);
    return ok;
}

static bool prune_provisions(struct store *store, const struct store_retention *retention,
                             struct places *closed)
{
    struct db_statement *query = store_query(store, QUERY_OLD_PROVISIONS);
    size_t before = closed->count;
    bool ok = true;

    db_bind_int(query, 1, retention->provision_until);
    db_bind_int(query, 2, PAGE);
    while (store_next(store, query, &ok))
        add_place(closed, db_int(query, 0));
    for (size_t i = before; ok && i < closed->count; i++) {
        query = store_query(store, QUERY_CLOSE_PROVISION);
        db_bind_int(query, 1, closed->items[i]);
        ok = store_run(store, query);
    }
    return ok;
}

static bool close_all(struct store *store, struct places *closed, int64_t now)
{
    struct closing closing = {.reason = CLOSING_RETENTION};
    bool ok;

    if (!closed->count)
        return true;
    qsort(closed->items, closed->count, sizeof *closed->items, compare);
    for (size_t i = 0; i < closed->count; i++)
        closing_add(&closing, closed->items[i]);
    ok = store_close_places(store, &closing, now);
    closing_release(&closing);
    return ok;
}

bool store_prune(struct store *store, const struct store_retention *retention, int64_t now,
                 int64_t *next, bool *more)
{
    struct buf visitors = BUF_INIT;
    struct places closed = {0};
    bool ok = store_begin(store) && store_knows_time(store, now) &&
              read_page(store, retention, next, more, &visitors) &&
              prune_visitors(store, retention, &visitors, &closed) &&
              prune_provisions(store, retention, &closed) && close_all(store, &closed, now) &&
              store_commit(store);

    store_rollback(store);
    buf_release(&visitors);
    free(closed.items);
    return ok;
}
