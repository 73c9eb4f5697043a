/* Whether the log vouches for an entry: from the database alone, and its newest checkpoint. */
#ifndef TEADE_ENTRY_PROOF_H
#define TEADE_ENTRY_PROOF_H

#include "receipt/receipt_proof.h"
#include "store/store.h"
#include "store/store_log.h"

struct records_proof {
    bool is_covered; /* false: no checkpoint was signed since, and the rest is empty */
    bool holds;      /* the signature and the proof from this entry are valid */
    int64_t size;    /* entries under the checkpoint */
    char signer[NOTE_NAME_MAX + 1];
    struct buf text; /* for other programs: receipt_proof.h */
};

/* In a transaction.  false with the reason in store_why().  Release it either way. */
bool records_prove(struct store *store, int64_t index, const uint8_t entry[CANONICAL_ENTRY],
                   struct records_proof *proof);
void records_proof_release(struct records_proof *proof);

#endif
