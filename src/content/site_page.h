/* The pages of a site other than those of its documents.  A row makes such a page in every
 * language: /LANG/NAME/ from templates/TEMPLATE, with the slots that every page has, the
 * controllers and the address of the log.  Its path is the slot NAME_path on every page, and no
 * document can have its name. */
#ifndef TEADE_SITE_PAGE_H
#define TEADE_SITE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

struct site_page {
    const char *name;     /* "": the start page */
    const char *template; /* NULL: the endpoint's, or written in another way */
    bool in_sitemap;
};

extern const struct site_page site_pages[];
extern const size_t site_page_count;

/* The part of its path after /LANG/; the caller frees it. */
char *site_page_tail(const struct site_page *page);

/* Whether a document cannot have an id, for the site has something of that name. */
bool site_page_takes(const char *id);

#endif
