/* The operator records that a visitor's data went to a third party. */
#ifndef TEADE_PROVISION_H
#define TEADE_PROVISION_H

#include "keeper/disclosure_request.h"

/* As the command's options give it; each may be NULL. */
struct provision_options {
    const char *ground, *recipient, *document, *purpose;
    const char *words[PROVISION_WORDS]; /* in the order of provision_words */
};

/* Makes the request, but for its visitor.  false: `why` says what is wrong with the options. */
bool provision_request(const struct provision_options *options, struct provide *asked,
                       struct buf *why);

/* Enters it into a database that no endpoint is running on, or has the one that is enter it.  What
 * is consented to is judged by the site in SITE (or NULL), or by the endpoint's own.  Returns an
 * exit status; prints the provision's id, or why not on stderr. */
int provision_enter(const char *database, const char *site, int64_t now,
                    const struct provide *asked);

#endif
