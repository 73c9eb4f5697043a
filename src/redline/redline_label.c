/* The label of an item, where it differs from its old label. */
#include "redline_work.h"

const struct redline_label redline_no_label = {OUTLINE_NONE, OUTLINE_NONE};

bool redline_is_told(const struct redline_label *label)
{
    return label->was != OUTLINE_NONE || label->is != OUTLINE_NONE;
}

static bool is_pair(const struct aligned *aligned)
{
    return aligned->old != OUTLINE_NONE && aligned->new != OUTLINE_NONE;
}

/* The item that a block of the old text begins and that is not an item of the new one, or
 * OUTLINE_NONE. */
static size_t lost_item(const struct redline_work *work, const struct aligned *aligned)
{
    const struct outline *old = &work->alignment->old->outline;
    size_t item, above;

    if (aligned->old == OUTLINE_NONE)
        return OUTLINE_NONE;
    item = old->blocks[aligned->old].container;
    if (item == OUTLINE_NONE || old->containers[item].kind != IN_ITEM ||
        work->alignment->numbering.becomes[item] != OUTLINE_NONE)
        return OUTLINE_NONE;
    above = aligned->old ? old->blocks[aligned->old - 1].container : OUTLINE_NONE;
    while (above != OUTLINE_NONE && above != item)
        above = old->containers[above].parent;
    return above == item ? OUTLINE_NONE : item;
}

/* Of an item that a block opens; `own`: the block is its own words. */
struct redline_label redline_opened_label(const struct redline_work *work,
                                          const struct aligned *aligned,
                                          const struct nesting_container *node, bool own)
{
    const struct numbering *numbering = &work->alignment->numbering;

    if (node->container->kind != IN_ITEM ||
        node->id >= work->alignment->new->outline.container_count)
        return redline_no_label;
    if (numbering->was[node->id] != OUTLINE_NONE)
        return numbering->renumbered[node->id]
                   ? (struct redline_label){numbering->was[node->id], node->id}
                   : redline_no_label;
    return own && is_pair(aligned) && aligned->depth == DEPTH_SAME
               ? (struct redline_label){lost_item(work, aligned), node->id}
               : redline_no_label;
}

/* Of a block that opens no item of its own. */
struct redline_label redline_closed_label(const struct redline_work *work,
                                          const struct aligned *aligned)
{
    const struct nesting_path *path = &aligned->path;
    bool is_inside = path->depth &&
                     path->node[path->depth - 1].id < work->alignment->new->outline.container_count;

    return is_pair(aligned) || is_inside
               ? (struct redline_label){lost_item(work, aligned), OUTLINE_NONE}
               : redline_no_label;
}

/* One side of a label, marked as what came or went. */
void redline_write_label_side(const struct redline_work *work, const struct redline_label *label,
                              enum change change, const struct redline_words *words,
                              struct buf *out)
{
    size_t item = change == REMOVED ? label->was : label->is;

    if (item == OUTLINE_NONE)
        return;
    redline_begin_mark(change, words, out);
    item_label(change == REMOVED ? &work->alignment->old->outline : &work->alignment->new->outline,
               item, out);
    redline_end_mark(change, words, out);
    buf_addc(out, ' ');
}

void redline_write_label(const struct redline_work *work, const struct redline_label *label,
                         struct buf *out)
{
    if (!redline_is_told(label))
        return;
    buf_adds(out, "<span class=\"number\">");
    redline_write_label_side(work, label, REMOVED, redline_said(work), out);
    redline_write_label_side(work, label, ADDED, redline_said(work), out);
    buf_adds(out, "</span>");
}
