/* The log's tree and its checkpoints, compared with the entries. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "log/checkpoint.h"
#include "signers.h"
#include "store_log.h"
#include "store_private.h"

struct log_check {
    struct store *store;
    const struct fault_sink *sink;
    struct signers signers;
    int64_t size;  /* entries */
    int64_t nodes; /* hashes that should be stored */
    int64_t checkpoints;
};

/* Each hash of the tree; one that is wrong is named, and the walk goes on. */
static bool check_node(void *context, unsigned level, uint64_t index,
                       const struct merkle_hash *hash)
{
    struct log_check *check = context;
    struct merkle_hash stored;

    check->nodes++;
    if (store_read_hashes(check->store, level, index, 1, &stored) != 1)
        fault_add(check->sink, "the log's tree: level %u, index %llu is missing", level,
                  (unsigned long long)index);
    else if (!merkle_equal(&stored, hash))
        fault_add(check->sink, "the log's tree: level %u, index %llu does not match the entries",
                  level, (unsigned long long)index);
    return true;
}

static void check_tree(struct log_check *check)
{
    struct db_statement *query;
    int64_t stored = 0;
    bool found;

    store_forget_tree(check->store);
    if (!tree_grow(check->store->tree, 0, (uint64_t)check->size, check_node, check))
        fault_add(check->sink, "the log's tree cannot be computed to its end");
    query = store_query(check->store, QUERY_NODE_COUNT);
    if (!store_int(check->store, query, &found, &stored))
        fault_add(check->sink, "%s", store_why(check->store));
    else if (stored > check->nodes)
        fault_add(check->sink, "the log's tree has %s too many",
                  number_of(stored - check->nodes, "hash", "hashes").text);
}

static void check_checkpoint(struct log_check *check, const struct store_checkpoint *checkpoint)
{
    struct checkpoint opened;
    struct merkle_hash root;

    if (checkpoint_open(str_of(checkpoint->note), check->signers.keys, check->signers.count,
                        &opened) != NOTE_VALID)
        fault_add(check->sink, "checkpoint %lld: is not signed by a known key",
                  (long long)checkpoint->size);
    else if ((int64_t)opened.size != checkpoint->size)
        fault_add(check->sink, "checkpoint %lld: has a different size in its row",
                  (long long)checkpoint->size);
    else if (checkpoint->size > check->size)
        fault_add(check->sink, "checkpoint %lld: the log has only %s", (long long)checkpoint->size,
                  number_of(check->size, "entry", "entries").text);
    else if (!store_root(check->store, checkpoint->size, &root) ||
             !merkle_equal(&root, &opened.root))
        fault_add(check->sink, "checkpoint %lld: does not match the entries",
                  (long long)checkpoint->size);
}

static void take_checkpoint(void *context, const struct store_checkpoint *checkpoint)
{
    struct log_check *check = context;

    check->checkpoints++;
    check_checkpoint(check, checkpoint);
}

void store_verify_log(struct store *store, int64_t size, int64_t *checkpoints,
                      const struct fault_sink *sink)
{
    struct log_check check = {.store = store, .sink = sink, .size = size};

    check_tree(&check);
    if (!signers_read(&check.signers, store) || !store_checkpoints(store, take_checkpoint, &check))
        fault_add(sink, "%s", store_why(store));
    *checkpoints = check.checkpoints;
    signers_release(&check.signers);
}
