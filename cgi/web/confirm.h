/* What the visitor's page says first: what was just done.  The address says only what was meant;
 * whether it was done is read from the records and cookies, so that no bookmark, no link of
 * somebody's and no Back says of an answer what is not so.  An answer is confirmed by the record
 * that the address names, as long as it is the visitor's last act on the choices; where it repeated
 * what that record says, as long as the record that was the newest then, `after`, is. */
#ifndef TEADE_CONFIRM_H
#define TEADE_CONFIRM_H

#include "visitor.h"

/* Adds a slot for each thing that can be said, and `done`: whether one is.  `records` are the page's,
 * newest first.  false: unavailable. */
bool confirm_add(struct exchange *exchange, bool known, const json_t *records,
                 const struct standing *standings, size_t count, json_t *slots);

#endif
