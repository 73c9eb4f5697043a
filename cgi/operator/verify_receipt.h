/* A receipt judged for whoever holds one: it needs no database. */
#ifndef TEADE_VERIFY_RECEIPT_H
#define TEADE_VERIFY_RECEIPT_H

#include <stdbool.h>

struct records_receipt_options {
    const char *key;      /* NAME+ID+BASE64 from elsewhere, or NULL */
    const char *key_file; /* a file with it, or NULL */
};

/* Tells in plain words, or as JSON, what the receipt in a file proves and what not, and each thing
 * that is wrong with it.  The exit status: 0 where nothing is, 1 where something is. */
int records_verify_receipt(const char *file, const struct records_receipt_options *options,
                           bool json);

#endif
