#include "manifest.h"

#include <stdlib.h>

#include "mem.h"

static json_t *strings_json(const char *const *strings, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(strings[i]));
    return list;
}

static json_t *language_json(const struct manifest_language *language, size_t language_count)
{
    return json_pack("{s:s, s:o, s:s, s:s, s:o}", "tag", language->tag, "names",
                     strings_json(language->names, language_count), "date_pattern",
                     language->date_pattern, "time_pattern", language->time_pattern, "months",
                     strings_json(language->months, 12));
}

static json_t *controller_json(const struct manifest_controller *who)
{
    return json_pack("{s:s, s:s*, s:s*, s:s*}", "name", who->name, "address", who->address, "email",
                     who->email, "phone", who->phone);
}

static json_t *question_json(const struct manifest_question *question)
{
    return json_pack("{s:s, s:s, s:s, s:o, s:s*, s:o}", "id", question->id, "purpose",
                     question->purpose, "basis", question->basis, "personal_data",
                     strings_json(question->personal_data, question->personal_data_count),
                     "retention_period", question->retention_period, "storage_locations",
                     strings_json(question->storage_locations, question->storage_location_count));
}

static json_t *wording_json(const struct manifest_wording *wording)
{
    return json_pack("{s:s, s:s*, s:s*, s:s*}", "label", wording->label, "recipient",
                     wording->recipient, "country", wording->country, "data", wording->data);
}

static json_t *text_json(const struct manifest_text *text, size_t question_count)
{
    json_t *wordings = json_array();

    for (size_t i = 0; i < question_count; i++)
        json_array_append_new(wordings, wording_json(&text->wordings[i]));
    return json_pack("{s:s, s:s, s:s, s:I, s:o}", "language", text->language, "digest",
                     text->digest, "title", text->title, "replaced", (json_int_t)text->replaced,
                     "wordings", wordings);
}

static json_t *revision_json(const struct manifest_revision *revision)
{
    json_t *questions = json_array(), *texts = json_array();

    for (size_t i = 0; i < revision->question_count; i++)
        json_array_append_new(questions, question_json(&revision->questions[i]));
    for (size_t i = 0; i < revision->text_count; i++)
        json_array_append_new(texts, text_json(&revision->texts[i], revision->question_count));
    return json_pack("{s:s, s:I, s:s, s:I, s:s, s:o, s:b, s:o, s:o}", "id", revision->id,
                     "effective", (json_int_t)revision->effective, "effective_day",
                     revision->effective_day, "retracted", (json_int_t)revision->retracted, "class",
                     revision->class, "reconsent",
                     strings_json(revision->reconsent, revision->reconsent_count), "basis_assumed",
                     revision->basis_assumed, "questions", questions, "texts", texts);
}

static json_t *document_json(const struct manifest_document *document)
{
    json_t *revisions = json_array();

    for (size_t i = 0; i < document->revision_count; i++)
        json_array_append_new(revisions, revision_json(&document->revisions[i]));
    return json_pack("{s:s, s:o}", "id", document->id, "revisions", revisions);
}

void manifest_write(const struct manifest *manifest, struct buf *out)
{
    json_t *languages = json_array(), *documents = json_array(), *controllers = json_array();
    json_t *root;
    char *text;

    for (size_t i = 0; i < manifest->language_count; i++)
        json_array_append_new(languages,
                              language_json(&manifest->languages[i], manifest->language_count));
    for (size_t i = 0; i < manifest->document_count; i++)
        json_array_append_new(documents, document_json(&manifest->documents[i]));
    for (size_t i = 0; i < manifest->controller_count; i++)
        json_array_append_new(controllers, controller_json(&manifest->controllers[i]));
    root = json_pack("{s:i, s:s, s:s, s:s, s:i, s:i, s:o, s:o, s:o, s:o}", "version",
                     MANIFEST_VERSION, "base_url", manifest->base_url, "default_language",
                     manifest->default_language, "time_zone", manifest->time_zone,
                     "consent_validity", manifest->consent_validity, "retention",
                     manifest->retention, "controllers", controllers, "jurisdiction",
                     strings_json(manifest->jurisdiction, manifest->jurisdiction_count),
                     "languages", languages, "documents", documents);
    text = json_dumps(root, JSON_INDENT(2));
    buf_adds(out, text);
    buf_addc(out, '\n');
    free(text);
    json_decref(root);
}

