/* Writes the templates for translators: LOCALE/DOCUMENT.pot from all revisions of each document,
 * and LOCALE/site.pot from the page templates, unless every language of the site has the catalogue
 * that came with them (catalog/interface.h). */
#ifndef TEADE_EXTRACT_H
#define TEADE_EXTRACT_H

#include "edition/edition_read.h"

/* `added` is one more language of the site, or NULL.  false after findings; what was there before is
 * then untouched, unless it was the writing that failed. */
bool extract(const struct edition_options *options, const char *added, struct findings *findings);

/* Writes the messages of one Markdown file, whatever its front matter, as a template. */
bool extract_file(const char *path, FILE *out, struct findings *findings);

#endif
