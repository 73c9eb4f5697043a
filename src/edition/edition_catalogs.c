#include "edition_catalogs.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog/interface.h"

static struct catalog *read_catalog(const char *path, const char *language,
                                    struct findings *findings)
{
    struct source source = {.path = (char *)path};
    char *remedy;

    if (file_exists(path))
        return catalog_read(path, language, findings);
    remedy = mem_printf("create it with `teade new %s`, then translate it", language);
    finding_error(findings, EX_NOINPUT, (struct place){&source, PLACE_FILE}, remedy,
                  "the catalogue is missing");
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

/* Takes the path.  NULL after findings. */
static struct catalog *catalog_at(const struct edition *edition, size_t language, char *path,
                                  struct findings *findings)
{
    const char *tag = edition->site.languages[language];
    struct catalog *catalog = language < edition->finished ? read_catalog(path, tag, findings)
                                                           : read_unfinished(path, tag, findings);

    free(path);
    return catalog;
}

/* NULL after findings, and where the language needs none: it is the one translated from. */
static struct catalog *site_catalog(const struct edition *edition, const char *locale,
                                    size_t language, struct findings *findings)
{
    const char *tag = edition->site.languages[language];
    const char *templates = edition->templates.directory;

    return strcmp(tag, template_language) == 0
               ? NULL
               : catalog_at(edition, language, interface_catalog(locale, templates, tag), findings);
}

/* The same of a document. */
static struct catalog *document_catalog(const struct edition *edition, const char *locale,
                                        size_t language, const struct document *document,
                                        struct findings *findings)
{
    const char *tag = edition->site.languages[language];

    return strcmp(tag, document_language(document)) == 0
               ? NULL
               : catalog_at(edition, language,
                            mem_printf("%s/%s/LC_MESSAGES/%s.po", locale, tag, document->id),
                            findings);
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
        edition->site_catalogs[l] = site_catalog(edition, locale, l, findings);
    for (size_t d = 0; d < site->document_count; d++) {
        const struct document *document = &site->documents[d];

        edition->document_catalogs[d] =
            mem_alloc(site->language_count * sizeof **edition->document_catalogs);
        for (size_t l = 0; l < site->language_count; l++)
            edition->document_catalogs[d][l] =
                document_catalog(edition, locale, l, document, findings);
    }
    for (size_t l = 0; l < site->language_count; l++)
        if (edition->site_catalogs[l])
            check_catalog(edition, l, findings);
    return findings->errors == errors;
}
