/* The catalogues of an edition: read, and those of the templates checked. */
#ifndef TEADE_EDITION_CATALOGS_H
#define TEADE_EDITION_CATALOGS_H

#include "edition.h"

/* Reads the catalogues of all languages.  A language in progress stops nobody: what is wrong with
 * its catalogues is a warning, one that cannot be read has no message (catalog_is_unread), and a
 * template's message that is not translated well stays as it is.  false after errors. */
bool edition_read_catalogs(struct edition *edition, const char *locale, struct findings *findings);

#endif
