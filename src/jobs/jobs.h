/* Work that falls into parts, done by several threads at once.  What comes of it does not depend on
 * how many there are: each part writes to its own place, and its findings are passed on in the
 * order of the parts.
 *
 * Threads rather than processes, as all parts read one edition and most make something for it; ICU,
 * libcmark, jansson, zlib and Brotli keep no state between calls on different objects.
 * libgettextpo and time zones do (catalog.h, zone.h): they are used between such pieces of work. */
#ifndef TEADE_JOBS_H
#define TEADE_JOBS_H

#include "base/finding.h"

enum { JOBS_MAX = 256 };

/* How many threads this machine can run at once for this process. */
size_t jobs_default(void);

/* Does the parts 0 to `count` - 1 of some work by up to `jobs` threads.  `part` has findings of its
 * own and returns whether all is well; parts behind one that failed are done all the same.  false:
 * one of them is not well. */
bool jobs_run(size_t jobs, size_t count,
              bool (*part)(void *context, size_t index, struct findings *findings), void *context,
              struct findings *findings);

#endif
