/* The order of work: read, check, render, put in place. */
#ifndef TEADE_BUILD_H
#define TEADE_BUILD_H

#include "edition/edition_read.h"
#include "edition/legal_check.h"
#include "publish/foreign.h"
#include "publish/reload.h"

struct build_summary {
    struct date day;                          /* the one built for */
    char base_url[256];                       /* the one in the pages, cut where it is longer */
    size_t documents, languages, files, kept; /* kept: files that were there and are the same */
    struct legal_check_count gaps;                   /* where nothing is written */
    struct foreign foreign;                   /* what of other people went along; to be released */
};

/* Builds the site into the folder `output`, or only renders everything where it is
 * NULL; then, where no day is given, it also looks at the drafts as of theirs, with warnings.
 * `reload` (or NULL) has the endpoint take it (reload.h).  false after findings; the site that
 * was there is then untouched. */
bool build(const struct edition_options *options, const char *output, struct reload *reload,
           struct build_summary *summary, struct findings *findings);

#endif
