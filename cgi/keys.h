/* The folder of keys, which the operator makes once and backs up apart from the database. */
#ifndef TEADE_KEYS_H
#define TEADE_KEYS_H

#include "base/buf.h"

/* Makes FOLDER (0700) where it is not there, and in it visitor.key (0600): one line, "ID HEX64",
 * from the system's randomness.  A key that is there is never touched: *made is false then.
 * false with the reason in `why`. */
bool keys_make(const char *folder, bool *made, struct buf *why);

#endif
