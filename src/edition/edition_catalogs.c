#include "edition_catalogs.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"

static struct catalog *read_catalog(const char *path, const char *language,
                                    struct findings *findings)
{
    struct source source = {.path = (char *)path};
    char *remedy;

    if (file_exists(path))
        return catalog_read(path, language, findings);
    remedy = mem_printf("make it by `teade new %s`, then translate it", language);
    finding_error(findings, EX_NOINPUT, (struct place){&source, PLACE_FILE}, remedy,
                  "there is no such catalogue");
    free(remedy);
    return NULL;
}

/* Of a language in progress. */
static struct catalog *read_unfinished(const char *path, const char *language,
                                       struct findings *findings)
{
    struct findings before = findings_demote(findings);
    struct catalog *catalog = read_catalog(path, language, findings);

    findings_promote(findings, &before);
    return catalog ? catalog : catalog_unread(path, language);
}

/* NULL after findings, and where the language needs none: it is the one translated from. */
static struct catalog *catalog_of(const struct edition *edition, const char *locale,
                                  size_t language, const char *name, const char *written_in,
                                  struct findings *findings)
{
    const char *tag = edition->site.languages[language];
    struct catalog *catalog;
    char *path;

    if (strcmp(tag, written_in) == 0)
        return NULL;
    path = mem_printf("%s/%s/LC_MESSAGES/%s.po", locale, tag, name);
    catalog = language < edition->finished ? read_catalog(path, tag, findings)
                                           : read_unfinished(path, tag, findings);
    free(path);
    return catalog;
}

static void check_catalog(const struct edition *edition, size_t language, struct findings *findings)
{
    bool is_finished = language < edition->finished;
    struct findings before = is_finished ? *findings : findings_demote(findings);

    templates_check_catalog(&edition->templates, edition->site_catalogs[language], findings);
    if (!is_finished)
        findings_promote(findings, &before);
}

bool edition_read_catalogs(struct edition *edition, const char *locale, struct findings *findings)
{
    const struct site *site = &edition->site;
    size_t errors = findings->errors;

    edition->site_catalogs = mem_alloc(site->language_count * sizeof *edition->site_catalogs);
    edition->document_catalogs =
        mem_alloc(site->document_count * sizeof *edition->document_catalogs);
    for (size_t l = 0; l < site->language_count; l++)
        edition->site_catalogs[l] =
            catalog_of(edition, locale, l, "site", template_language, findings);
    for (size_t d = 0; d < site->document_count; d++) {
        const struct document *document = &site->documents[d];

        edition->document_catalogs[d] =
            mem_alloc(site->language_count * sizeof **edition->document_catalogs);
        for (size_t l = 0; l < site->language_count; l++)
            edition->document_catalogs[d][l] = catalog_of(
                edition, locale, l, document->id, document_language(document), findings);
    }
    for (size_t l = 0; l < site->language_count; l++)
        if (edition->site_catalogs[l])
            check_catalog(edition, l, findings);
    return findings->errors == errors;
}
