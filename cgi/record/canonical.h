/* What the log vouches for is kept in canonical bytes: JSON (RFC 8259) in UTF-8 without white
 * space, its keys sorted by code point; nothing is escaped but ", \ and control characters.
 * record.h, closing.h and disclosure.h say which fields.
 *
 * The entry of such bytes is SHA-256(version || 0x00 || salt || bytes): a hash that tells the
 * public nothing, and a proof for anybody who has salt and bytes.  The version keeps the kinds
 * apart. */
#ifndef TEADE_CANONICAL_H
#define TEADE_CANONICAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { CANONICAL_SALT = 32, CANONICAL_ENTRY = 32 };

void canonical_write(const json_t *json, struct buf *out);

/* Whether bytes are what their own values are written as: no second spelling, order or space. */
bool canonical_is(const json_t *json, struct str bytes);

void canonical_entry(const char *version, const uint8_t salt[CANONICAL_SALT], struct str bytes,
                     uint8_t entry[CANONICAL_ENTRY]);

#endif
