/* Ids of headings: the same in every language, and in every revision that keeps the heading. */
#ifndef TEADE_HEADING_ID_H
#define TEADE_HEADING_ID_H

#include "base/buf.h"

/* Makes an id of a heading's words: small letters and digits of any script, accents of Latin
 * ones taken off, hyphens for everything between.  "" where that leaves nothing. */
void heading_id_of(struct str words, struct buf *out);

/* Whether pages use an id themselves, or may. */
bool heading_id_is_taken(const char *id);

#endif
