/* Puts the translations of a catalogue into an article. */
#ifndef TEADE_TRANSLATE_H
#define TEADE_TRANSLATE_H

#include "catalog.h"
#include "message.h"

/* Replaces the words of every message by the catalogue's; afterwards the article's
 * tree and each message's `words` speak its language.  Entries
 * that are missing, fuzzy or empty, and such as lead elsewhere, are findings, and false.  `catalog`
 * NULL: the article stays in its own language. */
bool translate(struct article *article, const struct catalog *catalog, struct findings *findings);

/* The words of the message at a path, such as "title". */
const char *translated_words(const struct article *article, const char *path);

#endif
