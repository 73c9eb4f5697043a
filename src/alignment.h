/* Which blocks of two texts belong together, before their words are compared. */
#ifndef TEADE_ALIGNMENT_H
#define TEADE_ALIGNMENT_H

#include <stdint.h>

#include "intern.h"
#include "outline.h"

/* A word, what stands between words, or an atom (outline.h). */
struct token {
    size_t offset, len; /* in the outline's text */
    size_t style;
    uint32_t number; /* equal for equal text in equal markup, on both sides */
    uint32_t word;   /* equal for equal text */
    bool atom, is_word;
};

/* One of the two texts. */
struct side {
    struct outline outline;
    struct token *tokens;
    size_t token_count;
    size_t *first;    /* per block and one more: its first token */
    uint32_t *keys;   /* per block: equal where kind, place and words are */
    uint32_t *shapes; /* per block: equal where kind and place are */
};

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
