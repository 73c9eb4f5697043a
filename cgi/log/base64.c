#include "base64.h"

#include <sodium.h>

#include "base/validate.h"

void base64_add(struct buf *out, const void *bytes, size_t len)
{
    enum { PIECE = 48 }; /* bytes that need no padding */
    char text[sodium_base64_ENCODED_LEN(PIECE, sodium_base64_VARIANT_ORIGINAL)];

    for (size_t at = 0; at < len; at += PIECE) {
        size_t piece = len - at < PIECE ? len - at : PIECE;

        buf_adds(out, sodium_bin2base64(text, sizeof text, (const uint8_t *)bytes + at, piece,
                                        sodium_base64_VARIANT_ORIGINAL));
    }
}

bool base64_read(struct str text, uint8_t *bytes, size_t size, size_t *len)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

    /* libsodium 1.0.18 takes some bytes above 0x7f for letters. */
    return validate_is_of(text, alphabet) &&
           sodium_base642bin(bytes, size, text.data, text.len, NULL, len, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0;
}
