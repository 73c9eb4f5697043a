/* The words that a redline tells of changes with, from templates/parts/said.html. */
#ifndef TEADE_SAID_H
#define TEADE_SAID_H

#include "redline.h"
#include "templates.h"

/* `catalog` NULL keeps the English.  false after findings.  Release it either way. */
bool said_read(struct redline_words *words, const struct templates *templates,
               const struct catalog *catalog, struct findings *findings);
void said_release(struct redline_words *words);

#endif
