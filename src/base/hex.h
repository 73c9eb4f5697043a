/* Bytes in lower-case hex. */
#ifndef TEADE_HEX_H
#define TEADE_HEX_H

#include <stddef.h>
#include <stdint.h>

enum { HEX_BYTES = 32 };

struct hex {
    char text[2 * HEX_BYTES + 1];
};

/* At most HEX_BYTES.  For an argument: hex_of(hash, sizeof hash).text; it lives to the end of the
 * statement. */
struct hex hex_of(const uint8_t *bytes, size_t len);

#endif
