/* Which items of the old lists correspond to which items of the new ones, and which of them have
 * another number. */
#ifndef TEADE_NUMBERING_H
#define TEADE_NUMBERING_H

#include "pairing.h"

struct numbering {
    size_t *was;      /* per container of the new text: the item that it was, or OUTLINE_NONE */
    size_t *becomes;  /* per container of the old text: the item that it is now, or OUTLINE_NONE */
    bool *renumbered; /* per container of the new text: it was an item with another label, and that
                         is not only because others before it came or went */
};

/* Release it. */
void numbering_make(struct numbering *numbering, const struct pairing *pairing);
void numbering_release(struct numbering *numbering);

/* The label of an item, such as "3." or "3)"; a bullet if its list has no numbers. */
void item_label(const struct outline *outline, size_t item, struct buf *out);

#endif
