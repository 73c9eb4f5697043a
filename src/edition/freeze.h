/* Writes down the texts of published revisions for ever (frozen.h), in two steps: what is to be
 * frozen is written aside, for the site to be built with; it takes its place once the endpoint has
 * taken that site.  Whatever fails before that leaves nothing frozen. */
#ifndef TEADE_FREEZE_H
#define TEADE_FREEZE_H

#include "edition_read.h"
#include "served_site.h"

/* Writes every text that is published on the day and not frozen yet to published/next/; with an
 * erratum in the options, also those whose source says something else by now, and there must be
 * one.  All are checked before the first is written.  `count` is how many texts were written.  What
 * the `site` that is served holds must still exist (served_site.h).  The options get the day
 * that was frozen for, so that what follows is of the same day.  false after findings. */
bool freeze_prepare(struct edition_options *options, const char *site,
                    const struct served_site_options *changes, size_t *count,
                    struct findings *findings);

/* Puts what is prepared in place; after an interruption, the next run continues.  false after a
 * finding. */
bool freeze_commit(const char *content, struct findings *findings);

/* Removes what is prepared, and what interrupted runs have left. */
void freeze_abandon(const char *content);

/* Waits until nobody else freezes or publishes from a folder; to be closed.  -1: it is not a
 * folder. */
int freeze_lock(const char *content);

#endif
