/* The site that is served bears witness to what was published. */
#ifndef TEADE_SERVED_SITE_H
#define TEADE_SERVED_SITE_H

#include "edition.h"

/* What its editor wants to be different from now on. */
struct served_site_options {
    bool moves; /* the site is served at another address */
    const char *const *withdrawn; /* languages and documents that go offline */
    size_t withdrawn_count;
};

/* Whether the edition agrees with a served site's manifest, else findings: it has the same address,
 * languages and documents but for the options, and each text is in the edition as well, as it
 * stands or as it was before an erratum, and takes effect at the same instant.  A withdrawal of
 * what is not served, or not taken off site.yaml, is a finding too.  No site, or one of another
 * release, bears no witness. */
bool served_site_agrees(const struct edition *edition, const char *site,
                    const struct served_site_options *options, struct findings *findings);

#endif
