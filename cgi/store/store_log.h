/* The log of a database: its Merkle tree, its checkpoints, and who signed them. */
#ifndef TEADE_STORE_LOG_H
#define TEADE_STORE_LOG_H

#include "log/merkle.h"
#include "store.h"

/* The log (RFC 6962): its size, roots and proofs, in a transaction.  false with store_why() where
 * the log is shorter than that. */
bool store_log_size(struct store *store, int64_t *size);
bool store_root(struct store *store, int64_t size, struct merkle_hash *root);
bool store_prove_inclusion(struct store *store, int64_t place, int64_t size,
                           struct merkle_proof *proof);

/* The first `width` hashes of a tile: at level 0 of leaves.  NULL: it does not exist. */
const struct merkle_hash *store_tile(struct store *store, unsigned level, int64_t place,
                                     size_t width);
/* Entries from a place on, at most 256; how many there are, 0 also where they cannot be read. */
size_t store_log_entries(struct store *store, int64_t first, size_t count,
                         struct merkle_hash *entries);

/* A checkpoint of the log as it was signed. */
struct store_checkpoint {
    int64_t size, time;
    bool public;
    const char *note;
};

/* The newest, of those that are public only or of all; *found false: there is none yet. */
bool store_checkpoint(struct store *store, bool public, bool *found,
                      void (*take)(void *context, const struct store_checkpoint *checkpoint),
                      void *context);
/* All of them, the smallest first. */
bool store_checkpoints(struct store *store,
                       void (*take)(void *context, const struct store_checkpoint *checkpoint),
                       void *context);
/* Keeps one that is larger than those before; of the same size as the newest, that becomes public.
 * In a transaction. */
bool store_add_checkpoint(struct store *store, const struct store_checkpoint *checkpoint);

/* Keeps the key (NAME+ID+BASE64) of who signs; keeping it again is fine.  In a transaction. */
bool store_add_signer(struct store *store, const char *key, int64_t time);

/* Every key that ever signed, the first first. */
bool store_signers(struct store *store, void (*take)(void *context, const char *key),
                   void *context);

#endif
