/* Statements that data-protection law requires and the site lacks.  They are reported, never filled
 * in. */
#ifndef TEADE_LEGAL_CHECK_H
#define TEADE_LEGAL_CHECK_H

#include "edition.h"

struct legal_check_count {
    size_t open, accepted; /* accepted: site.yaml says why they stay */
};

/* The gaps of each document that has purposes, in its revision in force (or the first to come) and
 * in its newest, and of the site's settings; with numbers of these that the document on records
 * does not tell.  Where it `lists` them, each that is open is a warning.  Warnings in any case: a
 * gap that is accepted and does not exist, and an editorial revision that changes a purpose's
 * words. */
struct legal_check_count legal_check_report(const struct edition *edition, bool lists,
                                            struct findings *findings);

#endif
