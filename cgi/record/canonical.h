/* What the log vouches for is kept in canonical bytes: JSON (RFC 8259) in UTF-8 without white
 * space, its keys sorted by code point; nothing is escaped but ", \ and control characters.
 * record.h, closing.h and disclosure.h say which fields.
 *
 * The entry of such bytes is SHA-256(version || 0x00 || salt || bytes): a hash that tells the
 * public nothing, and a proof for anybody who has salt and bytes.  The version keeps the kinds
 * apart. */
#ifndef TEADE_CANONICAL_H
#define TEADE_CANONICAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hex.h"

enum { CANONICAL_SALT = 32, CANONICAL_ENTRY = 32 };

/* A writer of that one spelling.  Braces and brackets are the caller's to add, names to come in
 * their order; between members and between items the comma comes by itself. */
void canonical_next(struct buf *out);                    /* before an item of an array */
void canonical_string(struct buf *out, struct str text); /* UTF-8; a value or an item */

/* A name, which is a literal, with all that is around it: one copy, where `verify` writes a million
 * records again. */
#define canonical_name(out, name) \
    canonical_head(out, ",\"" name "\":", sizeof(",\"" name "\":") - 1)
void canonical_head(struct buf *out, const char *head, size_t len);

/* A whole member; of bytes at most 32. */
#define canonical_text(out, name, text) \
    (canonical_name(out, name), canonical_string(out, str_of(text)))
#define canonical_hex(out, name, bytes, len) canonical_text(out, name, hex_of(bytes, len).text)

void canonical_entry(const char *version, const uint8_t salt[CANONICAL_SALT], struct str bytes,
                     uint8_t entry[CANONICAL_ENTRY]);

#endif
