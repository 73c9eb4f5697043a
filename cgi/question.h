/* The questions that stand in a text, as the generator writes them below the article (text.c). */
#ifndef TEADE_QUESTION_H
#define TEADE_QUESTION_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends the words of the question with that id, without Markdown's backslashes.  false: the
 * text has no such question. */
bool question_words(struct str text, const char *id, struct buf *words);

/* Appends a label as a text has it, where an end of a line (&#10;) is a space. */
void question_label(struct str label, struct buf *words);

#endif
