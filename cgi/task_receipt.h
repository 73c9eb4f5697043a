/* What the keeper adds to a visitor's own record to make a receipt of it. */
#ifndef TEADE_TASK_RECEIPT_H
#define TEADE_TASK_RECEIPT_H

#include "task.h"

enum task_outcome task_receipt(const struct task_desk *desk, struct buf *reply,
                               struct wire_reader *fields);
enum task_outcome task_text(const struct task_desk *desk, struct buf *reply,
                            struct wire_reader *fields);

/* A label or title of a record; a long one is cut to RECEIPT_LABEL_MAX, so that any record fits. */
void task_put_label(struct buf *reply, const char *label);

#endif
