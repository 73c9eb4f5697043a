/* Words set on lines of a page, for people who read and file them.  Wide characters take two
 * columns, and a line may end between them; else it ends at a space. */
#ifndef TEADE_LAYOUT_H
#define TEADE_LAYOUT_H

#include "buf.h"

enum { LINES_WIDTH = 90 };

/* Adds a text that shows as what it is: in place of what steers a terminal, turns the text around
 * it or is no UTF-8 stands U+FFFD.  Tabs and line feeds stay. */
void lines_plain(struct buf *out, struct str text);

/* The same on one line: a line of the text's own could pass for one of ours. */
void lines_plain_line(struct buf *out, struct str text);

/* Adds a text, made plain, from `column` on, its first line behind a label that begins at `margin`.
 * A line feed in the text ends a line; what has no room on one goes on below, at the same column.
 */
void lines_add(struct buf *out, int margin, const char *label, int column, struct str text);

/* A heading, underlined, with an empty line around it. */
void lines_heading(struct buf *out, char rule, const char *heading);

#endif
