/* SHA-256 in lower-case hex, the digest every text is named by (FIPS 180-4). */
#ifndef TEADE_HASH_H
#define TEADE_HASH_H

#include "buf.h"

#define HASH_HEX 64 /* characters, without the NUL */

void hash_hex(struct str bytes, char hex[HASH_HEX + 1]);

#endif
