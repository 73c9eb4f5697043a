/* Words set on lines of a page, for people who read and file them.  Wide characters take two
 * columns, and a line may end between them; else it ends at a space. */
#ifndef TEADE_LAYOUT_H
#define TEADE_LAYOUT_H

#include "base/buf.h"

enum { LAYOUT_WIDTH = 90 };

/* Adds a text, made plain, from `column` on, its first line behind a label that begins at `margin`.
 * A line feed in the text ends a line; what has no room on one goes on below, at the same column.
 */
void layout_add(struct buf *out, int margin, const char *label, int column, struct str text);

/* A heading, underlined, with an empty line around it. */
void layout_heading(struct buf *out, char rule, const char *heading);

#endif
