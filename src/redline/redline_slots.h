/* A redline as the slots of templates/parts/redline.html. */
#ifndef TEADE_REDLINE_SLOTS_H
#define TEADE_REDLINE_SLOTS_H

#include <jansson.h>

#include "redline.h"

/* `language` is that of the page. */
void slot_redline(json_t *slots, const struct redline *redline, const char *language);

#endif
