/* What the log has beside visitors' records, compared with its entries. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/closing.h"
#include "record/disclosure.h"
#include "store_private.h"

struct reading {
    struct store *store;
    struct store_entry_kinds *kinds;
    const struct fault_sink *sink;
    struct orphan {
        uint8_t handle[IDENTITY_HANDLE];
        int64_t place;
        bool reported;
    } * orphans; /* provisions that lost their visitor */
    size_t orphan_count;
};

static void report(const struct reading *reading, int64_t place, const char *what)
{
    fault_add(reading->sink, "entry %lld: %s", (long long)place, what);
}

enum entry_kind store_entry_kind(const struct store_entry_kinds *kinds, int64_t place)
{
    return place >= 0 && (uint64_t)place < kinds->count ? (enum entry_kind)kinds->at[place]
                                                        : ENTRY_UNKNOWN;
}

bool store_is_closed(enum entry_kind kind)
{
    return kind == ENTRY_ERASED || kind == ENTRY_PRUNED;
}

/* A place beyond the log's end is a fault that the walk over the entries finds. */
static void set_kind(struct store_entry_kinds *kinds, int64_t place, enum entry_kind kind)
{
    if (place >= 0 && (uint64_t)place < kinds->count)
        kinds->at[place] = (uint8_t)kind;
}

/* Of a row: place, hash of its entry, time, salt, canonical bytes. */
static bool is_entered(struct db_statement *query, const char *version)
{
    uint8_t hash[CANONICAL_ENTRY];
    struct str salt = db_blob(query, 3);

    if (salt.len != CANONICAL_SALT)
        return false;
    canonical_entry(version, (const uint8_t *)salt.data, db_blob(query, 4), hash);
    return str_equal(db_blob(query, 1), (struct str){(const char *)hash, sizeof hash});
}

static void close_run(const struct reading *reading, int64_t place, enum closing_reason reason,
                      const struct closing_run *run)
{
    enum entry_kind kind = reason == CLOSING_ERASURE ? ENTRY_ERASED : ENTRY_PRUNED;
    int64_t end = place < (int64_t)reading->kinds->count ? place : (int64_t)reading->kinds->count;

    for (int64_t closed = run->first; closed <= run->last && closed < end; closed++) {
        if (store_is_closed(store_entry_kind(reading->kinds, closed)))
            report(reading, place, "a removal names an entry that was removed before");
        set_kind(reading->kinds, closed, kind);
    }
    if (run->last >= place)
        report(reading, place, "a removal names a later entry");
}

static void check_closing(struct reading *reading, struct db_statement *query)
{
    int64_t place = db_int(query, 0);
    struct closing closing;

    set_kind(reading->kinds, place, ENTRY_CLOSING);
    if (!is_entered(query, CLOSING_VERSION))
        report(reading, place, "a removal does not match its entry");
    if (!closing_parse(&closing, db_blob(query, 4)))
        report(reading, place, "a removal cannot be parsed");
    else if (closing.time != db_int(query, 2))
        report(reading, place, "a removal has a different time in its row");
    for (size_t i = 0; i < closing.run_count; i++)
        close_run(reading, place, closing.reason, &closing.runs[i]);
    closing_release(&closing);
}

static void add_orphan(struct reading *reading, int64_t place, const struct provision *provision)
{
    struct orphan *added;

    reading->orphans = mem_grow(reading->orphans, reading->orphan_count, sizeof *reading->orphans);
    added = &reading->orphans[reading->orphan_count++];
    memcpy(added->handle, provision->handle, sizeof added->handle);
    added->place = place;
}

static int compare(const void *a, const void *b)
{
    return memcmp(((const struct orphan *)a)->handle, ((const struct orphan *)b)->handle,
                  IDENTITY_HANDLE);
}

static void check_visitor(struct reading *reading, struct str key)
{
    struct orphan wanted;

    if (key.len != ACT_VISITOR)
        return;
    identity_handle((const uint8_t *)key.data, wanted.handle);
    if (!bsearch(&wanted, reading->orphans, reading->orphan_count, sizeof wanted, compare))
        return;
    for (size_t i = 0; i < reading->orphan_count; i++)
        if (!reading->orphans[i].reported && compare(&wanted, &reading->orphans[i]) == 0) {
            report(reading, reading->orphans[i].place,
                   "a disclosure has no visitor in its row, but its visitor exists");
            reading->orphans[i].reported = true;
        }
}

