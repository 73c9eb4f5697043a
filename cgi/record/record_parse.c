/* A reader of the one canonical spelling, for speed: `verify`, `report` and `export` read a million
 * records, and building a JSON tree of each and writing its values again to compare (as for
 * disclosures and closings, which are few) takes about fifteen times as long.  The canonical form
 * has one order and no spaces, and no value in it has anything to escape, so it can be read from
 * left to right.  tests/unit/fixtures/record_oracle.h is the slow reader that this one must agree
 * with. */
#include <sodium.h>
#include <string.h>

#include "base/date.h"
#include "base/instant.h"
#include "base/validate.h"
#include "record.h"

/* What is left to be read. */
struct cursor {
    const char *at, *end;
};

static bool take(struct cursor *cursor, const char *literal)
{
    size_t len = strlen(literal);

    if ((size_t)(cursor->end - cursor->at) < len || memcmp(cursor->at, literal, len) != 0)
        return false;
    cursor->at += len;
    return true;
}

/* A string up to its closing quote, of characters that need no escape; those that may stand in a
 * value are looked at by its reader. */
static bool take_string(struct cursor *cursor, struct str *value)
{
    const char *end = cursor->at < cursor->end
                          ? memchr(cursor->at, '"', (size_t)(cursor->end - cursor->at))
                          : NULL;

    if (!end)
        return false;
    *value = (struct str){cursor->at, (size_t)(end - cursor->at)};
    cursor->at = end + 1;
    return true;
}

/* The name of a member with its colon, and the value, a string. */
static bool take_member(struct cursor *cursor, const char *name, struct str *value)
{
    return take(cursor, name) && take_string(cursor, value);
}

/* Values. */

static bool copy(char *to, size_t size, struct str from)
{
    if (from.len >= size)
        return false;
    memcpy(to, from.data, from.len);
    to[from.len] = '\0';
    return true;
}

static bool is_of_id(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static bool is_of_language(char c)
{
    return is_of_id(c) || (c >= 'A' && c <= 'Z');
}

static bool is_of_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* A text of some length, of the right characters. */
static bool read(struct str text, bool (*is_right)(char c), char *to, size_t size)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_right(text.data[i]))
            return false;
    return text.len && copy(to, size, text);
}

static bool read_id(struct str text, char *id, size_t size)
{
    return read(text, is_of_id, id, size);
}

static bool read_hex(struct str text, char *hex, size_t bytes)
{
    return text.len == 2 * bytes && read(text, is_of_hex, hex, 2 * bytes + 1);
}

static bool read_kind(struct str name, enum act_kind *kind)
{
    for (int i = 0; i <= ACT_WITHDRAWAL; i++)
        if (str_is(name, act_names[i])) {
            *kind = (enum act_kind)i;
            return true;
        }
    return false;
}

static bool take_notice(struct cursor *cursor, struct act *act)
{
    struct str document, language, revision, digest;
    struct date day;
    int number;

    return take_member(cursor, "{\"document\":\"", &document) &&
           take_member(cursor, ",\"language\":\"", &language) &&
           take_member(cursor, ",\"revision\":\"", &revision) &&
           take_member(cursor, ",\"text_sha256\":\"", &digest) && take(cursor, "}") &&
           read_id(document, act->document, sizeof act->document) &&
           read(language, is_of_language, act->language, sizeof act->language) &&
           revision_id_parse(revision, &day, &number) &&
           copy(act->revision, sizeof act->revision, revision) &&
           digest.len == 2 * sizeof act->digest &&
           validate_hex(digest, act->digest, sizeof act->digest);
}

/* PURPOSE or PURPOSE.RECIPIENT. */
static bool read_question(struct str purpose, struct str recipient,
                          char question[ACT_QUESTION_MAX + 1])
{
    if (!read_id(purpose, question, ACT_ID_MAX + 1))
        return false;
    if (!recipient.data)
        return true;
    question[purpose.len] = '.';
    return read_id(recipient, question + purpose.len + 1, ACT_ID_MAX + 1);
}

static bool is_asked_before(const struct act *act, const char *question)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (strcmp(act->answers[i].question, question) == 0)
            return true;
    return false;
}

static bool take_purpose(struct cursor *cursor, struct record_view *view)
{
    struct act *act = &view->act;
    struct act_answer *answer = &act->answers[act->answer_count];
    struct str name, basis, purpose, recipient = {NULL, 0};
    const struct record_state *state;

    if (act->answer_count == ACT_ANSWERS_MAX ||
        !take_member(cursor, "{\"event_state\":\"", &name) ||
        !take_member(cursor, ",\"lawful_basis\":\"", &basis) ||
        !take_member(cursor, ",\"purpose\":\"", &purpose) ||
        (take(cursor, ",\"recipient_third_parties\":[\"") &&
         !(take_string(cursor, &recipient) && take(cursor, "]"))) ||
        !take(cursor, "}") || !(state = record_state_named(basis, name)) ||
        !record_can_say(act->kind, state->basis, state->answer) ||
        !read_question(purpose, recipient, answer->question) ||
        is_asked_before(act, answer->question))
        return false;
    answer->answer = state->answer;
    view->basis[act->answer_count++] = state->basis;
    return true;
}

static bool take_purposes(struct cursor *cursor, struct record_view *view)
{
    if (!take(cursor, "["))
        return false;
    if (view->act.kind == ACT_ACKNOWLEDGEMENT)
        return take(cursor, "]");
    do
        if (!take_purpose(cursor, view))
            return false;
    while (take(cursor, ","));
    return take(cursor, "]");
}

static bool take_record(struct cursor *cursor, struct record_view *view)
{
    struct str time, type, principal, id, version;

    if (!take(cursor, "{\"collection_method\":\"" RECORD_METHOD "\"") ||
        !take_member(cursor, ",\"event_time\":\"", &time) ||
        !take_member(cursor, ",\"event_type\":\"", &type) || !read_kind(type, &view->act.kind))
        return false;
    view->act.gpc = take(cursor, ",\"gpc\":true");
    if (!take_member(cursor, ",\"pii_principal_id\":\"", &principal) ||
        !take(cursor, ",\"privacy_notice\":") || !take_notice(cursor, &view->act) ||
        !take(cursor, ",\"purposes\":") || !take_purposes(cursor, view) ||
        !take_member(cursor, ",\"record_id\":\"", &id) ||
        !take_member(cursor, ",\"schema_version\":\"", &version) || !take(cursor, "}"))
        return false;
    return str_is(version, RECORD_VERSION) && instant_read(time, &view->seconds) &&
           copy(view->time, sizeof view->time, time) &&
           read_hex(principal, view->principal, RECORD_PRINCIPAL) &&
           read_hex(id, view->id, ACT_RECORD_ID);
}

bool record_parse(struct str canonical, struct record_view *view)
{
    struct cursor cursor = {canonical.data, canonical.data + canonical.len};

    memset(view, 0, sizeof *view);
    return canonical.len && take_record(&cursor, view) && cursor.at == cursor.end;
}
