/* A new gettext catalogue, filled and written: a template (.pot) for translators. */
#ifndef TEADE_CATALOG_WRITER_H
#define TEADE_CATALOG_WRITER_H

#include <stdio.h>

#include "base/finding.h"

struct catalog_writer;
struct catalog_writer *catalog_writer_new(void);
/* Adds a message, or to one that is already there the reference and the note.  `reference` is the
 * place of the message in its source; `context` and `note` may be NULL. */
void catalog_writer_add(struct catalog_writer *writer, const char *context, const char *msgid,
                        const char *note, const char *reference);
/* Writes the file, or leaves the one that is there as it was: false after a finding. */
bool catalog_writer_write(const struct catalog_writer *writer, const char *path,
                          struct findings *findings);
/* The same to a stream. */
bool catalog_writer_print(const struct catalog_writer *writer, FILE *out,
                          struct findings *findings);
void catalog_writer_free(struct catalog_writer *writer);

#endif
