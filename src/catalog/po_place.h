/* Places in a PO file: libgettextpo does not report them. */
#ifndef TEADE_PO_PLACE_H
#define TEADE_PO_PLACE_H

#include "base/finding.h"

/* The offset of the next line `msgid` from an offset on, or the text's end. */
size_t po_next_msgid(const struct source *source, size_t from);

/* The first line of a msgid that has words: behind `msgid ""` the next one. */
struct place po_words(const struct source *source, size_t msgid);

/* The translator's note to readers of the entry whose msgid is there (catalog.h): the rest of the
 * line in its comments, which begin at `from` or later.  Empty if there is no such line. */
struct str po_note(const struct source *source, size_t from, size_t msgid);

/* The byte at `offset` of the msgstr behind a place in an entry's msgid; at its end, the quotation
 * mark there. */
struct place po_msgstr(struct place msgid, size_t offset);

#endif
