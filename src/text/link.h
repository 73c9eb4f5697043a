/* Links inside the site.  An editor writes them from file to file, as other tools follow them:
 *
 *   #anchor                  a heading of the same text
 *   ../DOCUMENT/             a document's text in force
 *   ../DOCUMENT/VERSION.md  one revision of it, or REVISION.md of the same document
 *   ../choices/              the visitor's own page
 *
 * each with #anchor behind it where it is a text.  Pages get the address in their language. */
#ifndef TEADE_LINK_H
#define TEADE_LINK_H

#include <jansson.h>

#include "catalog/message.h"
#include "content/site.h"

/* The address that a link has on pages of a language (the caller frees), or NULL: it is external or
 * is kept. */
char *link_address(const struct site *site, const char *document, const char *language,
                   const char *url);

/* What is known of a site's links and the headings that they lead to.  Zeroed storage. */
struct link_book {
    const struct site *site;
    struct link_heading *headings;
    size_t heading_count;
    struct link_use *uses;
    size_t use_count;
};

/* Notes an article's headings and links; its revision outlives the book.  `ids` are those that its
 * headings were published with (frozen.h), or NULL. */
void link_book_add(struct link_book *book, const struct document *document,
                   const struct article *article, const json_t *ids);
/* Adds what another book of the site notes, which is then empty. */
void link_book_join(struct link_book *book, struct link_book *other);
/* Findings for links that lead nowhere, and for headings of a document's last revision but one
 * that the last one lacks: what links to them from outside breaks.  false after errors. */
bool link_book_check(const struct link_book *book, struct findings *findings);
void link_book_release(struct link_book *book);

#endif
