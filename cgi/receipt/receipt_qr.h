/* What a receipt on paper says to a machine: its index in the log, its hash, and the checkpoint it
 * was shown under.
 *
 *   teade-receipt-v1 ORIGIN INDEX HASH SIZE ROOT
 *
 * HASH and ROOT are base64url without padding.  It is enough to find the entry in the public log
 * and to compare two checkpoints of it, and short enough for a code that a telephone reads from
 * paper. The record, its salt and the code to withdraw are not in it: somebody who sees it over a
 * shoulder learns hashes that are public anyway, and nothing of the choice. */
#ifndef TEADE_RECEIPT_QR_H
#define TEADE_RECEIPT_QR_H

#include "log/checkpoint.h"

void receipt_qr_text(const struct checkpoint *head, uint64_t index,
                     const uint8_t entry[MERKLE_HASH], struct buf *out);

/* The text as a QR code (ISO/IEC 18004): the path of an SVG, in modules, `side` by `side` of them
 * with the white margin that readers need.  false: it is too long. */
bool receipt_qr_path(const char *text, struct buf *path, int *side);

#endif
