/* A receipt says what is so, and nothing of it can be changed unseen. */
#include "../fixtures/receipt_fixture.h"

#include <stdio.h>

#include "receipt/receipt_kantara.h"
#include "receipt/receipt_qr.h"
#include "receipt/receipt_verify.h"
#include "receipt/recipients.h"

struct told {
    struct buf text;
};

static void take_fault(void *context, const char *what)
{
    struct told *told = context;

    buf_addf(&told->text, "%s\n", what);
}

/* What is wrong with a receipt, a line each. */
static void verify(json_t *json, const struct note_key *trusted, struct buf *faults)
{
    char *bytes = json_dumps(json, JSON_INDENT(2) | JSON_SORT_KEYS);
    struct told told = {.text = BUF_INIT};
    struct receipt_verdict verdict;

    receipt_verify(str_of(bytes), trusted, trusted != NULL, take_fault, &told, &verdict);
    assert_int_equal(verdict.faults == 0, told.text.len == 0);
    *faults = told.text;
    receipt_verdict_release(&verdict);
    free(bytes);
}

static json_t *receipt_of(struct made *made, enum act_kind kind)
{
    made_init(made, kind);
    return receipt_json(&made->receipt, &made->site.manifest, "en");
}

static void sound(void **state)
{
    static const enum act_kind kinds[] = {ACT_ANSWERS, ACT_ACKNOWLEDGEMENT, ACT_WITHDRAWAL};

    (void)state;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct made made;
        json_t *json = receipt_of(&made, kinds[i]);
        struct buf faults;

        verify(json, NULL, &faults);
        assert_string_equal(faults.data, "");
        verify(json, &made.signer.key, &faults);
        assert_string_equal(faults.data, "");
        json_decref(json);
        made_release(&made);
    }
}

/* A value by its path: names and numbers between dots. */
static json_t *at(json_t *json, const char *path, const char **last)
{
    char name[64];

    for (const char *dot; (dot = strchr(path, '.')); path = dot + 1) {
        snprintf(name, sizeof name, "%.*s", (int)(dot - path), path);
        json = json_is_array(json) ? json_array_get(json, strtoul(name, NULL, 10))
                                   : json_object_get(json, name);
    }
    *last = path;
    return json;
}

#define PROCESSING "record.pii_processing"

