#include "erratum.h"

#include <string.h>

/* NULL: the document is written in the language. */
static const struct catalog *catalog_of(const struct edition *edition, size_t document,
                                        const char *language)
{
    for (size_t l = 0; l < edition->site.language_count; l++)
        if (strcmp(edition->site.languages[l], language) == 0)
            return edition->document_catalogs[document][l];
    return NULL;
}

const char *erratum_reason(const struct edition *edition, size_t document, const char *language,
                           const char *why)
{
    const struct catalog *catalog = catalog_of(edition, document, language);
    const struct entry *entry = catalog ? catalog_find(catalog, NULL, why) : NULL;

    if (!catalog)
        return why;
    return entry && !entry->fuzzy && *entry->msgstr ? entry->msgstr : NULL;
}

/* What is looked through: the reasons of a document in a language. */
struct check {
    const struct edition *edition;
    size_t document, language;
    json_t *told; /* the reasons so far: the same slip in several versions has one */
    struct findings *findings;
};

static void check_reason(const struct check *check, const char *why)
{
    const char *language = check->edition->site.languages[check->language];
    const struct catalog *catalog =
        check->edition->document_catalogs[check->document][check->language];
    const struct entry *entry = catalog_find(catalog, NULL, why);

    if (erratum_reason(check->edition, check->document, language, why) ||
        json_object_get(check->told, why))
        return;
    json_object_set_new(check->told, why, json_true());
    finding(
        check->findings, FINDING_WARNING, entry ? entry->place : catalog_place(catalog),
        entry ? "translate it, remove a fuzzy mark, and publish again"
              : "publish, run `teade po`, translate it, and publish again; to show it translated at "
                "once, add it to the catalogue by hand first",
        "the reason of an erratum is not translated into \"%s\" and is shown as written: \"%s\"",
        language, why);
}

/* Whether a text that is frozen is about to be frozen again. */
static bool is_corrected(const struct check *check, size_t revision)
{
    const struct text *text =
        edition_text(check->edition, check->document, revision, check->language);

    return !text->is_frozen &&
           frozen_find(&check->edition->frozen[check->document][revision], text->language);
}

static void check_document(const struct check *check, const char *why)
{
    const char *language = check->edition->site.languages[check->language];

    for (size_t r = 0; r < check->edition->site.documents[check->document].count; r++) {
        const struct frozen *frozen = &check->edition->frozen[check->document][r];

        for (size_t i = 0; i < frozen->erratum_count; i++)
            if (strcmp(frozen->errata[i].before.language, language) == 0)
                check_reason(check, frozen->errata[i].why);
        if (why && is_corrected(check, r))
            check_reason(check, why);
    }
}

void erratum_check(const struct edition *edition, const char *why, struct findings *findings)
{
    for (size_t d = 0; d < edition->site.document_count; d++)
        for (size_t l = 0; l < edition->site.language_count; l++) {
            struct check check = {edition, d, l, json_object(), findings};

            if (edition->document_catalogs[d][l])
                check_document(&check, why);
            json_decref(check.told);
        }
}
