/* Proofs are made from the root down: at every cut the half without the leaf goes into the
 * proof.  Once a step went left all is perfect below, so only one hash of a proof has to be put
 * together from several.  Verifying goes from the leaf up, by the bits of two indices. */
#include "merkle.h"

#include <sodium.h>
#include <string.h>

void merkle_leaf(const void *entry, size_t len, struct merkle_hash *hash)
{
    static const uint8_t prefix = 0x00;
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &prefix, 1);
    crypto_hash_sha256_update(&state, entry, len);
    crypto_hash_sha256_final(&state, hash->bytes);
}

void merkle_node(const struct merkle_hash *left, const struct merkle_hash *right,
                 struct merkle_hash *hash)
{
    uint8_t bytes[1 + 2 * MERKLE_HASH] = {0x01};

    memcpy(bytes + 1, left->bytes, MERKLE_HASH);
    memcpy(bytes + 1 + MERKLE_HASH, right->bytes, MERKLE_HASH);
    crypto_hash_sha256(hash->bytes, bytes, sizeof bytes);
}

bool merkle_equal(const struct merkle_hash *a, const struct merkle_hash *b)
{
    return memcmp(a->bytes, b->bytes, MERKLE_HASH) == 0;
}

/* The level of the largest perfect subtree that `leaves` can begin with. */
static unsigned level_within(uint64_t leaves)
{
    return 63 - (unsigned)__builtin_clzll(leaves);
}

/* The leaves from `begin` up to `end`: a subtree of the tree, perfect or on its right edge. */
static bool subtree(struct merkle_source source, uint64_t begin, uint64_t end,
                    struct merkle_hash *hash)
{
    struct merkle_hash peaks[64];
    size_t count = 0;

    for (; begin < end; count++) {
        unsigned level = level_within(end - begin);

        if (!source.node(source.context, level, begin >> level, &peaks[count]))
            return false;
        begin += UINT64_C(1) << level;
    }
    *hash = peaks[--count];
    while (count)
        merkle_node(&peaks[--count], hash, hash);
    return true;
}

bool merkle_root(struct merkle_source source, uint64_t size, struct merkle_hash *root)
{
    if (size)
        return size <= MERKLE_SIZE_MAX && subtree(source, 0, size, root);
    crypto_hash_sha256(root->bytes, NULL, 0);
    return true;
}

/* One step down, into the half that holds the leaf. */
static bool descend(struct merkle_source source, uint64_t leaf, uint64_t *begin, uint64_t *end,
                    struct merkle_proof *proof)
{
    uint64_t middle = *begin + (UINT64_C(1) << level_within(*end - *begin - 1));
    struct merkle_hash *other = &proof->hashes[proof->count++];

    if (leaf < middle) {
        uint64_t old = *end;

        *end = middle;
        return subtree(source, middle, old, other);
    } else {
        uint64_t old = *begin;

        *begin = middle;
        return subtree(source, old, middle, other);
    }
}

static void turn_round(struct merkle_proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct merkle_hash *other = &proof->hashes[proof->count - 1 - i], hash = *other;

        *other = proof->hashes[i];
        proof->hashes[i] = hash;
    }
}

bool merkle_prove_inclusion(struct merkle_source source, uint64_t index, uint64_t size,
                            struct merkle_proof *proof)
{
    uint64_t begin = 0, end = size;

    proof->count = 0;
    if (index >= size || size > MERKLE_SIZE_MAX)
        return false;
    while (end - begin > 1)
        if (!descend(source, index, &begin, &end, proof))
            return false;
    turn_round(proof);
    return true;
}

/* A node on its way up: its index, and that of the last one, on its level. */
struct climb {
    uint64_t index, last;
    struct merkle_hash hash;
};

static void climb_level(struct climb *climb)
{
    climb->index >>= 1;
    climb->last >>= 1;
}

/* false: not just as many hashes as there are levels to climb. */
static bool climb_by(struct climb *climb, const struct merkle_hash *hashes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!climb->last)
            return false;
        if (climb->index & 1 || climb->index == climb->last) {
            merkle_node(&hashes[i], &climb->hash, &climb->hash);
            while (climb->index && !(climb->index & 1)) /* where the right edge has no node */
                climb_level(climb);
        } else {
            merkle_node(&climb->hash, &hashes[i], &climb->hash);
        }
        climb_level(climb);
    }
    return !climb->last;
}

bool merkle_verify_inclusion(const struct merkle_hash *leaf, uint64_t index, uint64_t size,
                             const struct merkle_proof *proof, const struct merkle_hash *root)
{
    struct climb climb = {index, size - 1, *leaf};

    return index < size && size <= MERKLE_SIZE_MAX && proof->count <= MERKLE_PROOF_MAX &&
           climb_by(&climb, proof->hashes, proof->count) && merkle_equal(&climb.hash, root);
}
