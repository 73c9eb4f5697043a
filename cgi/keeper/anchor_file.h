/* The anchor: the newest checkpoint of the log, signed, in a file of its own.  It is to lie where a
 * fault or an intruder does not take it together with the database: one that was rolled back is
 * then shorter than its anchor, and one that was altered has another root.  Without an option it is
 * DATABASE.anchor. */
#ifndef TEADE_ANCHOR_FILE_H
#define TEADE_ANCHOR_FILE_H

#include "store/store.h"
#include "store/store_log.h"

/* Puts a signed note in the place of the anchor, on disk when it returns; false with errno set. */
bool anchor_write(const char *file, const char *note);

/* Whether the database goes on from where the anchor was made, in a transaction.  No anchor is
 * fine: *is_there tells.  false with the reason in `why`, also if the note cannot be parsed, or is
 * signed by none of the keys that the database knows.  Its lines may end as those of a mail. */
bool anchor_holds(const char *file, struct store *store, bool *is_there, struct buf *why);

/* How many entries the anchor knows of; 0 where it is not there, or is not signed by a key that the
 * database knows.  In a transaction. */
int64_t anchor_size(const char *file, struct store *store);

#endif
