#include "frozen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "content/stray.h"

static const char *const stages[] = {[FROZEN_NOW] = "published",
                                     [FROZEN_NEXT] = "published/next"};

char *frozen_folder(const char *folder, enum frozen_stage stage)
{
    return mem_printf("%s/%s", folder, stages[stage]);
}

char *frozen_record_path(const char *folder, enum frozen_stage stage, const char *id)
{
    return mem_printf("%s/%s/%s.json", folder, stages[stage], id);
}

char *frozen_text_path(const char *folder, enum frozen_stage stage, const char *id,
                       const char *language, size_t number)
{
    const char *in = stages[stage];

    return number ? mem_printf("%s/%s/%s.%s.%zu.md", folder, in, id, language, number)
                  : mem_printf("%s/%s/%s.%s.md", folder, in, id, language);
}

/* What one revision is read from. */
struct reading {
    struct frozen *frozen;
    const char *folder, *id;
    enum frozen_stage stage;
    struct findings *findings;
};

/* The newest of a file that the stage allows; the caller frees. */
static char *record_path(const struct reading *reading)
{
    char *path = frozen_record_path(reading->folder, reading->stage, reading->id);

    if (reading->stage == FROZEN_NOW || file_exists(path))
        return path;
    free(path);
    return frozen_record_path(reading->folder, FROZEN_NOW, reading->id);
}

static char *text_path(const struct reading *reading, const char *language, size_t number)
{
    char *path =
        frozen_text_path(reading->folder, reading->stage, reading->id, language, number);

    if (reading->stage == FROZEN_NOW || file_exists(path))
        return path;
    free(path);
    return frozen_text_path(reading->folder, FROZEN_NOW, reading->id, language, number);
}

/* A file that we wrote and that was changed is not to be repaired by hand. */
static bool damaged(const struct source *source, const char *what, struct findings *findings)
{
    finding(findings, FINDING_ERROR, (struct place){source, PLACE_FILE},
            "restore it as `teade publish` wrote it, from version control or a copy", "%s", what);
    return false;
}

static bool has_digest(struct str words, const char *wanted)
{
    char digest[HASH_HEX + 1];

    hash_hex(words, digest);
    return strcmp(digest, wanted) == 0;
}

/* `spare` is where a correction puts the old words before the new ones take their place: where it
 * was interrupted in between, they are there. */
static bool read_words(struct frozen_text *text, const char *path, const char *spare,
                       struct findings *findings)
{
    struct source source;
    bool ok = source_read(&source, path, findings);

    buf_addstr(&text->words, buf_str(&source.text));
    if (ok && !has_digest(buf_str(&text->words), text->digest) && spare) {
        buf_reset(&text->words);
        text->is_spare = file_read(spare, &text->words);
    }
    if (ok && (!has_digest(buf_str(&text->words), text->digest) ||
               text->article > text->article_end || text->article_end > text->words.len))
        ok = damaged(&source, "a frozen text is not the one that was published", findings);
    source_release(&source);
    return ok;
}

static bool read_text(const struct reading *reading, struct frozen_text *text, json_t *json,
                      const char *path, const char *spare)
{
    json_int_t from, to;

    *text = (struct frozen_text){.words = BUF_INIT, .record = json};
    if (json_unpack(json, "{s:s, s:s, s:[I, I]}", "language", &text->language, "digest",
                    &text->digest, "article", &from, &to) != 0)
        return damaged(&reading->frozen->source, "the record of a frozen text is incomplete",
                       reading->findings);
    text->article = (size_t)from;
    text->article_end = (size_t)to;
    return read_words(text, path, spare, reading->findings);
}

/* How many of the first `count` errata are of a language. */
static size_t errata_of(const json_t *list, size_t count, const char *language)
{
    size_t number = 0;

    for (size_t k = 0; k < count; k++) {
        const json_t *before = json_object_get(json_array_get(list, k), "before");
        const char *other = json_string_value(json_object_get(before, "language"));

        number += other && language && strcmp(other, language) == 0;
    }
    return number;
}

