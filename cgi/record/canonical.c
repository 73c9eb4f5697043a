#include "canonical.h"

#include <sodium.h>
#include <string.h>

/* Whether it is the first in its object or array. */
static bool is_first(const struct buf *out)
{
    char last = out->len ? out->data[out->len - 1] : '{';

    return last == '{' || last == '[';
}

void canonical_next(struct buf *out)
{
    if (!is_first(out))
        buf_addc(out, ',');
}

void canonical_head(struct buf *out, const char *head, size_t len)
{
    bool first = is_first(out);

    buf_add(out, head + first, len - first);
}

/* What follows the backslash, or 0: it needs none. */
static char short_escape(char c)
{
    static const char escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *at = c ? strchr(escaped, c) : NULL;

    return at ? letters[at - escaped] : '\0';
}

static void escape(struct buf *out, char c)
{
    char letter = short_escape(c);

    if (letter)
        buf_add(out, (char[]){'\\', letter}, 2);
    else
        buf_addf(out, "\\u%04X", (unsigned)(unsigned char)c);
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

void canonical_string(struct buf *out, struct str text)
{
    size_t begin = 0;

    buf_addc(out, '"');
    for (size_t i = 0; i < text.len; i++)
        if (!is_plain(text.data[i])) {
            buf_add(out, text.data + begin, i - begin);
            escape(out, text.data[i]);
            begin = i + 1;
        }
    buf_add(out, text.data + begin, text.len - begin);
    buf_addc(out, '"');
}

void canonical_entry(const char *version, const uint8_t salt[CANONICAL_SALT], struct str bytes,
                     uint8_t entry[CANONICAL_ENTRY])
{
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)version, strlen(version) + 1);
    crypto_hash_sha256_update(&state, salt, CANONICAL_SALT);
    crypto_hash_sha256_update(&state, (const uint8_t *)bytes.data, bytes.len);
    crypto_hash_sha256_final(&state, entry);
}
