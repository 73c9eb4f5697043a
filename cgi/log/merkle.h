/* The Merkle tree of RFC 6962 §2.1: what one hash says about a list that only grows.
 *
 * A leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), the root of no
 * leaves SHA-256("").  A list of n leaves is cut after the largest power of two below n, so
 * every subtree but those on the right edge is perfect: its 2^level leaves begin at a multiple
 * of 2^level, and its hash never changes.  Whoever makes roots and proofs supplies those. */
#ifndef TEADE_MERKLE_H
#define TEADE_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MERKLE_HASH = 32, MERKLE_PROOF_MAX = 64 };

#define MERKLE_SIZE_MAX ((uint64_t)INT64_MAX) /* leaves */

struct merkle_hash {
    uint8_t bytes[MERKLE_HASH];
};

void merkle_leaf(const void *entry, size_t len, struct merkle_hash *hash);
/* `hash` may be one of the halves. */
void merkle_node(const struct merkle_hash *left, const struct merkle_hash *right,
                 struct merkle_hash *hash);
bool merkle_equal(const struct merkle_hash *a, const struct merkle_hash *b);

/* Where the hashes of perfect subtrees come from: `index` counts subtrees of 2^level leaves.
 * Only whole ones inside of the tree in question are asked for.  false: cannot be had. */
struct merkle_source {
    bool (*node)(void *context, unsigned level, uint64_t index, struct merkle_hash *hash);
    void *context;
};

/* In the order of RFC 6962: from the leaf up. */
struct merkle_proof {
    size_t count;
    struct merkle_hash hashes[MERKLE_PROOF_MAX];
};

/* What these ask the source for is at most two hashes per level.  false: the source failed, or
 * there is no such tree or leaf. */
bool merkle_root(struct merkle_source source, uint64_t size, struct merkle_hash *root);
bool merkle_prove_inclusion(struct merkle_source source, uint64_t index, uint64_t size,
                            struct merkle_proof *proof);
/* Whether exactly this proof is one (RFC 9162 §2.1.3.2, the same trees): no hash
 * may be missing, or left over. */
bool merkle_verify_inclusion(const struct merkle_hash *leaf, uint64_t index, uint64_t size,
                             const struct merkle_proof *proof, const struct merkle_hash *root);
#endif
