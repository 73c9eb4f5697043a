/* As of records and closings: bytes are a provision only if they are what their own values would
 * be written as. */
#include "disclosure.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/validate.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define ID_LETTERS LETTERS DIGITS "-"

const char *const provision_grounds[GROUND_COUNT] = {"consent", "law", "life-and-property",
                                                     "public-health", "public-bodies"};

#define WORD(name, field, may_be_missing)                                              \
    {                                                                                  \
        name, offsetof(struct provision, field), sizeof((struct provision *)0)->field, \
            may_be_missing                                                             \
    }
const struct provision_word provision_words[PROVISION_WORDS] = {
    [PROVISION_NAME] = WORD("name", recipient.name, false),
    [PROVISION_ADDRESS] = WORD("address", recipient.address, false),
    [PROVISION_REPRESENTATIVE] = WORD("representative", recipient.representative, true),
    [PROVISION_DATA] = WORD("data", data, false),
};

enum provision_ground provision_ground_named(const char *name)
{
    int ground = 0;

    while (ground < GROUND_COUNT && strcmp(provision_grounds[ground], name) != 0)
        ground++;
    return (enum provision_ground)ground;
}

/* Words. */

static bool turns_text(struct str text)
{
    while (text.len)
        if (utf8_is_bidi_control(utf8_next(&text)))
            return true;
    return false;
}

bool provision_set(struct provision *provision, const struct provision_word *word, struct str text)
{
    char *to = (char *)provision + word->offset;

    if (!text.len || text.len >= word->size || !validate_is_plain(text) || turns_text(text))
        return false;
    memcpy(to, text.data, text.len);
    to[text.len] = '\0';
    return true;
}

bool provision_set_recipient(struct provision *provision, struct str id)
{
    if (id.len > ACT_ID_MAX || !validate_is_of(id, ID_LETTERS))
        return false;
    memcpy(provision->recipient.id, id.data, id.len);
    provision->recipient.id[id.len] = '\0';
    return true;
}

/* Writing. */

static void add_consent(struct buf *out, const struct provision_consent *consent)
{
    canonical_name(out, "consent");
    buf_addc(out, '{');
    canonical_text(out, "document", consent->document);
    canonical_text(out, "language", consent->language);
    canonical_text(out, "purpose", consent->purpose);
    canonical_hex(out, "record_id", consent->record, sizeof consent->record);
    canonical_text(out, "revision", consent->revision);
    canonical_hex(out, "text_sha256", consent->digest, sizeof consent->digest);
    buf_addc(out, '}');
}

static void add_recipient(struct buf *out, const struct provision *provision)
{
    canonical_name(out, "recipient");
    buf_addc(out, '{');
    canonical_text(out, "address", provision->recipient.address);
    if (*provision->recipient.id) /* what is missing has no key */
        canonical_text(out, "id", provision->recipient.id);
    canonical_text(out, "name", provision->recipient.name);
    if (*provision->recipient.representative)
        canonical_text(out, "representative", provision->recipient.representative);
    buf_addc(out, '}');
}

void provision_canonical(const struct provision *provision, struct buf *out)
{
    char time[INSTANT_SIZE];

    assert(instant_is_valid(provision->time));
    instant_write(provision->time, time);
    buf_addc(out, '{');
    if (provision->ground == GROUND_CONSENT)
        add_consent(out, &provision->consent);
    canonical_text(out, "data", provision->data);
    canonical_text(out, "event_time", time);
    canonical_text(out, "ground", provision_grounds[provision->ground]);
    canonical_hex(out, "handle", provision->handle, sizeof provision->handle);
    canonical_hex(out, "provision_id", provision->id, sizeof provision->id);
    add_recipient(out, provision);
    canonical_text(out, "schema_version", PROVISION_VERSION);
    buf_addc(out, '}');
}

/* Reading. */

static bool take(const char *text, const char *alphabet, char *to, size_t size)
{
    if (strlen(text) >= size || !validate_is_of(str_of(text), alphabet))
        return false;
    memcpy(to, text, strlen(text) + 1);
    return true;
}

static bool take_revision(const char *text, char *to, size_t size)
{
    struct date day;
    int number;

    return revision_id_parse(str_of(text), &day, &number) && take(text, DIGITS "-.", to, size);
}

static bool read_consent(json_t *json, struct provision_consent *to)
{
    const char *document, *language, *purpose, *record, *revision, *digest;

    return json_unpack_ex(json, NULL, JSON_STRICT, "{s:s, s:s, s:s, s:s, s:s, s:s}", "document",
                          &document, "language", &language, "purpose", &purpose, "record_id",
                          &record, "revision", &revision, "text_sha256", &digest) == 0 &&
           take(document, ID_LETTERS, to->document, sizeof to->document) &&
           take(language, LETTERS CAPITALS DIGITS "-", to->language, sizeof to->language) &&
           take(purpose, ID_LETTERS, to->purpose, sizeof to->purpose) &&
           take_revision(revision, to->revision, sizeof to->revision) &&
           validate_hex(str_of(record), to->record, sizeof to->record) &&
           validate_hex(str_of(digest), to->digest, sizeof to->digest);
}

static bool read_words(const char *const words[PROVISION_WORDS], struct provision *to)
{
    for (size_t i = 0; i < PROVISION_WORDS; i++)
        if (words[i] && !provision_set(to, &provision_words[i], str_of(words[i])))
            return false;
    return true;
}

static bool read_fields(json_t *json, struct provision *to)
{
    const char *words[PROVISION_WORDS] = {NULL}, *recipient = NULL;
    const char *time, *ground, *handle, *id, *version;
    json_t *consent = NULL, *whom;

    if (json_unpack_ex(json, NULL, JSON_STRICT, "{s?o, s:s, s:s, s:s, s:s, s:s, s:o, s:s}",
                       "consent", &consent, "data", &words[PROVISION_DATA], "event_time", &time,
                       "ground", &ground, "handle", &handle, "provision_id", &id, "recipient",
                       &whom, "schema_version", &version) != 0 ||
        json_unpack_ex(whom, NULL, JSON_STRICT, "{s:s, s?s, s:s, s?s}", "address",
                       &words[PROVISION_ADDRESS], "id", &recipient, "name", &words[PROVISION_NAME],
                       "representative", &words[PROVISION_REPRESENTATIVE]) != 0)
        return false;
    to->ground = provision_ground_named(ground);
    return strcmp(version, PROVISION_VERSION) == 0 && to->ground != GROUND_COUNT &&
           (to->ground == GROUND_CONSENT
                ? recipient && consent && read_consent(consent, &to->consent)
                : !consent) &&
           instant_read(str_of(time), &to->time) &&
           validate_hex(str_of(handle), to->handle, sizeof to->handle) &&
           validate_hex(str_of(id), to->id, sizeof to->id) &&
           (!recipient || provision_set_recipient(to, str_of(recipient))) && read_words(words, to);
}

static bool is_written_so(const struct provision *provision, struct str canonical)
{
    struct buf again = BUF_INIT;
    bool same;

    provision_canonical(provision, &again);
    same = str_equal(buf_str(&again), canonical);
    buf_release(&again);
    return same;
}

bool provision_parse(struct provision *provision, struct str canonical)
{
    json_t *json = json_loadb(canonical.data, canonical.len, JSON_REJECT_DUPLICATES, NULL);
    bool ok;

    memset(provision, 0, sizeof *provision);
    ok = json && read_fields(json, provision) && is_written_so(provision, canonical);
    json_decref(json);
    return ok;
}

int64_t provision_kept_until(int64_t time)
{
    return instant_months_later(time, 12 * PROVISION_YEARS);
}
