/* What was provided of a visitor's data, for the page that says what an erasure leaves. */
#ifndef TEADE_PROVIDED_H
#define TEADE_PROVIDED_H

#include "visitor.h"

/* Adds each provision of the visitor's data to a list, oldest first: `recipient` (a name), `time`
 * and `until` when it is kept (dates in the page's language), `instant` and `until_instant` for
 * machines, and one of the flags `consent`, `law`, `life_and_property`, `public_health`,
 * `public_bodies`. false: unavailable. */
bool provided_add(const struct visitor *visitor, struct exchange *exchange, json_t *list);

#endif
