/* The words that two blocks have in common, grouped into passages as a reader sees them. */
#ifndef TEADE_PASSAGE_H
#define TEADE_PASSAGE_H

#include "compared_text.h"
#include "diff.h"

/* Runs of the tokens that stayed, counted from the first of either.  Words of a link that leads
 * elsewhere stay where all of them do; else they are other words.  diff_release() it. */
void passage_compare(struct diff *diff, const struct side *old, struct passage a,
                     const struct side *new, struct passage b);

/* How many words are kept, whatever their markup. */
size_t passage_kept(const struct side *old, struct passage a, const struct side *new,
                    struct passage b);

#endif
