/* The socket that nginx speaks to. */
#ifndef TEADE_LISTENER_H
#define TEADE_LISTENER_H

#include "base/buf.h"

/* Binds a UNIX socket at a path, mode 0660, replacing one that nobody listens on; for NULL
 * the one that was passed: systemd's (LISTEN_FDS) or descriptor 0.  Accepting from it never blocks.
 * -1 with the reason. */
int listener_open(const char *path, struct buf *why);

/* Adds where the socket is and who may open it, for an operator whose web server may not: "PATH (mode
 * 660, user teade, group www-data)".  Nothing for one that has no path. */
void listener_describe(int descriptor, struct buf *out);

/* Removes the path; NULL is fine. */
void listener_remove(const char *path);

#endif
