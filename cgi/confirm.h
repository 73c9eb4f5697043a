/* What the visitor's page says first: what was just done.  The address says only what was meant;
 * whether it was done is read from the records and cookies, so that no bookmark, no link of
 * somebody's and no Back says of an answer what is not so. */
#ifndef TEADE_CONFIRM_H
#define TEADE_CONFIRM_H

#include "visitor.h"

/* Adds a slot for each thing that can be said, and `done`: whether one is.  `records` are the page's,
 * newest first.  false: unavailable. */
bool confirm_add(struct exchange *exchange, bool known, const json_t *records,
                 const struct standing *standings, size_t count, json_t *slots);

#endif
