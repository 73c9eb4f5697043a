/* Two texts as one list of blocks: the new one's, and the old one's where they were. */
#ifndef TEADE_ALIGNMENT_H
#define TEADE_ALIGNMENT_H

#include "side.h"

struct alignment {
    struct side old, new;
    /* The new text's blocks with those of the old one that were taken out, in reading order. */
    struct aligned {
        enum block_status {
            BLOCK_SAME,
            BLOCK_CHANGED,
            BLOCK_ADDED,
            BLOCK_REMOVED,
            BLOCK_MOVED_HERE,
            BLOCK_MOVED_AWAY
        } status;
        size_t old, new; /* blocks, or OUTLINE_NONE */
    } * blocks;
    size_t count;
};

/* Takes the outlines over.  Release it. */
void alignment_make(struct alignment *alignment, struct outline *old, struct outline *new,
                    const char *language);
void alignment_release(struct alignment *alignment);

#endif
