/* Reading is strict by one stroke: bytes are a record only if they are what their own
 * values would be written as.  That leaves no second spelling, order, space or field. */
#include "record.h"

#include <assert.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"

static const char collection_method[] = "web form";

const char *const answer_names[] = {"given", "refused", "objected", "withdrawn"};
const char *const act_names[] = {"answers", "acknowledgement", "withdrawal"};
enum { ACT_KINDS = sizeof act_names / sizeof *act_names };

/* What can be said on which basis, and what DPV calls the state after it. */
static const struct state {
    const char *basis;
    enum answer answer;
    const char *name;
} states[] = {
    {"consent", ANSWER_GIVEN, "ConsentGiven"},
    {"consent", ANSWER_REFUSED, "ConsentRefused"},
    {"consent", ANSWER_WITHDRAWN, "ConsentWithdrawn"},
    {"legitimate-interests", ANSWER_OBJECTED, "LegitimateInterestObjected"},
    {"legitimate-interests", ANSWER_WITHDRAWN, "LegitimateInterestNotObjected"},
};
enum { STATES = sizeof states / sizeof *states };

static const struct state *state_of(const char *basis, enum answer answer)
{
    for (size_t i = 0; i < STATES; i++)
        if (states[i].answer == answer && strcmp(states[i].basis, basis) == 0)
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

void record_time(int64_t seconds, char time[21])
{
    time_t when = (time_t)seconds;
    struct tm utc;

    assert(seconds >= 0 && seconds <= RECORD_TIME_MAX);
    gmtime_r(&when, &utc);
    strftime(time, 21, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

void record_entry(const uint8_t salt[RECORD_SALT], struct str canonical,
                  uint8_t entry[RECORD_ENTRY])
{
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)RECORD_ENTRY_VERSION,
                              sizeof RECORD_ENTRY_VERSION);
    crypto_hash_sha256_update(&state, salt, RECORD_SALT);
    crypto_hash_sha256_update(&state, (const uint8_t *)canonical.data, canonical.len);
    crypto_hash_sha256_final(&state, entry);
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

static int add_bytes(const char *bytes, size_t len, void *out)
{
    buf_add(out, bytes, len);
    return 0;
}

static void write_canonical(const json_t *json, struct buf *out)
{
    if (json_dump_callback(json, add_bytes, out, JSON_COMPACT | JSON_SORT_KEYS) != 0)
        mem_die(0);
}

void record_canonical(const struct record *record, struct buf *out)
{
    const struct act *act = record->act;
    json_t *json = json_object(), *purposes = json_array();
    char time[21];

    record_time(record->time, time);
    for (size_t i = 0; i < act->answer_count; i++) {
        assert(record_can_say(act->kind, record->basis[i], act->answers[i].answer));
        json_array_append_new(purposes, purpose_json(&act->answers[i], record->basis[i]));
    }
    set_text(json, "collection_method", collection_method);
    set_text(json, "event_time", time);
    set_text(json, "event_type", act_names[act->kind]);
    if (act->gpc)
        set(json, "gpc", json_true());
    set_hex(json, "pii_principal_id", record->principal, sizeof record->principal);
    set(json, "privacy_notice", notice_json(act));
    set(json, "purposes", purposes);
    set_hex(json, "record_id", record->id, sizeof record->id);
    set_text(json, "schema_version", RECORD_VERSION);
    write_canonical(json, out);
    json_decref(json);
}

/* Reading. */

static bool copy(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    if (len >= size)
        return false;
    memcpy(to, from, len + 1);
    return true;
}

static bool is_made_of(const char *text, const char *characters)
{
    return *text && !text[strspn(text, characters)];
}

static bool read_hex(const char *hex, uint8_t *bytes, size_t len)
{
    return strlen(hex) == 2 * len && is_made_of(hex, "0123456789abcdef") &&
           sodium_hex2bin(bytes, len, hex, 2 * len, NULL, NULL, NULL) == 0;
}

static bool read_id(const char *text, char *id, size_t size)
{
    return is_made_of(text, "abcdefghijklmnopqrstuvwxyz0123456789-") && copy(id, size, text);
}

static bool read_language(const char *text, char *language, size_t size)
{
    return is_made_of(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") &&
           copy(language, size, text);
}

static bool read_time(const char *text, struct record_view *view)
{
    struct tm utc = {0};
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &utc);

    if (!end || *end || !copy(view->time, sizeof view->time, text))
        return false;
    view->seconds = timegm(&utc);
    if (view->seconds < 0 || view->seconds > RECORD_TIME_MAX)
        return false;
    record_time(view->seconds, view->time); /* also turns 30 February into another day */
    return strcmp(view->time, text) == 0;
}

static bool read_kind(const char *name, enum act_kind *kind)
{
    for (int i = 0; i < ACT_KINDS; i++)
        if (strcmp(act_names[i], name) == 0) {
            *kind = (enum act_kind)i;
            return true;
        }
    return false;
}

static bool read_notice(json_t *notice, struct act *act)
{
    const char *document, *language, *revision, *digest;
    struct date day;
    int number;

    return json_unpack_ex(notice, NULL, JSON_STRICT, "{s:s, s:s, s:s, s:s}", "document", &document,
                          "language", &language, "revision", &revision, "text_sha256",
                          &digest) == 0 &&
           read_id(document, act->document, sizeof act->document) &&
           read_language(language, act->language, sizeof act->language) &&
           revision_id_parse(str_of(revision), &day, &number) &&
           copy(act->revision, sizeof act->revision, revision) &&
           read_hex(digest, act->digest, sizeof act->digest);
}

static bool read_question(const char *purpose, const char *recipient,
                          char question[ACT_QUESTION_MAX + 1])
{
    char id[ACT_ID_MAX + 1], at[ACT_ID_MAX + 1];

    if (!read_id(purpose, id, sizeof id) || (recipient && !read_id(recipient, at, sizeof at)))
        return false;
    snprintf(question, ACT_QUESTION_MAX + 1, "%s%s%s", id, recipient ? "." : "",
             recipient ? at : "");
    return true;
}

static const struct state *state_named(const char *basis, const char *name)
{
    for (size_t i = 0; i < STATES; i++)
        if (strcmp(states[i].name, name) == 0 && strcmp(states[i].basis, basis) == 0)
            return &states[i];
    return NULL;
}

static bool is_asked_before(const struct act *act, const char *question)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (strcmp(act->answers[i].question, question) == 0)
            return true;
    return false;
}

static bool read_purpose(json_t *json, struct record_view *view)
{
    struct act *act = &view->act;
    struct act_answer *answer = &act->answers[act->answer_count];
    const char *name, *basis, *purpose, *recipient = NULL;
    const struct state *state;

    if (json_unpack_ex(json, NULL, JSON_STRICT, "{s:s, s:s, s:s, s?[s!]}", "event_state", &name,
                       "lawful_basis", &basis, "purpose", &purpose, "recipient_third_parties",
                       &recipient) != 0 ||
        !(state = state_named(basis, name)) || !record_can_say(act->kind, basis, state->answer) ||
        !read_question(purpose, recipient, answer->question) ||
        is_asked_before(act, answer->question))
        return false;
    answer->answer = state->answer;
    view->basis[act->answer_count++] = state->basis;
    return true;
}

static bool read_purposes(json_t *purposes, struct record_view *view)
{
    json_t *purpose;
    size_t i;

    if (!json_is_array(purposes) || json_array_size(purposes) > ACT_ANSWERS_MAX ||
        (json_array_size(purposes) == 0) != (view->act.kind == ACT_ACKNOWLEDGEMENT))
        return false;
    json_array_foreach(purposes, i, purpose)
    {
        if (!read_purpose(purpose, view))
            return false;
    }
    return true;
}

static bool read_fields(json_t *json, struct record_view *view)
{
    const char *method, *time, *type, *principal, *id, *version;
    uint8_t bytes[ACT_RECORD_ID];
    json_t *notice, *purposes;
    int gpc = -1;

    if (json_unpack_ex(json, NULL, JSON_STRICT, "{s:s, s:s, s:s, s?b, s:s, s:o, s:o, s:s, s:s}",
                       "collection_method", &method, "event_time", &time, "event_type", &type,
                       "gpc", &gpc, "pii_principal_id", &principal, "privacy_notice", &notice,
                       "purposes", &purposes, "record_id", &id, "schema_version", &version) != 0)
        return false;
    view->act.gpc = gpc == 1;
    view->tied = strcmp(version, RECORD_VERSION) == 0;
    return (view->tied || strcmp(version, "teade-record-v1") == 0) &&
           strcmp(method, collection_method) == 0 && gpc != 0 && read_time(time, view) &&
           read_kind(type, &view->act.kind) && read_hex(principal, bytes, sizeof bytes) &&
           copy(view->principal, sizeof view->principal, principal) &&
           read_hex(id, bytes, sizeof bytes) && copy(view->id, sizeof view->id, id) &&
           read_notice(notice, &view->act) && read_purposes(purposes, view);
}

static bool is_canonical(const json_t *json, struct str bytes)
{
    struct buf again = BUF_INIT;
    bool same;

    write_canonical(json, &again);
    same = str_equal(buf_str(&again), bytes);
    buf_release(&again);
    return same;
}

bool record_parse(struct str canonical, struct record_view *view)
{
    json_t *json = json_loadb(canonical.data, canonical.len, JSON_REJECT_DUPLICATES, NULL);
    bool ok;

    memset(view, 0, sizeof *view);
    ok = json && read_fields(json, view) && is_canonical(json, canonical);
    json_decref(json);
    return ok;
}
