/* The site that is served bears witness to what was published. */
#ifndef TEADE_WITNESS_H
#define TEADE_WITNESS_H

#include "edition.h"

/* Whether each text that a served site's manifest names is in the edition as well, as it stands or
 * as it was before an erratum, and takes effect at the same instant; else findings.  Documents and
 * languages that are not the site's any more are warnings.  No site, or one of another release,
 * bears no witness. */
bool witness_agrees(const struct edition *edition, const char *site, struct findings *findings);

#endif
