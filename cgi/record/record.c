#include "record.h"
#include "base/instant.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

const char *const answer_names[] = {"given", "refused", "objected", "withdrawn"};
const char *const act_names[] = {"answers", "acknowledgement", "withdrawal"};

static const struct record_state states[] = {
    {"consent", ANSWER_GIVEN, "ConsentGiven", 'g'},
    {"consent", ANSWER_REFUSED, "ConsentRefused", 'r'},
    {"consent", ANSWER_WITHDRAWN, "ConsentWithdrawn", 'w'},
    {"legitimate-interests", ANSWER_OBJECTED, "LegitimateInterestObjected", 'o'},
    {"legitimate-interests", ANSWER_WITHDRAWN, "LegitimateInterestNotObjected", 'n'},
};
enum { STATES = sizeof states / sizeof *states };

const struct record_state *record_state_of(const char *basis, enum answer answer)
{
    for (size_t i = 0; i < STATES; i++)
        if (states[i].answer == answer && strcmp(states[i].basis, basis) == 0)
            return &states[i];
    return NULL;
}

const struct record_state *record_state_lettered(char letter)
{
    for (size_t i = 0; i < STATES; i++)
        if (states[i].letter == letter)
            return &states[i];
    return NULL;
}

const struct record_state *record_state_named(struct str basis, struct str name)
{
    for (size_t i = 0; i < STATES; i++)
        if (str_is(name, states[i].name) && str_is(basis, states[i].basis))
            return &states[i];
    return NULL;
}

const char *record_basis(const char *name)
{
    for (size_t i = 0; i < STATES; i++)
        if (strcmp(states[i].basis, name) == 0)
            return states[i].basis;
    return NULL;
}

bool record_can_say(enum act_kind kind, const char *basis, enum answer answer)
{
    return kind != ACT_ACKNOWLEDGEMENT &&
           (kind == ACT_WITHDRAWAL) == (answer == ANSWER_WITHDRAWN) &&
           record_state_of(basis, answer);
}

enum answer answer_named(const char *name)
{
    for (int i = 0; i < ANSWER_COUNT; i++)
        if (strcmp(answer_names[i], name) == 0)
            return (enum answer)i;
    return ANSWER_COUNT;
}

void record_entry(const uint8_t salt[RECORD_SALT], struct str canonical,
                  uint8_t entry[RECORD_ENTRY])
{
    canonical_entry(RECORD_ENTRY_VERSION, salt, canonical, entry);
}

void record_principal(const uint8_t salt[RECORD_SALT], const uint8_t visitor[ACT_VISITOR],
                      uint8_t principal[RECORD_PRINCIPAL])
{
    static const char label[] = "teade-principal-v1";
    crypto_hash_sha256_state state;
    uint8_t hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)label, sizeof label);
    crypto_hash_sha256_update(&state, salt, RECORD_SALT);
    crypto_hash_sha256_update(&state, visitor, ACT_VISITOR);
    crypto_hash_sha256_final(&state, hash);
    memcpy(principal, hash, RECORD_PRINCIPAL);
}

bool record_is_of(const struct record_view *view, const uint8_t salt[RECORD_SALT],
                  const uint8_t visitor[ACT_VISITOR])
{
    uint8_t principal[RECORD_PRINCIPAL];
    char hex[2 * RECORD_PRINCIPAL + 1];

    record_principal(salt, visitor, principal);
    sodium_bin2hex(hex, sizeof hex, principal, sizeof principal);
    return strcmp(hex, view->principal) == 0;
}

/* Writing. */

static void add_notice(struct buf *out, const struct act *act)
{
    canonical_name(out, "privacy_notice");
    buf_addc(out, '{');
    canonical_text(out, "document", act->document);
    canonical_text(out, "language", act->language);
    canonical_text(out, "revision", act->revision);
    canonical_hex(out, "text_sha256", act->digest, ACT_DIGEST);
    buf_addc(out, '}');
}

/* A question is PURPOSE or PURPOSE.RECIPIENT. */
static void add_purpose(struct buf *out, const struct act_answer *answer, const char *basis)
{
    size_t len = strcspn(answer->question, ".");

    canonical_next(out);
    buf_addc(out, '{');
    canonical_text(out, "event_state", record_state_of(basis, answer->answer)->name);
    canonical_text(out, "lawful_basis", basis);
    canonical_name(out, "purpose");
    canonical_string(out, (struct str){answer->question, len});
    if (answer->question[len]) {
        canonical_name(out, "recipient_third_parties");
        buf_addc(out, '[');
        canonical_string(out, str_of(answer->question + len + 1));
        buf_addc(out, ']');
    }
    buf_addc(out, '}');
}

static void add_purposes(struct buf *out, const struct record *record)
{
    const struct act *act = record->act;

    canonical_name(out, "purposes");
    buf_addc(out, '[');
    for (size_t i = 0; i < act->answer_count; i++) {
        assert(record_can_say(act->kind, record->basis[i], act->answers[i].answer));
        add_purpose(out, &act->answers[i], record->basis[i]);
    }
    buf_addc(out, ']');
}

void record_canonical(const struct record *record, struct buf *out)
{
    char time[INSTANT_SIZE];

    assert(instant_is_valid(record->time));
    instant_write(record->time, time);
    buf_addc(out, '{');
    canonical_text(out, "collection_method", RECORD_METHOD);
    canonical_text(out, "event_time", time);
    canonical_text(out, "event_type", act_names[record->act->kind]);
    if (record->act->gpc) {
        canonical_name(out, "gpc");
        buf_adds(out, "true");
    }
    canonical_hex(out, "pii_principal_id", record->principal, sizeof record->principal);
    add_notice(out, record->act);
    add_purposes(out, record);
    canonical_hex(out, "record_id", record->id, sizeof record->id);
    canonical_text(out, "schema_version", RECORD_VERSION);
    buf_addc(out, '}');
}
