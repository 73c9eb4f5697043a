/* What the keeper does for one message of a worker: task.c has the table by kind. */
#ifndef TEADE_TASK_H
#define TEADE_TASK_H

#include "task_context.h"

/* Whether only the operator may send a message of this kind. */
bool task_is_the_operators(enum wire_kind kind);

/* Carries a message out and adds the reply's fields to `reply`, which is to be sent once
 * the transaction is committed. */
enum task_outcome task_carry_out(const struct task_context *context, enum wire_kind kind,
                                 struct wire_reader *fields, struct buf *reply);

/* The reply's fields where there was no commit.  context->store may be NULL. */
void task_unavailable(const struct task_context *context, enum wire_kind kind, struct str why,
                      struct buf *reply);

#endif
