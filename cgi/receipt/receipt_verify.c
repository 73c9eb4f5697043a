/* Every field is either compared with what vouches for it, or has its place in receipt_stated[]:
 * one that is neither is a fault, wherever it is, so that nothing can be slipped in. */
#include "receipt_verify.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/validate.h"
#include "receipt.h"

struct check {
    void (*fault)(void *context, const char *what);
    void *context;
    struct receipt_verdict *verdict;
    const struct note_key *trusted;
    size_t trusted_count;
    struct str canonical;
    uint8_t salt[RECORD_SALT], entry[RECORD_ENTRY];
    struct receipt_proof proof;
    struct str text;
};

static void find(struct check *check, const char *what)
{
    check->verdict->faults++;
    check->fault(check->context, what);
}

static void find_at(struct check *check, const char *what, const char *where)
{
    char *text = mem_printf("%s: %s", what, validate_is_plain(str_of(where)) ? where : "its name");

    find(check, text);
    free(text);
}

/* A text of the receipt; without one `data` is NULL. */
static struct str text_at(const struct check *check, const char *key)
{
    const json_t *value = json_object_get(check->verdict->json, key);

    return (struct str){json_string_value(value), json_string_length(value)};
}

/* The fields of `record` against those that its bytes make. */

/* Whether a path, whose items are numbered, is the place, where they are not. */
static bool is_place(const char *where, const char *place)
{
    for (; *where && *where == *place; place++)
        where += *where == '[' ? strcspn(where, "]") : 1;
    return !*where && !*place;
}

static const struct receipt_stated *find_stated(const char *where, const char *key)
{
    for (size_t i = 0; receipt_stated[i].name; i++)
        if (strcmp(receipt_stated[i].name, key) == 0 && is_place(where, receipt_stated[i].place))
            return &receipt_stated[i];
    return NULL;
}

/* What the site states is words, or a list of them or of objects with one field. */
static void check_stated(struct check *check, const char *inner, json_t *value, const char *where)
{
    const char *key;
    json_t *item;
    size_t i;

    json_object_foreach(value, key, item)
    {
        char *path = mem_printf("%s.%s", where, key);

        if (inner && strcmp(inner, key) == 0)
            check_stated(check, NULL, item, path);
        else
            find_at(check, "unknown field", path);
        free(path);
    }
    json_array_foreach(value, i, item)
    {
        char *path = mem_printf("%s[%zu]", where, i);

        check_stated(check, inner, item, path);
        free(path);
    }
}

/* A field that is not of the record's bytes. */
static void check_other(struct check *check, const char *where, const char *key, json_t *value)
{
    const struct receipt_stated *stated = find_stated(where, key);
    char *path = mem_printf("%s.%s", where, key);

    if (!stated)
        find_at(check, "unknown field", path);
    else if (strcmp(key, "party_identification") != 0) /* receipt_parties.h looks into that */
        check_stated(check, stated->inner, value, path);
    free(path);
}

static void compare(struct check *check, json_t *made, json_t *given, const char *where);

static void compare_objects(struct check *check, json_t *made, json_t *given, const char *where)
{
    const char *key;
    json_t *value;

    json_object_foreach(made, key, value)
    {
        char *path = mem_printf("%s.%s", where, key);

        compare(check, value, json_object_get(given, key), path);
        free(path);
    }
    json_object_foreach(given, key, value) if (!json_object_get(made, key))
        check_other(check, where, key, value);
}

static void compare_arrays(struct check *check, json_t *made, json_t *given, const char *where)
{
    json_t *value;
    size_t i;

    if (json_array_size(made) != json_array_size(given))
        find_at(check, "not as in the record's bytes", where);
    json_array_foreach(made, i, value)
    {
        char *path = mem_printf("%s[%zu]", where, i);

        compare(check, value, json_array_get(given, i), path);
        free(path);
    }
}

