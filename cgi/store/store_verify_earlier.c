/* What each record names in `earlier`, compared with what the records of its visitor before it make
 * of it: visitor by visitor, each one's oldest first. */
#include <stdlib.h>

#include "base/hex.h"
#include "store_private.h"

struct earlier_check {
    const struct fault_sink *sink;
    int64_t visitor;
    struct past past;         /* of the visitor, before the record in hand */
    struct buf wanted, named; /* places */
    struct store_entry_kinds kinds;
};

/* What has ended since is named still, and is not there. */
static void add_open(struct earlier_check *check, struct str places)
{
    for (int64_t place; earlier_next(&places, &place);)
        if (store_entry_kind(&check->kinds, place) != ENTRY_PRUNED)
            buf_add(&check->named, places.data - sizeof place, sizeof place);
}

static void report(struct earlier_check *check, const struct stored_record *record)
{
    fault_add(check->sink,
              "record %s, entry %lld: it does not refer to the earlier answers that are current",
              hex_of(record->id, sizeof record->id).text, (long long)record->entry);
}

static void check_record(void *context, int64_t visitor, const struct stored_record *record)
{
    struct earlier_check *check = context;

    if (visitor != check->visitor)
        check->past.count = 0;
    check->visitor = visitor;
    buf_reset(&check->wanted);
    buf_reset(&check->named);
    past_earlier(&check->past, record, &check->wanted);
    add_open(check, record->earlier);
    if (!str_equal(buf_str(&check->wanted), buf_str(&check->named)))
        report(check, record);
    past_advance(&check->past, record);
}

/* Whoever compares the entries says it. */
static void ignore(void *context, const char *fault)
{
    (void)context, (void)fault;
}

bool store_verify_earlier(struct store *store, const struct fault_sink *sink)
{
    struct earlier_check check = {.sink = sink, .wanted = BUF_INIT, .named = BUF_INIT};
    struct fault_sink silent = {ignore, NULL};
    bool read = store_read_entry_kinds(store, &check.kinds, &silent) &&
                store_walk_visitors(store, check_record, &check);

    free(check.kinds.at);
    past_release(&check.past);
    buf_release(&check.wanted);
    buf_release(&check.named);
    return read;
}
