/* A proof that an entry is in the log, C2SP tlog-proof v1, without extra data: its place, the
 * hashes from it up to the root (RFC 6962), and the checkpoint that has the root. */
#ifndef TEADE_RECEIPT_PROOF_H
#define TEADE_RECEIPT_PROOF_H

#include "log/merkle.h"
#include "log/note.h"

struct receipt_proof {
    uint64_t index;
    struct merkle_proof path;
    struct str note; /* the checkpoint, a signed note */
};

void receipt_proof_write(const struct receipt_proof *proof, struct buf *out);

/* A look into the text.  false: not byte for byte one that receipt_proof_write() writes. */
bool receipt_proof_parse(struct str text, struct receipt_proof *proof);

#endif
