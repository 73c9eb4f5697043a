/* The log as a Merkle tree: whether its end is whole, its roots and proofs, and its checkpoints as
 * they were signed. */
#include <string.h>

#include "store_log.h"
#include "store_private.h"

/* Whether the end of the log is whole. */

static bool same_node(void *context, unsigned level, uint64_t index, const struct merkle_hash *hash)
{
    struct store *store = context;
    struct merkle_hash stored;

    return (store_read_hashes(store, level, index, 1, &stored) == 1 &&
            merkle_equal(&stored, hash)) ||
           store_refuse(store, "the log's tree, level %u, index %llu: does not match the entries",
                        level, (unsigned long long)index);
}

static bool check_last_tile(struct store *store, int64_t size)
{
    uint64_t tiles = (uint64_t)size / TREE_TILE;

    buf_reset(&store->why);
    if (tiles == 0 ||
        tree_grow(store->tree, (tiles - 1) * TREE_TILE, tiles * TREE_TILE, same_node, store))
        return true;
    return store->why.len ? false : store_refuse(store, "the log's tree cannot be read");
}

static void check_record(void *context, const struct store_record *record)
{
    int64_t *wrong = context;
    uint8_t entry[RECORD_ENTRY];

    record_entry(record->salt, record->canonical, entry);
    if (*wrong < 0 && memcmp(entry, record->entry, sizeof entry) != 0)
        *wrong = record->index;
}

bool store_check_edge(struct store *store)
{
    int64_t size, next, wrong = -1;
    bool more;

    if (!store_log_size(store, &size) || !check_last_tile(store, size))
        return false;
    next = size > TREE_TILE ? size - TREE_TILE : 0;
    if (!store_records_from(store, &next, &more, check_record, &wrong))
        return false;
    return wrong < 0 ||
           store_refuse(store, "entry %lld does not match its record", (long long)wrong);
}

int64_t store_size(const struct store *store)
{
    return store->committed;
}

/* Roots and proofs. */

bool store_log_size(struct store *store, int64_t *size)
{
    struct db_statement *query = store_query(store, QUERY_TAIL);
    bool found;

    return store_int(store, query, &found, size);
}

/* What was entered in this very transaction is in the tree as well. */
static bool is_grown(struct store *store)
{
    return !store->writes || store_grow(store);
}

static bool is_proved(struct store *store, bool proved)
{
    return proved || store_refuse(store, "the log is too short, or cannot be read");
}

bool store_root(struct store *store, int64_t size, struct merkle_hash *root)
{
    return is_grown(store) &&
           is_proved(store, merkle_root(tree_source(store->tree), (uint64_t)size, root));
}

bool store_prove_inclusion(struct store *store, int64_t place, int64_t size,
                           struct merkle_proof *proof)
{
    return is_grown(store) &&
           is_proved(store, merkle_prove_inclusion(tree_source(store->tree), (uint64_t)place,
                                                   (uint64_t)size, proof));
}

const struct merkle_hash *store_tile(struct store *store, unsigned level, int64_t place,
                                     size_t width)
{
    return tree_tile(store->tree, level, (uint64_t)place, width);
}

size_t store_log_entries(struct store *store, int64_t first, size_t count,
                         struct merkle_hash *entries)
{
    return store_read_hashes(store, 0, (uint64_t)first, count, entries);
}

/* Checkpoints. */

static struct store_checkpoint read_checkpoint(struct db_statement *query)
{
    return (struct store_checkpoint){.size = db_int(query, 0),
                                     .time = db_int(query, 1),
                                     .public = db_int(query, 2),
                                     .note = db_text(query, 3)};
}

bool store_checkpoint(struct store *store, bool public, bool *found,
                      void (*take)(void *context, const struct store_checkpoint *checkpoint),
                      void *context)
{
    struct db_statement *query = store_query(store, QUERY_CHECKPOINT);
    struct store_checkpoint checkpoint;

    db_bind_int(query, 1, public);
    if (!store_step(store, query, found))
        return false;
    if (*found) {
        checkpoint = read_checkpoint(query);
        take(context, &checkpoint);
        db_reset(query);
    }
    return true;
}

bool store_checkpoints(struct store *store,
                       void (*take)(void *context, const struct store_checkpoint *checkpoint),
                       void *context)
{
    struct db_statement *query = store_query(store, QUERY_CHECKPOINTS);
    bool ok = true;

    while (store_next(store, query, &ok)) {
        struct store_checkpoint checkpoint;

        checkpoint = read_checkpoint(query);
        take(context, &checkpoint);
    }
    return ok;
}

static void take_size(void *context, const struct store_checkpoint *checkpoint)
{
    *(int64_t *)context = checkpoint->size;
}

static bool add_checkpoint(struct store *store, const struct store_checkpoint *checkpoint)
{
    struct db_statement *query = store_query(store, QUERY_ADD_CHECKPOINT);

    db_bind_int(query, 1, checkpoint->size);
    db_bind_int(query, 2, checkpoint->time);
    db_bind_int(query, 3, checkpoint->public);
    db_bind_text(query, 4, checkpoint->note);
    return store_run(store, query);
}

static bool make_public(struct store *store, int64_t size)
{
    struct db_statement *query = store_query(store, QUERY_MAKE_PUBLIC);

    db_bind_int(query, 1, size);
    return store_run(store, query);
}

bool store_add_signer(struct store *store, const char *key, int64_t time)
{
    struct db_statement *query = store_query(store, QUERY_ADD_SIGNER);

    db_bind_text(query, 1, key);
    db_bind_int(query, 2, time);
    return store_run(store, query);
}

bool store_add_checkpoint(struct store *store, const struct store_checkpoint *checkpoint)
{
    int64_t newest = 0;
    bool found;

    if (!store_checkpoint(store, false, &found, take_size, &newest))
        return false;
    if (newest == checkpoint->size)
        return !checkpoint->public || make_public(store, newest);
    return add_checkpoint(store, checkpoint);
}

bool store_signers(struct store *store, void (*take)(void *context, const char *key), void *context)
{
    struct db_statement *query = store_query(store, QUERY_SIGNERS);
    bool ok = true;

    while (store_next(store, query, &ok))
        take(context, db_text(query, 0));
    return ok;
}
