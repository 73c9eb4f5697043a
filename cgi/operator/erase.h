/* Erasing by the operator. */
#ifndef TEADE_ERASE_H
#define TEADE_ERASE_H

#include <stdbool.h>
#include <stdint.h>

#include "record/act.h"

/* Erases a visitor, through the keeper where one runs; asks first unless `yes`.
 * What was done and what was not is told on stderr; the exit status. */
int records_erase(const char *database, const uint8_t visitor[ACT_VISITOR], bool yes);

#endif
