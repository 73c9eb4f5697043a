/* What a build made. */
#ifndef TEADE_BUILD_SUMMARY_H
#define TEADE_BUILD_SUMMARY_H

#include "edition/legal_check.h"
#include "publish/foreign.h"

struct build_summary {
    struct date day;                          /* the one built for */
    char base_url[256];                       /* the one in the pages, cut where it is longer */
    size_t documents, languages, files, kept; /* kept: files that were there and are the same */
    struct legal_check_count gaps;                   /* where nothing is written */
    struct foreign foreign;                   /* what of other people went along; to be released */
};

#endif
