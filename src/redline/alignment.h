/* Two texts as one list of blocks: the new one's, and the old one's where they were. */
#ifndef TEADE_ALIGNMENT_H
#define TEADE_ALIGNMENT_H

#include "columns.h"
#include "nesting.h"
#include "numbering.h"

struct alignment {
    const struct side *old, *new;
    struct numbering numbering;
    struct columns *columns; /* of tables, by the ids in paths */
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
        size_t old, new;   /* blocks, or OUTLINE_NONE */
        size_t moved_from; /* of one that moved here: the old block; else OUTLINE_NONE */
        struct nesting_path path;
        /* Of either side's words: all of a block's, or its part of them. */
        struct passage old_words, new_words;
        /* It goes on from the one before it: from its old block, which was cut here, or in its new
         * block, which was two. */
        enum { PART_NONE, PART_SPLIT, PART_JOINED } part;
        bool spaced; /* a part: between it and the one before there is a space where they are one */
        /* Where a pair stands now, seen from where it stood. */
        enum { DEPTH_SAME, DEPTH_MORE, DEPTH_LESS, DEPTH_OTHER } depth;
        bool bare;    /* words of a tight list's item, which have no element of their own */
        bool on_item; /* bare, the first of its item, and all in the item is of its status */
    } * blocks;
    size_t count;
};

/* The texts, numbered by the same numbers, must outlive it.  Release it. */
void alignment_make(struct alignment *alignment, const struct side *old, const struct side *new);
void alignment_release(struct alignment *alignment);

/* Where its words are; those that are in both texts, in the new one. */
const struct side *aligned_side(const struct alignment *alignment, const struct aligned *aligned);
const struct outline_block *aligned_block(const struct alignment *alignment,
                                          const struct aligned *aligned);

#endif
