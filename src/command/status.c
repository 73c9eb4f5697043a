#include "status.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "catalog/interface.h"
#include "language/zone.h"
#include "status_print.h"

struct report {
    const struct edition_options *options;
    const struct site *site;
    size_t finished; /* how many of its languages are not in progress: the first ones */
    struct findings *findings;
    struct status_row *rows;
    size_t count;
};

/* Counting */

/* A document's catalogue in a language, read once for all its revisions. */
struct catalog_file {
    char *path; /* or NULL: the text is written in this language */
    struct catalog *catalog;
    enum status_problem problem;
};

/* `is_read`: visitors read it; else what is wrong is a warning. */
static struct catalog *read_catalog(const char *path, const char *language, bool is_read,
                                    struct findings *findings)
{
    struct findings before = is_read ? *findings : findings_demote(findings);
    struct catalog *catalog = catalog_read(path, language, findings);

    if (!is_read)
        findings_promote(findings, &before);
    return catalog;
}

/* Takes the path; `is_published`: visitors read some of what it translates. */
static struct catalog_file catalog_file_open(const struct report *report, size_t language,
                                             char *path, bool is_published)
{
    const char *tag = report->site->languages[language];
    bool is_read = is_published && language < report->finished;
    struct catalog_file file = {path, NULL, NO_PROBLEM};

    if (!path)
        return file;
    if (access(file.path, F_OK) != 0)
        file.problem = NO_CATALOG;
    else if (!(file.catalog = read_catalog(file.path, tag, is_read, report->findings)))
        file.problem = BAD_CATALOG;
    return file;
}

static struct catalog_file document_catalog_open(const struct report *report, size_t language,
                                                 const struct document *document,
                                                 const char *written_in)
{
    const char *tag = report->site->languages[language];
    char *path =
        strcmp(tag, written_in) == 0
            ? NULL
            : mem_printf("%s/%s/LC_MESSAGES/%s.po", report->options->locale, tag, document->id);

    return catalog_file_open(report, language, path, document->count > 0);
}

static struct catalog_file interface_open(const struct report *report, size_t language)
{
    const struct edition_options *options = report->options;
    const char *tag = report->site->languages[language];
    char *path = strcmp(tag, template_language) == 0
                     ? NULL
                     : interface_catalog(options->locale, options->templates, tag);

    return catalog_file_open(report, language, path, true);
}

static void catalog_file_close(struct catalog_file *file)
{
    catalog_free(file->catalog);
    free(file->path);
}

static void count(struct status_tally *tally, const struct catalog_file *file, const char *context,
                  const char *msgid)
{
    const struct entry *entry = file->catalog ? catalog_find(file->catalog, context, msgid) : NULL;

    if (!entry)
        tally->unknown++;
    else if (entry->fuzzy)
        tally->fuzzy++;
    else if (!*entry->msgstr)
        tally->empty++;
    else
        tally->translated++;
}

/* Lives until the next one is added. */
static struct status_row *add_row(struct report *report, const struct catalog_file *file)
{
    struct status_row *row;

    report->rows = mem_grow(report->rows, report->count, sizeof *report->rows);
    row = &report->rows[report->count++];
    *row = (struct status_row){.revision = "", .state = STATE_NONE, .problem = file->problem};
    row->catalog = file->path ? mem_dups(file->path) : NULL;
    return row;
}

/* What is wrong with a draft is a warning; what is over is no longer warned of. */
static bool cut(struct article *article, const struct revision *revision, int state,
                struct findings *findings)
{
    struct findings before = *findings;
    bool sound;

    findings->muted |= state == STATE_SUPERSEDED || state == STATE_RETRACTED;
    if (state == STATE_DRAFT)
        findings_demote(findings);
    sound = article_cut(article, revision, findings);
    if (state == STATE_DRAFT)
        findings_promote(findings, &before);
    findings->muted = before.muted;
    return sound;
}

static bool is_told_before(const struct frozen *frozen, size_t index)
{
    const struct erratum *erratum = &frozen->errata[index];

    for (size_t i = 0; i < index; i++)
        if (strcmp(frozen->errata[i].why, erratum->why) == 0 &&
            strcmp(frozen->errata[i].before.language, erratum->before.language) == 0)
            return true;
    return false;
}

/* Why its published words were corrected: these reasons are messages as well (extract.c). */
static void count_errata(struct status_row *row, const struct frozen *frozen,
                         const struct catalog_file *file)
{
    for (size_t i = 0; row->catalog && i < frozen->erratum_count; i++)
        if (strcmp(frozen->errata[i].before.language, row->language) == 0 &&
            !is_told_before(frozen, i))
            count(&row->tally, file, NULL, frozen->errata[i].why);
}

