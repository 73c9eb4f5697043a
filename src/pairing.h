/* Which blocks of two texts belong together, before their words are compared. */
#ifndef TEADE_PAIRING_H
#define TEADE_PAIRING_H

#include "side.h"

/* Pairs are in order on both sides. */
struct pairing {
    const struct side *old, *new;
    size_t *new_of, *old_of;         /* per block: its partner, or OUTLINE_NONE */
    bool *gone, *came;               /* per old and per new block: it moved */
    uint32_t **bags_old, **bags_new; /* per block: its words' numbers, sorted; while it is made */
};

/* Looks at both sides.  Release it. */
void pairing_make(struct pairing *pairing, const struct side *old, const struct side *new);
void pairing_release(struct pairing *pairing);

#endif
