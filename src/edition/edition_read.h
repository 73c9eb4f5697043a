/* Reads an edition: content, templates, catalogues and frozen texts, translated and found sound
 * before a single file is written. */
#ifndef TEADE_EDITION_READ_H
#define TEADE_EDITION_READ_H

#include "edition.h"

struct edition_options {
    const char *content, *locale, *templates; /* folders */
    const char *base_url;                     /* instead of the one in site.yaml, or NULL */
    struct date day;                          /* "" for today in the site's zone */
    bool allow_untranslated;                  /* such messages are marked, not errors */
    bool draft;    /* a preview: with languages in progress, and "" is the last draft's day */
    bool unpacked; /* public files get no packed copies */
    bool freezes;  /* texts are to be frozen: they must read back, and have records */
    enum frozen_stage frozen; /* FROZEN_NEXT: what is about to be frozen counts (freeze.h) */
    bool lists_gaps;          /* each gap is a warning (legal_check.h); else they are counted */
    size_t jobs;              /* how many threads make the texts, at most; 0: one */
    struct timings *timings;  /* where the time goes, or NULL */
    const char *erratum;      /* why published words are corrected, or NULL: they are not */
};

/* false after findings.  Release it either way. */
bool edition_read(struct edition *edition, const struct edition_options *options,
                  struct findings *findings);

#endif
