/* How similar two blocks are, by their words in any order. */
#ifndef TEADE_LIKENESS_H
#define TEADE_LIKENESS_H

#include "compared_text.h"

/* The words of each block of both texts, sorted, as far as they were asked for. */
struct likeness {
    const struct side *old, *new;
    uint32_t **old_bags, **new_bags; /* per block: the numbers of its words, their count first */
};

void likeness_make(struct likeness *likeness, const struct side *old, const struct side *new);
void likeness_release(struct likeness *likeness);

/* Looked at, not owned. */
const uint32_t *likeness_old_words(struct likeness *likeness, size_t block);
const uint32_t *likeness_new_words(struct likeness *likeness, size_t block);

/* Percent of their words that two blocks share; 0 where they are not of one kind, or share too
 * little to be one block that changed.  Less for a block that stands in other lists or quotes. */
unsigned likeness_of(struct likeness *likeness, size_t old, size_t new);

/* Whether at least so many percent of the words of a part are words of the whole as well. */
bool likeness_contained(const uint32_t *part, const uint32_t *whole, unsigned least);

#endif
