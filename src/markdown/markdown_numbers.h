/* Numbered lists whose numbers are not those that were written, or were never meant as a list's: a
 * date or an ordinal at the beginning of a line ("22. novembril", "7. klassi", "2026. aastal"). */
#ifndef TEADE_MARKDOWN_NUMBERS_H
#define TEADE_MARKDOWN_NUMBERS_H

#include "markdown.h"

/* Warns of the numbers of all lists.  `text` is the place of the Markdown text, `language` the one
 * it is written in, or NULL: not known. */
void numbers_check(const struct markdown *markdown, struct place text, const char *language,
                   struct findings *findings);

/* Whether words behind a number and its full stop may be the rest of a date: they begin with a
 * small letter, or with a month of that language (NULL: none). */
bool numbers_may_be_date(struct str words, const char *language);

#endif
