/* CSV by RFC 4180: lines end in CRLF; a cell with a comma, a quote or a line's end is quoted.
 *
 * Safe to open in a spreadsheet: a cell that one would take for a formula, because it begins with
 * = + - @ (also in their full width, as Japanese input has them), a tab, CR or LF, gets an
 * apostrophe in front.  JSON Lines have the exact words. */
#ifndef TEADE_CSV_H
#define TEADE_CSV_H

#include "base/buf.h"

/* What the file begins with: spreadsheets take one without a byte order mark for another encoding.
 */
#define CSV_BEGIN "\xef\xbb\xbf"

/* Adds a line; NULL is an empty cell. */
void csv_line(struct buf *out, const char *const *cells, size_t count);

#endif
