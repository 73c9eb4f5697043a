/* The bridge between the two halves: what one writes the other reads, and nothing less. */
#include "../fixtures/test.h"

#include "base/manifest.h"

static const char *ee[] = {"EE"}, *kept_in[] = {"EE", "FI"}, *data[] = {"EmailAddress", "Name"};
static const char *reconsent[] = {"offers"};

static struct manifest_question questions[] = {
    {"letters", "letters", "consent", data, 2, "P2Y", kept_in, 2},
    {"offers.randur", "offers", "consent", NULL, 0, NULL, NULL, 0},
};
static struct manifest_wording wordings[] = {
    {"Letters", NULL, NULL, NULL},
    {"Offers", "Rändur", "Latvia", "name"},
};
static struct manifest_text texts[] = {
    {"en", "aa", "Policy", 0, wordings},
    {"en", "bb", "Policy", 1700000001, wordings},
};
static struct manifest_revision revisions[] = {
    {"2026-03-01", 1772316000, "2026-03-01", 0, "reconsent", reconsent, 1, true, questions, 2, texts, 2},
};
static struct manifest_document documents[] = {{"policy", revisions, 1}};
static struct manifest_controller controllers[] = {
    {"One OÜ", "Tähetee 1", "one@example.org", "+372 1"},
    {"Two", NULL, NULL, NULL},
};
static const char *names[] = {"English"};
static struct manifest_language languages[] = {
    {"en",
     names,
     "d MMMM y",
     "d MMMM y 'at' HH:mm",
     {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}},
};
static const struct manifest whole = {
    .base_url = "https://example.org",
    .default_language = "en",
    .time_zone = "Europe/Tallinn",
    .consent_validity = 24,
    .retention = 36,
    .controllers = controllers,
    .controller_count = 2,
    .jurisdiction = ee,
    .jurisdiction_count = 1,
    .languages = languages,
    .language_count = 1,
    .documents = documents,
    .document_count = 1,
};
static const struct manifest bare = {.base_url = "https://example.org",
                                     .default_language = "en",
                                     .time_zone = "UTC",
                                     .consent_validity = 1,
                                     .retention = 1};

static json_t *written(const struct manifest *manifest, struct buf *text)
{
    json_t *json;

    manifest_write(manifest, text);
    json = json_loads(text->data, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    return json;
}

/* Read and written again it is the same, byte by byte. */
static void there_and_back(void **state)
{
    const struct manifest *const rows[] = {&whole, &bare};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf first = BUF_INIT, again = BUF_INIT, why = BUF_INIT;
        json_t *json = written(rows[i], &first);
        struct manifest manifest;

        if (!manifest_read(&manifest, json, &why))
            fail_msg("%s", why.data);
        manifest_write(&manifest, &again);
        assert_string_equal(again.data, first.data);
        manifest_release(&manifest);
        json_decref(json);
        buf_release(&why);
        buf_release(&again);
        buf_release(&first);
    }
}

static void what_records_say(void **state)
{
    struct buf text = BUF_INIT, why = BUF_INIT;
    json_t *json = written(&whole, &text);
    const struct manifest_question *question;
    struct manifest manifest;

    (void)state;
    assert_true(manifest_read(&manifest, json, &why));
    assert_int_equal(manifest.retention, 36);
    assert_int_equal(manifest.controller_count, 2);
    assert_string_equal(manifest.controllers[0].address, "Tähetee 1");
    assert_string_equal(manifest.controllers[0].email, "one@example.org");
    assert_string_equal(manifest.controllers[0].phone, "+372 1");
    assert_string_equal(manifest.controllers[1].name, "Two");
    assert_null(manifest.controllers[1].address);
    assert_int_equal(manifest.jurisdiction_count, 1);
    assert_string_equal(manifest.jurisdiction[0], "EE");
    question = manifest.documents[0].revisions[0].questions;
    assert_int_equal(question[0].personal_data_count, 2);
    assert_string_equal(question[0].personal_data[1], "Name");
    assert_int_equal(question[1].personal_data_count, 0);
    assert_string_equal(question[0].retention_period, "P2Y");
    assert_null(question[1].retention_period);
    assert_int_equal(question[0].storage_location_count, 2);
    assert_string_equal(question[0].storage_locations[1], "FI");
    assert_int_equal(question[1].storage_location_count, 0);
    manifest_release(&manifest);
    json_decref(json);
    buf_release(&why);
    buf_release(&text);
}

