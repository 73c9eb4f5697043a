/* Stray files: what editors, version control, file synchronisation and operating systems leave in a
 * folder.  They are ignored with a warning, because one may contain somebody's work. */
#ifndef TEADE_STRAY_H
#define TEADE_STRAY_H

#include "base/finding.h"

/* Whether a name, without its folder, is that of a stray file. */
bool stray_is(const char *name);

/* A warning for each stray file in a folder, hidden ones as well. */
void stray_report(const char *folder, struct findings *findings);

#endif
