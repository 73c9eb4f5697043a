/* gettext's own programs, where its library cannot do what they do. */
#ifndef TEADE_GETTEXT_H
#define TEADE_GETTEXT_H

#include "base/finding.h"

/* Makes an empty catalogue at `path` for a language, from a template (.pot), with the header
 * that msginit knows for it.  It is there whole or not at all, and never in the place of a file
 * that is there already.  false after findings. */
bool gettext_new_catalog(const char *pot, const char *path, const char *tag,
                         struct findings *findings);

/* Brings a catalogue up to date with its template.  New messages are added; the translation of a
 * message whose words changed is kept as fuzzy; removed messages become obsolete.  The file is
 * replaced as a whole.  Then msgfmt checks it, and prints to standard error how much is translated.
 * false after findings. */
bool gettext_update_catalog(const char *pot, const char *path, struct findings *findings);

#endif
