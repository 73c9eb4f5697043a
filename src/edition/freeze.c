#include "freeze.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"

struct freezing {
    const struct edition *edition;
    const char *content, *why;
    struct findings *findings;
    size_t count, corrections;
};

static bool cannot_write(const char *path, const char *remedy, struct findings *findings)
{
    struct source source = {.path = (char *)path};

    finding_error(findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE}, remedy,
                  "cannot write: %s", strerror(errno));
    return false;
}

static bool write_file(struct freezing *freezing, const char *path, struct str content)
{
    return file_replace(path, content) ||
           cannot_write(path, "check free space and permissions", freezing->findings);
}

static bool write_text(struct freezing *freezing, const char *folder, const struct text *text,
                       size_t number, struct str words)
{
    char *path = frozen_text_path(folder, FROZEN_NEXT, text->revision->id, text->language, number);
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
        freezing->corrections++;
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
                         const struct revision *revision, json_t *record)
{
    char *path = frozen_record_path(folder, FROZEN_NEXT, revision->id), *json;
    struct buf text = BUF_INIT;
    bool ok;

    frozen_seal(record);
    json = json_dumps(record, JSON_INDENT(1));
    buf_addf(&text, "%s\n", json);
    ok = write_file(freezing, path, buf_str(&text));
    buf_release(&text);
    free(json);
    free(path);
    return ok;
}

static bool is_retracted_now(const struct frozen *frozen, const json_t *record)
{
    return !json_equal(json_object_get(frozen->json, "retracted"),
                       json_object_get(record, "retracted"));
}

/* A file that a correction had begun to replace gets its words back: they are still the ones. */
static bool mend_text(struct freezing *freezing, const char *folder, const struct text *text,
                      const struct frozen *frozen)
{
    const struct frozen_text *words = frozen_find(frozen, text->language);

    return !words || !words->is_spare ||
           write_text(freezing, folder, text, 0, buf_str(&words->words));
}

/* What nobody could read on its day was announced later than it says. */
static bool is_in_time(const struct freezing *freezing, const struct document *document,
                       const struct revision *revision)
{
    const struct edition *edition = freezing->edition;
    long late = date_number(edition->day) - date_number(revision->published);
    long left = date_number(revision->effective) - date_number(edition->day);
    bool too_late = revision->class == CLASS_RECONSENT && left < edition->site.notice_period;

    if (late <= 0 || !document_before(document, revision))
        return true;
    finding(freezing->findings, too_late ? FINDING_ERROR : FINDING_WARNING,
            yaml_place(revision->front_matter, "published"),
            "name the file by the day that it goes online, and choose an effective date that "
            "leaves enough time",
            "version %s goes online %s after its published date, %ld before it takes effect",
            revision->id, number_of(late, "day", "days").text, left);
    return !too_late;
}

/* Of a document of which nothing is frozen yet, the past was online without us. */
static bool has_records(const struct edition *edition, size_t d)
{
    for (size_t r = 0; r < edition->site.documents[d].count; r++)
        if (edition->frozen[d][r].json)
            return true;
    return false;
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
    bool ok = frozen->json || !has_records(edition, d) ||
              is_in_time(freezing, document, &document->revisions[r]);

    for (size_t l = 0; l < edition->site.language_count && ok; l++) {
        const struct text *text = edition_text(edition, d, r, l);

        ok = text->is_frozen ? mend_text(freezing, folder, text, frozen)
                             : freeze_text(freezing, folder, text, frozen, record);
    }
    if (ok && (freezing->count > before || is_retracted_now(frozen, record)))
        ok = write_record(freezing, folder, &document->revisions[r], record);
    json_decref(record);
    free(folder);
    return ok;
}

int freeze_lock(const char *content)
{
    int lock = open(content, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (lock >= 0)
        flock(lock, LOCK_EX);
    return lock;
}

/* What was to be corrected would stay as it is, and nobody would know. */
static bool corrects_nothing(const struct freezing *freezing)
{
    const struct source source = {.path = (char *)freezing->content};

    if (!freezing->why || freezing->corrections)
        return false;
    finding(freezing->findings, FINDING_ERROR, (struct place){&source, PLACE_FILE},
            "change the source or the translation first; to continue a publish that was "
            "interrupted, leave out --erratum",
            "--erratum has nothing to correct: no published text was changed");
    return true;
}

bool freeze_prepare(struct edition_options *options, const char *site,
                    const struct served_site_options *changes, size_t *count,
                    struct findings *findings)
{
    struct edition_options freezes = *options;
    struct edition edition;
    struct freezing freezing = {&edition, options->content, options->erratum, findings, 0, 0};
    bool ok;

    freezes.freezes = true;
    freezes.allow_untranslated = false;
    freeze_abandon(options->content);
    ok = edition_read(&edition, &freezes, findings) &&
         served_site_agrees(&edition, site, changes, findings);
    options->day = edition.day;
    for (size_t d = 0; ok && d < edition.site.document_count; d++)
        for (size_t r = 0; ok && r < edition.site.documents[d].count; r++)
            ok = freeze_revision(&freezing, d, r);
    ok = ok && !corrects_nothing(&freezing);
    edition_release(&edition);
    *count = freezing.count;
    return ok;
}

/* The files of published/next/, in the order in which they may take their places: the old words of
 * an erratum before the new ones (byte order), and records behind all texts. */
static bool commit_files(const char *next, const char *now, bool records, struct findings *findings)
{
    struct names names;
    bool ok = true;

    directory_list(next, &names);
    for (size_t i = 0; i < names.count && ok; i++) {
        const char *ending = strrchr(names.name[i], '.');
        char *from = mem_printf("%s/%s", next, names.name[i]);
        char *to = mem_printf("%s/%s", now, names.name[i]);

        if (records == (ending && strcmp(ending, ".json") == 0))
            ok = file_rename(from, to) || cannot_write(to, "check permissions", findings);
        free(from);
        free(to);
    }
    names_release(&names);
    return ok;
}

static bool commit_folder(const char *folder, struct findings *findings)
{
    char *now = frozen_folder(folder, FROZEN_NOW), *next = frozen_folder(folder, FROZEN_NEXT);
    bool ok = commit_files(next, now, false, findings) && commit_files(next, now, true, findings);

    rmdir(next);
    free(next);
    free(now);
    return ok;
}

bool freeze_commit(const char *content, struct findings *findings)
{
    struct names names;
    bool ok = true;

    directory_list(content, &names);
    for (size_t i = 0; i < names.count && ok; i++) {
        char *folder = mem_printf("%s/%s", content, names.name[i]);

        ok = commit_folder(folder, findings);
        free(folder);
    }
    names_release(&names);
    return ok;
}

static void abandon_folder(const char *folder)
{
    char *now = frozen_folder(folder, FROZEN_NOW), *next = frozen_folder(folder, FROZEN_NEXT);

    directory_remove(next);
    if (directory_is_empty(now))
        rmdir(now);
    free(next);
    free(now);
}

void freeze_abandon(const char *content)
{
    struct names names;

    directory_list(content, &names);
    for (size_t i = 0; i < names.count; i++) {
        char *folder = mem_printf("%s/%s", content, names.name[i]);

        abandon_folder(folder);
        free(folder);
    }
    names_release(&names);
}
