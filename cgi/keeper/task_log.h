/* What the keeper tells of the log, as the public knows it: what came after the checkpoint that is
 * shown is not told. */
#ifndef TEADE_TASK_LOG_H
#define TEADE_TASK_LOG_H

#include "task_context.h"

enum task_outcome task_checkpoint(const struct task_context *context, struct buf *reply,
                                  struct wire_reader *fields);
enum task_outcome task_tile(const struct task_context *context, struct buf *reply,
                            struct wire_reader *fields);

#endif
