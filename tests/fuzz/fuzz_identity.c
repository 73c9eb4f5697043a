/* A stranger's cookie, which is ours only if we would write it so; the same bytes as a file
 * of keys; and our own cookie with one byte changed, which is nobody's. */
#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "record/identity.h"

static const int64_t now = (int64_t)20400 * 86400 + 4711;

static struct identity_keys our_keys(void)
{
    struct identity_keys keys = {.count = 2};

    keys.keys[0].id = 3;
    keys.keys[1].id = 5;
    memset(keys.keys[0].key, 'a', IDENTITY_KEY);
    memset(keys.keys[1].key, 'b', IDENTITY_KEY);
    return keys;
}

static const char base_url[] = "http://localhost";
static const struct str name = {"teade", 5};

static void check_cookie(struct str value, const struct identity_keys *keys)
{
    char ours[IDENTITY_COOKIE_MAX + 1];
    struct identity identity;

    if (identity_read(&identity, base_url, name, value, keys, now) == IDENTITY_VALID) {
        identity_write(&identity, IDENTITY_NAME_LASTING, keys, ours);
        assert(str_is(value, ours));
    } else {
        assert(sodium_is_zero((const uint8_t *)&identity, sizeof identity));
    }
}

static void check_keys(struct str text)
{
    struct buf why = BUF_INIT;
    struct identity_keys keys;

    assert(identity_keys_parse(&keys, text, &why) == !why.len);
    assert(!why.len == (keys.count > 0) && keys.count <= IDENTITY_KEYS_MAX);
    for (size_t i = 0; i < keys.count; i++)
        assert(keys.keys[i].id > (i ? keys.keys[i - 1].id : 0));
    if (keys.count)
        check_cookie(text, &keys);
    buf_release(&why);
}

/* The first two bytes say which byte of the cookie is changed, and how; the next are the
 * pseudonym. */
static void check_change(const uint8_t *bytes, const struct identity_keys *keys)
{
    struct identity identity = {5, {0}, now - now % 86400}, read;
    char value[IDENTITY_COOKIE_MAX + 1];
    struct str text;

    memcpy(identity.bits, bytes + 2, IDENTITY_BITS);
    identity_write(&identity, IDENTITY_NAME_LASTING, keys, value);
    text = str_of(value);
    assert(identity_read(&read, base_url, name, text, keys, now) == IDENTITY_VALID);
    assert(memcmp(read.bits, identity.bits, IDENTITY_BITS) == 0 && read.issued == identity.issued);
    value[bytes[0] % text.len] ^= (char)bytes[1];
    assert((identity_read(&read, base_url, name, text, keys, now) == IDENTITY_VALID) == !bytes[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str text = {(const char *)bytes, size};
    struct identity_keys keys = our_keys();

    check_cookie(text, &keys);
    check_keys(text);
    if (size >= 2 + IDENTITY_BITS)
        check_change(bytes, &keys);
    return 0;
}
