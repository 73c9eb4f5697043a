/* The Merkle tree over what is stored of it: the entries, and the hash of every perfect subtree
 * of 256, 256^2, ... leaves, which are the tiles of C2SP tlog-tiles.
 *
 * A tile is up to 256 neighbouring hashes of one level: of leaves at level 0, of full tiles of
 * the level below above that.  All other hashes follow from those of one tile, so a proof reads
 * few tiles however large the log is: one for each level on the way to the leaf, and one for
 * each on the right edge. */
#ifndef TEADE_TREE_H
#define TEADE_TREE_H

#include "merkle.h"

enum { TREE_TILE = 256, TREE_LEVELS = 8, TREE_KEPT = 2 };

/* Reads `count` (at most 256) neighbours from `first` on, or as many as there are; returns how
 * many.  Level 0 are the entries themselves, 32 bytes each. */
struct tree_store {
    size_t (*read)(void *context, unsigned level, uint64_t first, size_t count,
                   struct merkle_hash *hashes);
    void *context;
};

/* 260 KiB, to be kept with what lives long.  Of each level the two tiles used last are
 * remembered, with the hashes that follow from them. */
struct tree {
    struct tree_store store;
    uint64_t used; /* ticks with every use of a tile */
    struct tree_tile {
        uint64_t index;
        uint64_t used;
        size_t width;                                /* hashes in it, 0: the slot is unused */
        struct merkle_hash nodes[2 * TREE_TILE - 1]; /* those, pairs of them, fours, ... */
    } tiles[TREE_LEVELS][TREE_KEPT];
};

void tree_init(struct tree *tree, struct tree_store store);

/* Forgets what was read: to be called when the store took something back, as after a
 * rolled back transaction. */
void tree_forget(struct tree *tree);

/* For roots and proofs; the tree is its context. */
struct merkle_source tree_source(struct tree *tree);

/* The first `width` (1 to 256) hashes of a tile, valid until the next call; NULL: not stored. */
const struct merkle_hash *tree_tile(struct tree *tree, unsigned level, uint64_t index,
                                    size_t width);

/* Calls for each hash of level 1 and up that has to be stored when the log, whose entries are
 * stored, grows from one size to another.  What it was called for must be readable afterwards.
 * From 0 on with a callback that compares, it checks all that is stored.  false: something was
 * not there, or the callback said so. */
typedef bool tree_visit(void *context, unsigned level, uint64_t index,
                        const struct merkle_hash *hash);
bool tree_grow(struct tree *tree, uint64_t from, uint64_t to, tree_visit *visit, void *context);

#endif
