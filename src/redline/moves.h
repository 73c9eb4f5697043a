/* Blocks that are at another position in the new text. */
#ifndef TEADE_MOVES_H
#define TEADE_MOVES_H

#include "pairing.h"

/* Those whose words are the same.  Only the first of equal ones is found: the others are removed
 * here and added there. */
void moves_find(struct pairing *pairing);

/* Those whose words changed as well, among what is left when all else has its partner. */
void moves_find_changed(struct pairing *pairing, struct likeness *likeness);

#endif
