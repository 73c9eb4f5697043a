/* The rows of pipe tables as text, as in GitHub Flavored Markdown 0.29, section 4.10, and as its
 * reference implementation reads them: a | with a backslash right before it does not end a cell,
 * also in code, and that backslash is not part of the cell.  A row has no line ending. */
#ifndef TEADE_PIPES_H
#define TEADE_PIPES_H

#include "base/buf.h"

enum pipes_alignment { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* A row without the pipe before its first cell: what pipes_next() begins with. */
struct str pipes_begin(struct str row);
/* Takes the next cell off, without the spaces around it.  false: there is none. */
bool pipes_next(struct str *rest, struct str *cell);
/* The cell that a text begins with; what is behind it may be more than its row. */
struct str pipes_cell(struct str text);
size_t pipes_count(struct str row);

/* Whether it is a delimiter row, such as | --- | :-: |.  Dashes alone are not: they underline a
 * heading. */
bool pipes_delimits(struct str row);
/* The alignment that a cell of a delimiter row gives its column. */
enum pipes_alignment pipes_alignment_of(struct str cell);

/* A cell's text without the backslashes before pipes, and back. */
void pipes_unescape(struct str cell, struct buf *out);
void pipes_escape(struct str text, struct buf *out);

#endif