static void tampered(void **state)
{
    static const struct {
        const char *path, *value; /* NULL: taken away */
        const char *fault;        /* the first */
    } rows[] = {
        {"schema_version", "teade-receipt-v3",
         "the file is not a receipt, or of an unknown version: schema_version\n"},
        {"schema_version", "teade-receipt-v1",
         "the file is not a receipt, or of an unknown version: schema_version\n"},
        {"schema_version", NULL,
         "the file is not a receipt, or of an unknown version: schema_version\n"},
        {"receipt_id", "0", "not as in the record's bytes: receipt_id\n"},
        {"canonical", "{}", "canonical cannot be parsed\n"},
        {"canonical", NULL, "canonical cannot be parsed\n"},
        {"salt", "00", "salt is not 64 hex digits\n"},
        {"salt", "0300000000000000000000000000000000000000000000000000000000000001",
         "the salt and the record's bytes do not match the hash\n"},
        {"hash", "x", "hash is not 64 hex digits\n"},
        {"hash", "0300000000000000000000000000000000000000000000000000000000000001",
         "the salt and the record's bytes do not match the hash\n"},
        {"proof", "", "proof cannot be parsed\n"},
        {"proof", NULL, "proof cannot be parsed\n"},
        {"verifier_key", "kuukivi.example/choices/log", "verifier_key cannot be parsed\n"},
        {"text", "# Privacy policy\n", "the text is not the one that the record names\n"},
        {"text", NULL, "the text is missing\n"},
        {"labels", NULL, "the labels do not match the answers\n"},
        {"labels.newsletter", "The newsletter",
         "not as in the text: the label of the question: newsletter\n"},
        {"labels.newsletter", "The newsletter\n*Night Sky*",
         "not as in the text: the label of the question: newsletter\n"},
        {"labels.visits", CUT, "not as in the text: the label of the question: visits\n"},
        {"labels.newsletter", NULL, "the labels do not match the answers\n"},
        {"labels.other", "Another", "the labels do not match the answers\n"},
        {"recipients", NULL, "not as in the text: the recipient of the question: offers.randur\n"},
        {"recipients.newsletter", "Another", "the recipients do not match the questions\n"},
        {"record", NULL, "not as in the record's bytes: record\n"},
        {"record.events.0.event_state", "ConsentRefused",
         "not as in the record's bytes: record.events[0].event_state\n"},
        {"record.pii_processing.purposes.1.recipient_third_parties", "other",
         "not as in the record's bytes: "
         "record.pii_processing.purposes[1].recipient_third_parties\n"},
        {"record.pii_processing.privacy_notice.revision", "2026-03-02",
         "not as in the record's bytes: record.pii_processing.privacy_notice.revision\n"},
        {"record.url", "x", "unknown field: record.url\n"},
        {"record.pii_controllers", "x", "unknown field: record.pii_controllers\n"},
        {PROCESSING ".party_identification", "x",
         "unknown field: " PROCESSING ".party_identification\n"},
        {PROCESSING ".purposes.1.pii_controllers", "x",
         "unknown field: " PROCESSING ".purposes[1].pii_controllers\n"},
        {PROCESSING ".purposes.0.pii_information.0.party_name", "x",
         "unknown field: " PROCESSING ".purposes[0].pii_information[0].party_name\n"},
        {PROCESSING ".privacy_notice.jurisdiction", "x",
         "unknown field: " PROCESSING ".privacy_notice.jurisdiction\n"},
        {"record.events.2.url", "x", "unknown field: record.events[2].url\n"},
        {"record.events.2.retention_period", "x",
         "unknown field: record.events[2].retention_period\n"},
        {"record.note", "x", "unknown field: record.note\n"},
        {"note", "x", "unknown field: note\n"},
        {"\x1b[31m", "x", "unknown field: its name\n"},
        {"withdraw_code", "11111", ""},
        {"record.pii_processing.jurisdiction", "US", ""},
#define PARTY "record.party_identification."
        {PARTY "0.party_name", "Kuukivi AS", "the text names another controller\n"},
        {PARTY "0.party_name", "Kuukivi", "the text names another controller\n"},
        {PARTY "0.party_name", "", "the text names another controller\n"},
        {PARTY "0.party_name", NULL, "the text names another controller\n"},
        {PARTY "0.party_address", "T\xc3\xa4hetee 2", "the text names another controller\n"},
        {PARTY "0.party_address", NULL, "the text names another controller\n"},
        {PARTY "0.party_contact", NULL, "the text names another controller\n"},
        {PARTY "0.party_contact", "other@kuukivi.example", "the text names another controller\n"},
        {PARTY "0.party_website", "kuukivi.example", "the text names another controller\n"},
        {PARTY "0.party_id", "controller-2", "the text names another controller\n"},
        {PARTY "0.party_type", "ThirdParty", "the text names another recipient\n"},
        {PARTY "0.party_type", "JointDataControllers",
         "a party is neither a controller nor a recipient\n"},
        {PARTY "1.party_type", "DataController", "the text names another controller\n"},
        {PARTY "1.party_name", "R\xc3\xa4ndur", "the text names another recipient\n"},
        {PARTY "1.party_name", "ndur SIA", "the text names another recipient\n"},
        {PARTY "1.party_name", "Recipient: R\xc3\xa4ndur SIA",
         "the text names another recipient\n"},
        {PARTY "1.party_name", "Recipient: R\xc3\xa4ndur SIA (Latvia). Data: e-mail address",
         "the text names another recipient\n"},
        {PARTY "1.party_address", "e-mail address", "the text names another recipient\n"},
        {PARTY "1.party_name", "R\xc3\xa4ndur S", "the text names another recipient\n"},
        {PARTY "1.party_name", "Meteor Inc.", "the text names another recipient\n"},
        {PARTY "1.party_name", "", "the text names another recipient\n"},
        {PARTY "1.party_address", "Lithuania", "the text names another recipient\n"},
        {PARTY "1.party_address", NULL, "the text names another recipient\n"},
        {PARTY "1.party_contact", "x", "the text names another recipient\n"},
        {PARTY "1.party_id", "meteor", "the text names another recipient\n"},
        {"record.pii_processing.pii_controllers", NULL,
         "party_identification or pii_controllers is missing\n"},
        {"record.party_identification", NULL,
         "party_identification or pii_controllers is missing\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made made;
        json_t *json = receipt_of(&made, ACT_ANSWERS);
        const char *name;
        json_t *parent = at(json, rows[i].path, &name);
        struct buf faults;
        struct str first;

        if (rows[i].value)
            json_object_set_new(parent, name, json_string(rows[i].value));
        else
            assert_int_equal(json_object_del(parent, name), 0);
        verify(json, NULL, &faults);
        first = (struct str){faults.data, faults.len ? strcspn(faults.data, "\n") + 1 : 0};
        wrong += differs(rows[i].path, first, rows[i].fault);
        buf_release(&faults);
        json_decref(json);
        made_release(&made);
    }
    assert_int_equal(wrong, 0);
}

/* Each stated field may stand in its place alone, and holds no objects there but its own. */
static void slipped_in(void **state)
{
    static const struct {
        const char *path, *value /* as JSON */, *faults;
    } rows[] = {
        {PROCESSING ".jurisdiction", "[{\"pii_controllers\": [\"x\"]}]",
         "unknown field: " PROCESSING ".jurisdiction[0].pii_controllers\n"},
        {PROCESSING ".withdrawal_method", "{\"url\": \"x\"}",
         "unknown field: " PROCESSING ".withdrawal_method.url\n"},
        {PROCESSING ".purposes.0.pii_information", "[{\"pii_type\": {\"pii_type\": \"x\"}}]",
         "unknown field: " PROCESSING ".purposes[0].pii_information[0].pii_type.pii_type\n"},
        {PROCESSING ".purposes.2.pii_information", "[{\"pii_type\": \"x\"}]", ""},
        {"record.events.0.valid_from", "\"x\"", ""},
        {"record.events.0.valid_from", "{\"valid_from\": \"x\"}",
         "unknown field: record.events[0].valid_from.valid_from\n"},
        {"record.events[0]", "{\"valid_from\": \"x\"}", "unknown field: record.events[0]\n"},
        {"withdraw_code", "{\"party_name\": \"x\"}", "withdraw_code is not a string\n"},
        {"record.party_identification", "{}",
         "party_identification or pii_controllers is missing\n"
         "the number of controllers differs from the text\n"
         "the number of recipients differs from the text\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made made;
        json_t *json = receipt_of(&made, ACT_ANSWERS), *parent;
        struct buf faults;
        const char *name;

        parent = at(json, rows[i].path, &name);
        json_object_set_new(parent, name, json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        verify(json, NULL, &faults);
        wrong += differs(rows[i].value, buf_str(&faults), rows[i].faults);
        buf_release(&faults);
        json_decref(json);
        made_release(&made);
    }
    assert_int_equal(wrong, 0);
}

/* What a receipt says of the recipient of a line, NULL being the line itself; its name and country
 * are proved if there is one reading. */
static void recipients_of_the_text(void **state)
{
    static const struct {
        const char *line, *name, *country;
        size_t readings;
    } rows[] = {
        {"Recipient: A (B). Data: C", "A", "B", 1},
        {"Recipient: A Inc. (B). Data: C", "A Inc.", "B", 1},
        {"Recipient: A (UK) Ltd (B). Data: C", "A (UK) Ltd", "B", 1},
        {"Recipient: A: The Shop (B). Data: C", "A: The Shop", "B", 1},
        {"Recipient: A (B (C)). Data: D", "A", "B (C)", 1},
        {"Recipient: A (B). Data: name (first). And more", "A", "B", 1},
        {"Recipient: A :) (B). Data: C", "A :)", "B", 1},
        {"Destinataire\xc2\xa0: A (B). Donn\xc3\xa9\x65s\xc2\xa0: C", "A", "B", 1},
        {"\xe5\x85\x88\xef\xbc\x9a\x41\xef\xbc\x88\x42\xef\xbc\x89\xe3\x80\x82"
         "\xef\xbc\x9a\x43",
         "A", "B", 1},
        {"Recipient: A (B). Data: name (first). Note: C", "A", "B", 2},
        {"Recipient: A (B). Co (C). Data: D", "A", "B", 2},
        {"A (B). C", NULL, NULL, 0},
        {"Recipient: A, B. Data: C", NULL, NULL, 0},
        {"Recipient: (B). Data: C", NULL, NULL, 0},
        {"Recipient: A (). Data: C", NULL, NULL, 0},
        {"Recipient: A ((B). Data: C", NULL, NULL, 0},
        {"", NULL, NULL, 0},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct recipient read, first = {0};
        size_t readings = 0;

        recipient_init(&read, rows[i].line);
        for (; recipient_next(&read); readings++)
            first = readings ? first : read;
        wrong += readings != rows[i].readings;
        wrong += differs(rows[i].line, first.name, rows[i].name ? rows[i].name : "");
        wrong += differs(rows[i].line, first.country, rows[i].country ? rows[i].country : "");
    }
    assert_int_equal(wrong, 0);
}

/* What a receipt may say of a recipient whose line has several readings or none, and whether that
 * counts as compared. */
static void recipients_compared(void **state)
{
    static const char one[] = "Recipient: A (B). Data: C", none[] = "For A in B: C",
                      two[] = "Recipient: A (B). Co (C). Data: D",
                      missing[] = "the number of recipients differs from the text\n",
                      other[] = "the text names another recipient\n";
    static const struct {
        const char *line, *name, *country, *faults;
        bool compared;
    } rows[] = {
        {one, "A", "B", "", true},          {one, "A", NULL, other, true},
        {one, one, NULL, other, true},      {one, "B", "A", other, true},
        {one, NULL, "B", other, true},      {two, "A", "B", "", false},
        {two, "A (B). Co", "C", "", false}, {two, "A", "C", other, false},
        {two, two, NULL, "", true},         {none, none, NULL, "", true},
        {none, "A", "B", "", false},        {one, "", NULL, missing, true}, /* not there */
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text_question question = {"offers.a", "Offers", mem_dups(rows[i].line)};
        struct text_questions asked = {&question, 1};
        struct act act = {.answers = {{"offers.a", ANSWER_GIVEN}}, .answer_count = 1};
        struct told told = {.text = BUF_INIT};
        json_t *party =
            json_pack("{s:s, s:s, s:s*, s:s*}", "party_type", "ThirdParty", "party_id", "a",
                      "party_name", rows[i].name, "party_address", rows[i].country);
        json_t *record = json_pack("{s:[], s:{s:[]}}", "party_identification", "pii_processing",
                                   "pii_controllers");

        if (!rows[i].name || *rows[i].name)
            json_array_append(json_object_get(record, "party_identification"), party);
        if (receipt_parties_verify(record, str_of(""), &asked, &act, take_fault, &told)
                .recipients != rows[i].compared)
            wrong += !!printf("# row %zu: compared\n", i);
        wrong += differs(rows[i].line, buf_str(&told.text), rows[i].faults);
        json_decref(party);
        json_decref(record);
        buf_release(&told.text);
        free(question.recipient);
    }
    assert_int_equal(wrong, 0);
}

/* Every text in the receipt, one at a time, with its last byte changed, or one behind its last
 * character. */

struct flips {
    json_t *root;
    size_t flipped, passed;
    struct buf unproved; /* the paths of what can be changed unseen */
};

static void flip_all(struct flips *flips, json_t *value, const char *path);

static void flip_text(struct flips *flips, json_t *value, const char *path)
{
    char *was = mem_dups(json_string_value(value)), *changed = mem_printf("%s0", was);
    size_t len = strlen(was);
    struct buf faults;

    assert_true(len > 0);
    if ((unsigned char)was[len - 1] < 0x80) {
        changed[len - 1] = was[len - 1] == '0' ? '1' : '0';
        changed[len] = '\0';
    }
    assert_int_equal(json_string_set(value, changed), 0);
    verify(flips->root, NULL, &faults);
    flips->flipped++;
    if (!faults.len)
        buf_addf(&flips->unproved, "%s\n", path);
    json_string_set(value, was);
    buf_release(&faults);
    free(changed);
    free(was);
}

static void flip_all(struct flips *flips, json_t *value, const char *path)
{
    const char *key;
    json_t *item;
    size_t i;

    if (json_is_string(value))
        flip_text(flips, value, path);
    json_object_foreach(value, key, item)
    {
        char *below = mem_printf("%s.%s", path, key);

        flip_all(flips, item, below);
        free(below);
    }
    json_array_foreach(value, i, item) flip_all(flips, item, path);
}

static void every_field(void **state)
{
    static const char unproved[] = ".record.pii_processing.purposes.pii_information.pii_type\n"
                                   ".record.pii_processing.purposes.retention_period\n"
                                   ".record.pii_processing.purposes.storage_locations\n"
                                   ".record.pii_processing.purposes.storage_locations\n"
                                   ".record.pii_processing.purposes.pii_information.pii_type\n"
                                   ".record.pii_processing.purposes.pii_information.pii_type\n"
                                   ".record.pii_processing.purposes.retention_period\n"
                                   ".record.pii_processing.purposes.storage_locations\n"
                                   ".record.pii_processing.privacy_notice.url\n"
                                   ".record.pii_processing.jurisdiction\n"
                                   ".record.pii_processing.withdrawal_method\n"
                                   ".record.events.validity_duration\n"
                                   ".record.events.validity_duration\n"
                                   ".withdraw_code\n";
    struct flips flips = {.unproved = BUF_INIT};
    struct made made;

    (void)state;
    flips.root = receipt_of(&made, ACT_ANSWERS);
    flip_all(&flips, flips.root, "");
    assert_int_equal(differs("what can be changed unseen", buf_str(&flips.unproved), unproved), 0);
    assert_int_equal(flips.flipped, 69);
    buf_release(&flips.unproved);
    json_decref(flips.root);
    made_release(&made);
}

/* Each line of the proof, one at a time, with a byte changed. */
static void every_line_of_the_proof(void **state)
{
    struct made made;
    json_t *json = receipt_of(&made, ACT_ANSWERS);
    char *proof = mem_dups(json_string_value(json_object_get(json, "proof")));
    size_t lines = 0;

    (void)state;
    for (char *line = proof; *line; line = strchr(line, '\n') + 1, lines++) {
        char *byte = line + (*line == '\n' ? 0 : strcspn(line, "\n") / 2), was = *byte;
        struct buf faults;

        *byte = was == 'A' ? 'B' : 'A';
        json_object_set_new(json, "proof", json_string(proof));
        verify(json, NULL, &faults);
        *byte = was;
        assert_true(faults.len > 0);
        buf_release(&faults);
    }
    assert_int_equal(lines, 2 + 3 + 1 + 3 + 1 + 1);
    free(proof);
    json_decref(json);
    made_release(&made);
}

/* Somebody else's head and key fit each other, but not the key that was given. */
static void another_key(void **state)
{
    static const uint8_t seed[NOTE_SEED] = {8};
    struct note_signer other;
    struct made made;
    json_t *json = receipt_of(&made, ACT_ANSWERS);
    struct buf faults;

    (void)state;
    assert_true(note_signer_init(&other, str_of("kuukivi.example/choices/log"), seed));
    verify(json, &other.key, &faults);
    assert_string_equal(faults.data, "verifier_key is not a key that was given\n"
                                     "the checkpoint is not signed by the key\n");
    buf_release(&faults);
    json_decref(json);
    made_release(&made);
}

/* What the site does not state is left out. */
static void nothing_is_invented(void **state)
{
    static const char *const left_out[] = {"jurisdiction",
                                           "storage_locations",
                                           "party_contact",
                                           "pii_information",
                                           "T\xc3\xa4hetee 1\"",
                                           "retention_period",
                                           "url"};
    struct made made;
    char *text;
    struct buf faults;
    json_t *json;

    (void)state;
    made_init(&made, ACT_ANSWERS);
    made.site.controller = (struct manifest_controller){.name = "Kuukivi"};
    made.site.manifest.jurisdiction_count = 0;
    made.site.document.revision_count = 0; /* the text is the site's no more */
    made.receipt.code = NULL;
    json = receipt_json(&made.receipt, &made.site.manifest, "en");
    text = json_dumps(json, JSON_SORT_KEYS);
    for (size_t i = 0; i < COUNT(left_out); i++)
        assert_null(strstr(text, left_out[i]));
    assert_null(json_object_get(json, "withdraw_code"));
    verify(json, NULL, &faults); /* the recipient is the text's, which the receipt has */
    assert_string_equal(faults.data, "");
    free(text);
    json_decref(json);
    made_release(&made);
}

/* The text's own words are stated, whatever the site calls its controllers by now. */
static void controllers_of_the_text(void **state)
{
    static struct manifest_controller now[] = {
        {"Another", NULL, NULL, NULL},
        {"Kuukivi O\xc3\x9c", "T\xc3\xa4hetee 1", "privacy@kuukivi.example", "+372 000 0000"},
        {"Kuukivi O\xc3\x9c", "Uus 5", NULL, NULL},
    };
    static const struct {
        size_t first, count;
        const char *name;
    } rows[] = {
        {0, 3, "Kuukivi O\xc3\x9c"},
        {1, 1, "Kuukivi O\xc3\x9c"},
        {0, 1, "Kuukivi O\xc3\x9c, T\xc3\xa4hetee 1, privacy@kuukivi.example, +372 000 0000"},
        {2, 1, "Kuukivi O\xc3\x9c, T\xc3\xa4hetee 1, privacy@kuukivi.example, +372 000 0000"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made made;
        struct buf faults;
        json_t *json, *party;
        const char *name;

        made_init(&made, ACT_ANSWERS);
        made.site.manifest.controllers = now + rows[i].first;
        made.site.manifest.controller_count = rows[i].count;
        json = receipt_json(&made.receipt, &made.site.manifest, "en");
        party = at(json, PARTY "0.party_name", &name);
        assert_string_equal(json_string_value(json_object_get(party, name)), rows[i].name);
        verify(json, NULL, &faults);
        assert_string_equal(faults.data, "");
        json_decref(json);
        made_release(&made);
    }
}

/* How long and where the data of a purpose are kept is of that purpose, and is never what holds for
 * the record: the site keeps that for 36 months. */
static void kept_by_purpose(void **state)
{
    static const struct {
        const char *path, *value; /* as JSON; NULL: there is none */
    } rows[] = {
        {"retention_period", NULL},
        {"storage_locations", NULL},
        {"purposes.0.retention_period", "\"UntilEventDuration\""},
        {"purposes.0.storage_locations", "[\"EE\", \"FI\"]"},
        {"purposes.1.retention_period", NULL},
        {"purposes.1.storage_locations", NULL},
        {"purposes.2.retention_period", "\"P25M\""},
        {"purposes.2.storage_locations", "[\"EE\"]"},
    };
    struct made made;
    json_t *json = receipt_of(&made, ACT_ANSWERS);
    char *whole = json_dumps(json, 0);

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name;
        json_t *parent = at(json_object_get(json_object_get(json, "record"), "pii_processing"),
                            rows[i].path, &name);
        char *value = json_dumps(json_object_get(parent, name), JSON_ENCODE_ANY);

        assert_string_equal(value ? value : "none", rows[i].value ? rows[i].value : "none");
        free(value);
    }
    assert_null(strstr(whole, "P36M"));
    free(whole);
    json_decref(json);
    made_release(&made);
}

static void kantara(void **state)
{
    enum { NO_ADDRESS = 1, NO_EMAIL = 2, NO_PHONE = 4, NO_LAW = 8, NO_TEXT = 16, SENSITIVE = 32 };
    static const struct {
        enum act_kind kind;
        int site;
        const char *purposes; /* labels; NULL: there is none */
    } rows[] = {
        {ACT_ANSWERS, 0, "The newsletter *Night Sky*"},
        {ACT_ANSWERS, SENSITIVE, "The newsletter *Night Sky*, Offers of others"},
        {ACT_ANSWERS, NO_ADDRESS, NULL},
        {ACT_ANSWERS, NO_EMAIL, NULL},
        {ACT_ANSWERS, NO_PHONE, NULL},
        {ACT_ANSWERS, NO_LAW, NULL},
        {ACT_ANSWERS, NO_TEXT, NULL},
        {ACT_ACKNOWLEDGEMENT, 0, NULL},
        {ACT_WITHDRAWAL, 0, NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made made;
        struct buf purposes = BUF_INIT;
        json_t *json, *purpose;
        size_t p;

        made_init(&made, rows[i].kind);
        if (rows[i].site & NO_ADDRESS)
            made.site.controller.address = NULL;
        if (rows[i].site & NO_EMAIL)
            made.site.controller.email = NULL;
        if (rows[i].site & NO_PHONE)
            made.site.controller.phone = NULL;
        if (rows[i].site & NO_LAW)
            made.site.manifest.jurisdiction_count = 0;
        if (rows[i].site & NO_TEXT)
            made.site.document.revision_count = 0;
        if (rows[i].site & SENSITIVE)
            made.receipt.view.act.answers[1].answer = ANSWER_GIVEN;
        json = receipt_kantara(&made.receipt, &made.site.manifest, made.receipt.view.seconds);
        json_array_foreach(
            json_object_get(json_array_get(json_object_get(json, "services"), 0), "purposes"), p,
            purpose)
        {
            buf_addf(&purposes, "%s%s", p ? ", " : "",
                     json_string_value(json_object_get(purpose, "purpose")));
            assert_string_equal(json_string_value(json_object_get(purpose, "termination")),
                                "https://kuukivi.example/en/choices/");
        }
        assert_int_equal(json != NULL, rows[i].purposes != NULL);
        assert_string_equal(purposes.data, rows[i].purposes ? rows[i].purposes : "");
        if (json)
            assert_int_equal(json_is_true(json_object_get(json, "sensitive")),
                             rows[i].site == SENSITIVE);
        buf_release(&purposes);
        json_decref(json);
        made_release(&made);
    }
}

/* Of a yes to a version that takes effect later there is a Kantara receipt from then on, and the
 * receipt says from when it counts; of one to a version that was retracted there is none. */
static void said_ahead(void **state)
{
    enum { LATER = 86400 };
    static const struct {
        int64_t effective, retracted, now; /* seconds after the record */
        bool kantara, from;
    } rows[] = {
        {-LATER, 0, 0, true, false},
        {0, 0, 0, true, false},
        {1, 0, 0, false, true},
        {LATER, 0, LATER - 1, false, true},
        {LATER, 0, LATER, true, true},
        {LATER, 0, 9 * LATER, true, true},
        {LATER, LATER / 2, 0, false, false},
        {LATER, LATER / 2, 9 * LATER, false, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct made made;
        json_t *kantara, *receipt, *event;
        int64_t said;
        size_t e, from = 0;

        made_init(&made, ACT_ANSWERS);
        said = made.receipt.view.seconds;
        made.site.revision.effective = said + rows[i].effective;
        made.site.revision.retracted = rows[i].retracted ? said + rows[i].retracted : 0;
        kantara = receipt_kantara(&made.receipt, &made.site.manifest, said + rows[i].now);
        receipt = receipt_json(&made.receipt, &made.site.manifest, "en");
        json_array_foreach(json_object_get(json_object_get(receipt, "record"), "events"), e, event)
        {
            from += json_object_get(event, "valid_from") != NULL;
            assert_true(!json_object_get(event, "valid_from") ||
                        strcmp(json_string_value(json_object_get(event, "event_state")),
                               "ConsentGiven") == 0);
        }
        if ((kantara != NULL) != rows[i].kantara || (from > 0) != rows[i].from)
            fail_msg("row %zu", i);
        json_decref(kantara);
        json_decref(receipt);
        made_release(&made);
    }
}

static void proofs(void **state)
{
    static const char hash[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    static const struct {
        const char *head, *tail;
        bool is_proof;
    } rows[] = {
        {"c2sp.org/tlog-proof@v1\nindex 0\n", "\nn", true},
        {"c2sp.org/tlog-proof@v1\nindex 9223372036854775807\n", "\nn", true},
        {"c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n", "\nn", false},
        {"c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n", "\nn", false},
        {"c2sp.org/tlog-proof@v1\nindex 00\n", "\nn", false},
        {"c2sp.org/tlog-proof@v1\nindex -1\n", "\nn", false},
        {"c2sp.org/tlog-proof@v1\nindex \n", "\nn", false},
        {"c2sp.org/tlog-proof@v1\nindex\n", "\nn", false},
        {"c2sp.org/tlog-proof@v2\nindex 0\n", "\nn", false},
        {"c2sp.org/tlog-proof@v1\nextra AA==\nindex 0\n", "\nn", false},
        {"c2sp.org/tlog-proof@v1\nindex 0\n", "\n", false},
        {"c2sp.org/tlog-proof@v1\nindex 0\n", "n\n", false},
        {"c2sp.org/tlog-proof@v1\nindex 0\n", "", false},
        {"", "", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t hashes = 0; hashes <= MERKLE_PROOF_MAX + 1; hashes += MERKLE_PROOF_MAX / 2) {
            struct buf text = BUF_INIT, again = BUF_INIT;
            struct receipt_proof proof;

            buf_adds(&text, rows[i].head);
            for (size_t h = 0; h < hashes; h++)
                buf_adds(&text, hash);
            buf_adds(&text, rows[i].tail);
            assert_int_equal(receipt_proof_parse(buf_str(&text), &proof), rows[i].is_proof);
            if (rows[i].is_proof) {
                assert_int_equal(proof.path.count, hashes);
                receipt_proof_write(&proof, &again);
                assert_string_equal(again.data, text.data);
            }
            buf_release(&again);
            buf_release(&text);
        }
}

/* The code holds public numbers alone, and its path stays inside of its square. */
static void qr(void **state)
{
    struct checkpoint head = {.origin = str_of("kuukivi.example/choices/log"), .size = LOG_SIZE};
    uint8_t entry[MERKLE_HASH] = {255};
    struct buf text = BUF_INIT, path = BUF_INIT;
    int side, x, y, width;
    char *long_text = mem_alloc(5000);

    (void)state;
    receipt_qr_text(&head, LOG_PLACE, entry, &text);
    assert_string_equal(text.data, "teade-receipt-v1 kuukivi.example/choices/log 4 "
                                   "_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA 7 "
                                   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_true(receipt_qr_path(text.data, &path, &side));
    assert_int_equal((side - 8) % 4, 1); /* 17 + 4 n modules, and a margin of 4 on each side */
    for (const char *bar = path.data; (bar = strchr(bar, 'M')); bar++) {
        assert_int_equal(sscanf(bar, "M%d %dh%d", &x, &y, &width), 3);
        assert_true(x >= 4 && y >= 4 && width > 0 && x + width <= side - 4 && y < side - 4);
    }
    assert_true(strncmp(path.data, "M4 4h7v1h-7z", 12) == 0); /* the corner that readers look for */
    memset(long_text, 'a', 4999);
    long_text[4999] = '\0';
    assert_false(receipt_qr_path(long_text, &path, &side));
    free(long_text);
    buf_release(&text);
    buf_release(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound),
        cmocka_unit_test(tampered),
        cmocka_unit_test(slipped_in),
        cmocka_unit_test(recipients_of_the_text),
        cmocka_unit_test(recipients_compared),
        cmocka_unit_test(every_field),
        cmocka_unit_test(every_line_of_the_proof),
        cmocka_unit_test(another_key),
        cmocka_unit_test(nothing_is_invented),
        cmocka_unit_test(controllers_of_the_text),
        cmocka_unit_test(kept_by_purpose),
        cmocka_unit_test(kantara),
        cmocka_unit_test(said_ahead),
        cmocka_unit_test(proofs),
        cmocka_unit_test(qr),
    };

    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
