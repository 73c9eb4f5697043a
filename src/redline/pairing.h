/* Which blocks of two texts belong together (matching.h finds out). */
#ifndef TEADE_PAIRING_H
#define TEADE_PAIRING_H

#include "likeness.h"

/* Pairs are in order on both sides.  A block that was cut is the partner of each of its parts, and
 * so is one that several were made. */
struct pairing {
    const struct side *old, *new;
    size_t *new_of, *old_of;   /* per block: its partner, the first of several, or OUTLINE_NONE */
    size_t *cut_old, *cut_new; /* per block: it is a part, and not the first: the token of its
                                  partner that it begins with; else OUTLINE_NONE */
    size_t *moved_to, *moved_from; /* per old and per new block: where it stands on the other side,
                                      out of order, or OUTLINE_NONE */
};

/* Without pairs yet.  Release it. */
void pairing_init(struct pairing *pairing, const struct side *old, const struct side *new);
/* Takes a pair back, with all its parts. */
void pairing_part(struct pairing *pairing, size_t old, size_t new);
/* Takes back that either block moved. */
void pairing_stay(struct pairing *pairing, size_t old, size_t new);
void pairing_release(struct pairing *pairing);

#endif
