/* The same as a Kantara Consent Receipt 1.1, for programs that read those.
 *
 * It is a receipt of consent and has no word for a no, an objection, a withdrawal or a notice that
 * was seen: there is one only of a record with a yes, and only the yeses are in it.  Nor is there
 * one where the site does not state what it requires: jurisdiction; address, e-mail and telephone
 * of each controller; the data that each purpose uses, without which nobody knows whether they are
 * sensitive.  Its time is that of the consent, which programs take for the start of processing: of
 * a yes to a version to come there is none before that takes effect.  "termination" leads to where
 * a yes can be withdrawn. */
#ifndef TEADE_RECEIPT_KANTARA_H
#define TEADE_RECEIPT_KANTARA_H

#include "receipt.h"

/* NULL: there is none at this time. */
json_t *receipt_kantara(const struct receipt *receipt, const struct manifest *manifest,
                        int64_t now);

#endif
