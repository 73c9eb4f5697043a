/* Begins a new revision of a document. */
#ifndef TEADE_REVISE_H
#define TEADE_REVISE_H

#include <stdio.h>

#include "edition/edition_read.h"

/* Writes DOCUMENT/ID.md with the words and settings of the one it will follow, in force by then or
 * not: what was announced in between must not be undone unseen.  It is published and
 * effective on the day of its id, of class notify, and has no summary yet: `teade check` asks for
 * one.  No file is written over.  What is next goes to `out`.  false after findings. */
bool revise(const struct edition_options *options, const char *document, const char *id, FILE *out,
            struct findings *findings);

#endif
