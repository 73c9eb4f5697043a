/* Validates untrusted text: whether it is text, and how it is divided into pieces and numbers.
 * Pure functions over bytes, shared by the readers of headers, forms and cookies. */
#ifndef TEADE_VALIDATE_H
#define TEADE_VALIDATE_H

#include <stdint.h>

#include "buf.h"

/* Whether it is UTF-8 without control characters (C0, DEL, C1). */
bool validate_is_plain(struct str text);

/* Whether it is not empty and all its bytes are in the alphabet. */
bool validate_is_of(struct str text, const char *alphabet);

/* Whether it is the word, without regard to the case of ASCII letters. */
bool validate_is_word(struct str text, const char *word);

/* Takes the piece before the next separator, or the whole rest, off the front.  One
 * piece more than there are separators; then, and for data NULL, false. */
bool validate_cut(struct str *rest, char separator, struct str *piece);

/* What of a text fits into so many bytes: whole characters. */
struct str validate_whole(struct str text, size_t most);

/* A decimal number; one above `most` (which is below UINT32_MAX) comes out as most + 1.
 * false: not digits. */
bool validate_number(struct str digits, uint32_t most, uint32_t *number);

/* `len` bytes in lower-case hex.  If false, the content of `bytes` is undefined. */
bool validate_hex(struct str hex, uint8_t *bytes, size_t len);

#endif
