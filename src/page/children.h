/* The sentence for the young: below the age that the settings give for their country, a parent or
 * guardian is to answer.  Nobody is asked for a day of birth.
 *
 * It stands above the form and is no part of the text (text.h): it says who answers, not what to,
 * and when a law changes an age, what was published must go on as it is. */
#ifndef TEADE_CHILDREN_H
#define TEADE_CHILDREN_H

#include "catalog/templates.h"
#include "content/site.h"

/* The slot `children` of parts/children.html in a language (a new reference): null where the site
 * gives no age.  NULL after findings. */
json_t *children_slot(const struct site *site, const struct templates *templates,
                      const struct catalog *catalog, const char *language,
                      struct findings *findings);

#endif
