#include "manifest_output.h"

#include <stdlib.h>
#include <string.h>

#include "base/manifest.h"
#include "base/mem.h"
#include "language/language.h"
#include "language/zone.h"
#include "notice.h"

static char *detach_name(const char *tag, const char *of_tag)
{
    struct buf text = BUF_INIT;

    language_name(tag, of_tag, &text);
    return buf_detach(&text);
}

static char *detach_pattern(const char *tag, void (*pattern)(const char *, struct buf *))
{
    struct buf text = BUF_INIT;

    pattern(tag, &text);
    return buf_detach(&text);
}

static char *detach_month(const char *tag, int month)
{
    struct buf text = BUF_INIT;

    language_month(tag, month, &text);
    return buf_detach(&text);
}

static void fill_languages(struct manifest *manifest, const struct site *site)
{
    manifest->language_count = site->language_count;
    manifest->languages = mem_alloc(site->language_count * sizeof *manifest->languages);
    for (size_t i = 0; i < site->language_count; i++) {
        struct manifest_language *language = &manifest->languages[i];

        language->tag = site->languages[i];
        language->names = mem_alloc(site->language_count * sizeof *language->names);
        for (size_t n = 0; n < site->language_count; n++)
            language->names[n] = detach_name(language->tag, site->languages[n]);
        language->date_pattern = detach_pattern(language->tag, language_date_pattern);
        language->time_pattern = detach_pattern(language->tag, language_time_pattern);
        for (int month = 0; month < 12; month++)
            language->months[month] = detach_month(language->tag, month + 1);
    }
}

/* A copy: the manifest's arrays are its own. */
static const char **strings_of(const struct yaml_terms *terms, size_t *count)
{
    const char **copy = mem_alloc(terms->count * sizeof *copy);

    for (*count = 0; *count < terms->count; (*count)++)
        copy[*count] = terms->term[*count];
    return copy;
}

static void fill_settings(struct manifest *manifest, const struct site *site)
{
    manifest->consent_validity = site->consent_validity;
    manifest->retention = site->retention;
    manifest->controllers = mem_alloc(site->controller_count * sizeof *manifest->controllers);
    manifest->controller_count = site->controller_count;
    for (size_t i = 0; i < site->controller_count; i++) {
        const struct controller *who = &site->controllers[i];

        manifest->controllers[i] =
            (struct manifest_controller){who->name, who->address, who->email, who->phone};
    }
    manifest->jurisdiction = strings_of(&site->jurisdiction, &manifest->jurisdiction_count);
}

static void fill_questions(struct manifest_revision *revision, const struct text *text)
{
    for (size_t i = 0; i < text->question_count; i++) {
        const struct question *question = &text->questions[i];
        const struct purpose *purpose = question->purpose;
        struct manifest_question *out;

        if (question->kind == QUESTION_NONE)
            continue;
        revision->questions =
            mem_grow(revision->questions, revision->question_count, sizeof *revision->questions);
        out = &revision->questions[revision->question_count++];
        out->id = question->id;
        out->purpose = purpose->id;
        out->basis = basis_names[purpose->basis];
        out->personal_data =
            strings_of(purpose_data(purpose, question->recipient), &out->personal_data_count);
        out->retention_period = purpose->retention_period;
        out->storage_locations =
            strings_of(&purpose->storage_locations, &out->storage_location_count);
    }
}

static void fill_text(struct manifest_revision *revision, const struct text *text)
{
    struct manifest_text *out = &revision->texts[revision->text_count++];
    size_t count = 0;

    out->language = text->language;
    out->digest = text->digest;
    out->title = text->title;
    out->wordings = mem_alloc(revision->question_count * sizeof *out->wordings);
    for (size_t i = 0; i < text->question_count; i++) {
        const struct question *question = &text->questions[i];

        if (question->kind != QUESTION_NONE)
            out->wordings[count++] = (struct manifest_wording){
                question->label, question->recipient ? question->recipient->name : NULL,
                question->country, question->data};
    }
}

/* A form that was open when its text was corrected is still taken for a while, from the end of
 * that day on: the hour is not known.  (One that asks something else now is not.) */
static void fill_erratum(struct manifest_revision *revision, const struct erratum *erratum,
                         const struct site *site)
{
    const json_t *record = erratum->before.record,
                 *questions = json_object_get(record, "questions");
    struct manifest_text *out = &revision->texts[revision->text_count];
    size_t count = 0, i;

    out->wordings = mem_alloc(revision->question_count * sizeof *out->wordings);
    for (i = 0; i < json_array_size(questions) && count < revision->question_count; i++) {
        const json_t *question = json_array_get(questions, i);

        if (strcmp(json_string_value(json_object_get(question, "id")),
                   revision->questions[count].id) == 0)
            out->wordings[count++] = (struct manifest_wording){
                json_string_value(json_object_get(question, "label")),
                json_string_value(json_object_get(question, "recipient")),
                json_string_value(json_object_get(question, "country_name")),
                json_string_value(json_object_get(question, "data"))};
    }
    if (count < revision->question_count) {
        free(out->wordings);
        return;
    }
    out->language = erratum->before.language;
    out->digest = erratum->before.digest;
    out->title = json_string_value(json_object_get(record, "title"));
    out->replaced = zone_day_start(site->time_zone, erratum->date) + 24 * 60 * 60;
    revision->text_count++;
}

static void fill_reconsent(struct manifest_revision *to, const struct revision *from)
{
    to->reconsent_count = from->reconsent ? from->reconsent->count : 0;
    to->reconsent = mem_alloc(to->reconsent_count * sizeof *to->reconsent);
    for (size_t i = 0; i < to->reconsent_count; i++)
        to->reconsent[i] = from->reconsent->item[i]->text;
}

