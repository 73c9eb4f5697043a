/* What the pages of a document in a language are made from: where it is the same, so are they. */
#ifndef TEADE_PART_KEY_H
#define TEADE_PART_KEY_H

#include "emission.h"

/* The part of a key that is of no document, and the same for all in a language, whose slots are
 * given: a new reference to a string. */
json_t *part_shared_key(const struct emission *emission, const json_t *slots);

/* Once page_share() has run.  "": they must be made in any case. */
void part_key(const struct emission *emission, size_t document, size_t language,
              char key[HASH_HEX + 1]);

#endif
