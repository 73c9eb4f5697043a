/* What the log has beside visitors' records, compared with its entries. */
#include "base/mem.h"
#include "closing.h"
#include "store_private.h"

struct reading {
    struct store_sealed *sealed;
    void (*fault)(void *context, const char *what);
    void *context;
    int64_t time; /* of the one before */
};

static void report(const struct reading *reading, int64_t place, const char *what)
{
    struct buf text = BUF_INIT;

    buf_addf(&text, "entry %lld: %s", (long long)place, what);
    reading->fault(reading->context, text.data);
    buf_release(&text);
}

enum store_seal store_seal_of(const struct store_sealed *sealed, int64_t place)
{
    return place >= 0 && (uint64_t)place < sealed->count ? (enum store_seal)sealed->kinds[place]
                                                         : SEAL_NONE;
}

/* A place beyond the log's end is a fault that the walk over the entries finds. */
static void set_seal(struct store_sealed *sealed, int64_t place, enum store_seal seal)
{
    if (place >= 0 && (uint64_t)place < sealed->count)
        sealed->kinds[place] = (uint8_t)seal;
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

static void close_run(const struct reading *reading, int64_t place, const struct closing_run *run)
{
    int64_t end = place < (int64_t)reading->sealed->count ? place : (int64_t)reading->sealed->count;

    for (int64_t closed = run->first; closed <= run->last && closed < end; closed++) {
        if (store_seal_of(reading->sealed, closed) == SEAL_CLOSED)
            report(reading, place, "a closing names an entry that was closed before");
        set_seal(reading->sealed, closed, SEAL_CLOSED);
    }
    if (run->last >= place)
        report(reading, place, "a closing names an entry that came later");
}

static void check_closing(struct reading *reading, struct db_statement *query)
{
    int64_t place = db_int(query, 0);
    struct closing closing;

    set_seal(reading->sealed, place, SEAL_CLOSING);
    if (!is_entered(query, CLOSING_VERSION))
        report(reading, place, "a closing is not the one that was entered");
    if (!closing_parse(&closing, db_blob(query, 4)))
        report(reading, place, "a closing's bytes are none");
    else if (closing.time != db_int(query, 2) || closing.time < reading->time)
        report(reading, place, "a closing is listed under another time than its own");
    reading->time = db_int(query, 2);
    for (size_t i = 0; i < closing.run_count; i++)
        close_run(reading, place, &closing.runs[i]);
    closing_release(&closing);
}

bool store_read_sealed(struct store *store, struct store_sealed *sealed,
                       void (*fault)(void *context, const char *what), void *context)
{
    struct reading reading = {.sealed = sealed, .fault = fault, .context = context};
    struct db_statement *query;
    struct store_stats stats;
    bool found;

    if (!store_stats(store, &stats))
        return false;
    sealed->count = (size_t)stats.entries;
    sealed->kinds = mem_alloc(sealed->count + 1);
    query = store_query(store, QUERY_CLOSINGS);
    while (store_step(store, query, &found)) {
        if (!found)
            return true;
        check_closing(&reading, query);
    }
    return false;
}
