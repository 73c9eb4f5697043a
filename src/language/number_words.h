/* Numbers that a language writes as words: "thirty", kolmekümne, 22. "november". */
#ifndef TEADE_NUMBER_WORDS_H
#define TEADE_NUMBER_WORDS_H

#include "base/buf.h"

/* Whether a text has a number as a word, as far as can be known, in a language (NULL: in one of
 * the usual ones): ICU's spelling, of which the end may differ, or the name of a month. */
bool number_is_in_words(long number, struct str text, const char *language);

/* Whether ICU can spell the numbers of a language. */
bool number_words_known(const char *language);

#endif
