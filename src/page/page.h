/* What the emitters of pages share. */
#ifndef TEADE_PAGE_H
#define TEADE_PAGE_H

#include "emission.h"
#include "slots.h"

/* The texts whose words a page shows: of a document's revisions from the first to the last. */
struct page_texts {
    size_t document;
    const struct revision *first, *last; /* or NULL: only words of the site's own */
};

/* Whether a page is translated to the end.  One that is not is no alternate of the others in other
 * languages, nor are they of it; sitemap and pages agree. */
bool page_is_whole(const struct edition *edition, const struct page_texts *texts, size_t language);

/* The slots every page has (parts/head.html, top.html, foot.html): a new reference, to a copy of
 * what all pages of the language share. */
json_t *page_slots(const struct emission *emission, size_t language, const char *tail);

/* Removes the alternates in other languages where one of the pages is not translated completely. */
void slot_alternates(json_t *slots, const struct edition *edition, const struct page_texts *texts,
                     size_t language);

/* Renders a public page over the slots, which it takes over, and writes it; a tail that ends in
 * a slash is a folder with an index.html. */
bool page_emit(struct emission *emission, size_t language, const char *template, json_t *slots,
               const char *tail);

/* The same for any path below the site. */
bool page_emit_at(struct emission *emission, size_t language, const char *template, json_t *slots,
                  const char *path);

/* The emitters of a document's pages in a language, in files of their own. */
bool page_texts(struct emission *emission, size_t document, size_t language); /* page_document.c */
bool page_history(struct emission *emission, size_t document, size_t language); /* page_history.c */
bool page_changes(struct emission *emission, size_t document, size_t language); /* page_changes.c */
/* The machine-readable description of each of its versions (discovery.c). */
bool page_abouts(struct emission *emission, size_t document, size_t language);

/* What programs follow in a language. */
bool page_feeds(struct emission *emission, size_t language); /* feed.c */

#endif
