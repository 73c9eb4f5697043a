#include "base/instant.h"
#include "record.h"

#include <assert.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "base/mem.h"

const char *const answer_names[] = {"given", "refused", "objected", "withdrawn"};
const char *const act_names[] = {"answers", "acknowledgement", "withdrawal"};

static const struct record_state states[] = {
    {"consent", ANSWER_GIVEN, "ConsentGiven"},
    {"consent", ANSWER_REFUSED, "ConsentRefused"},
    {"consent", ANSWER_WITHDRAWN, "ConsentWithdrawn"},
    {"legitimate-interests", ANSWER_OBJECTED, "LegitimateInterestObjected"},
    {"legitimate-interests", ANSWER_WITHDRAWN, "LegitimateInterestNotObjected"},
};
enum { STATES = sizeof states / sizeof *states };

static const struct record_state *state_of(const char *basis, enum answer answer)
{
    for (size_t i = 0; i < STATES; i++)
        if (states[i].answer == answer && strcmp(states[i].basis, basis) == 0)
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
           (kind == ACT_WITHDRAWAL) == (answer == ANSWER_WITHDRAWN) && state_of(basis, answer);
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

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        mem_die(0);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    set(object, key, json_string(text));
}

static void set_hex(json_t *object, const char *key, const uint8_t *bytes, size_t len)
{
    char hex[2 * ACT_DIGEST + 1];

    assert(len <= ACT_DIGEST);
    sodium_bin2hex(hex, sizeof hex, bytes, len);
    set_text(object, key, hex);
}

static json_t *notice_json(const struct act *act)
{
    json_t *notice = json_object();

    set_text(notice, "document", act->document);
    set_text(notice, "language", act->language);
    set_text(notice, "revision", act->revision);
    set_hex(notice, "text_sha256", act->digest, ACT_DIGEST);
    return notice;
}

/* A question is PURPOSE or PURPOSE.RECIPIENT. */
static json_t *purpose_json(const struct act_answer *answer, const char *basis)
{
    json_t *purpose = json_object();
    size_t len = strcspn(answer->question, ".");

    set_text(purpose, "event_state", state_of(basis, answer->answer)->name);
    set_text(purpose, "lawful_basis", basis);
    set(purpose, "purpose", json_stringn(answer->question, len));
    if (answer->question[len])
        set(purpose, "recipient_third_parties", json_pack("[s]", answer->question + len + 1));
    return purpose;
}

void record_canonical(const struct record *record, struct buf *out)
{
    const struct act *act = record->act;
    json_t *json = json_object(), *purposes = json_array();
    char time[INSTANT_SIZE];

    assert(instant_is_valid(record->time));
    instant_write(record->time, time);
    for (size_t i = 0; i < act->answer_count; i++) {
        assert(record_can_say(act->kind, record->basis[i], act->answers[i].answer));
        json_array_append_new(purposes, purpose_json(&act->answers[i], record->basis[i]));
    }
    set_text(json, "collection_method", RECORD_METHOD);
    set_text(json, "event_time", time);
    set_text(json, "event_type", act_names[act->kind]);
    if (act->gpc)
        set(json, "gpc", json_true());
    set_hex(json, "pii_principal_id", record->principal, sizeof record->principal);
    set(json, "privacy_notice", notice_json(act));
    set(json, "purposes", purposes);
    set_hex(json, "record_id", record->id, sizeof record->id);
    set_text(json, "schema_version", RECORD_VERSION);
    canonical_write(json, out);
    json_decref(json);
}
