/* How far each text is: documents × revisions × languages, and the templates' own messages,
 * with what is to be done next. */
#ifndef TEADE_STATUS_H
#define TEADE_STATUS_H

#include "edition/edition_read.h"

/* Writes a table, or with `json` a JSON object a line.  A text or catalogue that cannot be read is
 * a finding, and a row that says so; it is a warning where no visitor reads it: of a draft, or a
 * language in progress.  Reasons of errata count as messages.  false where site.yaml, front
 * matter or templates are at fault: then nothing is written. */
bool status(const struct edition_options *options, bool json, FILE *out,
            struct findings *findings);

#endif
