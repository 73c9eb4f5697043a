/* A new language: its catalogues, and its tag in site.yaml. */
#ifndef TEADE_NEW_H
#define TEADE_NEW_H

#include "edition/edition_read.h"

/* Refreshes the templates (.pot), makes the catalogues that are missing, and adds the tag to
 * in_progress in site.yaml last, so that what fails can simply be done again.  A language that is
 * there may lack catalogues all the same, for example of a new document: they are made.  What was
 * done and what is next goes to `out`.  false after findings. */
bool new_language(const struct edition_options *options, const char *tag, FILE *out,
                  struct findings *findings);

#endif
