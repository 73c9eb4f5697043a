/* Opening a database, and its transactions. */
#include "base/instant.h"
#include "store_private.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "erased.h"

struct store *store_open(const char *database, enum store_mode mode, struct buf *why)
{
    struct store *store;
    struct db *db = db_open(database, mode, SCHEMA_APPLICATION, why);

    if (!db)
        return NULL;
    store = mem_alloc(sizeof *store);
    store->db = db;
    store->writes = mode != STORE_READ;
    buf_init(&store->notes);
    buf_init(&store->why);
    store->committed = -1;
    store_begin_tree(store);
    store->cache = text_cache_new();
    store->offers = offers_new();
    buf_init(&store->canonical);
    buf_init(&store->answers);
    buf_init(&store->places);
    if (store_fit_schema(store) && store_prepare(store))
        return store;
    buf_addstr(why, buf_str(&store->why));
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (int i = 0; i < QUERY_COUNT; i++)
        db_finish(store->statements[i]);
    db_close(store->db);
    free(store->tree);
    text_cache_free(store->cache);
    offers_free(store->offers);
    buf_release(&store->canonical);
    buf_release(&store->answers);
    buf_release(&store->places);
    buf_release(&store->notes);
    buf_release(&store->why);
    free(store);
}

const char *store_path(const struct store *store)
{
    return db_path(store->db);
}

int store_lock(const char *path, struct buf *why)
{
    return db_lock(path, why);
}

bool store_fill(struct store *store, const char *path)
{
    return db_fill(store->db, path) || store_fail(store);
}

int64_t store_backlog(const struct store *store)
{
    return db_backlog(store->db);
}

bool store_write_back(struct store *store)
{
    return db_write_back(store->db) || store_fail(store);
}

/* Transactions. */

bool store_read_tail(struct store *store)
{
    struct db_statement *tail = store_query(store, QUERY_TAIL);
    int64_t tiles;
    bool found;

    if (!store_step(store, tail, &found))
        return false;
    assert(found);
    store->tail = (struct store_tail){.next = db_int(tail, 0), .time = db_int(tail, 1)};
    db_reset(tail);
    if (!store_int(store, store_query(store, QUERY_GROWN), &found, &tiles))
        return false;
    store->tail.grown = tiles * TREE_TILE;
    store->tail.known = true;
    store->committed = store->tail.next;
    return true;
}

bool store_begin(struct store *store)
{
    if (!db_begin(store->db))
        return store_fail(store);
    if (!store->writes)
        offers_forget(store->offers); /* another process may have stored some */
    if (!store->writes || store->tail.known || store_read_tail(store))
        return true;
    store_rollback(store);
    return false;
}

/* Before the commit: a yes that was withdrawn is then noted, or still stands. */
static bool write_notes(struct store *store)
{
    if (!store->notes.len || erased_note(db_path(store->db), buf_str(&store->notes))) {
        buf_reset(&store->notes);
        return true;
    }
    return store_refuse(store, "%s.erased: cannot be written: %s", db_path(store->db),
                        strerror(errno));
}

bool store_commit(struct store *store)
{
    if (!db_in_transaction(store->db)) /* lost on the way: store_why says how */
        store->tail.known = false;
    else if (store->writes && !(store_grow(store) && write_notes(store)))
        ; /* its reason is kept */
    else if (db_commit(store->db)) {
        store->committed = store->tail.known ? store->tail.next : store->committed;
        return true;
    } else
        store_fail(store);
    store_rollback(store);
    return false;
}

void store_rollback(struct store *store)
{
    db_rollback(store->db);
    store->tail.known = false;
    buf_reset(&store->notes);
    offers_forget(store->offers);
    store->newest.known = false;
    store_forget_tree(store);
}

bool store_knows_time(struct store *store, int64_t now)
{
    return instant_is_valid(now) ||
           store_refuse(store, "the clock is outside the years 1970 to 9999");
}

bool store_is_ahead(const struct store *store, int64_t now, struct buf *why)
{
    char newest[INSTANT_SIZE], clock[INSTANT_SIZE];

    if (!instant_is_ahead(store->tail.time, now))
        return false;
    instant_write(store->tail.time, newest);
    instant_write(now, clock);
    buf_addf(
        why,
        "the newest entry, %lld, has the time %s, and the clock shows %s: one of them is wrong",
        (long long)store->tail.next - 1, newest, clock);
    return true;
}

static bool can_be_done(struct store *store, int64_t now)
{
    return db_in_transaction(store->db) && /* lost: store_why still says how */
           store_knows_time(store, now);
}

enum act_result store_do_judged(struct store *store, store_part *part, const void *context,
                                int64_t now, uint8_t id[ACT_RECORD_ID])
{
    size_t notes = store->notes.len;
    enum act_result result =
        can_be_done(store, now) ? part(store, context, now, id) : ACT_UNAVAILABLE;

    if (result == ACT_UNAVAILABLE && notes < store->notes.len)
        store_cut_notes(store, notes);
    return result;
}

enum act_result store_do(struct store *store, store_part *part, const void *context, int64_t now,
                         uint8_t id[ACT_RECORD_ID])
{
    struct store_tail tail = store->tail;
    size_t notes = store->notes.len;
    enum act_result result;

    if (!can_be_done(store, now))
        return ACT_UNAVAILABLE;
    if (!db_savepoint(store->db)) {
        store_fail(store);
        return ACT_UNAVAILABLE;
    }
    result = part(store, context, now, id);
    if (result != ACT_UNAVAILABLE && db_savepoint_keep(store->db))
        return result;
    if (result != ACT_UNAVAILABLE)
        store_fail(store);
    if (!db_in_transaction(store->db)) /* lost on the way, with all that it had */
        return ACT_UNAVAILABLE;
    store->tail = tail;
    store->newest.known = false;
    store_cut_notes(store, notes);
    store_forget_tree(store);
    if (!db_savepoint_undo(store->db))
        store_rollback(store);
    return ACT_UNAVAILABLE;
}

const char *store_why(const struct store *store)
{
    return store->why.data;
}
