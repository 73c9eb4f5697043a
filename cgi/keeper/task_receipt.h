/* What the keeper adds to a visitor's own record to make a receipt of it. */
#ifndef TEADE_TASK_RECEIPT_H
#define TEADE_TASK_RECEIPT_H

#include "task_context.h"

enum task_outcome task_receipt(const struct task_context *context, struct buf *reply,
                               struct wire_reader *fields);
enum task_outcome task_text(const struct task_context *context, struct buf *reply,
                            struct wire_reader *fields);

/* Words of a text; what is longer than `most` bytes is cut between two characters. */
void task_put_words(struct buf *reply, const char *words, size_t most);

#endif
