/* Paragraphs and items that were cut in two, or made one. */
#ifndef TEADE_PARTS_H
#define TEADE_PARTS_H

#include "pairing.h"

/* Among what has no partner, beside what has one. */
void parts_find(struct pairing *pairing, struct likeness *likeness);

#endif
