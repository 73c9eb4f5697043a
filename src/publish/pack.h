/* Compressed copies that nginx serves as they are.  The same bytes in give the same
 * bytes out: no time, no name. */
#ifndef TEADE_PACK_H
#define TEADE_PACK_H

#include "base/buf.h"

void pack_gzip(struct str content, struct buf *out);   /* RFC 1952 */
void pack_brotli(struct str content, struct buf *out); /* RFC 7932 */

/* Whether a file of that name gains by it: text, by its ending. */
bool pack_is_worth_it(const char *path);

#endif