static bool read_texts(const struct reading *reading)
{
    struct frozen *frozen = reading->frozen;
    json_t *list = json_object_get(frozen->json, "texts"), *json;
    json_t *errata = json_object_get(frozen->json, "errata");
    bool ok = true;
    size_t i;

    frozen->texts = mem_alloc(json_array_size(list) * sizeof *frozen->texts);
    json_array_foreach(list, i, json)
    {
        const char *language = json_string_value(json_object_get(json, "language"));
        char *path = text_path(reading, language ? language : "", 0);
        char *spare = text_path(reading, language ? language : "",
                                1 + errata_of(errata, json_array_size(errata), language));

        ok &= read_text(reading, &frozen->texts[frozen->count++], json, path, spare);
        free(spare);
        free(path);
    }
    return ok;
}

static bool read_errata(const struct reading *reading)
{
    struct frozen *frozen = reading->frozen;
    json_t *list = json_object_get(frozen->json, "errata"), *json;
    bool ok = true;
    size_t i;

    frozen->errata = mem_alloc(json_array_size(list) * sizeof *frozen->errata);
    json_array_foreach(list, i, json)
    {
        struct erratum *erratum = &frozen->errata[frozen->erratum_count++];
        json_t *before = json_object_get(json, "before");
        const char *language = json_string_value(json_object_get(before, "language"));
        const char *date = json_string_value(json_object_get(json, "date"));
        char *path =
            text_path(reading, language ? language : "", errata_of(list, i + 1, language));

        erratum->why = json_string_value(json_object_get(json, "why"));
        ok &= read_text(reading, &erratum->before, before, path, NULL);
        if (!erratum->why || !date || !date_parse(str_of(date), &erratum->date))
            ok = damaged(&frozen->source, "the record of an erratum is incomplete",
                         reading->findings);
        free(path);
    }
    return ok;
}

static void checksum_of(json_t *record, char digest[HASH_HEX + 1])
{
    json_t *rest = json_copy(record);
    char *text;

    json_object_del(rest, "checksum");
    text = json_dumps(rest, JSON_COMPACT | JSON_SORT_KEYS);
    hash_hex(str_of(text), digest);
    free(text);
    json_decref(rest);
}

void frozen_seal(json_t *record)
{
    char digest[HASH_HEX + 1];

    checksum_of(record, digest);
    json_object_set_new(record, "checksum", json_string(digest));
}

static bool is_sealed(json_t *record, const char *id)
{
    const char *checksum = json_string_value(json_object_get(record, "checksum"));
    const char *revision = json_string_value(json_object_get(record, "revision"));
    char digest[HASH_HEX + 1];

    checksum_of(record, digest);
    return checksum && revision && strcmp(checksum, digest) == 0 && strcmp(revision, id) == 0;
}

bool frozen_read(struct frozen *frozen, const char *folder, const char *id,
                 enum frozen_stage stage, struct findings *findings)
{
    const struct reading reading = {frozen, folder, id, stage, findings};
    char *path = record_path(&reading);
    json_error_t error;
    json_int_t version = 0;
    bool there = file_exists(path);

    *frozen = (struct frozen){.json = NULL};
    if (there && !source_read(&frozen->source, path, findings)) {
        free(path);
        return false;
    }
    free(path);
    if (!there)
        return true;
    frozen->json = json_loads(frozen->source.text.data, JSON_REJECT_DUPLICATES, &error);
    if (!frozen->json)
        return damaged(&frozen->source, error.text, findings);
    json_unpack(frozen->json, "{s:I}", "version", &version);
    if (version != FROZEN_VERSION) {
        finding(findings, FINDING_ERROR, (struct place){&frozen->source, PLACE_FILE},
                "use the release of teade that wrote it, or a newer one",
                "the record has format version %lld, and this program reads version %d",
                (long long)version, FROZEN_VERSION);
        return false;
    }
    if (!is_sealed(frozen->json, id))
        return damaged(&frozen->source, "the record was changed after it was written", findings);
    return read_texts(&reading) && read_errata(&reading);
}

