/* Writes down the texts of published revisions for ever (frozen.h). */
#ifndef TEADE_FREEZE_H
#define TEADE_FREEZE_H

#include "edition.h"

/* Freezes every text that is published on the day and not frozen yet; with an erratum in the
 * options, also those whose source says something else by now.  All are checked before the first
 * is written, and one that was interrupted goes on the next time.  `count` is how many texts were
 * written.  What the `site` that is served holds must be there still (witness.h).  The options get
 * the day that was frozen for, so that what follows is of the same day.  false after findings. */
bool freeze(struct edition_options *options, const char *site, size_t *count,
            struct findings *findings);

/* Waits until nobody else freezes or publishes from a folder; to be closed.  -1: it is none. */
int freeze_lock(const char *content);

#endif
