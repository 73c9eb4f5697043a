/* What a catalogue is made of: catalog.c reads it and finds entries, catalog_check.c looks for the
 * faults that libgettextpo does not report. */
#ifndef TEADE_CATALOG_PRIVATE_H
#define TEADE_CATALOG_PRIVATE_H

#include <gettext-po.h>

#include "catalog.h"

struct catalog_entry {
    const char *context; /* "" for none; gettext distinguishes the two, Teade does not */
    const char *msgid;
    char *key; /* the msgid in its composed form (visible.h), which looks the same */
    struct entry entry;
};

struct catalog {
    struct source source;
    po_file_t file; /* owns the strings */
    struct catalog_entry *entries;
    size_t count;
    char *language; /* by the header, or NULL */
};

/* The header (for `language`, unless NULL), escape sequences, and line feeds at the ends. */
void catalog_check(const struct catalog *catalog, const char *language, struct findings *findings);

#endif