static void fill_documents(struct manifest *manifest, const struct edition *edition)
{
    const struct site *site = &edition->site;

    manifest->document_count = site->document_count;
    manifest->documents = mem_alloc(site->document_count * sizeof *manifest->documents);
    for (size_t d = 0; d < site->document_count; d++) {
        struct manifest_document *document = &manifest->documents[d];

        document->id = site->documents[d].id;
        document->revision_count = site->documents[d].count;
        document->revisions = mem_alloc(document->revision_count * sizeof *document->revisions);
        for (size_t r = 0; r < document->revision_count; r++) {
            const struct revision *from = &site->documents[d].revisions[r];
            struct manifest_revision *to = &document->revisions[r];

            to->id = from->id;
            to->effective = zone_day_start(site->time_zone, from->effective);
            to->effective_day = from->effective.iso;
            to->retracted =
                *from->retracted.iso ? zone_day_start(site->time_zone, from->retracted) : 0;
            fill_reconsent(to, from);
            to->class = class_names[from->class];
            to->basis_assumed = from->basis_assumed;
            to->texts = mem_alloc((site->language_count + edition->frozen[d][r].erratum_count) *
                                  sizeof *to->texts);
            fill_questions(to, edition_text(edition, d, r, 0));
            for (size_t l = 0; l < site->language_count; l++)
                fill_text(to, edition_text(edition, d, r, l));
            for (size_t e = 0; e < edition->frozen[d][r].erratum_count; e++)
                fill_erratum(to, &edition->frozen[d][r].errata[e], site);
        }
    }
}

static void release(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->language_count; i++) {
        for (size_t n = 0; n < manifest->language_count; n++)
            free((char *)manifest->languages[i].names[n]);
        free((char *)manifest->languages[i].date_pattern);
        free((char *)manifest->languages[i].time_pattern);
        for (int month = 0; month < 12; month++)
            free((char *)manifest->languages[i].months[month]);
    }
    manifest_release(manifest);
}

static bool emit_manifest(struct emission *emission)
{
    const struct edition *edition = emission->edition;
    struct manifest manifest = {.base_url = edition->base_url,
                                .default_language = edition->site.languages[0],
                                .time_zone = edition->site.time_zone};
    struct buf text = BUF_INIT;
    bool ok;

    fill_settings(&manifest, &edition->site);
    fill_languages(&manifest, &edition->site);
    fill_documents(&manifest, edition);
    manifest_write(&manifest, &text);
    ok = emission_file(emission, "private/manifest.json", buf_str(&text));
    buf_release(&text);
    release(&manifest);
    return ok;
}

/* Texts are named by their digests, so the same words in two revisions are one file. */
static bool emit_text(struct emission *emission, json_t *written, const char *digest,
                      struct str words)
{
    char *path = mem_printf("private/texts/%s.md", digest);
    bool ok = json_object_get(written, digest) || emission_file(emission, path, words);

    json_object_set_new(written, digest, json_true());
    free(path);
    return ok;
}

static bool emit_texts(struct emission *emission)
{
    const struct edition *edition = emission->edition;
    const struct site *site = &edition->site;
    json_t *written = json_object();
    bool ok = true;

    for (size_t d = 0; d < site->document_count; d++) {
        for (size_t i = 0; i < site->documents[d].count * site->language_count && ok; i++)
            ok = emit_text(emission, written, edition->texts[d][i].digest,
                           buf_str(&edition->texts[d][i].commonmark));
        for (size_t r = 0; r < site->documents[d].count; r++)
            for (size_t e = 0; e < edition->frozen[d][r].erratum_count && ok; e++)
                ok = emit_text(emission, written, edition->frozen[d][r].errata[e].before.digest,
                               buf_str(&edition->frozen[d][r].errata[e].before.words));
    }
    json_decref(written);
    return ok;
}

/* nginx reads names of cookies with underscores only, as the endpoint writes them. */
static json_t *document_slots(const char *id)
{
    char *cookie = mem_dups(id), key[NOTICE_KEY + 1];
    json_t *slots;

    for (char *c = cookie; *c; c++)
        *c = *c == '-' ? '_' : *c;
    notice_key(id, key);
    slots = json_pack("{s:s, s:s}", "notice", key, "cookie", cookie);
    free(cookie);
    return slots;
}

static bool emit_nginx(struct emission *emission)
{
    static const char *const names[] = {"nginx/teade-http.conf", "nginx/teade.conf"};
    const struct edition *edition = emission->edition;
    const struct site *site = &edition->site;
    json_t *languages = json_array(), *documents = json_array(), *slots;
    bool https = strncmp(edition->base_url, "https:", 6) == 0, ok = true;

    for (size_t l = 0; l < site->language_count; l++)
        json_array_append_new(languages, json_pack("{s:s}", "lang", site->languages[l]));
    for (size_t d = 0; d < site->document_count; d++)
        json_array_append_new(documents, document_slots(site->documents[d].id));
    slots = json_pack("{s:o, s:o, s:s, s:b, s:s}", "languages", languages, "documents", documents,
                      "default_language", site->languages[0], "https", https, "own_cookie",
                      https ? "__Host-teade" : "teade");
    for (size_t i = 0; i < sizeof names / sizeof *names && ok; i++) {
        char *path = mem_printf("private/%s", names[i]);
        struct buf text = BUF_INIT;

        ok = templates_render(&edition->templates, names[i], NULL, slots, &text,
                              emission->findings) &&
             emission_file(emission, path, buf_str(&text));
        buf_release(&text);
        free(path);
    }
    json_decref(slots);
    return ok;
}

bool manifest_output_emit(struct emission *emission)
{
    return emit_manifest(emission) && emit_texts(emission) && emit_nginx(emission);
}
