/* The files of a new site: settings, a first policy that states nothing yet, the document that says
 * what is recorded, and their translations into every language that Teade has words in. */
#ifndef TEADE_STARTER_H
#define TEADE_STARTER_H

#include "base/date.h"
#include "catalog/templates.h"

struct starter {
    const char *directory; /* where the site begins */
    const struct templates *templates;
    const char *name, *base_url, *time_zone;
    const char *address, *email, *phone; /* each or NULL: shown as missing */
    const char *const *languages;        /* the documents are written in the first one */
    size_t language_count;
    struct date day; /* on which they are published */
};

/* Whether Teade has the words of pages and documents in a language. */
bool starter_has_language(const char *templates, const char *tag);

/* Writes the files; none of them may exist.  false after findings. */
bool starter_write(const struct starter *starter, struct findings *findings);

#endif
