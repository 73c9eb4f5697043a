/* A provision: a visitor's data went to a third party.  The policy allows that with their consent
 * and in four cases besides.  Each is kept for three years, also when the visitor's records are
 * deleted before, so that the visitor and an authority can be told who got what and why; so it
 * names its visitor by the handle.  APPI art. 29 obliges to that where the ground is consent, and
 * exempts the four cases (paragraph 1, proviso); the GDPR sets no such time.  What visitors are
 * told of it therefore names no law.
 *
 * Canonical bytes (canonical.h):
 *
 *   consent         the yes that it rests on; not there on another ground
 *     document        of the text that the yes was said to, as in a record (record.h)
 *     language
 *     purpose         what was agreed to, its id in the document
 *     record_id       the record that says yes
 *     revision
 *     text_sha256
 *   data            the items that were provided, in words
 *   event_time      when, YYYY-MM-DDTHH:MM:SSZ
 *   ground          "consent", "law", "life-and-property", "public-health" or "public-bodies"
 *   handle          whose data: 64 hex digits, identity_handle()
 *   provision_id    32 hex digits, random
 *   recipient
 *     address
 *     id              the recipient's in the document; without consent it may be missing
 *     name
 *     representative  of a corporation; may be missing
 *   schema_version  "teade-provision-v1"
 *
 * Words are UTF-8 without control characters, and not empty. */
#ifndef TEADE_DISCLOSURE_H
#define TEADE_DISCLOSURE_H

#include "act.h"
#include "canonical.h"
#include "identity.h"

#define PROVISION_VERSION "teade-provision-v1"

enum {
    PROVISION_ID = 16,
    PROVISION_YEARS = 3, /* it is kept, on whatever ground, then it goes */
    /* Bytes, without the NUL. */
    PROVISION_NAME_MAX = 256,
    PROVISION_ADDRESS_MAX = 512,
    PROVISION_DATA_MAX = 2048
};

/* Consent, and the policy's four exceptions in its order. */
enum provision_ground {
    GROUND_CONSENT,
    GROUND_LAW,               /* the law requires it */
    GROUND_LIFE_AND_PROPERTY, /* to protect life, body or property, and consent is hard to get */
    GROUND_PUBLIC_HEALTH,     /* public health or children's growing up, likewise */
    GROUND_PUBLIC_BODIES,     /* public bodies need it, and asking would be in the way */
    GROUND_COUNT
};
extern const char *const provision_grounds[GROUND_COUNT]; /* as in canonical */

/* The ground of a name, or GROUND_COUNT. */
enum provision_ground provision_ground_named(const char *name);

struct provision {
    uint8_t id[PROVISION_ID];
    int64_t time; /* UTC seconds */
    uint8_t handle[IDENTITY_HANDLE];
    enum provision_ground ground;
    struct {
        char id[ACT_ID_MAX + 1]; /* or "" */
        char name[PROVISION_NAME_MAX + 1], address[PROVISION_ADDRESS_MAX + 1];
        char representative[PROVISION_NAME_MAX + 1]; /* or "" */
    } recipient;
    char data[PROVISION_DATA_MAX + 1];
    struct provision_consent { /* with GROUND_CONSENT */
        char document[ACT_ID_MAX + 1], purpose[ACT_ID_MAX + 1];
        char revision[ACT_REVISION_MAX + 1], language[ACT_LANGUAGE_MAX + 1];
        uint8_t digest[ACT_DIGEST], record[ACT_RECORD_ID];
    } consent;
};

/* What the operator says of a provision beside its ground: a table for whoever reads or sends it.
 */
struct provision_word {
    const char *name; /* as of the option of `teade-records provision` */
    size_t offset, size;
    bool may_be_missing;
};
enum {
    PROVISION_NAME,
    PROVISION_ADDRESS,
    PROVISION_REPRESENTATIVE,
    PROVISION_DATA,
    PROVISION_WORDS
};
extern const struct provision_word provision_words[PROVISION_WORDS];

/* Takes a word.  false: empty, too long, or not plain text. */
bool provision_set(struct provision *provision, const struct provision_word *word, struct str text);

/* Takes the recipient's id.  false: not one that a document can have. */
bool provision_set_recipient(struct provision *provision, struct str id);

void provision_canonical(const struct provision *provision, struct buf *out);

/* false: not byte for byte a provision, or of a newer version. */
bool provision_parse(struct provision *provision, struct str canonical);

/* Until when one of that time is kept. */
int64_t provision_kept_until(int64_t time);

#endif
