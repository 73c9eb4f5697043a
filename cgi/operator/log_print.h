/* The log as the operator reads it, on stdout. */
#ifndef TEADE_LOG_PRINT_H
#define TEADE_LOG_PRINT_H

#include "store/store.h"

/* The newest head for the public, as it was signed; *found false: there is none yet. */
bool records_checkpoint(struct store *store, bool *found);

/* The keys that ever signed heads, one a line, the first first. */
bool records_signers(struct store *store);

/* Whether the database goes on from a head that was kept in a file; no file is fine where it need
 * not be there, and said on stderr.  What is wrong is added to `why`. */
bool records_goes_on(struct store *store, const char *file, bool must_exist, struct buf *why);

#endif
