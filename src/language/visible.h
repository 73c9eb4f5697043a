/* What of a text its readers can tell apart.  Equal are: the composed and the decomposed form of a
 * letter (NFC), all kinds of space, hyphens that break a line and those that do not, and what is
 * written with characters that are never shown (Default_Ignorable_Code_Point in Unicode) or
 * without.  Controls that turn the text around them stay, and so do joiners between letters whose
 * shape depends on them. */
#ifndef TEADE_VISIBLE_H
#define TEADE_VISIBLE_H

#include "base/buf.h"

/* A text without what makes no difference, but not composed: words begin and end in it where they
 * do in the original. */
struct visible {
    struct buf text;
    size_t *at; /* per byte, and behind the last: where its character begins in the original */
};

/* `exact`: as in code, a space is a space and a line end is a line end, each counted.  Release it.
 */
void visible_make(struct visible *visible, struct str text, bool exact);
void visible_release(struct visible *visible);

/* Adds a text in its composed form, NFC. */
void visible_compose(struct str text, struct buf *out);

#endif
