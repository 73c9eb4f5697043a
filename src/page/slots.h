/* Slots of templates that pages, notices and feeds have in common. */
#ifndef TEADE_SLOTS_H
#define TEADE_SLOTS_H

#include "emission.h"

/* A page is known by its tail: what stands behind /LANG/ in its path, the same in
 * every language, so that the language switch keeps the page. */
char *page_path(const char *language, const char *tail);

void slot_text(json_t *slots, const char *name, char *text /* taken over */);
void slot_date(json_t *slots, const char *name, const char *language, struct date date);

/* announced, in_force, superseded and retracted, one of them true. */
void slot_state(json_t *slots, enum state state);
/* The state of a document's revision, and the days of its life. */
void slot_life(json_t *slots, const struct edition *edition, const struct document *document,
               const struct text *text);
/* The day a revision was published, took or takes effect, and was retracted; what it says. */
void slot_revision(json_t *slots, const struct emission *emission, size_t document,
                   const struct text *text);
/* /LANG/DOC/changes/FROM/TO/ */
char *changes_path(const struct text *to, const char *document, const struct revision *from);

#endif
