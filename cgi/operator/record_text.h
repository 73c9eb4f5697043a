/* A record in words, the same wherever the operator reads one. */
#ifndef TEADE_RECORD_TEXT_H
#define TEADE_RECORD_TEXT_H

#include "base/buf.h"
#include "record/question.h"
#include "record/record.h"

/* Adds a line or more for each field and answer, at these columns (layout.h).  `asked` are the
 * questions of its answers, as its text has them, NULL where it does not ask one. */
void record_text_add(struct buf *out, int margin, int column, const struct record_view *view,
                     const char *title, const struct text_question *const *asked);

/* A question, and below it to whom data would go and which. */
void record_text_question(struct buf *out, int margin, const char *label, int column,
                          const struct text_question *asked);

#endif
