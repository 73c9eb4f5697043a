/* A cookie is believed if writing its fields again gives the very same characters: one
 * comparison covers the tag, the spelling of the numbers and every byte between them. */
#include "identity.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/validate.h"

#define VERSION "v1"

/* What each derived value is for; no two inputs of the keyed hash begin alike. */
static const char label_visitor[] = "teade-visitor-v1", label_handle[] = "teade-handle-v1";

static const struct {
    const char *label;
    int days; /* that it is believed behind the one it is of */
} cookies[] = {
    [IDENTITY_NAME_LASTING] = {"teade-cookie-v1", IDENTITY_DAYS},
    [IDENTITY_NAME_NEW] = {"teade-new-cookie-v1", IDENTITY_NEW_DAYS},
};

static const char cookies_only[] = "cookies-only"; /* behind a key */

enum {
    DAY = 86400,
    KEY_ID_MAX = 999999,
    DAYS_MAX = 9999999,
    HASH = crypto_auth_hmacsha256_BYTES,
};

_Static_assert((int)HASH == (int)ACT_VISITOR, "the database's key of a visitor is one keyed hash");

/* HMAC-SHA-256(key, label with its NUL, data) */
static void derive(const uint8_t key[IDENTITY_KEY], const char *label, const void *data, size_t len,
                   uint8_t hash[HASH])
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, key, IDENTITY_KEY);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)label, strlen(label) + 1);
    crypto_auth_hmacsha256_update(&state, data, len);
    crypto_auth_hmacsha256_final(&state, hash);
    sodium_memzero(&state, sizeof state);
}

static const struct identity_key *find_key(const struct identity_keys *keys, unsigned id)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->keys[i].id == id)
            return &keys->keys[i];
    return NULL;
}

static bool is_key(struct str line, struct identity_key *key, uint32_t *id)
{
    struct str digits = {NULL, 0}, word;

    validate_cut(&line, ' ', &word);
    validate_cut(&line, ' ', &digits);
    key->cookies_only = str_is(line, cookies_only);
    return validate_number(word, KEY_ID_MAX, id) && *id && *id <= KEY_ID_MAX &&
           validate_hex(digits, key->key, IDENTITY_KEY) && (!line.data || key->cookies_only);
}

static bool add_key(struct identity_keys *keys, struct str line, size_t number, struct buf *why)
{
    uint32_t read = 0;

    if (keys->count == IDENTITY_KEYS_MAX) {
        buf_addf(why, "line %zu: more than %d keys", number, IDENTITY_KEYS_MAX);
        return false;
    }
    if (!is_key(line, &keys->keys[keys->count], &read)) {
        buf_addf(
            why,
            "line %zu: is not a number from 1 to %d, a space and %d lower-case hex digits, with or"
            " without \" %s\" after them",
            number, KEY_ID_MAX, 2 * IDENTITY_KEY, cookies_only);
        return false;
    }
    if (keys->count && read <= keys->keys[keys->count - 1].id) {
        buf_addf(why, "line %zu: key %u after key %u; the numbers must increase", number,
                 (unsigned)read, keys->keys[keys->count - 1].id);
        return false;
    }
    keys->keys[keys->count++].id = read;
    return true;
}

bool identity_keys_parse(struct identity_keys *keys, struct str text, struct buf *why)
{
    struct str line;
    bool fine = true;

    sodium_memzero(keys, sizeof *keys);
    for (size_t number = 1; fine && validate_cut(&text, '\n', &line); number++)
        if (line.len || text.data) /* not behind the last line's end */
            fine = add_key(keys, line, number, why);
    if (fine && !keys->count) {
        buf_adds(why, "contains no key");
        fine = false;
    } else if (fine && keys->keys[keys->count - 1].cookies_only) {
        buf_adds(why, "the last key cannot be \"cookies-only\", as new cookies and codes use it");
        fine = false;
    }
    if (!fine)
        sodium_memzero(keys, sizeof *keys);
    return fine;
}

static bool read_parts(struct identity *identity, struct str value)
{
    struct str version, key, day, bits;
    uint32_t key_id = 0, days = 0;

    if (!validate_cut(&value, '.', &version) || !str_is(version, VERSION) ||
        !validate_cut(&value, '.', &key) || !validate_number(key, KEY_ID_MAX, &key_id) ||
        !validate_cut(&value, '.', &day) || !validate_number(day, DAYS_MAX, &days) ||
        !validate_cut(&value, '.', &bits) || !validate_hex(bits, identity->bits, IDENTITY_BITS) ||
        value.len != 2 * HASH || !validate_is_of(value, "0123456789abcdef"))
        return false;
    identity->key_id = key_id;
    identity->issued = (int64_t)days * DAY;
    return true;
}

static enum identity_cookie judge(struct identity *identity, enum identity_name name,
                                  struct str value, const struct identity_keys *keys, int64_t now)
{
    const struct identity_key *key;
    char ours[IDENTITY_COOKIE_MAX + 1];

