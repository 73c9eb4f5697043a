/* What the files of this room share. */
#ifndef TEADE_MARKDOWN_PRIVATE_H
#define TEADE_MARKDOWN_PRIVATE_H

#include <cmark.h>

#include "east_asian.h"
#include "markdown.h"

/* cmark's tree of a text, with East Asian emphasis and without the line breaks that stand
 * for nothing.  Blocks begin where they begin in the text; inline positions mean nothing. */
cmark_node *markdown_tree(struct str text, enum emphasis_help help);

#endif
