/* Base64 as of RFC 4648 §4, padded, in its one canonical spelling. */
#ifndef TEADE_BASE64_H
#define TEADE_BASE64_H

#include <stdint.h>

#include "base/buf.h"

void base64_add(struct buf *out, const void *bytes, size_t len);

/* At least one byte, and at most `size`.  false, and `bytes` may hold anything: not that. */
bool base64_read(struct str text, uint8_t *bytes, size_t size, size_t *len);

#endif
