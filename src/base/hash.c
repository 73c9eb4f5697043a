#include "hash.h"

#include <sodium.h>

void hash_hex(struct str bytes, char hex[HASH_HEX + 1])
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const unsigned char *)bytes.data, bytes.len);
    sodium_bin2hex(hex, HASH_HEX + 1, digest, sizeof digest);
}