static void compare(struct check *check, json_t *made, json_t *given, const char *where)
{
    if (json_is_object(made) && json_is_object(given))
        compare_objects(check, made, given, where);
    else if (json_is_array(made) && json_is_array(given))
        compare_arrays(check, made, given, where);
    else if (!json_equal(made, given))
        find_at(check, "not as in the record's bytes", where);
}

static void check_record(struct check *check)
{
    struct receipt_verdict *verdict = check->verdict;
    json_t *made;

    check->canonical = text_at(check, "canonical");
    verdict->has_view = check->canonical.data && record_parse(check->canonical, &verdict->view);
    if (!verdict->has_view) {
        find(check, "canonical cannot be parsed");
        return;
    }
    made = receipt_record(check->canonical);
    compare(check, made, json_object_get(verdict->json, "record"), "record");
    json_decref(made);
    if (!str_is(text_at(check, "receipt_id"), verdict->view.id))
        find(check, "not as in the record's bytes: receipt_id");
}

static void check_entry(struct check *check)
{
    uint8_t entry[RECORD_ENTRY];

    if (!validate_hex(text_at(check, "salt"), check->salt, sizeof check->salt))
        find(check, "salt is not 64 hex digits");
    if (!validate_hex(text_at(check, "hash"), check->entry, sizeof check->entry))
        find(check, "hash is not 64 hex digits");
    record_entry(check->salt, check->canonical.data ? check->canonical : str_of(""), entry);
    if (memcmp(entry, check->entry, sizeof entry) != 0)
        find(check, "the salt and the record's bytes do not match the hash");
}

/* The log. */

/* Its own, if it is among those that are trusted. */
static const struct note_key *find_trusted(const struct check *check, const struct note_key *own)
{
    for (size_t i = 0; i < check->trusted_count; i++)
        if (strcmp(own->name, check->trusted[i].name) == 0 &&
            memcmp(own->key, check->trusted[i].key, sizeof own->key) == 0)
            return &check->trusted[i];
    return NULL;
}

static bool choose_key(struct check *check)
{
    struct note_key *key = &check->verdict->key;
    struct str text = text_at(check, "verifier_key");
    struct note_key own;

    if (!text.data || !note_key_parse(&own, text)) {
        find(check, "verifier_key cannot be parsed");
        own = (struct note_key){0};
    } else if (check->trusted_count && !find_trusted(check, &own)) {
        find(check, "verifier_key is not a key that was given");
    }
    *key = !check->trusted_count || find_trusted(check, &own) ? own : check->trusted[0];
    return *key->name;
}

static void check_head(struct check *check)
{
    static const char *const faults[] = {
        [NOTE_MALFORMED] = "the checkpoint cannot be parsed, or belongs to another log",
        [NOTE_UNKNOWN] = "the checkpoint is not signed by the key",
        [NOTE_FORGED] = "the signature of the checkpoint is not valid",
    };
    struct receipt_verdict *verdict = check->verdict;
    enum note_result result;

    if (!choose_key(check) || !check->proof.note.data)
        return;
    result = checkpoint_open(check->proof.note, &verdict->key, 1, &verdict->head);
    verdict->has_head = result == NOTE_VALID;
    if (!verdict->has_head)
        find(check, faults[result]);
}

static void check_log(struct check *check)
{
    struct str text = text_at(check, "proof");
    struct merkle_hash leaf;
    bool is_proof = text.data && receipt_proof_parse(text, &check->proof);

    if (!is_proof)
        find(check, "proof cannot be parsed");
    check_head(check);
    if (!is_proof)
        return;
    check->verdict->index = check->proof.index;
    merkle_leaf(check->entry, sizeof check->entry, &leaf);
    if (check->verdict->has_head &&
        !merkle_verify_inclusion(&leaf, check->proof.index, check->verdict->head.size,
                                 &check->proof.path, &check->verdict->head.root))
        find(check, "the proof does not lead from the hash to the checkpoint");
}

/* The words. */

static bool says(const json_t *value, const char *words)
{
    return json_is_string(value) && strcmp(json_string_value(value), words) == 0;
}

