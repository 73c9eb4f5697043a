/* The name of a database: a path, or sqlite:PATH.  What stands beside it is named after its file.
 */
#ifndef TEADE_DATABASE_NAME_H
#define TEADE_DATABASE_NAME_H

#include "base/buf.h"

/* The file that a name is about, a part of it; also of a name that names none. */
const char *database_file(const char *name);

/* The same; NULL with the reason in `why`: it is not the path of a file. */
const char *database_path(const char *name, struct buf *why);

#endif
