/* A database file changes places with another one, so that a run that is killed at any moment
 * leaves the old one or the new one under the name, whole.  All under the lock of the database;
 * false with the reason in `why`. */
#ifndef TEADE_REPLACE_DATABASE_H
#define TEADE_REPLACE_DATABASE_H

#include "base/buf.h"

/* Removes a database file and its WAL and journal; it need not exist. */
void replace_remove(const char *path);

/* A copy of a file byte by byte, for its owner alone.  Refuses a database in use, whose newest part
 * is in another file. */
bool replace_copy(const char *from, const char *to, struct buf *why);

/* Gives a file another name, PATH.before-restore, with a number where that is taken, and returns
 * it, freed by the caller; NULL on failure. */
char *replace_set_aside(const char *path, struct buf *why);

/* Puts `new`, a database that was closed, under the name `path`.  What is there is kept under
 * another name, *kept, freed by the caller: `path`.before-restore, with a number where that
 * is taken; NULL: nothing was there.  `closed`: it was opened and closed as well, and what is
 * in its WAL all the same belongs to somebody who is using it. */
bool replace_database(const char *new, const char *path, bool closed, char **kept, struct buf *why);

#endif
