/* A withdrawal code: what a receipt carries so that its holder can withdraw, on any device, the
 * consent that the record says.  It is good for nothing else, and nothing is stored for it: a code
 * that was used takes a later yes to the same question back as well, for a withdrawal is never
 * refused.
 *
 * Twenty digits of Crockford's base 32, in four groups of five:
 *
 *   36 bits   the record's place in the log
 *   64 bits   a tag, the first of HMAC-SHA-256(identity key, "teade-withdraw-v2" || 0x00 || salt ||
 *             entry), of the record's salt and entry
 *
 * Entries are public; the salt is known to the database and to who holds the receipt.  So neither
 * the key alone nor the database alone makes a code. */
#ifndef TEADE_CODE_H
#define TEADE_CODE_H

#include "canonical.h"
#include "identity.h"

enum {
    CODE_TAG = 8,   /* bytes */
    CODE_TEXT = 23, /* characters with the hyphens */
    CODE_INDEX_BITS = 36
};

struct code {
    uint64_t index;
    uint8_t tag[CODE_TAG];
};

/* Reads what a person typed: small letters and those of an East Asian keyboard are fine, O is 0, I
 * and L are 1; spaces and hyphens do not matter.  false: not twenty digits. */
bool code_read(struct code *code, struct str typed);

/* NUL-terminated: XXXXX-XXXXX-XXXXX-XXXXX. */
void code_write(const struct code *code, char text[CODE_TEXT + 1]);

/* The code of a record by the newest key. */
void code_make(struct code *code, const struct identity_keys *keys, uint64_t index,
               const uint8_t salt[CANONICAL_SALT], const uint8_t entry[CANONICAL_ENTRY]);

/* Whether it is the code of this record by any of the keys but those that are for cookies only;
 * takes the same time either way. */
bool code_fits(const struct code *code, const struct identity_keys *keys,
               const uint8_t salt[CANONICAL_SALT], const uint8_t entry[CANONICAL_ENTRY]);

#endif