/* Counts the recipients that are to be there. */
static void check_question(struct check *check, const char *id, size_t *recipients)
{
    const json_t *json = check->verdict->json;
    const struct text_question *asked = questions_find(&check->verdict->asked, id);
    const json_t *label = json_object_get(json_object_get(json, "labels"), id);

    if (!asked || !says(label, asked->words))
        find_at(check, "not as in the text: the label of the question", id);
    if (!asked || !*asked->recipient)
        return;
    ++*recipients;
    if (!says(json_object_get(json_object_get(json, "recipients"), id), asked->recipient))
        find_at(check, "not as in the text: the recipient of the question", id);
}

static void check_questions(struct check *check)
{
    const json_t *labels = json_object_get(check->verdict->json, "labels");
    const json_t *recipients = json_object_get(check->verdict->json, "recipients");
    const struct act *act = &check->verdict->view.act;
    size_t count = 0;

    questions_read(&check->verdict->asked, check->text);
    if (!json_is_object(labels) || json_object_size(labels) != act->answer_count)
        find(check, "the labels do not match the answers");
    for (size_t i = 0; i < act->answer_count; i++)
        check_question(check, act->answers[i].question, &count);
    if (!json_is_object(recipients) || json_object_size(recipients) != count)
        find(check, "the recipients do not match the questions");
}

static void take_party(void *context, const char *what)
{
    find(context, what);
}

static void check_text(struct check *check)
{
    uint8_t digest[ACT_DIGEST];

    check->text = text_at(check, "text");
    if (!check->text.data) {
        find(check, "the text is missing");
        return;
    }
    crypto_hash_sha256(digest, (const uint8_t *)check->text.data, check->text.len);
    if (memcmp(digest, check->verdict->view.act.digest, sizeof digest) != 0)
        find(check, "the text is not the one that the record names");
    check_questions(check);
    check->verdict->compared = receipt_parties_verify(
        json_object_get(check->verdict->json, "record"), check->text, &check->verdict->asked,
        &check->verdict->view.act, take_party, check);
}

/* The whole. */

static void check_names(struct check *check)
{
    static const char *const names[] = {
        "schema_version", "receipt_id", "record", "labels", "recipients",   "canonical",
        "salt",           "hash",       "proof",  "text",   "verifier_key", "withdraw_code"};
    const char *key;
    json_t *value;

    json_object_foreach(check->verdict->json, key, value)
    {
        bool known = false;

        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            known = known || strcmp(names[i], key) == 0;
        if (!known)
            find_at(check, "unknown field", key);
    }
    if (json_object_get(check->verdict->json, "withdraw_code") &&
        !text_at(check, "withdraw_code").data)
        find(check, "withdraw_code is not a string");
}

void receipt_verify(struct str bytes, const struct note_key *trusted, size_t trusted_count,
                    void (*fault)(void *context, const char *what), void *context,
                    struct receipt_verdict *verdict)
{
    struct check check = {.fault = fault,
                          .context = context,
                          .verdict = verdict,
                          .trusted = trusted,
                          .trusted_count = trusted_count};

    *verdict = (struct receipt_verdict){
        .json = json_loadb(bytes.data, bytes.len, JSON_REJECT_DUPLICATES, NULL)};
    if (!json_is_object(verdict->json)) {
        json_decref(verdict->json);
        verdict->json = NULL;
        find(&check, "the file is not a receipt");
    } else if (!str_is(text_at(&check, "schema_version"), RECEIPT_VERSION)) {
        find(&check, "the file is not a receipt, or of an unknown version: schema_version");
    } else {
        check_names(&check);
        check_record(&check);
        check_entry(&check);
        check_log(&check);
        if (verdict->has_view)
            check_text(&check);
    }
}

void receipt_verdict_release(struct receipt_verdict *verdict)
{
    json_decref(verdict->json);
    questions_release(&verdict->asked);
    *verdict = (struct receipt_verdict){0};
}
