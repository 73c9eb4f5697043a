/* One Markdown file's article as HTML, without a site around it. */
#ifndef TEADE_RENDER_H
#define TEADE_RENDER_H

#include <stdio.h>

#include "edition/edition.h"

/* `catalog` is a PO file or NULL, `language` the result's or NULL.  A message without a sound
 * translation is a warning or an error and keeps its own words; the article is written in
 * any case, and false returned after errors. */
bool render(const char *path, const char *catalog, const char *language, FILE *out,
            struct findings *findings);

/* false after an error. */
bool render_write(struct str html, FILE *out, struct findings *findings);

#endif
