/* The hashes of the log's tree: read in runs, and stored inside each commit as the log grows. */
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

size_t store_read_hashes(struct store *store, unsigned level, uint64_t first, size_t count,
                         struct merkle_hash *hashes)
{
    struct db_statement *query = store_query(store, level ? QUERY_NODES : QUERY_HASHES);
    size_t got = 0;
    bool ok = true;

    if (level)
        db_bind_int(query, 1, level);
    db_bind_int(query, level ? 2 : 1, (int64_t)first);
    db_bind_int(query, level ? 3 : 2, (int64_t)count);
    while (store_next(store, query, &ok)) {
        struct str hash = db_blob(query, 1);

        if (hash.len != MERKLE_HASH || (uint64_t)db_int(query, 0) != first + got)
            break;
        memcpy(hashes[got++].bytes, hash.data, MERKLE_HASH);
    }
    db_reset(query);
    return got;
}

static size_t read_hashes(void *context, unsigned level, uint64_t first, size_t count,
                          struct merkle_hash *hashes)
{
    return store_read_hashes(context, level, first, count, hashes);
}

void store_begin_tree(struct store *store)
{
    store->tree = mem_alloc(sizeof *store->tree);
    tree_init(store->tree, (struct tree_store){read_hashes, store});
}

void store_forget_tree(struct store *store)
{
    tree_forget(store->tree);
}

static bool add_node(void *context, unsigned level, uint64_t index, const struct merkle_hash *hash)
{
    struct store *store = context;
    struct db_statement *query = store_query(store, QUERY_ADD_NODE);

    db_bind_int(query, 1, level);
    db_bind_int(query, 2, (int64_t)index);
    db_bind_blob(query, 3, hash->bytes, MERKLE_HASH);
    return store_run(store, query);
}

bool store_grow(struct store *store)
{
    struct store_tail *tail = &store->tail;

    if (!tail->known || tail->next / TREE_TILE == tail->grown / TREE_TILE)
        return true;
    if (tail->grown > tail->next)
        return store_refuse(store, "the log is shorter than its tree");
    buf_reset(&store->why);
    if (!tree_grow(store->tree, (uint64_t)tail->grown, (uint64_t)tail->next, add_node, store))
        return store->why.len ? false : store_refuse(store, "the log's tree cannot be read");
    tail->grown = tail->next;
    return true;
}
