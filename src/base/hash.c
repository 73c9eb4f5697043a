#include "hash.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>

#include "mem.h"

void hash_hex(struct str bytes, char hex[HASH_HEX + 1])
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const unsigned char *)bytes.data, bytes.len);
    sodium_bin2hex(hex, HASH_HEX + 1, digest, sizeof digest);
}

struct fingerprint {
    crypto_generichash_state state;
};

struct fingerprint *fingerprint_new(void)
{
    struct fingerprint *print = aligned_alloc(_Alignof(struct fingerprint), sizeof *print);

    if (!print || sodium_init() < 0) /* which chooses what is fastest on this processor */
        mem_die(sizeof *print);
    crypto_generichash_init(&print->state, NULL, 0, HASH_HEX / 2);
    return print;
}

void fingerprint_add(struct fingerprint *print, struct str part)
{
    uint64_t len = part.len;

    crypto_generichash_update(&print->state, (const unsigned char *)&len, sizeof len);
    crypto_generichash_update(&print->state, (const unsigned char *)part.data, part.len);
}

void fingerprint_addf(struct fingerprint *print, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    fingerprint_add(print, buf_str(&text));
    buf_release(&text);
}

void fingerprint_end(struct fingerprint *print, char hex[HASH_HEX + 1])
{
    unsigned char sum[HASH_HEX / 2];

    crypto_generichash_final(&print->state, sum, sizeof sum);
    sodium_bin2hex(hex, HASH_HEX + 1, sum, sizeof sum);
    free(print);
}
