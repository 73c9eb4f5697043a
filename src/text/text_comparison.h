/* What the comparison of a text with what was frozen shares: text_compare.c compares the article,
 * text_questions.c what is asked. */
#ifndef TEADE_TEXT_COMPARISON_H
#define TEADE_TEXT_COMPARISON_H

#include "text_private.h"

struct comparison {
    const struct text *text;
    const struct article *article; /* with the words of the text */
    const struct frozen_text *frozen;
    const struct text_options *options;
    struct findings *findings;
    size_t differences;
    bool label_reported; /* a leaf was reported whose words are a question's */
};

/* Where the words of a message come from in the text's language. */
struct place comparison_place(const struct comparison *comparison, const struct message *message);

/* Reports a leaf that belongs to the words of a question, if these are no longer what was frozen:
 * an error, also where an erratum corrects, as answers were given to them.  false: it does not, or
 * they are. */
bool comparison_label(struct comparison *comparison, const struct message *leaf);

/* Compares what is asked, of whom and on which basis, and how the form words it; findings. */
void comparison_questions(struct comparison *comparison);

#endif
