#include "validate.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "utf8.h"

bool validate_is_plain(struct str text)
{
    while (text.len) {
        int32_t c = utf8_next(&text);

        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            return false;
    }
    return true;
}

bool validate_is_of(struct str text, const char *alphabet)
{
    for (size_t i = 0; i < text.len; i++)
        if (!text.data[i] || !strchr(alphabet, text.data[i]))
            return false;
    return text.len > 0;
}

bool validate_is_word(struct str text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(word, text.data, text.len) == 0;
}

bool validate_cut(struct str *rest, char separator, struct str *piece)
{
    const char *end;

    if (!rest->data)
        return false;
    end = rest->len ? memchr(rest->data, separator, rest->len) : NULL;
    *piece = *rest;
    if (!end) {
        *rest = (struct str){NULL, 0};
        return true;
    }
    piece->len = (size_t)(end - rest->data);
    rest->data = end + 1;
    rest->len -= piece->len + 1;
    return true;
}

struct str validate_whole(struct str text, size_t most)
{
    if (text.len > most)
        for (text.len = most; text.len && (text.data[text.len] & 0xc0) == 0x80;)
            text.len--;
    return text;
}

bool validate_number(struct str digits, uint32_t most, uint32_t *number)
{
    uint64_t value = 0;

    if (!validate_is_of(digits, "0123456789"))
        return false;
    for (size_t i = 0; i < digits.len && value <= most; i++)
        value = value * 10 + (uint64_t)(digits.data[i] - '0');
    *number = value > most ? most + 1 : (uint32_t)value;
    return true;
}

bool validate_hex(struct str hex, uint8_t *bytes, size_t len)
{
    return hex.len == 2 * len && validate_is_of(hex, "0123456789abcdef") &&
           sodium_hex2bin(bytes, len, hex.data, hex.len, NULL, NULL, NULL) == 0;
}