void frozen_release(struct frozen *frozen)
{
    for (size_t i = 0; i < frozen->count; i++)
        buf_release(&frozen->texts[i].words);
    for (size_t i = 0; i < frozen->erratum_count; i++)
        buf_release(&frozen->errata[i].before.words);
    free(frozen->texts);
    free(frozen->errata);
    json_decref(frozen->json);
    source_release(&frozen->source);
    *frozen = (struct frozen){.json = NULL};
}

const struct frozen_text *frozen_find(const struct frozen *frozen, const char *language)
{
    for (size_t i = 0; i < frozen->count; i++)
        if (strcmp(frozen->texts[i].language, language) == 0)
            return &frozen->texts[i];
    return NULL;
}

json_t *frozen_settings(const struct revision *revision)
{
    json_t *reconsent = json_array();

    for (size_t i = 0; revision->reconsent && i < revision->reconsent->count; i++)
        json_array_append_new(reconsent, json_string(revision->reconsent->item[i]->text));
    return json_pack("{s:s, s:s, s:o, s:b, s:s, s:s?, s:s?, s:s}", "effective",
                     revision->effective.iso, "class", class_names[revision->class], "reconsent",
                     reconsent, "basis_assumed", revision->basis_assumed, "language",
                     revision->language, "authoritative", revision->authoritative, "source_date",
                     revision->source_date, "retracted", revision->retracted.iso);
}

/* Once, and before it has taken effect: later it has held, and nothing undoes that. */
static bool may_be_retracted(const struct revision *revision, const json_t *was, struct date day)
{
    const char *before = json_string_value(was);

    return before && !*before && strcmp(day.iso, revision->effective.iso) < 0;
}

bool frozen_agrees(const struct frozen *frozen, const struct revision *revision, struct date day,
                   struct findings *findings)
{
    json_t *settings = frozen_settings(revision), *value;
    const char *key;
    bool ok = true;

    json_object_foreach(settings, key, value)
    {
        const json_t *was = json_object_get(frozen->json, key);
        bool retracts = strcmp(key, "retracted") == 0;
        char *text;

        if (!frozen->json || json_equal(was, value) ||
            (retracts && may_be_retracted(revision, was, day)))
            continue;
        text = json_dumps(was, JSON_ENCODE_ANY | JSON_COMPACT);
        finding(findings, FINDING_ERROR, yaml_place(revision->front_matter, key),
                retracts ? "only an announcement can be retracted, once, before it takes effect; "
                           "write a new version"
                         : "undo the change; to change an announced version, retract it and "
                           "announce another one",
                "version %s is published, with %s: %s", revision->id, key, text ? text : "null");
        free(text);
        ok = false;
    }
    json_decref(settings);
    return ok;
}

/* The id in ID.json, or none. */
static struct str record_id(const char *name)
{
    size_t len = strlen(name);
    bool is_record = len > 5 && strcmp(name + len - 5, ".json") == 0 && !stray_is(name);

    return is_record ? (struct str){name, len - 5} : (struct str){"", 0};
}

static bool has_revision(const struct document *document, struct str id)
{
    for (size_t r = 0; r < document->count + document->drafts; r++)
        if (str_is(id, document->revisions[r].id))
            return true;
    return false;
}

bool frozen_has_sources(const char *folder, const struct document *document,
                        struct findings *findings)
{
    char *published = frozen_folder(folder, FROZEN_NOW);
    struct source source = {.path = published};
    struct names names = {NULL, 0};
    bool ok = true;

    if (file_exists(published))
        directory_list(published, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct str id = record_id(names.name[i]);

        if (!id.len || has_revision(document, id))
            continue;
        finding(findings, FINDING_ERROR, (struct place){&source, PLACE_FILE},
                "restore its Markdown: a published version stays online",
                "version %.*s was published, and its source is missing or cannot be read",
                (int)id.len, id.data);
        ok = false;
    }
    stray_report(published, findings);
    names_release(&names);
    free(published);
    return ok;
}
