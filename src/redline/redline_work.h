/* A redline in the making: what its blocks (redline_block.c), the labels of its items
 * (redline_label.c) and the list of its changes (redline_list.c) share. */
#ifndef TEADE_REDLINE_WORK_H
#define TEADE_REDLINE_WORK_H

#include "redline_private.h"

/* What stood before an item in the old text and stands there in the new one, where that is shown:
 * items of either, or OUTLINE_NONE. */
struct redline_label {
    size_t was, is;
};
extern const struct redline_label redline_no_label;

struct redline_work {
    const struct alignment *alignment;
    const struct redline_options *options;
    struct redline *redline;
    struct nesting_path open;           /* a block's */
    bool bare;                  /* words without an element of their own were written last */
    bool has_element;           /* the last block */
    struct redline_label label; /* the last one that this block was given */
    char *heading;              /* the last one, plain */
    bool heading_told, heading_listed;
    bool has_id;     /* the block, as a change */
    bool renumbered; /* the block before it was an item that only has another number */
};

/* The words that name changes, or NULL: only elements mark them. */
const struct redline_words *redline_said(const struct redline_work *work);

/* Writes a block; `next` is the one that goes on from it, or NULL. */
void redline_write_block(struct redline_work *work, const struct aligned *aligned,
                         const struct aligned *next, const struct runs *runs);
/* Closes all that is open, and leads back to the list of changes. */
void redline_write_end(struct redline_work *work);
/* Before a pair that stands in other lists or quotes, and before a heading of another level, a note
 * of that.  `with_place`: and what it stood in. */
void redline_write_depth(const struct redline_work *work, const struct aligned *aligned,
                         bool with_place, struct buf *out);
bool redline_has_moved(const struct aligned *aligned);
/* Whether it is a change of its own, if it is one. */
bool redline_is_listed(const struct redline_work *work, const struct aligned *aligned);

bool redline_is_told(const struct redline_label *label);
/* Of an item that a block opens; `own`: the block is its own words. */
struct redline_label redline_opened_label(const struct redline_work *work,
                                          const struct aligned *aligned,
                                          const struct nesting_container *node, bool own);
/* Of a block that opens no item of its own. */
struct redline_label redline_closed_label(const struct redline_work *work,
                                          const struct aligned *aligned);
void redline_write_label(const struct redline_work *work, const struct redline_label *label,
                         struct buf *out);
/* One side of it, ADDED or REMOVED, marked as what came or went. */
void redline_write_label_side(const struct redline_work *work, const struct redline_label *label,
                              enum change change, const struct redline_words *words,
                              struct buf *out);

/* Counts a block that was just written, and adds it to the list and the table if it changed. */
void redline_list(struct redline_work *work, const struct aligned *aligned,
                  const struct aligned *next, const struct runs *runs);

#endif
