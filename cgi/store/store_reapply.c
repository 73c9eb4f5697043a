#include "store_reapply.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/closing.h"
#include "store_private.h"

/* Comparing. */

struct comparing {
    struct store *copy;
    struct store_since *since;
    struct store_entry_kinds kinds; /* of the database */
    int64_t met;                    /* entries that both have at the same place */
    bool ok;                        /* the copy could be read */
};

bool store_has_entry(struct store *store, const struct store_entry *entry, bool *has)
{
    struct db_statement *query = store_query(store, QUERY_HASH);

    db_bind_int(query, 1, entry->index);
    if (!store_step(store, query, has))
        return false;
    *has = *has && str_equal(db_blob(query, 0), entry->entry);
    db_reset(query);
    return true;
}

static void count_lost(struct store_since *since, const struct store_entry *entry)
{
    since->entries++;
    if (!entry->open)
        return;
    if (since->records++ == 0)
        since->from = since->until = entry->time;
    since->from = entry->time < since->from ? entry->time : since->from;
    since->until = entry->time > since->until ? entry->time : since->until;
}

static void compare_entry(void *context, const struct store_entry *entry)
{
    struct comparing *comparing = context;
    struct store_since *since = comparing->since;
    enum entry_kind kind = store_entry_kind(&comparing->kinds, entry->index);
    bool same;

    if (!comparing->ok || !(comparing->ok = store_has_entry(comparing->copy, entry, &same)))
        return;
    comparing->met += same;
    if (!same) {
        count_lost(since, entry);
    } else if (store_is_closed(kind)) {
        since->closed = mem_grow(since->closed, since->closed_count, sizeof *since->closed);
        since->closed[since->closed_count++] = (struct store_closed){
            entry->index, kind == ENTRY_ERASED ? CLOSING_ERASURE : CLOSING_RETENTION};
    }
}

bool store_compare(struct store *live, struct store *copy, struct store_since *since,
                   void (*fault)(void *context, const char *what), void *context)
{
    struct comparing comparing = {.copy = copy, .since = since, .ok = true};
    struct store_stats stats;
    bool ok;

    *since = (struct store_since){0};
    ok = store_stats(copy, &stats);
    ok = ok && store_read_entry_kinds(live, &comparing.kinds, fault, context);
    ok = store_entries_left(live, compare_entry, &comparing) && comparing.ok && ok;
    since->follows = ok && comparing.met == stats.entries;
    since->related = comparing.met > 0 || stats.entries == 0;
    free(comparing.kinds.at);
    return ok;
}

void store_since_release(struct store_since *since)
{
    free(since->closed);
    *since = (struct store_since){0};
}

/* Replaying.  Of a visitor who was erased the copy may have records that nobody knew of then: those
 * that were lost by an earlier restoring, and are back.  They go as well. */

struct gone {
    int64_t place, visitor;
    enum closing_reason reason;
};

struct replaying {
    const struct store_since *since; /* or NULL */
    const struct erased *erased;
    struct gone *gone;
    size_t count;
    int64_t *visitors; /* who was erased, rising */
    size_t visitor_count;
};

static int compare_places(const void *a, const void *b)
{
    const int64_t *left = a, *right = b; /* the first member of what is compared, or all of it */

    return (*left > *right) - (*left < *right);
}

/* CLOSING_REASONS: it was not closed. */
static enum closing_reason why_closed(const struct replaying *replaying,
                                      const struct store_entry *entry)
{
    const struct store_since *since = replaying->since;
    enum closing_reason reason = CLOSING_REASONS;
    const struct store_closed *closed = NULL;

    if (entry->entry.len == CANONICAL_ENTRY)
        reason = erased_why(replaying->erased, (const uint8_t *)entry->entry.data);
    if (since && since->closed_count)
        closed = bsearch(&entry->index, since->closed, since->closed_count, sizeof *since->closed,
                         compare_places);
    return closed && closed->reason < reason ? closed->reason : reason;
}

static void add_gone(struct replaying *replaying, const struct store_entry *entry,
                     enum closing_reason reason)
{
    replaying->gone = mem_grow(replaying->gone, replaying->count, sizeof *replaying->gone);
    replaying->gone[replaying->count++] = (struct gone){entry->index, entry->visitor, reason};
}

static void find_erased(void *context, const struct store_entry *entry)
{
    struct replaying *replaying = context;

    if (!entry->open || why_closed(replaying, entry) != CLOSING_ERASURE)
        return;
    replaying->visitors =
        mem_grow(replaying->visitors, replaying->visitor_count, sizeof *replaying->visitors);
    replaying->visitors[replaying->visitor_count++] = entry->visitor;
}

static bool was_erased(const struct replaying *replaying, int64_t visitor)
{
    return replaying->visitor_count &&
           bsearch(&visitor, replaying->visitors, replaying->visitor_count, sizeof visitor,
                   compare_places);
}

static void find_gone(void *context, const struct store_entry *entry)
{
    struct replaying *replaying = context;

    if (!entry->open)
        return;
    if (was_erased(replaying, entry->visitor))
        add_gone(replaying, entry, CLOSING_ERASURE);
    else if (why_closed(replaying, entry) == CLOSING_RETENTION)
        add_gone(replaying, entry, CLOSING_RETENTION);
}

static bool find_all(struct store *copy, struct replaying *replaying)
{
    if (!store_entries(copy, find_erased, replaying))
        return false;
    if (replaying->visitor_count)
        qsort(replaying->visitors, replaying->visitor_count, sizeof *replaying->visitors,
              compare_places);
    return store_entries(copy, find_gone, replaying);
}

static bool run_with(struct store *store, enum query which, int64_t value)
{
    struct db_statement *query = store_query(store, which);

    db_bind_int(query, 1, value);
    return store_run(store, query);
}

static bool close_for(struct store *copy, const struct replaying *replaying,
                      enum closing_reason reason, int64_t now)
{
    struct closing closing = {.reason = reason};
    bool ok = true;

    for (size_t i = 0; ok && i < replaying->count; i++)
        if (replaying->gone[i].reason == reason) {
            closing_add(&closing, replaying->gone[i].place);
            ok = run_with(copy, QUERY_CLOSE, replaying->gone[i].place);
        }
    ok = ok && (!closing.run_count || store_close_places(copy, &closing, now));
    closing_release(&closing);
    return ok;
}

static bool close_gone(struct store *copy, const struct replaying *replaying, int64_t now)
{
    bool ok = close_for(copy, replaying, CLOSING_ERASURE, now) &&
              close_for(copy, replaying, CLOSING_RETENTION, now);

    for (size_t i = 0; ok && i < replaying->count; i++)
        ok = run_with(copy, QUERY_FORGET_EMPTY, replaying->gone[i].visitor);
    return ok;
}

bool store_replay(struct store *copy, const struct store_since *since, const struct erased *erased,
                  int64_t now, int64_t *closed)
{
    struct replaying replaying = {.since = since, .erased = erased};
    bool ok = store_begin(copy) && find_all(copy, &replaying) &&
              close_gone(copy, &replaying, now) && store_commit(copy);

    store_rollback(copy);
    *closed = (int64_t)replaying.count;
    free(replaying.gone);
    free(replaying.visitors);
    return ok;
}
