/* Numbers that are written with letters or special signs: 三十, IV, ①. */
#ifndef TEADE_NUMERALS_H
#define TEADE_NUMERALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text as characters whose digits, and the signs between them, are ASCII. */
struct letters {
    int32_t *character; /* -1 behind the last */
    size_t *at;         /* in the text */
    size_t count;
};

/* Whether a letter is of a script that writes spaces between words. */
bool letters_are_spaced(int32_t character);

/* Reads a numeral that begins at the character `start`.  Returns the position after it, or `start`
 * if there is none. */
typedef size_t (*numeral_reader)(const struct letters *letters, size_t start, long *value);

extern const numeral_reader numerals[]; /* up to NULL */

#endif