static void take_revision(struct report *report, const struct document *document,
                          const struct revision *revision, int state,
                          const struct catalog_file *files)
{
    struct article article;
    struct frozen frozen;
    bool sound = cut(&article, revision, state, report->findings);

    frozen_read(&frozen, document->folder, revision->id, FROZEN_NOW, report->findings);
    for (size_t l = 0; l < report->site->language_count; l++) {
        struct status_row *row = add_row(report, &files[l]);

        row->document = document->id;
        row->revision = revision->id;
        row->state = state;
        row->language = report->site->languages[l];
        row->source = revision->source.path;
        if (!sound)
            row->problem = BAD_TEXT;
        for (size_t i = 0; sound && row->catalog && i < article.message_count; i++)
            if (!article.messages[i].skipped)
                count(&row->tally, &files[l], article.messages[i].context,
                      article.messages[i].msgid);
        if (sound)
            count_errata(row, &frozen, &files[l]);
    }
    frozen_release(&frozen);
    article_release(&article);
}

/* A document without a readable version: only that is reported. */
static void take_unread(struct report *report, const struct document *document)
{
    const struct catalog_file none = {NULL, NULL, BAD_TEXT};
    struct status_row *row = add_row(report, &none);

    row->document = document->id;
    row->state = STATE_DRAFT;
    row->language = "";
    row->source = document->folder;
}

static void take_document(struct report *report, const struct document *document, struct date day)
{
    const struct site *site = report->site;
    const char *language = document_language(document);
    struct catalog_file *files;

    if (!language) {
        take_unread(report, document);
        return;
    }
    files = mem_alloc(site->language_count * sizeof *files);
    for (size_t l = 0; l < site->language_count; l++)
        files[l] = document_catalog_open(report, l, document, language);
    for (size_t r = document->count + document->drafts; r-- > 0;) {
        const struct revision *revision = &document->revisions[r];
        int state =
            r < document->count ? (int)document_state(document, revision, day) : STATE_DRAFT;

        take_revision(report, document, revision, state, files);
    }
    for (size_t l = 0; l < site->language_count; l++)
        catalog_file_close(&files[l]);
    free(files);
}

/* The templates' messages, each once. */
struct site_count {
    struct status_tally *tally;
    const struct catalog_file *file;
    json_t *seen;
};

static void count_message(void *context, const char *msgid, const char *note, struct place place)
{
    struct site_count *site = context;

    (void)note, (void)place;
    if (json_object_get(site->seen, msgid))
        return;
    json_object_set_new(site->seen, msgid, json_true());
    count(site->tally, site->file, NULL, msgid);
}

static void take_templates(struct report *report, const struct templates *templates)
{
    for (size_t l = 0; l < report->site->language_count; l++) {
        struct catalog_file file = interface_open(report, l);
        struct status_row *row = add_row(report, &file);
        struct site_count site = {&row->tally, &file, json_object()};

        row->document = "site";
        row->language = report->site->languages[l];
        if (file.path)
            templates_messages(templates, count_message, &site);
        json_decref(site.seen);
        catalog_file_close(&file);
    }
}

static bool is_done(const struct status_row *row)
{
    const struct status_tally *tally = &row->tally;

    return row->problem == NO_PROBLEM && !tally->fuzzy && !tally->empty && !tally->unknown;
}

/* Of a language in progress that is translated to the end, the row of the templates, which is its
 * last, says what is next. */
static void mark_ready(struct report *report, const char *language)
{
    struct status_row *last = NULL;

    for (size_t i = 0; i < report->count; i++) {
        struct status_row *row = &report->rows[i];

        if (strcmp(row->language, language) != 0)
            continue;
        if (!is_done(row))
            return;
        last = row;
    }
    if (last)
        last->is_ready = true;
}

bool status(const struct edition_options *options, bool json, FILE *out, struct findings *findings)
{
    struct templates templates;
    struct site site;
    struct report report = {.options = options, .site = &site, .findings = findings};
    struct date day = options->day;
    bool ok = site_read(&site, options->content, options->day, findings);

    ok &= templates_read(&templates, options->templates, findings);
    if (ok) {
        report.finished = site.language_count;
        site.language_count += site.in_progress; /* they are to be seen here above all */
        day = *day.iso ? day : zone_today(site.time_zone);
        for (size_t d = 0; d < site.document_count; d++) {
            document_set_day(&site.documents[d], day);
            take_document(&report, &site.documents[d], day);
        }
        take_templates(&report, &templates);
        for (size_t l = report.finished; l < site.language_count; l++)
            mark_ready(&report, site.languages[l]);
        if (json)
            status_print_json(report.rows, report.count, out);
        else
            status_print_table(report.rows, report.count, day, out);
    }
    for (size_t i = 0; i < report.count; i++)
        free(report.rows[i].catalog);
    free(report.rows);
    templates_release(&templates);
    site_release(&site);
    return ok;
}
