#include "code.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/utf8.h"

enum { DIGITS = 20, DIGIT_BITS = 5, GROUP = 5, BYTES = (DIGITS * DIGIT_BITS + 7) / 8 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char label[] = "teade-withdraw-v2"; /* its NUL keeps it apart from what follows */

/* Reading and writing: the digits are one number of 100 bits, big-endian. */

static bool is_between(int32_t character) /* what stands between digits and says nothing */
{
    static const int32_t others[] = {
        0xa0,   /* no-break space */
        0x2212, /* minus */
        0x3000, /* ideographic space */
        0x30fc, /* the long vowel mark, on the hyphen's key */
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (character == others[i])
            return true;
    return character == ' ' || character == '-' || (character >= 0x2010 && character <= 0x2015);
}

/* The full-width forms stand for ASCII's, in the same order. */
static int32_t half_width(int32_t character)
{
    return character >= 0xff01 && character <= 0xff5e ? character - 0xff01 + '!' : character;
}

/* The value of a digit as people write it, or -1. */
static int digit_value(int32_t character)
{
    const char *found;

    if (character >= 'a' && character <= 'z')
        character -= 'a' - 'A';
    if (character == 'O')
        character = '0';
    if (character == 'I' || character == 'L')
        character = '1';
    if (character <= 0 || character > 'Z' || !(found = strchr(alphabet, (int)character)))
        return -1;
    return (int)(found - alphabet);
}

/* Bits of a number, the highest of the first byte first. */
static void put_bits(uint8_t *bytes, size_t at, uint64_t value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (value >> (count - 1 - i) & 1)
            bytes[(at + i) / 8] |= (uint8_t)(0x80 >> (at + i) % 8);
}

static uint64_t take_bits(const uint8_t *bytes, size_t at, size_t count)
{
    uint64_t value = 0;

    for (size_t i = at; i < at + count; i++)
        value = value << 1 | (bytes[i / 8] >> (7 - i % 8) & 1);
    return value;
}

bool code_read(struct code *code, struct str typed)
{
    uint8_t bytes[BYTES] = {0};
    size_t digits = 0;

    while (typed.len) {
        int32_t character = half_width(utf8_next(&typed));
        int value;

        if (is_between(character))
            continue;
        value = digit_value(character);
        if (value < 0 || digits == DIGITS)
            return false;
        put_bits(bytes, DIGIT_BITS * digits++, (uint64_t)value, DIGIT_BITS);
    }
    code->index = take_bits(bytes, 0, CODE_INDEX_BITS);
    for (size_t i = 0; i < CODE_TAG; i++)
        code->tag[i] = (uint8_t)take_bits(bytes, CODE_INDEX_BITS + 8 * i, 8);
    return digits == DIGITS;
}

void code_write(const struct code *code, char text[CODE_TEXT + 1])
{
    uint8_t bytes[BYTES] = {0};

    assert(code->index >> CODE_INDEX_BITS == 0);
    put_bits(bytes, 0, code->index, CODE_INDEX_BITS);
    for (size_t i = 0; i < CODE_TAG; i++)
        put_bits(bytes, CODE_INDEX_BITS + 8 * i, code->tag[i], 8);
    for (size_t i = 0; i < DIGITS; i++) {
        if (i && i % GROUP == 0)
            *text++ = '-';
        *text++ = alphabet[take_bits(bytes, DIGIT_BITS * i, DIGIT_BITS)];
    }
    *text = '\0';
}

/* Tags */

static void make_tag(const uint8_t key[IDENTITY_KEY], const uint8_t salt[CANONICAL_SALT],
                     const uint8_t entry[CANONICAL_ENTRY], uint8_t tag[CODE_TAG])
{
    uint8_t hash[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, key, IDENTITY_KEY);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)label, sizeof label);
    crypto_auth_hmacsha256_update(&state, salt, CANONICAL_SALT);
    crypto_auth_hmacsha256_update(&state, entry, CANONICAL_ENTRY);
    crypto_auth_hmacsha256_final(&state, hash);
    memcpy(tag, hash, CODE_TAG);
    sodium_memzero(&state, sizeof state);
    sodium_memzero(hash, sizeof hash);
}

void code_make(struct code *code, const struct identity_keys *keys, uint64_t index,
               const uint8_t salt[CANONICAL_SALT], const uint8_t entry[CANONICAL_ENTRY])
{
    assert(keys->count);
    code->index = index;
    make_tag(keys->keys[keys->count - 1].key, salt, entry, code->tag);
}

bool code_fits(const struct code *code, const struct identity_keys *keys,
               const uint8_t salt[CANONICAL_SALT], const uint8_t entry[CANONICAL_ENTRY])
{
    bool fits = false;

    for (size_t i = 0; i < keys->count; i++) {
        uint8_t tag[CODE_TAG];

        make_tag(keys->keys[i].key, salt, entry, tag);
        fits |= !keys->keys[i].cookies_only & (sodium_memcmp(tag, code->tag, CODE_TAG) == 0);
    }
    return fits;
}
