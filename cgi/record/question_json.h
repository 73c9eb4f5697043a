/* The words of what is answered, as every list and receipt of records has them. */
#ifndef TEADE_QUESTION_JSON_H
#define TEADE_QUESTION_JSON_H

#include <jansson.h>

#include "question.h"

/* Sets `labels` and `recipients`, the words of what is answered and to whom data would go, by the
 * questions' ids; what the text does not say (NULL, or no recipient) is left out. */
void questions_set_json(json_t *object, const struct text_question *const *asked, size_t count);

#endif
