/* The numbers that a text shows, however its language writes them: 1,000 and 1 000, 1.5 and 1,5,
 * １２ and ١٢, 三十, 3億, 令和8年, IV and ①. */
#ifndef TEADE_NUMBER_TOKENS_H
#define TEADE_NUMBER_TOKENS_H

#include "base/buf.h"

enum { NUMBER_DIGITS = 40 };

struct number {
    size_t start, end;         /* in the text: all that is one number */
    char value[NUMBER_DIGITS]; /* decimal, without needless zeros; "": only its parts are numbers */
    bool is_letters; /* numerals that may be words: they answer for others, and are not asked for */
    bool has_unit;   /* a word such as "million" follows it */
    bool is_found;   /* for comparisons: the other text has it */
    bool is_repeated; /* for comparisons: the other text has its value, though not as often */
};

struct numbers {
    struct number *number;
    size_t count;
};

/* Reads all numbers except those in addresses and inside names such as B2B.  Release them. */
void numbers_read(struct numbers *numbers, struct str text);
void numbers_release(struct numbers *numbers);

/* Puts the runs of digits of a number that is not found in its place: 22, 11 and 2026 for
 * 22.11.2026. */
void numbers_split(struct numbers *numbers, struct str text);

#endif
