#include "canonical.h"

#include <sodium.h>
#include <string.h>

#include "base/mem.h"

static int add_bytes(const char *bytes, size_t len, void *out)
{
    buf_add(out, bytes, len);
    return 0;
}

void canonical_write(const json_t *json, struct buf *out)
{
    if (json_dump_callback(json, add_bytes, out, JSON_COMPACT | JSON_SORT_KEYS) != 0)
        mem_die(0);
}

bool canonical_is(const json_t *json, struct str bytes)
{
    struct buf again = BUF_INIT;
    bool same;

    canonical_write(json, &again);
    same = str_equal(buf_str(&again), bytes);
    buf_release(&again);
    return same;
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
