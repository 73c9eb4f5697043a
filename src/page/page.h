/* Pages: one emitter per kind, one template each; all in every language. */
#ifndef TEADE_PAGE_H
#define TEADE_PAGE_H

#include "edition/edition.h"
#include "publish/publish.h"

/* Where an edition goes, and what its pages share. */
struct emission {
    const struct edition *edition;
    struct publish *publish; /* NULL: everything is rendered, nothing written (`teade check`) */
    struct findings *findings;
    json_t *assets; /* "style" and "icon": their paths, once emission_assets() has run */
};

/* Adds a file at a path below the site, with its packed copies where it is public. */
bool emission_file(struct emission *emission, const char *path, struct str content);

/* Writes the assets, named by their hashes; pages need it first. */
bool emission_assets(struct emission *emission, const char *templates_directory);

/* Writes all pages of a language: start, documents, revisions, errors, and the
 * endpoint's, which go to private/pages/LANG/. */
bool page_emit_all(struct emission *emission, size_t language);

/* Writes /index.html, the choice of a language for when the endpoint is down. */
bool page_emit_index(struct emission *emission);

/* The texts whose words a page shows: of a document's revisions from the first to the last. */
struct page_texts {
    size_t document;
    const struct revision *first, *last; /* or NULL: only words of the site's own */
};

/* Whether a page is translated to the end.  One that is not is no alternate of the others in other
 * languages, and they are none of it; sitemap and pages agree. */
bool page_is_whole(const struct edition *edition, const struct page_texts *texts, size_t language);

#endif