/* Reading: json_unpack_ex() checks types and presence; arrays are walked. */

struct reading {
    struct buf *why;
    bool ok;
};

static bool unpacked(struct reading *reading, int result, const json_error_t *error)
{
    if (result == 0)
        return true;
    if (reading->ok)
        buf_addf(reading->why, "not a manifest: %s", error->text);
    reading->ok = false;
    return false;
}

/* The list's elements, for `count` and a zeroed array of that many of `size` bytes. */
static void *array_for(struct reading *reading, const json_t *list, size_t size, size_t *count)
{
    if (!json_is_array(list))
        reading->ok = false;
    *count = json_array_size(list);
    return mem_alloc(*count * size);
}

static void read_strings(struct reading *reading, json_t *list, const char ***strings,
                         size_t *count)
{
    json_t *item;
    size_t i;

    *strings = array_for(reading, list, sizeof **strings, count);
    json_array_foreach(list, i, item) if (!((*strings)[i] = json_string_value(item))) reading->ok =
        false;
}

static void read_controller(struct reading *reading, json_t *json, struct manifest_controller *who)
{
    json_error_t error;

    unpacked(reading,
             json_unpack_ex(json, &error, 0, "{s:s, s?s, s?s, s?s}", "name", &who->name, "address",
                            &who->address, "email", &who->email, "phone", &who->phone),
             &error);
}

static void read_question(struct reading *reading, json_t *json, struct manifest_question *question)
{
    json_error_t error;
    json_t *personal_data, *storage_locations;

    if (!unpacked(reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:s, s:s, s:o, s?s, s:o}", "id",
                                 &question->id, "purpose", &question->purpose, "basis",
                                 &question->basis, "personal_data", &personal_data,
                                 "retention_period", &question->retention_period,
                                 "storage_locations", &storage_locations),
                  &error))
        return;
    read_strings(reading, personal_data, &question->personal_data, &question->personal_data_count);
    read_strings(reading, storage_locations, &question->storage_locations,
                 &question->storage_location_count);
}

static void read_language(struct reading *reading, json_t *json, struct manifest_language *language,
                          size_t language_count)
{
    json_error_t error;
    json_t *names, *months;
    size_t i, name_count;
    json_t *month;

    if (!unpacked(reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:o, s:s, s:s, s:o}", "tag",
                                 &language->tag, "names", &names, "date_pattern",
                                 &language->date_pattern, "time_pattern", &language->time_pattern,
                                 "months", &months),
                  &error))
        return;
    read_strings(reading, names, &language->names, &name_count);
    if (name_count != language_count || json_array_size(months) != 12)
        reading->ok = false;
    json_array_foreach(months, i,
                       month) if (i < 12 && !(language->months[i] = json_string_value(month)))
        reading->ok = false;
}

static void read_text(struct reading *reading, json_t *json, struct manifest_text *text,
                      size_t question_count)
{
    json_error_t error;
    json_t *wordings, *wording;
    json_int_t replaced;
    size_t i, count;

    if (!unpacked(reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:s, s:s, s:I, s:o}", "language",
                                 &text->language, "digest", &text->digest, "title", &text->title,
                                 "replaced", &replaced, "wordings", &wordings),
                  &error))
        return;
    text->replaced = replaced;
    text->wordings = array_for(reading, wordings, sizeof *text->wordings, &count);
    if (count != question_count)
        reading->ok = false;
    json_array_foreach(wordings, i, wording)
    {
        struct manifest_wording *to = &text->wordings[i];

        unpacked(reading,
                 json_unpack_ex(wording, &error, 0, "{s:s, s?s, s?s, s?s}", "label", &to->label,
                                "recipient", &to->recipient, "country", &to->country, "data",
                                &to->data),
                 &error);
    }
}

