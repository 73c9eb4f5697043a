/* Two Markdown files compared, as a page of its own that needs nothing beside it. */
#ifndef TEADE_COMPARE_H
#define TEADE_COMPARE_H

#include <stdio.h>

#include "edition/edition_read.h"

/* Compares front matter, whoever's it is, and text; *same: a reader can tell no difference.
 * `language` is that of both texts, or NULL: the newer one's own, or English.  Of the options,
 * `templates` and `locale` give the page and its words.  false after errors: nothing is written. */
bool compare_files(const char *before, const char *after, const char *language,
                   const struct edition_options *options, FILE *out, bool *same,
                   struct findings *findings);

#endif
