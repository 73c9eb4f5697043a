/* gettext's own programs, where its library cannot do what they do. */
#ifndef TEADE_GETTEXT_H
#define TEADE_GETTEXT_H

#include "base/finding.h"

/* Makes an empty catalogue at `path` for a language, from a template (.pot), with the header
 * that msginit knows for it.  It is there whole or not at all, and never in the place of a file
 * that is there already.  false after findings. */
bool gettext_new_catalog(const char *pot, const char *path, const char *tag,
                         struct findings *findings);

#endif