static void read_revision(struct reading *reading, json_t *json, struct manifest_revision *revision)
{
    json_t *questions, *texts, *reconsent, *item;
    json_int_t effective, retracted;
    int basis_assumed;
    json_error_t error;
    size_t i;

    if (!unpacked(reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:I, s:s, s:I, s:s, s:o, s:b, s:o, s:o}",
                                 "id", &revision->id, "effective", &effective, "effective_day",
                                 &revision->effective_day, "retracted", &retracted, "class",
                                 &revision->class, "reconsent", &reconsent, "basis_assumed",
                                 &basis_assumed, "questions", &questions, "texts", &texts),
                  &error))
        return;
    revision->effective = effective;
    revision->retracted = retracted;
    read_strings(reading, reconsent, &revision->reconsent, &revision->reconsent_count);
    revision->basis_assumed = basis_assumed;
    revision->questions =
        array_for(reading, questions, sizeof *revision->questions, &revision->question_count);
    json_array_foreach(questions, i, item) read_question(reading, item, &revision->questions[i]);
    revision->texts = array_for(reading, texts, sizeof *revision->texts, &revision->text_count);
    json_array_foreach(texts, i, item)
        read_text(reading, item, &revision->texts[i], revision->question_count);
}

static void read_document(struct reading *reading, json_t *json, struct manifest_document *document)
{
    json_t *revisions, *revision;
    json_error_t error;
    size_t i;

    if (!unpacked(reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:o}", "id", &document->id, "revisions",
                                 &revisions),
                  &error))
        return;
    document->revisions =
        array_for(reading, revisions, sizeof *document->revisions, &document->revision_count);
    json_array_foreach(revisions, i, revision)
        read_revision(reading, revision, &document->revisions[i]);
}

bool manifest_read(struct manifest *manifest, json_t *json, struct buf *why)
{
    struct reading reading = {why, true};
    json_t *languages, *documents, *controllers, *jurisdiction, *item;
    json_error_t error;
    int version;
    size_t i;

    *manifest = (struct manifest){.json = json_incref(json)};
    if (!unpacked(&reading, json_unpack_ex(json, &error, 0, "{s:i}", "version", &version), &error))
        return false;
    if (version != MANIFEST_VERSION) {
        buf_addf(why,
                 "the site's manifest has format version %d, and this program reads version %d",
                 version, MANIFEST_VERSION);
        return false;
    }
    if (!unpacked(&reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:s, s:s, s:i, s:i, s:o, s:o, s:o, s:o}",
                                 "base_url", &manifest->base_url, "default_language",
                                 &manifest->default_language, "time_zone",
                                 &manifest->time_zone, "consent_validity",
                                 &manifest->consent_validity, "retention", &manifest->retention,
                                 "controllers", &controllers, "jurisdiction", &jurisdiction,
                                 "languages", &languages, "documents", &documents),
                  &error))
        return false;
    manifest->controllers = array_for(&reading, controllers, sizeof *manifest->controllers,
                                      &manifest->controller_count);
    json_array_foreach(controllers, i, item)
        read_controller(&reading, item, &manifest->controllers[i]);
    read_strings(&reading, jurisdiction, &manifest->jurisdiction, &manifest->jurisdiction_count);
    manifest->languages =
        array_for(&reading, languages, sizeof *manifest->languages, &manifest->language_count);
    json_array_foreach(languages, i, item)
        read_language(&reading, item, &manifest->languages[i], manifest->language_count);
    manifest->documents =
        array_for(&reading, documents, sizeof *manifest->documents, &manifest->document_count);
    json_array_foreach(documents, i, item) read_document(&reading, item, &manifest->documents[i]);
    if (!reading.ok && !why->len)
        buf_adds(why, "not a manifest: a list has the wrong length or the wrong kind of items");
    return reading.ok;
}

void manifest_release(struct manifest *manifest)
{
    for (size_t d = 0; d < manifest->document_count; d++) {
        for (size_t r = 0; r < manifest->documents[d].revision_count; r++) {
            struct manifest_revision *revision = &manifest->documents[d].revisions[r];

            for (size_t t = 0; t < revision->text_count; t++)
                free(revision->texts[t].wordings);
            for (size_t q = 0; q < revision->question_count; q++) {
                free(revision->questions[q].personal_data);
                free(revision->questions[q].storage_locations);
            }
            free(revision->texts);
            free(revision->questions);
            free(revision->reconsent);
        }
        free(manifest->documents[d].revisions);
    }
    for (size_t l = 0; l < manifest->language_count; l++)
        free(manifest->languages[l].names);
    free(manifest->documents);
    free(manifest->languages);
    free(manifest->controllers);
    free(manifest->jurisdiction);
    json_decref(manifest->json);
    *manifest = (struct manifest){0};
}
