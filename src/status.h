/* How far each text is: documents × revisions × languages, and the templates' own messages,
 * with what is to be done next. */
#ifndef TEADE_STATUS_H
#define TEADE_STATUS_H

#include "edition.h"

/* Writes a table, or with `json` a JSON object a line; what cannot be read is a finding and the
 * rest is told all the same. */
bool status(const struct edition_options *options, bool json, FILE *out,
            struct findings *findings);

#endif
