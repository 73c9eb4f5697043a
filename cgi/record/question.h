/* The questions of a text, as the generator writes them below the article (text.md). */
#ifndef TEADE_QUESTION_H
#define TEADE_QUESTION_H

#include <jansson.h>
#include <stddef.h>

#include "base/buf.h"

/* In the text's own words, without Markdown's backslashes. */
struct text_question {
    char *id, *words;
    char *recipient; /* its line on to whom data would go, and which; "" where there is none */
};

struct text_questions {
    struct text_question *list;
    size_t count;
};

/* Reads all that a text asks.  Release them. */
void questions_read(struct text_questions *questions, struct str text);
void questions_release(struct text_questions *questions);

/* NULL: the text has no such question. */
const struct text_question *questions_find(const struct text_questions *questions, const char *id);

/* A line of a text without Markdown's backslashes; the caller's to free. */
char *question_unescaped(struct str line);

/* Sets `labels` and `recipients`, the words of what is answered and to whom data would go, by the
 * questions' ids; what the text does not say (NULL, or no recipient) is left out. */
void questions_set_json(json_t *object, const struct text_question *const *asked, size_t count);

#endif
