#include "manifest.h"

#include <stdlib.h>

#include "mem.h"

static json_t *language_json(const struct manifest_language *language)
{
    json_t *months = json_array();

    for (int i = 0; i < 12; i++)
        json_array_append_new(months, json_string(language->months[i]));
    return json_pack("{s:s, s:s, s:o}", "tag", language->tag, "date_pattern",
                     language->date_pattern, "months", months);
}

static json_t *question_json(const struct manifest_question *question)
{
    return json_pack("{s:s, s:s, s:s}", "id", question->id, "purpose", question->purpose, "basis",
                     question->basis);
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
    json_t *questions = json_array(), *texts = json_array(), *reconsent = json_array();

    for (size_t i = 0; i < revision->reconsent_count; i++)
        json_array_append_new(reconsent, json_string(revision->reconsent[i]));
    for (size_t i = 0; i < revision->question_count; i++)
        json_array_append_new(questions, question_json(&revision->questions[i]));
    for (size_t i = 0; i < revision->text_count; i++)
        json_array_append_new(texts, text_json(&revision->texts[i], revision->question_count));
    return json_pack("{s:s, s:I, s:s, s:I, s:s, s:o, s:b, s:o, s:o}", "id", revision->id,
                     "effective", (json_int_t)revision->effective, "effective_day",
                     revision->effective_day, "retracted", (json_int_t)revision->retracted, "class",
                     revision->class, "reconsent", reconsent, "basis_assumed",
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
    json_t *languages = json_array(), *documents = json_array(), *root;
    char *text;

    for (size_t i = 0; i < manifest->language_count; i++)
        json_array_append_new(languages, language_json(&manifest->languages[i]));
    for (size_t i = 0; i < manifest->document_count; i++)
        json_array_append_new(documents, document_json(&manifest->documents[i]));
    root = json_pack("{s:i, s:s, s:s, s:i, s:o, s:o}", "version", MANIFEST_VERSION, "base_url",
                     manifest->base_url, "default_language", manifest->default_language,
                     "consent_validity", manifest->consent_validity, "languages", languages,
                     "documents", documents);
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

/* The array's elements, for `count` and a zeroed array of that many of `size` bytes. */
static void *array_for(const json_t *list, size_t size, size_t *count)
{
    *count = json_array_size(list);
    return mem_alloc(*count * size);
}

static void read_language(struct reading *reading, json_t *json, struct manifest_language *language)
{
    json_error_t error;
    json_t *months;
    size_t i;
    json_t *month;

    if (!unpacked(reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:s, s:o}", "tag", &language->tag,
                                 "date_pattern", &language->date_pattern, "months", &months),
                  &error))
        return;
    if (json_array_size(months) != 12)
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
    text->wordings = array_for(wordings, sizeof *text->wordings, &count);
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
    revision->reconsent =
        array_for(reconsent, sizeof *revision->reconsent, &revision->reconsent_count);
    json_array_foreach(reconsent, i, item) if (!(revision->reconsent[i] = json_string_value(item)))
        reading->ok = false;
    revision->basis_assumed = basis_assumed;
    revision->questions =
        array_for(questions, sizeof *revision->questions, &revision->question_count);
    json_array_foreach(questions, i, item)
    {
        struct manifest_question *to = &revision->questions[i];

        unpacked(reading,
                 json_unpack_ex(item, &error, 0, "{s:s, s:s, s:s}", "id", &to->id, "purpose",
                                &to->purpose, "basis", &to->basis),
                 &error);
    }
    revision->texts = array_for(texts, sizeof *revision->texts, &revision->text_count);
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
        array_for(revisions, sizeof *document->revisions, &document->revision_count);
    json_array_foreach(revisions, i, revision)
        read_revision(reading, revision, &document->revisions[i]);
}

bool manifest_read(struct manifest *manifest, json_t *json, struct buf *why)
{
    struct reading reading = {why, true};
    json_t *languages, *documents, *item;
    json_error_t error;
    int version;
    size_t i;

    *manifest = (struct manifest){.json = json_incref(json)};
    if (!unpacked(&reading, json_unpack_ex(json, &error, 0, "{s:i}", "version", &version), &error))
        return false;
    if (version != MANIFEST_VERSION) {
        buf_addf(why, "the site's manifest is of version %d, and this program knows version %d",
                 version, MANIFEST_VERSION);
        return false;
    }
    if (!unpacked(&reading,
                  json_unpack_ex(json, &error, 0, "{s:s, s:s, s:i, s:o, s:o}", "base_url",
                                 &manifest->base_url, "default_language",
                                 &manifest->default_language, "consent_validity",
                                 &manifest->consent_validity, "languages", &languages, "documents",
                                 &documents),
                  &error))
        return false;
    manifest->languages =
        array_for(languages, sizeof *manifest->languages, &manifest->language_count);
    json_array_foreach(languages, i, item) read_language(&reading, item, &manifest->languages[i]);
    manifest->documents =
        array_for(documents, sizeof *manifest->documents, &manifest->document_count);
    json_array_foreach(documents, i, item) read_document(&reading, item, &manifest->documents[i]);
    if (!reading.ok && !why->len)
        buf_adds(why, "not a manifest: a list is not of the length it should be");
    return reading.ok;
}

void manifest_release(struct manifest *manifest)
{
    for (size_t d = 0; d < manifest->document_count; d++) {
        for (size_t r = 0; r < manifest->documents[d].revision_count; r++) {
            struct manifest_revision *revision = &manifest->documents[d].revisions[r];

            for (size_t t = 0; t < revision->text_count; t++)
                free(revision->texts[t].wordings);
            free(revision->texts);
            free(revision->questions);
            free(revision->reconsent);
        }
        free(manifest->documents[d].revisions);
    }
    free(manifest->documents);
    free(manifest->languages);
    json_decref(manifest->json);
    *manifest = (struct manifest){0};
}
