/* What the visitor's page reports first: what was just done.
 *
 * The address only says what was intended.  Whether it was done is read from the records and
 * cookies, so that no bookmark, link or Back reports an answer that is not so.  An answer is
 * confirmed by the record that the address names, as long as it is the visitor's last act on the
 * choices.  If the answer repeated that record, it is confirmed as long as `after`, the visitor's
 * newest record at that time, still is the newest. */
#ifndef TEADE_CONFIRM_H
#define TEADE_CONFIRM_H

#include <jansson.h>

#include "visitor.h"

/* Adds a slot for each possible message, and `done`: whether there is one.  `records` are those of
 * the page, newest first.  false: unavailable. */
bool confirm_add(const struct exchange *exchange, const json_t *records,
                 const struct standings *standings, json_t *slots);

#endif
