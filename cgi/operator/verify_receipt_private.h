/* What the two ways to print a verdict share. */
#ifndef TEADE_VERIFY_RECEIPT_PRIVATE_H
#define TEADE_VERIFY_RECEIPT_PRIVATE_H

#include "receipt/receipt.h"
#include "receipt/receipt_verify.h"

/* Whether a field of receipt_stated[], or the code to withdraw with, is in the receipt and nothing
 * vouches for it. */
bool receipt_is_unproved(const struct receipt_verdict *verdict, const char *name);

/* `given`: the key is from elsewhere; `faults` is lent. */
void receipt_print_json(const struct receipt_verdict *verdict, bool given, json_t *faults);

#endif
