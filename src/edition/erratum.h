/* The reasons of errata.  One is written in the language of its document and is a message of the
 * document's catalogues, so that visitors read it in theirs; a language that lacks it shows it as
 * it was written. */
#ifndef TEADE_ERRATUM_H
#define TEADE_ERRATUM_H

#include "edition.h"

/* A reason in a language of the site; NULL: it is not translated. */
const char *erratum_reason(const struct edition *edition, size_t document, const char *language,
                           const char *why);

/* A warning for each reason that is not translated into the language of the text it is about.
 * `why` is that of the corrections which the edition is about to make, or NULL. */
void erratum_check(const struct edition *edition, const char *why, struct findings *findings);

#endif
