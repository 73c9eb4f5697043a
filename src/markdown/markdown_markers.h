/* Lists whose signs were written by hand: (a), a), 3.1, §, •, （1）, ① and the like.  CommonMark
 * makes one paragraph of their lines. */
#ifndef TEADE_MARKDOWN_MARKERS_H
#define TEADE_MARKDOWN_MARKERS_H

#include "markdown_spelling.h"

/* Whether two lines or more begin with the same sort of sign, and a page shows them as one:
 * where the first of them begins. */
bool markers_run_together(const struct spelling *spelling, size_t *start);

#endif
