#include "manifest.h"

#include <stdlib.h>

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
    return json_pack("{s:s, s:s?, s:s?, s:s?}", "label", wording->label, "recipient",
                     wording->recipient, "country", wording->country, "data", wording->data);
}

static json_t *text_json(const struct manifest_text *text, size_t question_count)
{
    json_t *wordings = json_array();

    for (size_t i = 0; i < question_count; i++)
        json_array_append_new(wordings, wording_json(&text->wordings[i]));
    return json_pack("{s:s, s:s, s:s, s:o}", "language", text->language, "digest", text->digest,
                     "title", text->title, "wordings", wordings);
}

static json_t *revision_json(const struct manifest_revision *revision)
{
    json_t *questions = json_array(), *texts = json_array();

    for (size_t i = 0; i < revision->question_count; i++)
        json_array_append_new(questions, question_json(&revision->questions[i]));
    for (size_t i = 0; i < revision->text_count; i++)
        json_array_append_new(texts, text_json(&revision->texts[i], revision->question_count));
    return json_pack("{s:s, s:I, s:s, s:b, s:o, s:o}", "id", revision->id, "effective",
                     (json_int_t)revision->effective, "class", revision->class, "basis_assumed",
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
    root = json_pack("{s:i, s:s, s:s, s:o, s:o}", "version", MANIFEST_VERSION, "base_url",
                     manifest->base_url, "default_language", manifest->default_language,
                     "languages", languages, "documents", documents);
    text = json_dumps(root, JSON_INDENT(2));
    buf_adds(out, text);
    buf_addc(out, '\n');
    free(text);
    json_decref(root);
}
