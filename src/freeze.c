#include "freeze.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"

struct freezing {
    const struct edition *edition;
    const char *content, *why;
    struct findings *findings;
    size_t count;
};

static bool write_file(struct freezing *freezing, const char *path, struct str content)
{
    struct source source = {.path = mem_dups(path)};
    bool ok = file_replace(path, content);

    if (!ok)
        finding_error(freezing->findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE},
                      "check free space and permissions; what is not written yet is written the "
                      "next time",
                      "cannot write: %s", strerror(errno));
    free(source.path);
    return ok;
}

static bool write_text(struct freezing *freezing, const char *folder, const struct text *text,
                       size_t number, struct str words)
{
    char *path = frozen_text_path(folder, text->revision->id, text->language, number);
    bool ok = write_file(freezing, path, words);

    free(path);
    return ok;
}

/* The new number of an erratum of a text. */
static size_t next_number(const struct frozen *frozen, const char *language)
{
    size_t number = 1;

    for (size_t i = 0; i < frozen->erratum_count; i++)
        number += strcmp(frozen->errata[i].before.language, language) == 0;
    return number;
}

/* The record of a text in the list of them, in place of the one there. */
static void put_record(json_t *texts, const struct text *text)
{
    json_t *record;
    size_t i;

    json_array_foreach(texts, i,
                       record) if (strcmp(json_string_value(json_object_get(record, "language")),
                                          text->language) == 0)
    {
        json_array_set(texts, i, text->record);
        return;
    }
    json_array_append(texts, text->record);
}

/* The old words are kept beside the new ones before these take their place. */
static bool freeze_text(struct freezing *freezing, const char *folder, const struct text *text,
                        const struct frozen *frozen, json_t *record)
{
    const struct frozen_text *before = frozen_find(frozen, text->language);

    freezing->count++;
    if (before) {
        if (!write_text(freezing, folder, text, next_number(frozen, text->language),
                        buf_str(&before->words)))
            return false;
        json_array_append_new(json_object_get(record, "errata"),
                              json_pack("{s:s, s:s, s:O}", "date", freezing->edition->day.iso,
                                        "why", freezing->why, "before", before->record));
    }
    put_record(json_object_get(record, "texts"), text);
    return write_text(freezing, folder, text, 0, buf_str(&text->commonmark));
}

static json_t *record_of(const struct frozen *frozen, const struct revision *revision)
{
    json_t *record = json_pack("{s:i, s:s}", "version", FROZEN_VERSION, "revision", revision->id);
    json_t *settings = frozen_settings(revision);

    json_object_update(record, settings);
    json_decref(settings);
    json_object_set_new(record, "texts", json_array());
    json_object_set_new(record, "errata", json_array());
    if (frozen->json) {
        json_object_set_new(record, "texts", json_copy(json_object_get(frozen->json, "texts")));
        json_object_set_new(record, "errata", json_copy(json_object_get(frozen->json, "errata")));
    }
    return record;
}

static bool write_record(struct freezing *freezing, const char *folder,
                         const struct revision *revision, const json_t *record)
{
    char *path = frozen_record_path(folder, revision->id);
    char *json = json_dumps(record, JSON_INDENT(1));
    struct buf text = BUF_INIT;
    bool ok;

    buf_addf(&text, "%s\n", json);
    ok = write_file(freezing, path, buf_str(&text));
    buf_release(&text);
    free(json);
    free(path);
    return ok;
}

/* The record comes last: until it is there, the texts beside it do not count. */
static bool freeze_revision(struct freezing *freezing, size_t d, size_t r)
{
    const struct edition *edition = freezing->edition;
    const struct document *document = &edition->site.documents[d];
    const struct frozen *frozen = &edition->frozen[d][r];
    char *folder = mem_printf("%s/%s", freezing->content, document->id);
    json_t *record = record_of(frozen, &document->revisions[r]);
    size_t before = freezing->count;
    bool ok = true;

    for (size_t l = 0; l < edition->site.language_count && ok; l++) {
        const struct text *text = edition_text(edition, d, r, l);

        if (!text->is_frozen)
            ok = freeze_text(freezing, folder, text, frozen, record);
    }
    if (ok && freezing->count > before)
        ok = write_record(freezing, folder, &document->revisions[r], record);
    json_decref(record);
    free(folder);
    return ok;
}

bool freeze(const struct edition_options *options, size_t *count, struct findings *findings)
{
    struct edition_options freezes = *options;
    struct edition edition;
    struct freezing freezing = {&edition, options->content, options->erratum, findings, 0};
    bool ok;

    freezes.freezes = true;
    freezes.allow_untranslated = false;
    ok = edition_read(&edition, &freezes, findings);
    for (size_t d = 0; ok && d < edition.site.document_count; d++)
        for (size_t r = 0; ok && r < edition.site.documents[d].count; r++)
            ok = freeze_revision(&freezing, d, r);
    edition_release(&edition);
    *count = freezing.count;
    return ok;
}
