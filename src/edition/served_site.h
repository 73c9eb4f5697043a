/* Compares an edition with the site that is served: what was published must still be there. */
#ifndef TEADE_SERVED_SITE_H
#define TEADE_SERVED_SITE_H

#include "edition.h"

/* How the edition may differ from the served site. */
struct served_site_options {
    bool moves;                   /* the site is served at another address */
    const char *const *withdrawn; /* languages and documents that go offline */
    size_t withdrawn_count;
};

/* Whether an edition agrees with the manifest of a served site, else findings.
 *
 * The address, the languages and the documents must be the same, but for what the options allow.
 * Every served text must be in the edition, as it is or as it was before an erratum, and take
 * effect at the same instant.  --withdraw of something that is not served, or that site.yaml still
 * lists, is an error.  Where there is no site, or its manifest has another version, there is
 * nothing to compare. */
bool served_site_agrees(const struct edition *edition, const char *site,
                        const struct served_site_options *options, struct findings *findings);

#endif
