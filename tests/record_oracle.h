/* What a record is, said another way than record_parse.c does: bytes that jansson reads, whose
 * values are those of a record, and that jansson would write again byte for byte.  Slow, and
 * plainly so strict; the reader must take what this takes, and nothing else. */
#ifndef TEADE_RECORD_ORACLE_H
#define TEADE_RECORD_ORACLE_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "record.h"

static inline bool oracle_is_of(const char *text, size_t most, const char *characters)
{
    return *text && strlen(text) <= most && !text[strspn(text, characters)];
}

static inline bool oracle_is_id(const char *text)
{
    return oracle_is_of(text, ACT_ID_MAX, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

static inline bool oracle_is_hex(const char *text, size_t bytes)
{
    return strlen(text) == 2 * bytes && oracle_is_of(text, 2 * bytes, "0123456789abcdef");
}

static inline bool oracle_is_time(const char *text)
{
    struct tm utc = {0};
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    time_t seconds = timegm(&utc);
    char again[32];

    if (!end || *end || seconds < 0 || seconds > CANONICAL_TIME_MAX)
        return false;
    gmtime_r(&seconds, &utc);
    strftime(again, sizeof again, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return strcmp(again, text) == 0; /* 30 February is another day */
}

static inline bool oracle_is_notice(json_t *notice)
{
    const char *document, *language, *revision, *digest;
    struct date day;
    int number;

    return json_unpack_ex(notice, NULL, JSON_STRICT, "{s:s, s:s, s:s, s:s}", "document", &document,
                          "language", &language, "revision", &revision, "text_sha256",
                          &digest) == 0 &&
           oracle_is_id(document) && oracle_is_hex(digest, ACT_DIGEST) &&
           oracle_is_of(language, ACT_LANGUAGE_MAX,
                        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") &&
           revision_id_parse(str_of(revision), &day, &number);
}

/* Whether it can be said in an act of this kind. */
static inline bool oracle_can_say(const char *type, const char *basis, const char *state)
{
    static const char *const rows[][3] = {
        {"answers", "consent", "ConsentGiven"},
        {"answers", "consent", "ConsentRefused"},
        {"answers", "legitimate-interests", "LegitimateInterestObjected"},
        {"withdrawal", "consent", "ConsentWithdrawn"},
        {"withdrawal", "legitimate-interests", "LegitimateInterestNotObjected"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i][0], type) == 0 && strcmp(rows[i][1], basis) == 0 &&
            strcmp(rows[i][2], state) == 0)
            return true;
    return false;
}

static inline bool oracle_is_purpose(json_t *json, const char *type, json_t *asked)
{
    const char *state, *basis, *purpose, *recipient = NULL;
    char question[ACT_QUESTION_MAX + 1];

    if (json_unpack_ex(json, NULL, JSON_STRICT, "{s:s, s:s, s:s, s?[s!]}", "event_state", &state,
                       "lawful_basis", &basis, "purpose", &purpose, "recipient_third_parties",
                       &recipient) != 0 ||
        !oracle_can_say(type, basis, state) || !oracle_is_id(purpose) ||
        (recipient && !oracle_is_id(recipient)))
        return false;
    snprintf(question, sizeof question, "%s%s%s", purpose, recipient ? "." : "",
             recipient ? recipient : "");
    return !json_object_get(asked, question) &&
           json_object_set_new(asked, question, json_true()) == 0;
}

static inline bool oracle_are_purposes(json_t *purposes, const char *type)
{
    json_t *asked = json_object(), *purpose;
    bool ok = json_is_array(purposes) && json_array_size(purposes) <= ACT_ANSWERS_MAX &&
              (json_array_size(purposes) == 0) == (strcmp(type, "acknowledgement") == 0);
    size_t i;

    json_array_foreach(purposes, i, purpose)
    {
        ok = ok && oracle_is_purpose(purpose, type, asked);
    }
    json_decref(asked);
    return ok;
}

static inline bool oracle_has_fields(json_t *json)
{
    const char *method, *time, *type, *principal, *id, *version;
    json_t *notice, *purposes;
    int gpc = 1;

    return json_unpack_ex(json, NULL, JSON_STRICT, "{s:s, s:s, s:s, s?b, s:s, s:o, s:o, s:s, s:s}",
                          "collection_method", &method, "event_time", &time, "event_type", &type,
                          "gpc", &gpc, "pii_principal_id", &principal, "privacy_notice", &notice,
                          "purposes", &purposes, "record_id", &id, "schema_version",
                          &version) == 0 &&
           gpc && strcmp(method, "web form") == 0 && oracle_is_time(time) &&
           oracle_is_hex(principal, RECORD_PRINCIPAL) && oracle_is_hex(id, ACT_RECORD_ID) &&
           (strcmp(version, "teade-record-v1") == 0 || strcmp(version, "teade-record-v2") == 0) &&
           oracle_is_notice(notice) && oracle_are_purposes(purposes, type);
}

static inline bool oracle_is_record(struct str bytes)
{
    json_t *json = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    bool is = json && oracle_has_fields(json);
    char *again = is ? json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS) : NULL;

    is = is && str_is(bytes, again);
    free(again);
    json_decref(json);
    return is;
}

#endif
