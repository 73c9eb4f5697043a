/* The words with which a redline names changes, from templates/parts/terms.html. */
#ifndef TEADE_CHANGE_TERMS_H
#define TEADE_CHANGE_TERMS_H

#include "catalog/templates.h"
#include "redline.h"

/* `catalog` NULL keeps the English.  false after findings.  Release it either way. */
bool change_terms_read(struct redline_words *words, const struct templates *templates,
               const struct catalog *catalog, struct findings *findings);
void change_terms_release(struct redline_words *words);

#endif
