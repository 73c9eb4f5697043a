/* What was provided of a visitor's data: for their pages, and to take away. */
#ifndef TEADE_PAGE_DISCLOSURES_H
#define TEADE_PAGE_DISCLOSURES_H

#include "visitor.h"

/* Adds each provision of the visitor's data to a list, oldest first: `recipient` (a name),
 * `address`, `data`, `time` and `until` when it is kept (in the page's language), `instant` and
 * `until_instant` for machines, and one of the flags `consent`, `law`, `life_and_property`,
 * `public_health`, `public_bodies`.  false: unavailable. */
bool provided_add(const struct visitor *visitor, struct exchange *exchange, json_t *list);

/* The same as objects: what a provision says, until when it is kept, and what is needed to compute
 * its entry in the log (disclosure.h).  false: unavailable. */
bool provided_export(const struct visitor *visitor, struct exchange *exchange, json_t *list);

#endif
