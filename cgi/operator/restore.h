/* A backup becomes the database. */
#ifndef TEADE_RESTORE_H
#define TEADE_RESTORE_H

#include <stdbool.h>

/* `yes`: what is lost was agreed to.  An anchor that knows of more than the backup is kept under
 * another name, for the endpoint would take the database for one that was rolled back.  Returns the
 * program's exit status. */
int records_restore(const char *database, const char *file, const char *anchor, bool yes);

#endif
