/* The order of work: read, check, render, put in place. */
#ifndef TEADE_BUILD_H
#define TEADE_BUILD_H

#include "build_summary.h"
#include "edition/edition_read.h"
#include "publish/reload.h"

/* Builds the site into the folder `output`, or only renders everything where it is
 * NULL; then, where no day is given, it also looks at the drafts as of theirs, with warnings.
 * `reload` (or NULL) has the endpoint take it (reload.h).  false after findings; the site that
 * was there is then untouched. */
bool build(const struct edition_options *options, const char *output, struct reload *reload,
           struct build_summary *summary, struct findings *findings);

#endif
