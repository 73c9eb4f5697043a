/* SHA-256 in lower-case hex, the digest every text is named by (FIPS 180-4). */
#ifndef TEADE_HASH_H
#define TEADE_HASH_H

#include "buf.h"

#define HASH_HEX 64 /* characters, without the NUL */

void hash_hex(struct str bytes, char hex[HASH_HEX + 1]);

/* Many parts as one number, for caches on one machine: equal only where each part is (BLAKE2b of
 * 256 bits, each part behind its length).  fingerprint_end() frees it. */
struct fingerprint *fingerprint_new(void);
void fingerprint_add(struct fingerprint *print, struct str part);
void fingerprint_addf(struct fingerprint *print, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void fingerprint_end(struct fingerprint *print, char hex[HASH_HEX + 1]);

#endif