/* What lies at a path of keys and positions. */
static json_t *at(json_t *json, const char *path)
{
    while (*path && json) {
        char *key = mem_dup(path, strcspn(path, "."));

        json = json_is_array(json) ? json_array_get(json, strtoul(key, NULL, 10))
                                   : json_object_get(json, key);
        path += strlen(key);
        path += *path == '.';
        free(key);
    }
    return json;
}

static size_t taken(const char *row, json_t *json, const char *wanted)
{
    struct buf why = BUF_INIT;
    struct manifest manifest;
    size_t wrong = manifest_read(&manifest, json, &why);

    if (wrong)
        print_error("%s: taken\n", row);
    else if (!strstr(why.data, wanted))
        wrong = differs(row, buf_str(&why), wanted);
    manifest_release(&manifest);
    buf_release(&why);
    return wrong;
}

static void missing(void **state)
{
    static const char *const rows[][2] = {
        {"", "version"},
        {"", "base_url"},
        {"", "default_language"},
        {"", "time_zone"},
        {"", "consent_validity"},
        {"", "retention"},
        {"", "controllers"},
        {"", "jurisdiction"},
        {"", "languages"},
        {"", "documents"},
        {"controllers.1", "name"},
        {"languages.0", "months"},
        {"languages.0", "names"},
        {"languages.0", "time_pattern"},
        {"documents.0", "revisions"},
        {"documents.0.revisions.0", "reconsent"},
        {"documents.0.revisions.0", "questions"},
        {"documents.0.revisions.0.questions.1", "basis"},
        {"documents.0.revisions.0.questions.1", "personal_data"},
        {"documents.0.revisions.0.questions.1", "storage_locations"},
        {"documents.0.revisions.0.texts.1", "digest"},
        {"documents.0.revisions.0.texts.0.wordings.1", "label"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT;
        json_t *json = written(&whole, &text);

        assert_int_equal(json_object_del(at(json, rows[i][0]), rows[i][1]), 0);
        wrong += taken(rows[i][1], json, rows[i][1]);
        json_decref(json);
        buf_release(&text);
    }
    assert_int_equal(wrong, 0);
}

static void of_another_kind(void **state)
{
    static const char list[] = "a list has the wrong length or the wrong kind of items";
    static const struct {
        const char *path, *key, *value, *why;
    } rows[] = {
        {"", "version", "4", "format version 4, and this program reads version 5"},
        {"", "version", "6", "format version 6, and this program reads version 5"},
        {"", "retention", "\"36\"", "not a manifest: "},
        {"", "controllers", "{}", list},
        {"", "controllers", "[\"One\"]", "not a manifest: "},
        {"controllers.0", "address", "1", "not a manifest: "},
        {"", "jurisdiction", "\"EE\"", list},
        {"", "jurisdiction", "[1]", list},
        {"", "documents", "{}", list},
        {"languages.0", "months", "[\"1\"]", list},
        {"languages.0", "names", "[]", list},
        {"documents.0.revisions.0", "reconsent", "[null]", list},
        {"documents.0.revisions.0", "questions", "[]", list},
        {"documents.0.revisions.0.questions.0", "personal_data", "\"Name\"", list},
        {"documents.0.revisions.0.questions.0", "personal_data", "[{}]", list},
        {"documents.0.revisions.0.questions.0", "retention_period", "36", "not a manifest: "},
        {"documents.0.revisions.0.questions.0", "storage_locations", "{}", list},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT;
        json_t *json = written(&whole, &text);
        json_t *value = json_loads(rows[i].value, JSON_DECODE_ANY, NULL);

        assert_non_null(value);
        assert_int_equal(json_object_set_new(at(json, rows[i].path), rows[i].key, value), 0);
        wrong += taken(rows[i].key, json, rows[i].why);
        json_decref(json);
        buf_release(&text);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(what_records_say),
        cmocka_unit_test(missing),
        cmocka_unit_test(of_another_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
