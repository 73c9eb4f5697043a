/* Puts files online all at once: they are staged in a folder beside the output, which
 * then changes places with it.  Until that moment, and after any failure, what was
 * there before is untouched. */
#ifndef TEADE_PUBLISH_H
#define TEADE_PUBLISH_H

#include "base/finding.h"

struct publish {
    char *output, *stage;
    size_t files; /* written so far */
    int lock;     /* the folder above, locked against a second build */
    struct findings *findings;
};

/* Begins, after any other build into the same parent folder has ended.  false after a
 * finding: not writable, or a folder that is not a site and so is not ours to replace. */
bool publish_begin(struct publish *publish, const char *output, struct findings *findings);

/* Adds a file at a path below the output. */
bool publish_file(struct publish *publish, const char *path, struct str content);

/* Swaps; what was there before is removed.  The publish is released. */
bool publish_finish(struct publish *publish);

/* Gives up: removes what was staged.  The publish is released. */
void publish_abandon(struct publish *publish);

#endif
