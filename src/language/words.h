/* Where words begin and end, in any language, by ICU (Unicode annex 29; a dictionary for
 * Japanese). */
#ifndef TEADE_WORDS_H
#define TEADE_WORDS_H

#include "base/buf.h"

struct words; /* a splitter for one language */

struct words *words_new(const char *language);
void words_free(struct words *words);

/* Calls `take` for each word of a text and for each separator, in order: together they are the
 * text.  `is_word`: the piece has letters or digits. */
void words_split(struct words *words, struct str text,
                 void (*take)(void *context, struct str part, bool is_word), void *context);

/* Adds the word, case-folded; one that is longer than any word
 * as it is. */
void words_fold(const struct words *words, struct str word, struct buf *out);

#endif
