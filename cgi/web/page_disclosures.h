/* Disclosures of a visitor's data to third parties: as slots of pages, and to download. */
#ifndef TEADE_PAGE_DISCLOSURES_H
#define TEADE_PAGE_DISCLOSURES_H

#include <jansson.h>

#include "visitor.h"

/* Appends each disclosure of the visitor's data, oldest first: `recipient` (a name), `address`,
 * `data`, `time` and `until` when it is kept (in the page's language), `instant` and
 * `until_instant` for machines, and one of the flags `consent`, `law`, `life_and_property`,
 * `public_health`, `public_bodies`.  false: unavailable. */
bool disclosures_slots(const struct exchange *exchange, const struct visitor *visitor,
                       json_t *items);

/* The same as objects: what a disclosure says, until when it is kept, and what is needed to compute
 * its hash in the log (disclosure.h).  false: unavailable. */
bool disclosures_export(const struct exchange *exchange, const struct visitor *visitor,
                        json_t *items);

#endif