/* Only who is gone for ever loses their provisions: a key that was forgotten does not come back. */
static bool check_orphans(struct store *store, struct reading *reading)
{
    struct db_statement *query = store_query(store, QUERY_VISITORS);
    bool ok = true;

    if (!reading->orphan_count)
        return true;
    qsort(reading->orphans, reading->orphan_count, sizeof *reading->orphans, compare);
    db_bind_int(query, 1, INT64_MIN);
    db_bind_int(query, 2, INT64_MAX);
    while (store_next(store, query, &ok))
        check_visitor(reading, db_blob(query, 1));
    return ok;
}

/* The row's visitor must be the one whom the handle names, and have records; if there is one. */
static bool is_whose(const struct reading *reading, struct db_statement *query,
                     const struct provision *provision)
{
    uint8_t handle[IDENTITY_HANDLE];
    bool known;
    struct str key = db_blob(query, 6);

    if (db_is_null(query, 6))
        return true;
    if (key.len != ACT_VISITOR)
        return false;
    identity_handle((const uint8_t *)key.data, handle);
    return memcmp(handle, provision->handle, sizeof handle) == 0 &&
           store_is_known(reading->store, (const uint8_t *)key.data, &known) && known;
}

static void check_provision_row(const struct reading *reading, struct db_statement *query,
                                const struct provision *provision)
{
    int64_t place = db_int(query, 0);

    if (!str_equal(db_blob(query, 5), (struct str){(const char *)provision->id, PROVISION_ID}))
        report(reading, place, "a disclosure has a different ID in its row");
    if (provision->time != db_int(query, 2))
        report(reading, place, "a disclosure has a different time in its row");
    if (!is_whose(reading, query, provision))
        report(reading, place, "a disclosure has a different visitor in its row");
}

static void check_provision(struct reading *reading, struct db_statement *query)
{
    int64_t place = db_int(query, 0);
    struct provision provision;

    if (store_entry_kind(reading->kinds, place) != ENTRY_UNKNOWN)
        report(reading, place, "a disclosure exists, although its entry was removed");
    else
        set_kind(reading->kinds, place, ENTRY_PROVISION);
    if (!is_entered(query, PROVISION_VERSION))
        report(reading, place, "a disclosure does not match its entry");
    if (provision_parse(&provision, db_blob(query, 4))) {
        check_provision_row(reading, query, &provision);
        if (db_is_null(query, 6))
            add_orphan(reading, place, &provision);
    } else
        report(reading, place, "a disclosure cannot be parsed");
    reading->kinds->provisions++;
}

/* The rows of a query that is bound. */
static bool check_rows(struct store *store, struct reading *reading, struct db_statement *query,
                       void (*check)(struct reading *reading, struct db_statement *query))
{
    bool ok = true;

    while (store_next(store, query, &ok))
        check(reading, query);
    return ok;
}

static bool check_provisions(struct store *store, struct reading *reading)
{
    struct db_statement *query = store_query(store, QUERY_PROVISIONS);
    bool ok;

    db_bind_int(query, 1, 0);
    db_bind_int(query, 2, INT64_MAX);
    ok = check_rows(store, reading, query, check_provision) && check_orphans(store, reading);
    free(reading->orphans);
    return ok;
}

bool store_read_entry_kinds(struct store *store, struct store_entry_kinds *kinds,
                            const struct fault_sink *sink)
{
    struct reading reading = {.store = store, .kinds = kinds, .sink = sink};
    int64_t entries = 0;
    bool found;

    if (!store_int(store, store_query(store, QUERY_ENTRY_COUNT), &found, &entries))
        return false;
    kinds->count = (size_t)entries;
    kinds->at = mem_alloc(kinds->count + 1);
    return check_rows(store, &reading, store_query(store, QUERY_CLOSINGS), check_closing) &&
           check_provisions(store, &reading);
}
