/* The words that a redline tells of changes with, from templates/parts/change_terms.html. */
#ifndef TEADE_CHANGE_TERMS_H
#define TEADE_CHANGE_TERMS_H

#include "catalog/templates.h"
#include "redline.h"

/* `catalog` NULL keeps the English.  false after findings.  Release it either way. */
bool change_terms_read(struct redline_words *words, const struct templates *templates,
               const struct catalog *catalog, struct findings *findings);
void change_terms_release(struct redline_words *words);

#endif
