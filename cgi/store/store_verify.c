/* Whether what is stored is what was said.  Each fault is named and the walk goes on: a database
 * with one altered record still vouches for all others. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "store_private.h"
#include "store_verify.h"

struct check {
    struct store *store;
    struct fault_sink sink; /* counts, and passes on to: */
    const struct fault_sink *listener;
    struct store_count *count;
    int64_t next; /* the place that the next entry should have */
    struct store_entry_kinds kinds;
    struct store_answer_check *answers;
};

static void count_fault(void *context, const char *fault)
{
    struct check *check = context;

    check->count->faults++;
    check->listener->take(check->listener->context, fault);
}

static void report_unread(struct check *check)
{
    fault_add(&check->sink, "%s", store_why(check->store));
}

/* A fault of one record, which is named. */
static void report_record(struct check *check, const struct store_entry *entry, const char *what)
{
    char id[2 * ACT_RECORD_ID + 1] = "";

    if (entry->record_id.len == ACT_RECORD_ID)
        sodium_bin2hex(id, sizeof id, (const uint8_t *)entry->record_id.data, ACT_RECORD_ID);
    fault_add(&check->sink, "record %s, entry %lld: %s", id, (long long)entry->index, what);
}

/* What the row says beside the record. */
static void check_row(struct check *check, const struct store_entry *entry,
                      const struct record_view *view)
{
    const struct act *act = &view->act;
    char id[2 * ACT_RECORD_ID + 1] = "";

    if (entry->record_id.len == ACT_RECORD_ID)
        sodium_bin2hex(id, sizeof id, (const uint8_t *)entry->record_id.data, ACT_RECORD_ID);
    if (strcmp(id, view->id) != 0)
        report_record(check, entry, "it has a different ID in its row");
    if (entry->time != view->seconds)
        report_record(check, entry, "it has a different time in its row");
    if (strcmp(entry->document, act->document) != 0 ||
        strcmp(entry->revision, act->revision) != 0 ||
        strcmp(entry->language, act->language) != 0 ||
        !str_equal(entry->digest, (struct str){(const char *)act->digest, ACT_DIGEST}))
        report_record(check, entry, "it has a different text in its row");
}

/* Whose it is. */
static void check_principal(struct check *check, const struct store_entry *entry,
                            const struct record_view *view)
{
    if (entry->key.len != ACT_VISITOR ||
        !record_is_of(view, (const uint8_t *)entry->salt.data, (const uint8_t *)entry->key.data))
        report_record(check, entry, "it has a different visitor in its row");
}

static void check_answers(struct check *check, const struct store_entry *entry,
                          const struct record_view *view)
{
    bool applied, said;

    for (size_t i = 0; i < view->act.answer_count; i++)
        if (!store_is_asked(check->answers, entry->offer, view->act.answers[i].question,
                            view->basis[i]))
            report_record(check, entry, "its text has no such question with that legal basis");
    if (!store_check_standing(check->answers, entry, &view->act, &applied, &said)) {
        report_unread(check);
        return;
    }
    if (!applied)
        report_record(check, entry, "its answers are missing from the current answers");
    if (!said)
        report_record(check, entry, "a current answer refers to it, but is not in it");
}

static void check_record(struct check *check, const struct store_entry *entry)
{
    uint8_t hash[RECORD_ENTRY];
    struct record_view view;

    check->count->records++;
    if (entry->salt.len != RECORD_SALT) {
        report_record(check, entry, "its salt is damaged");
        return;
    }
    record_entry((const uint8_t *)entry->salt.data, entry->canonical, hash);
    if (!str_equal(entry->entry, (struct str){(const char *)hash, sizeof hash}))
        report_record(check, entry, "it does not match its entry");
    if (!record_parse(entry->canonical, &view)) {
        report_record(check, entry, "it cannot be parsed");
        return;
    }
    check_row(check, entry, &view);
    check_principal(check, entry, &view);
    check_answers(check, entry, &view);
}

/* An entry whose record is gone must say why; one that was closed has none. */
static void check_kind(struct check *check, const struct store_entry *entry)
{
    enum entry_kind kind = store_entry_kind(&check->kinds, entry->index);

    if (!entry->open && kind == ENTRY_UNKNOWN)
        fault_add(&check->sink, "entry %lld: its record is missing, and no removal names it",
                  (long long)entry->index);
    else if (entry->open && kind != ENTRY_UNKNOWN)
        report_record(check, entry, "it exists, although its entry was removed");
    check->count->closed += store_is_closed(kind);
}

/* They come in their order, and the log begins at 0. */
static void check_place(struct check *check, int64_t place)
{
    if (place < check->next) {
        fault_add(&check->sink, "entry %lld: the log has no such index", (long long)place);
        return;
    }
    if (place > check->next)
        fault_add(&check->sink, "entries %lld to %lld are missing", (long long)check->next,
                  (long long)place - 1);
    check->next = place < INT64_MAX ? place + 1 : place;
}

static void check_entry(void *context, const struct store_entry *entry)
{
    struct check *check = context;

    check_place(check, entry->index);
    check->count->entries++;
    check_kind(check, entry);
    if (entry->open)
        check_record(check, entry);
}

static void check_all(struct check *check)
{
    if (!store_check_schema(check->store, &check->sink))
        report_unread(check);
    if (!store_verify_texts(check->store, &check->count->texts, &check->sink))
        report_unread(check);
    if (!store_read_entry_kinds(check->store, &check->kinds, &check->sink))
        report_unread(check);
    check->answers = store_answer_check_new(check->store);
    if (!check->answers || !store_entries(check->store, check_entry, check))
        report_unread(check);
    check->count->provisions = check->kinds.provisions;
    store_answer_check_free(check->answers);
    free(check->kinds.at);
}

/* All in one transaction: while the endpoint goes on, what was read first has to fit what is read
 * last. */
void store_verify(struct store *store, const struct fault_sink *listener, struct store_count *count)
{
    struct check check = {
        .store = store, .sink = {count_fault, &check}, .listener = listener, .count = count};
    struct store_background *background = store_background_start(store);

    *count = (struct store_count){0};
    if (store_begin(store))
        check_all(&check);
    else
        report_unread(&check);
    store_rollback(store);
    count->checkpoints = store_background_end(background, &check.sink);
}

/* One sentence for all: a clock that was ahead for a day is one fault, and not one of each record.
 */
static void check_times(struct check *check, int64_t now)
{
    struct db_statement *query = store_query(check->store, QUERY_AHEAD);
    char latest[INSTANT_SIZE];
    bool found;

    db_bind_int(query, 1, now + INSTANT_AHEAD);
    if (!store_step(check->store, query, &found)) {
        report_unread(check);
        return;
    }
    instant_write(db_int(query, 3), latest);
    if (db_int(query, 0) > 0)
        fault_add(
            &check->sink,
            "entries from %lld to %lld: %lld of them have a time that is ahead of the clock, up"
            " to %s: the clock was wrong when they were made, or is wrong now",
            (long long)db_int(query, 1), (long long)db_int(query, 2), (long long)db_int(query, 0),
            latest);
    db_reset(query);
}

void store_verify_times(struct store *store, int64_t now, const struct fault_sink *listener,
                        struct store_count *count)
{
    struct check check = {
        .store = store, .sink = {count_fault, &check}, .listener = listener, .count = count};

    if (store_begin(store))
        check_times(&check, now);
    else
        report_unread(&check);
    store_rollback(store);
}
