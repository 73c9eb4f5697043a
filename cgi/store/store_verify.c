/* Whether what is stored is what was said.  Each fault is named and the walk goes on: a database
 * with one altered record still vouches for all others. */
#include <stdlib.h>

#include "base/hex.h"
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
static void report_record(struct check *check, const struct stored_record *record, const char *what)
{
    fault_add(&check->sink, "record %s, entry %lld: %s", hex_of(record->id, sizeof record->id).text,
              (long long)record->entry, what);
}

/* Its row has the legal basis of each answer, as its bytes do: that must be the offer's. */
static void check_questions(struct check *check, const struct stored_record *record,
                            const struct offer *offer)
{
    const struct act *act = &record->act;

    for (size_t i = 0; i < act->answer_count; i++)
        if (offer_basis(offer, act->answers[i].question) != record->basis[i])
            report_record(check, record, "its text has no such question with that legal basis");
}

static void check_record(struct check *check, const struct store_entry *entry)
{
    const struct stored_record *record = entry->record;
    const struct offer *offer;
    uint8_t hash[RECORD_ENTRY];

    check->count->records++;
    if (!store_offer(check->store, record->offer, &offer)) {
        report_unread(check);
        return;
    }
    if (!record->is_sound) {
        report_record(check, record, offer ? "it cannot be parsed" : "its text is missing");
        return;
    }
    record_entry(record->salt, entry->canonical, hash);
    if (!str_equal(entry->entry, (struct str){(const char *)hash, sizeof hash}))
        report_record(check, record, "it does not match its entry");
    check_questions(check, record, offer);
}

/* An entry whose record is gone must say why; one that was closed has none. */
static void check_kind(struct check *check, const struct store_entry *entry)
{
    enum entry_kind kind = store_entry_kind(&check->kinds, entry->index);

    if (!entry->open && kind == ENTRY_UNKNOWN)
        fault_add(&check->sink, "entry %lld: its record is missing, and no removal names it",
                  (long long)entry->index);
    else if (entry->open && kind != ENTRY_UNKNOWN)
        report_record(check, entry->record, "it exists, although its entry was removed");
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

/* Records that no entry leads to. */
static bool check_strays(struct check *check)
{
    struct db_statement *query = store_query(check->store, QUERY_STRAYS);
    bool ok = true;

    while (store_next(check->store, query, &ok))
        fault_add(&check->sink, "entry %lld: it is missing, but its record exists",
                  (long long)db_int(query, 0));
    return ok;
}

static void check_all(struct check *check)
{
    if (!store_check_schema(check->store, &check->sink))
        report_unread(check);
    if (!store_verify_texts(check->store, &check->count->texts, &check->sink))
        report_unread(check);
    if (!store_read_entry_kinds(check->store, &check->kinds, &check->sink))
        report_unread(check);
    if (!store_entries(check->store, check_entry, check) || !check_strays(check))
        report_unread(check);
    check->count->provisions = check->kinds.provisions;
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
