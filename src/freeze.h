/* Writes down the texts of published revisions for ever (frozen.h). */
#ifndef TEADE_FREEZE_H
#define TEADE_FREEZE_H

#include "edition.h"

/* Freezes every text that is published on the day and not frozen yet; with an erratum in the
 * options, also those whose source says something else by now.  All are checked before the first
 * is written, and one that was interrupted goes on the next time.  `count` is how many texts were
 * written.  false after findings. */
bool freeze(const struct edition_options *options, size_t *count, struct findings *findings);

#endif
