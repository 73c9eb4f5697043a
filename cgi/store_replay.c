#include "store_replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "closing.h"
#include "store_private.h"

/* Comparing. */

struct comparing {
    struct store *copy;
    struct store_since *since;
    struct store_sealed sealed; /* of the database */
    int64_t met;                /* entries that both have at the same place */
    bool ok;                    /* the copy could be read */
};

/* *same: the copy has this very entry at the same place. */
static bool is_in_copy(struct store *copy, const struct store_entry *entry, bool *same)
{
    struct db_statement *query = store_query(copy, QUERY_HASH);

    db_bind_int(query, 1, entry->index);
    if (!store_step(copy, query, same))
        return false;
    *same = *same && str_equal(db_blob(query, 0), entry->entry);
    db_reset(query);
    return true;
}

static void count_lost(struct store_since *since, const struct store_entry *entry)
{
    since->entries++;
    if (!entry->open)
        return;
    if (since->records++ == 0)
        since->from = entry->time;
    since->until = entry->time;
}

static void compare_entry(void *context, const struct store_entry *entry)
{
    struct comparing *comparing = context;
    struct store_since *since = comparing->since;
    bool same;

    if (!comparing->ok || !(comparing->ok = is_in_copy(comparing->copy, entry, &same)))
        return;
    comparing->met += same;
    if (!same) {
        count_lost(since, entry);
    } else if (store_seal_of(&comparing->sealed, entry->index) == SEAL_CLOSED) {
        since->closed = mem_grow(since->closed, since->closed_count, sizeof *since->closed);
        since->closed[since->closed_count++] = entry->index;
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
    ok = ok && store_read_sealed(live, &comparing.sealed, fault, context);
    ok = store_entries(live, compare_entry, &comparing) && comparing.ok && ok;
    since->follows = ok && comparing.met == stats.entries;
    free(comparing.sealed.kinds);
    return ok;
}

void store_since_release(struct store_since *since)
{
    free(since->closed);
    *since = (struct store_since){0};
}

/* Replaying. */

struct replaying {
    const struct store_since *since; /* or NULL */
    const struct erased *erased;
    struct gone {
        int64_t place, visitor;
    } * gone;
    size_t count;
};

static int compare_places(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

static bool was_closed(const struct replaying *replaying, const struct store_entry *entry)
{
    const struct store_since *since = replaying->since;

    if (entry->entry.len == CANONICAL_ENTRY &&
        erased_has(replaying->erased, (const uint8_t *)entry->entry.data))
        return true;
    return since && since->closed_count &&
           bsearch(&entry->index, since->closed, since->closed_count, sizeof *since->closed,
                   compare_places);
}

static void take_closed(void *context, const struct store_entry *entry)
{
    struct replaying *replaying = context;

    if (!entry->open || !was_closed(replaying, entry))
        return;
    replaying->gone = mem_grow(replaying->gone, replaying->count, sizeof *replaying->gone);
    replaying->gone[replaying->count++] = (struct gone){entry->index, entry->visitor};
}

static bool run_with(struct store *store, enum query which, int64_t value)
{
    struct db_statement *query = store_query(store, which);

    db_bind_int(query, 1, value);
    return store_run(store, query);
}

static bool close_gone(struct store *copy, const struct replaying *replaying, int64_t now)
{
    struct closing closing = {.reason = CLOSING_ERASURE};
    bool ok = true;

    for (size_t i = 0; ok && i < replaying->count; i++) {
        closing_add(&closing, replaying->gone[i].place);
        ok = run_with(copy, QUERY_CLOSE, replaying->gone[i].place);
    }
    for (size_t i = 0; ok && i < replaying->count; i++)
        ok = run_with(copy, QUERY_FORGET_EMPTY, replaying->gone[i].visitor);
    ok = ok && (!closing.run_count || store_close_places(copy, &closing, now));
    closing_release(&closing);
    return ok;
}

bool store_replay(struct store *copy, const struct store_since *since, const struct erased *erased,
                  int64_t now, int64_t *closed)
{
    struct replaying replaying = {.since = since, .erased = erased};
    bool ok = store_begin(copy) && store_entries(copy, take_closed, &replaying) &&
              close_gone(copy, &replaying, now) && store_commit(copy);

    store_rollback(copy);
    *closed = (int64_t)replaying.count;
    free(replaying.gone);
    return ok;
}
