#include "edition.h"

#include <stdlib.h>

const char template_language[] = "en";

void edition_release(struct edition *edition)
{
    const struct site *site = &edition->site;

    for (size_t d = 0; d < site->document_count; d++) {
        for (size_t l = 0; l < site->language_count; l++)
            if (edition->document_catalogs && edition->document_catalogs[d])
                catalog_free(edition->document_catalogs[d][l]);
        for (size_t i = 0; i < site->documents[d].count * site->language_count; i++)
            if (edition->texts && edition->texts[d])
                text_release(&edition->texts[d][i]);
        for (size_t r = 0; r < site->documents[d].count; r++)
            if (edition->frozen && edition->frozen[d])
                frozen_release(&edition->frozen[d][r]);
        if (edition->frozen)
            free(edition->frozen[d]);
        if (edition->document_catalogs)
            free(edition->document_catalogs[d]);
        if (edition->texts)
            free(edition->texts[d]);
    }
    for (size_t l = 0; l < site->language_count; l++)
        if (edition->site_catalogs)
            catalog_free(edition->site_catalogs[l]);
    free(edition->texts);
    free(edition->frozen);
    free(edition->document_catalogs);
    free(edition->site_catalogs);
    templates_release(&edition->templates);
    site_release(&edition->site);
    *edition = (struct edition){0};
}

const struct text *edition_text(const struct edition *edition, size_t document, size_t revision,
                                size_t language)
{
    return &edition->texts[document][revision * edition->site.language_count + language];
}

const struct text *edition_text_of(const struct edition *edition, size_t document,
                                   const struct revision *revision, size_t language)
{
    return edition_text(edition, document,
                        (size_t)(revision - edition->site.documents[document].revisions), language);
}

const struct text *edition_text_current(const struct edition *edition, size_t document,
                                        size_t language)
{
    const struct document *d = &edition->site.documents[document];

    return edition_text_of(edition, document, document_current(d, edition->day), language);
}