    if (name == IDENTITY_NAME_OTHER || value.len > IDENTITY_COOKIE_MAX ||
        !read_parts(identity, value))
        return IDENTITY_FORGED;
    key = find_key(keys, identity->key_id);
    if (!key || (name == IDENTITY_NAME_NEW && key->cookies_only))
        return IDENTITY_STALE;
    identity_write(identity, name, keys, ours);
    if (strlen(ours) != value.len || sodium_memcmp(ours, value.data, value.len) != 0)
        return IDENTITY_FORGED;
    /* By days, so that no browser still sends what we already refuse.  A day to come is
     * our own clock's mistake, and not the visitor's. */
    return now / DAY - identity->issued / DAY > cookies[name].days ? IDENTITY_STALE
                                                                   : IDENTITY_VALID;
}

/* Whether a new name is that of the pseudonym; there is one lasting name for all. */
static bool is_named_so(const struct identity *identity, const char *base_url, struct str name)
{
    struct buf own = BUF_INIT;
    bool is_so;

    identity_new_name(base_url, identity, &own);
    is_so = str_is(name, own.data) || str_is(name, identity_cookie_name(base_url));
    buf_release(&own);
    return is_so;
}

enum identity_cookie identity_read(struct identity *identity, const char *base_url, struct str name,
                                   struct str value, const struct identity_keys *keys, int64_t now)
{
    enum identity_cookie found =
        judge(identity, identity_name_of(base_url, name), value, keys, now);

    if (found == IDENTITY_VALID && !is_named_so(identity, base_url, name))
        found = IDENTITY_FORGED;
    if (found != IDENTITY_VALID)
        sodium_memzero(identity, sizeof *identity);
    return found;
}

void identity_make(struct identity *identity, const struct identity_keys *keys, int64_t now)
{
    assert(keys->count);
    identity->key_id = keys->keys[keys->count - 1].id;
    randombytes_buf(identity->bits, sizeof identity->bits);
    identity_renew(identity, now);
}

void identity_renew(struct identity *identity, int64_t now)
{
    identity->issued = now - now % DAY;
}

void identity_write(const struct identity *identity, enum identity_name name,
                    const struct identity_keys *keys, char value[IDENTITY_COOKIE_MAX + 1])
{
    const struct identity_key *key = find_key(keys, identity->key_id);
    char bits[2 * IDENTITY_BITS + 1], tag[2 * HASH + 1];
    uint8_t hash[HASH];
    int len;

    assert(key && name != IDENTITY_NAME_OTHER);
    sodium_bin2hex(bits, sizeof bits, identity->bits, IDENTITY_BITS);
    len = snprintf(value, IDENTITY_COOKIE_MAX + 1, VERSION ".%u.%u.%s", identity->key_id,
                   (unsigned)(identity->issued / DAY), bits);
    derive(key->key, cookies[name].label, value, (size_t)len, hash);
    sodium_bin2hex(tag, sizeof tag, hash, HASH);
    snprintf(value + len, IDENTITY_COOKIE_MAX + 1 - (size_t)len, ".%s", tag);
}

void identity_visitor(const struct identity *identity, const struct identity_keys *keys,
                      uint8_t visitor[ACT_VISITOR])
{
    const struct identity_key *key = find_key(keys, identity->key_id);

    assert(key);
    derive(key->key, label_visitor, identity->bits, IDENTITY_BITS, visitor);
}

void identity_handle(const uint8_t visitor[ACT_VISITOR], uint8_t handle[IDENTITY_HANDLE])
{
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)label_handle, sizeof label_handle);
    crypto_hash_sha256_update(&state, visitor, ACT_VISITOR);
    crypto_hash_sha256_final(&state, handle);
}

static bool is_https(const char *base_url)
{
    return strncmp(base_url, "https://", 8) == 0;
}

const char *identity_cookie_name(const char *base_url)
{
    return is_https(base_url) ? "__Host-teade" : "teade";
}

#define NEW "_new_"

enum { NEW_DIGITS = 8 };

void identity_new_name(const char *base_url, const struct identity *identity, struct buf *name)
{
    char digits[NEW_DIGITS + 1];

    sodium_bin2hex(digits, sizeof digits, identity->bits, NEW_DIGITS / 2);
    buf_addf(name, "%s" NEW "%s", identity_cookie_name(base_url), digits);
}

enum identity_name identity_name_of(const char *base_url, struct str name)
{
    const char *lasting = identity_cookie_name(base_url);
    size_t len = strlen(lasting), digits = len + sizeof NEW - 1;

    if (str_is(name, lasting))
        return IDENTITY_NAME_LASTING;
    return name.len == digits + NEW_DIGITS && memcmp(name.data, lasting, len) == 0 &&
                   memcmp(name.data + len, NEW, sizeof NEW - 1) == 0 &&
                   validate_is_of((struct str){name.data + digits, NEW_DIGITS}, "0123456789abcdef")
               ? IDENTITY_NAME_NEW
               : IDENTITY_NAME_OTHER;
}

void identity_set_cookie(const char *base_url, struct str name, const char *value,
                         struct buf *header_value)
{
    bool waits = identity_name_of(base_url, name) == IDENTITY_NAME_NEW;
    int age = waits ? IDENTITY_NEW_SECONDS : IDENTITY_DAYS * DAY;

    buf_addf(header_value, "%.*s=%s; Path=/; Max-Age=%d; HttpOnly;%s SameSite=Lax", (int)name.len,
             name.data, value, *value ? age : 0, is_https(base_url) ? " Secure;" : "");
}
