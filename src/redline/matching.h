/* Finds which blocks of two texts belong together, before their words are compared. */
#ifndef TEADE_MATCHING_H
#define TEADE_MATCHING_H

#include "pairing.h"

/* The pairs of both sides.  Release them (pairing.h). */
void matching_make(struct pairing *pairing, const struct side *old, const struct side *new);

#endif
