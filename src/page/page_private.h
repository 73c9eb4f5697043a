/* What the emitters of pages share. */
#ifndef TEADE_PAGE_PRIVATE_H
#define TEADE_PAGE_PRIVATE_H

#include "page.h"

/* A page is known by its tail: what stands behind /LANG/ in its path, the same in
 * every language, so that the language switch keeps the page. */
char *page_path(const char *language, const char *tail);

void slot_text(json_t *slots, const char *name, char *text /* taken over */);
void slot_date(json_t *slots, const char *name, const char *language, struct date date);

/* The slots every page has (parts/head.html, top.html, foot.html): a new reference. */
json_t *page_slots(const struct emission *emission, size_t language, const char *tail);

/* Takes back that pages in other languages are alternates, where one is not whole. */
void slot_alternates(json_t *slots, const struct edition *edition, const struct page_texts *texts,
                     size_t language);

/* Renders a public page over the slots, which it takes over, and writes it; a tail that ends in
 * a slash is a folder with an index.html. */
bool page_emit(struct emission *emission, size_t language, const char *template, json_t *slots,
               const char *tail);

/* The same for any path below the site. */
bool page_emit_at(struct emission *emission, size_t language, const char *template, json_t *slots,
                  const char *path);

/* The slot of parts/children.html, where people answer. */
void slot_children(json_t *slots, const struct emission *emission, size_t language);

/* announced, in_force, superseded and retracted, one of them true. */
void slot_state(json_t *slots, enum state state);
/* The day a revision was published, took or takes effect, and was retracted; what it says. */
void slot_revision(json_t *slots, const struct emission *emission, size_t document,
                   const struct text *text);
/* /LANG/DOC/changes/FROM/TO/ */
char *changes_path(const struct text *to, const char *document, const struct revision *from);

/* The emitters of a language's pages, in files of their own. */
bool page_documents(struct emission *emission, size_t language); /* page_document.c */
bool page_histories(struct emission *emission, size_t language); /* page_history.c */
bool page_changes(struct emission *emission, size_t language);   /* page_changes.c */
bool page_feeds(struct emission *emission, size_t language);     /* feed.c */

/* The notices that stand on every page on the edition's day (notice.c): a new reference. */
json_t *notice_list(const struct emission *emission, size_t language);

#endif
