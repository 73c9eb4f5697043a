#include "hex.h"

#include <assert.h>
#include <sodium.h>

struct hex hex_of(const uint8_t *bytes, size_t len)
{
    struct hex hex;

    assert(len <= HEX_BYTES);
    sodium_bin2hex(hex.text, sizeof hex.text, bytes, len);
    return hex;
}
