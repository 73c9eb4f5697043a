/* Signed notes, C2SP signed-note: a text that ends in a newline, an empty line, and a line
 * "— NAME BASE64" for each signature; BASE64 is four bytes that name the key, then the
 * signature of the text, its last newline included.  Ed25519 keys only (type 0x01). */
#ifndef TEADE_NOTE_H
#define TEADE_NOTE_H

#include <stdint.h>

#include "base/buf.h"

enum {
    NOTE_NAME_MAX = 255, /* bytes of a key's name */
    NOTE_KEY_ID = 4,
    NOTE_KEY = 32,
    NOTE_SEED = 32,
    NOTE_SECRET = 64,
    NOTE_SIGNATURE = 64,
    NOTE_SIGNATURES_MAX = 100, /* lines in a note; the specification requires 16 */
    NOTE_SIGNATURE_MAX = 8192  /* bytes, of any kind of key */
};

/* Whom a signature is believed. */
struct note_key {
    char name[NOTE_NAME_MAX + 1];
    uint8_t id[NOTE_KEY_ID]; /* begins SHA-256(name || "\n" || 0x01 || key) */
    uint8_t key[NOTE_KEY];
};

struct note_signer {
    struct note_key key;
    uint8_t secret[NOTE_SECRET];
};

/* Whether it is UTF-8 without control characters below U+0020 but newlines, and ends in one. */
bool note_is_text(struct str text);

/* false: it cannot be the name of a key, for it is empty, longer than NOTE_NAME_MAX, or has a
 * Unicode space, a plus or a control character. */
bool note_signer_init(struct note_signer *signer, struct str name, const uint8_t seed[NOTE_SEED]);

/* NAME+ID+BASE64: the id in hex, then 0x01 and the key.  Parsing checks that the id is right. */
bool note_key_parse(struct note_key *key, struct str text);
void note_key_add(const struct note_key *key, struct buf *out);

/* Adds the whole note.  false, and nothing is added: not a text. */
bool note_sign(struct str text, const struct note_signer *signer, struct buf *out);

enum note_result {
    NOTE_VALID,
    NOTE_MALFORMED, /* not a note, or larger than the limits */
    NOTE_UNKNOWN,   /* no signature by any of the keys */
    NOTE_FORGED     /* one in the name of a key is not that key's */
};

/* Signatures by other keys are passed over; of the `keys` one must have signed, and none
 * wrongly.  Only then are `text`, a look into the note, and `by`, the first of them that is
 * met, set; else they are {NULL, 0} and NULL. */
enum note_result note_verify(struct str note, const struct note_key *keys, size_t count,
                             struct str *text, const struct note_key **by);

#endif
