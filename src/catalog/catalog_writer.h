/* A new gettext catalogue, filled and written: a template (.pot) for translators, or a translation
 * (.po) into a language. */
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
/* Makes it a translation into a language, as of a day. */
void catalog_writer_set_language(struct catalog_writer *writer, const char *tag, const char *day);
/* Adds a message with its translation, or that of one that is already there. */
void catalog_writer_translate(struct catalog_writer *writer, const char *context, const char *msgid,
                              const char *msgstr);
/* Writes the file, or leaves the one that is there as it was: false after a finding. */
bool catalog_writer_write(const struct catalog_writer *writer, const char *path,
                          struct findings *findings);
/* The same to a stream. */
bool catalog_writer_print(const struct catalog_writer *writer, FILE *out,
                          struct findings *findings);
void catalog_writer_free(struct catalog_writer *writer);

#endif
