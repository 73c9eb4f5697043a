#include "note.h"

#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "base/validate.h"
#include "base64.h"

static const uint8_t ed25519 = 0x01; /* the type of signature */
static const char dash[] = "— ";     /* U+2014 */

bool note_is_text(struct str text)
{
    if (!text.len || text.data[text.len - 1] != '\n')
        return false;
    while (text.len) {
        int32_t c = utf8_next(&text);

        if (c < 0x20 && c != '\n')
            return false;
    }
    return true;
}

/* White_Space of the Unicode standard. */
static bool is_space(int32_t c)
{
    static const int32_t others[] = {0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (c == others[i])
            return true;
    return c == ' ' || (c >= 0x2000 && c <= 0x200a);
}

static bool is_name(struct str name)
{
    if (!name.len)
        return false;
    while (name.len) {
        int32_t c = utf8_next(&name);

        if (c < 0x20 || c == '+' || is_space(c))
            return false;
    }
    return true;
}

static bool init_key(struct note_key *key, struct str name, const uint8_t bytes[NOTE_KEY])
{
    crypto_hash_sha256_state state;
    uint8_t digest[crypto_hash_sha256_BYTES];

    if (name.len > NOTE_NAME_MAX || !is_name(name))
        return false;
    memset(key, 0, sizeof *key);
    memcpy(key->name, name.data, name.len);
    memcpy(key->key, bytes, NOTE_KEY);
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)name.data, name.len);
    crypto_hash_sha256_update(&state, (const uint8_t *)"\n", 1);
    crypto_hash_sha256_update(&state, &ed25519, 1);
    crypto_hash_sha256_update(&state, bytes, NOTE_KEY);
    crypto_hash_sha256_final(&state, digest);
    memcpy(key->id, digest, NOTE_KEY_ID);
    return true;
}

bool note_signer_init(struct note_signer *signer, struct str name, const uint8_t seed[NOTE_SEED])
{
    uint8_t key[NOTE_KEY];

    crypto_sign_seed_keypair(key, signer->secret, seed);
    return init_key(&signer->key, name, key);
}

bool note_key_parse(struct note_key *key, struct str text)
{
    uint8_t id[NOTE_KEY_ID], bytes[1 + NOTE_KEY];
    struct str name, hex;
    size_t len;

    return validate_cut(&text, '+', &name) && validate_cut(&text, '+', &hex) && text.data &&
           validate_hex(hex, id, sizeof id) && base64_read(text, bytes, sizeof bytes, &len) &&
           len == sizeof bytes && bytes[0] == ed25519 && init_key(key, name, bytes + 1) &&
           memcmp(key->id, id, sizeof id) == 0;
}

void note_key_add(const struct note_key *key, struct buf *out)
{
    uint8_t bytes[1 + NOTE_KEY] = {ed25519};
    char hex[2 * NOTE_KEY_ID + 1];

    memcpy(bytes + 1, key->key, NOTE_KEY);
    buf_addf(out, "%s+%s+", key->name, sodium_bin2hex(hex, sizeof hex, key->id, NOTE_KEY_ID));
    base64_add(out, bytes, sizeof bytes);
}

bool note_sign(struct str text, const struct note_signer *signer, struct buf *out)
{
    uint8_t bytes[NOTE_KEY_ID + NOTE_SIGNATURE];

    if (!note_is_text(text))
        return false;
    buf_addstr(out, text);
    buf_addc(out, '\n');
    memcpy(bytes, signer->key.id, NOTE_KEY_ID);
    crypto_sign_detached(bytes + NOTE_KEY_ID, NULL, (const uint8_t *)text.data, text.len,
                         signer->secret);
    buf_addf(out, "%s%s ", dash, signer->key.name);
    base64_add(out, bytes, sizeof bytes);
    buf_addc(out, '\n');
    return true;
}

/* The text, and the lines of signatures without the last newline; the last empty line is
 * between them. */
static bool split(struct str note, struct str *text, struct str *lines)
{
    if (!note_is_text(note))
        return false;
    for (size_t i = note.len - 1; i; i--)
        if (note.data[i] == '\n' && note.data[i - 1] == '\n') {
            *text = (struct str){note.data, i};
            *lines = (struct str){note.data + i + 1, note.len - i - 2};
            return i + 1 < note.len;
        }
    return false;
}

struct signature {
    struct str name;
    size_t len;
    uint8_t bytes[NOTE_SIGNATURE_MAX]; /* the key's id first */
};

static bool read_signature(struct str line, struct signature *signature)
{
    size_t lead = sizeof dash - 1;

    if (line.len < lead || memcmp(line.data, dash, lead) != 0)
        return false;
    line = (struct str){line.data + lead, line.len - lead};
    return validate_cut(&line, ' ', &signature->name) && line.data && is_name(signature->name) &&
           base64_read(line, signature->bytes, sizeof signature->bytes, &signature->len) &&
           signature->len > NOTE_KEY_ID;
}

static bool is_by(const struct signature *signature, const struct note_key *key)
{
    return str_is(signature->name, key->name) &&
           memcmp(signature->bytes, key->id, NOTE_KEY_ID) == 0;
}

static bool is_good(const struct signature *signature, struct str text, const struct note_key *key)
{
    return signature->len == NOTE_KEY_ID + NOTE_SIGNATURE &&
           crypto_sign_verify_detached(signature->bytes + NOTE_KEY_ID, (const uint8_t *)text.data,
                                       text.len, key->key) == 0;
}

enum note_result note_verify(struct str note, const struct note_key *keys, size_t count,
                             struct str *text, const struct note_key **by)
{
    struct signature signature;
    const struct note_key *first = NULL;
    struct str signed_text, lines, line;
    bool is_forged = false;

    *text = (struct str){NULL, 0};
    *by = NULL;
    if (!split(note, &signed_text, &lines))
        return NOTE_MALFORMED;
    for (size_t n = 0; validate_cut(&lines, '\n', &line); n++) {
        if (n == NOTE_SIGNATURES_MAX || !read_signature(line, &signature))
            return NOTE_MALFORMED;
        for (size_t i = 0; i < count; i++) {
            if (!is_by(&signature, &keys[i]))
                continue;
            is_forged = is_forged || !is_good(&signature, signed_text, &keys[i]);
            first = first ? first : &keys[i];
        }
    }
    if (is_forged || !first)
        return is_forged ? NOTE_FORGED : NOTE_UNKNOWN;
    *text = signed_text;
    *by = first;
    return NOTE_VALID;
}
