#include "status.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "language.h"

/* A text in a language, counted by messages. */
struct tally {
    size_t translated, fuzzy, empty;
    size_t unknown; /* the catalogue does not have them */
};

struct row {
    const char *document, *revision, *state, *language;
    const char *catalog; /* its path; NULL: the text is written in this language */
    bool has_catalog;
    struct tally tally;
};

struct report {
    FILE *out;
    bool json, color;
    const struct edition_options *options;
    struct findings *findings;
};

enum { DRAFT = STATE_SUPERSEDED + 1 };

static const struct {
    const char *name, *color;
} states[] = {
    [STATE_ANNOUNCED] = {"announced", "\033[33m"},
    [STATE_IN_FORCE] = {"in force", "\033[32m"},
    [STATE_SUPERSEDED] = {"superseded", ""},
    [DRAFT] = {"draft", "\033[36m"},
};

/* Printing */

static size_t total(const struct tally *tally)
{
    return tally->translated + tally->fuzzy + tally->empty + tally->unknown;
}

static char *next_step(const struct row *row)
{
    const struct tally *tally = &row->tally;
    struct buf step = BUF_INIT;

    if (!row->catalog)
        return mem_dups("");
    if (!row->has_catalog)
        return mem_printf("make %s: teade new %s", row->catalog, row->language);
    if (tally->unknown)
        buf_addf(&step, "make po; ");
    if (tally->empty + tally->unknown)
        buf_addf(&step, "translate %zu", tally->empty + tally->unknown);
    if (tally->fuzzy)
        buf_addf(&step, "%sconfirm %zu", tally->empty + tally->unknown ? ", " : "", tally->fuzzy);
    if (step.len)
        buf_addf(&step, " in %s", row->catalog);
    return buf_detach(&step);
}

static const char *colored(const struct report *report, const char *color)
{
    return report->color ? color : "";
}

static const char *state_color(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].name, state) == 0)
            return states[i].color;
    return "";
}

static void print_human(const struct report *report, const struct row *row, const char *next)
{
    bool whole = row->tally.translated == total(&row->tally);
    char *done = row->catalog ? mem_printf("%zu of %zu", row->tally.translated, total(&row->tally))
                              : mem_dups("its own");

    fprintf(report->out, "%-20s %-12s %s%-10s%s  %-7s %s%*s%s%s%s\n", row->document,
            row->revision, colored(report, state_color(row->state)), row->state,
            colored(report, "\033[0m"), row->language, colored(report, whole ? "" : "\033[31m"),
            *next ? -11 : 0, done, colored(report, "\033[0m"), *next ? " " : "", next);
    free(done);
}

static void print_json(const struct report *report, const struct row *row, const char *next)
{
    const struct tally *tally = &row->tally;
    json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:s?, s:I, s:I, s:I, s:s}", "document",
                               row->document, "revision", row->revision, "state", row->state,
                               "language", row->language, "catalogue", row->catalog, "translated",
                               (json_int_t)tally->translated, "fuzzy", (json_int_t)tally->fuzzy,
                               "missing", (json_int_t)(tally->empty + tally->unknown), "next", next);
    char *line = json_dumps(object, JSON_COMPACT);

    fprintf(report->out, "%s\n", line);
    free(line);
    json_decref(object);
}

static void print_row(const struct report *report, const struct row *row)
{
    char *next = next_step(row);

    if (report->json)
        print_json(report, row, next);
    else
        print_human(report, row, next);
    free(next);
}

/* Counting */

static void count(struct tally *tally, const struct catalog *catalog, const char *context,
                  const char *msgid)
{
    const struct entry *entry = catalog ? catalog_find(catalog, context, msgid) : NULL;

    if (!entry)
        tally->unknown++;
    else if (entry->fuzzy)
        tally->fuzzy++;
    else if (!*entry->msgstr)
        tally->empty++;
    else
        tally->translated++;
}

static char *catalog_path(const struct report *report, const char *language, const char *name)
{
    return mem_printf("%s/%s/LC_MESSAGES/%s.po", report->options->locale, language, name);
}

/* NULL where there is none, or none that can be read: that is a finding. */
static struct catalog *read_catalog(const struct report *report, const char *path,
                                    const char *language)
{
    return access(path, F_OK) == 0 ? catalog_read(path, language, report->findings) : NULL;
}

static void report_text(const struct report *report, const struct document *document,
                        const struct revision *revision, const char *state,
                        const struct article *article, const char *language)
{
    bool own = strcmp(language, revision->language) == 0;
    char *path = own ? NULL : catalog_path(report, language, document->id);
    struct catalog *catalog = own ? NULL : read_catalog(report, path, language);
    struct row row = {document->id, revision->id,    state, language,
                      path,         catalog != NULL, {0}};

    for (size_t i = 0; i < article->message_count && !own; i++)
        if (!article->messages[i].skipped)
            count(&row.tally, catalog, article->messages[i].context, article->messages[i].msgid);
    print_row(report, &row);
    catalog_free(catalog);
    free(path);
}

static void report_document(const struct report *report, const struct site *site,
                            const struct document *document, struct date day)
{
    for (size_t r = document->count + document->drafts; r-- > 0;) {
        const struct revision *revision = &document->revisions[r];
        const char *state =
            states[r < document->count ? (int)document_state(document, revision, day) : DRAFT].name;
        struct article article;

        article_cut(&article, revision, report->findings);
        for (size_t l = 0; l < site->language_count; l++)
            report_text(report, document, revision, state, &article, site->languages[l]);
        article_release(&article);
    }
}

/* The templates' messages, each once. */
struct site_count {
    struct tally *tally;
    const struct catalog *catalog;
    json_t *seen;
};

static void count_message(void *context, const char *msgid, const char *note, struct place place)
{
    struct site_count *site = context;

    (void)note, (void)place;
    if (json_object_get(site->seen, msgid))
        return;
    json_object_set_new(site->seen, msgid, json_true());
    count(site->tally, site->catalog, NULL, msgid);
}

static void report_templates(const struct report *report, const struct templates *templates,
                             const char *language)
{
    bool own = strcmp(language, template_language) == 0;
    char *path = own ? NULL : catalog_path(report, language, "site");
    struct catalog *catalog = own ? NULL : read_catalog(report, path, language);
    struct row row = {"site", "", "", language, path, catalog != NULL, {0}};
    struct site_count site = {&row.tally, catalog, json_object()};

    if (!own)
        templates_messages(templates, count_message, &site);
    print_row(report, &row);
    json_decref(site.seen);
    catalog_free(catalog);
    free(path);
}

bool status(const struct edition_options *options, bool json, FILE *out, struct findings *findings)
{
    struct report report = {out, json, findings->color && isatty(fileno(out)), options, findings};
    struct templates templates;
    struct site site;
    bool ok = site_read(&site, options->content, findings);
    struct date day = *options->day.iso || !site.time_zone ? options->day
                                                           : zone_today(site.time_zone);

    ok &= templates_read(&templates, options->templates, findings);
    if (!json)
        fprintf(out, "%-20s %-12s %-10s  %-7s %-11s next, as of %s\n", "document", "version",
                "state", "in", "translated", day.iso);
    for (size_t d = 0; d < site.document_count; d++) {
        document_set_day(&site.documents[d], day);
        report_document(&report, &site, &site.documents[d], day);
    }
    for (size_t l = 0; l < site.language_count; l++)
        report_templates(&report, &templates, site.languages[l]);
    templates_release(&templates);
    site_release(&site);
    return ok;
}
