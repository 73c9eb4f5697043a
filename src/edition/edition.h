/* An edition: everything one build of the site is made from (edition_read.h). */
#ifndef TEADE_EDITION_H
#define TEADE_EDITION_H

#include "catalog/templates.h"
#include "content/site.h"
#include "text/text.h"

/* Templates are written in English: their messages need no catalogue in it. */
extern const char template_language[];

struct edition {
    struct site site;
    struct templates templates;
    const char *base_url;
    struct date day;
    size_t finished; /* how many of the site's languages are not in progress: the first ones */
    struct catalog **site_catalogs;      /* per language; NULL for English */
    struct catalog ***document_catalogs; /* per document and language; NULL for its own language */
    struct frozen **frozen; /* per document and revision: what is frozen of it */
    struct text **texts; /* per document: revisions × languages, languages closest together */
};

/* Harmless for one that was read in part. */
void edition_release(struct edition *edition);

const struct text *edition_text(const struct edition *edition, size_t document, size_t revision,
                                size_t language);
/* The same by one of the document's revisions. */
const struct text *edition_text_of(const struct edition *edition, size_t document,
                                   const struct revision *revision, size_t language);
/* The text at the document's own address on the edition's day (document_current). */
const struct text *edition_text_current(const struct edition *edition, size_t document,
                                        size_t language);

#endif
