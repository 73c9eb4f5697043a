/* What a text asks of a visitor, in its own words: read from the text itself, which is kept as long
 * as anything rests on it, for the site may be another one by then. */
#ifndef TEADE_ASKED_H
#define TEADE_ASKED_H

#include "base/buf.h"

/* Adds what a question that names a recipient (PURPOSE.RECIPIENT) says, as plain text on two lines:
 * what for; and whom, where and which data.  false: the text has no such question. */
bool asked_of(struct str text, const char *question, struct buf *out);

#endif
