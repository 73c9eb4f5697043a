/* A log in memory: entries, and the hashes that are stored beside them. */
#ifndef TEADE_LOG_FIXTURE_H
#define TEADE_LOG_FIXTURE_H

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "tree.h"

struct log {
    struct merkle_hash *hashes[TREE_LEVELS]; /* level 0: the entries */
    uint64_t counts[TREE_LEVELS];
    size_t reads; /* of how many tiles */
    struct tree *tree;
};

static inline size_t log_read(void *context, unsigned level, uint64_t first, size_t count,
                              struct merkle_hash *hashes)
{
    struct log *log = context;
    uint64_t there = log->counts[level] > first ? log->counts[level] - first : 0;

    log->reads++;
    if (count > there)
        count = there;
    if (count)
        memcpy(hashes, log->hashes[level] + first, count * sizeof *hashes);
    return count;
}

static inline void log_init(struct log *log)
{
    memset(log, 0, sizeof *log);
    log->tree = mem_alloc(sizeof *log->tree);
    tree_init(log->tree, (struct tree_store){log_read, log});
}

static inline void log_release(struct log *log)
{
    for (unsigned level = 0; level < TREE_LEVELS; level++)
        free(log->hashes[level]);
    free(log->tree);
}

static inline void log_push(struct log *log, unsigned level, const struct merkle_hash *hash)
{
    log->hashes[level] = mem_grow(log->hashes[level], log->counts[level], sizeof *hash);
    log->hashes[level][log->counts[level]++] = *hash;
}

static inline bool log_store(void *context, unsigned level, uint64_t index,
                             const struct merkle_hash *hash)
{
    struct log *log = context;

    assert(index == log->counts[level]);
    log_push(log, level, hash);
    return true;
}

/* The same entries for every log: no two are alike. */
static inline void log_entry(uint64_t index, struct merkle_hash *entry)
{
    crypto_hash_sha256(entry->bytes, (const uint8_t *)&index, sizeof index);
}

static inline bool log_grow(struct log *log, uint64_t size)
{
    uint64_t from = log->counts[0];

    for (uint64_t i = from; i < size; i++) {
        struct merkle_hash entry;

        log_entry(i, &entry);
        log_push(log, 0, &entry);
    }
    return tree_grow(log->tree, from, size, log_store, log);
}

#endif
