/* Numbers of things, in the English of terminals: 0 records, 1 record, 2 records. */
#ifndef TEADE_NUMBER_H
#define TEADE_NUMBER_H

struct number {
    char text[64];
};

/* For an argument of printf: number_of(2, "entry", "entries").text; it lives to the end of the
 * statement.  The nouns are short and our own. */
struct number number_of(long long number, const char *one, const char *many);

#endif
