/* What data-protection law wants and the site does not say: told, never filled in. */
#ifndef TEADE_GAPS_H
#define TEADE_GAPS_H

#include "edition.h"

/* A warning for each gap of each document that has purposes, in its revision in force and in its
 * newest, and of the site's settings; for numbers of these that the document on records does not
 * tell; and for an editorial revision that changes a purpose's words. */
void gaps_report(const struct edition *edition, struct findings *findings);

#endif
