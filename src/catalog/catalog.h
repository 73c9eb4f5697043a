/* gettext catalogues (PO files): read, look up. */
#ifndef TEADE_CATALOG_H
#define TEADE_CATALOG_H

#include "base/finding.h"

struct catalog;

/* Reads a PO file in a language (NULL: in any).  NULL after findings: not there, not a PO
 * file, not UTF-8 or in another language by its header, or with characters written as numbers. */
struct catalog *catalog_read(const char *path, const char *language, struct findings *findings);
void catalog_free(struct catalog *catalog);

/* A catalogue without a message, in the place of one that cannot be read. */
struct catalog *catalog_unread(const char *path, const char *language);
bool catalog_is_unread(const struct catalog *catalog);

struct entry {
    const char *msgstr; /* never NULL; "" where it is untranslated, or only white space */
    bool fuzzy;         /* a guess that no translator has confirmed: counts as untranslated */
    struct str note;    /* for readers: the comment "# Translator's note: …", or empty */
    struct place place; /* in the PO file: the first line of its msgid that has words */
};

/* The place in the PO file of the byte of an entry's msgstr at `offset`. */
struct place entry_place(const struct entry *entry, size_t offset);

/* Reports the characters of its msgstr and note that a text should not contain
 * (base/characters.h). */
void entry_check(const struct entry *entry, struct findings *findings);

/* The entry of a message, or NULL: the catalogue does not know it.  `context` is
 * msgctxt or NULL.  Composed and decomposed letters are the same (NFC). */
const struct entry *catalog_find(const struct catalog *catalog, const char *context,
                                 const char *msgid);

/* From here on a message that the catalogue has counts as fuzzy: its translation is not to be
 * shown. */
void catalog_reject(struct catalog *catalog, const char *context, const char *msgid);

/* The language that the header names, or NULL. */
const char *catalog_language(const struct catalog *catalog);

/* The file as a whole, for findings about what it lacks. */
struct place catalog_place(const struct catalog *catalog);

#endif
