/* Puts the translations of a catalogue into an article. */
#ifndef TEADE_TRANSLATE_H
#define TEADE_TRANSLATE_H

#include <jansson.h>

#include "catalog.h"
#include "message.h"

/* Replaces the words of every message by the catalogue's (NULL: by the source's).  Afterwards the
 * article's tree and each message's `words` are in that language.  It can be called again for
 * another language.
 *
 * A message whose entry is missing, fuzzy or empty is a finding of the severity `lacking`; it
 * keeps its source words and is `untranslated`.  If the catalogue could not be read, missing
 * translations are not reported.  Translations that change the message's markup or would break
 * its block are findings of the article's severity, or warnings if a reader loses nothing.
 * false after errors. */
bool translate(struct article *article, const struct catalog *catalog, enum severity lacking,
               struct findings *findings);

/* After translate(): each message whose translation has errors gets its own words back and is
 * `untranslated`. */
void translate_back_faulty(const struct article *article);

/* How many of its messages are, since the last translate(). */
size_t untranslated_count(const struct article *article);

/* The translators' notes to readers about the translated messages (struct entry), in the order of
 * the text, each once: a list of strings, empty if `catalog` is NULL (a new reference). */
json_t *translators_notes(const struct article *article, const struct catalog *catalog);

/* Lets the headings break between phrases, for pages in a language that does (language.h). */
void break_headings(const struct article *article);

/* The message at a path, such as "title", or NULL. */
const struct message *article_message(const struct article *article, const char *path);
/* The words of the message at a path that the article has. */
const char *translated_words(const struct article *article, const char *path);

#endif
