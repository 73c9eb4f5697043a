#include "alignment.h"

#include <stdlib.h>

#include "base/mem.h"
#include "matching.h"

const struct side *aligned_side(const struct alignment *alignment, const struct aligned *aligned)
{
    return aligned->new == OUTLINE_NONE ? alignment->old : alignment->new;
}

const struct outline_block *aligned_block(const struct alignment *alignment,
                                          const struct aligned *aligned)
{
    return aligned->new == OUTLINE_NONE ? &alignment->old->outline.blocks[aligned->old]
                                        : &alignment->new->outline.blocks[aligned->new];
}

/* Order */

/* Both texts, read at once. */
struct reading {
    struct alignment *alignment;
    const struct pairing *pairing;
    struct nesting places;
    size_t old_at, new_at; /* the next block of either */
};

static struct aligned *add_aligned(struct reading *reading, enum block_status status, size_t old,
                                   size_t new)
{
    struct alignment *alignment = reading->alignment;
    struct aligned aligned = {.status = status, .old = old, .new = new, .moved_from = OUTLINE_NONE};
    size_t depth;

    nesting_find(&reading->places, old, new, &aligned.path);
    nesting_enter(&reading->places, old, new, &aligned.path);
    depth = aligned.path.depth;
    aligned.bare = aligned_block(alignment, &aligned)->kind == BLOCK_PARAGRAPH && depth > 1 &&
                   aligned.path.node[depth - 1].container->kind == IN_ITEM &&
                   aligned.path.node[depth - 2].container->tight;
    if (old != OUTLINE_NONE)
        aligned.old_words = side_words(alignment->old, old);
    if (new != OUTLINE_NONE)
        aligned.new_words = side_words(alignment->new, new);
    alignment->blocks = mem_grow(alignment->blocks, alignment->count, sizeof *alignment->blocks);
    alignment->blocks[alignment->count] = aligned;
    return &alignment->blocks[alignment->count++];
}

static void take_old(struct reading *reading)
{
    size_t old = reading->old_at++;
    bool moved = reading->pairing->moved_to[old] != OUTLINE_NONE;

    add_aligned(reading, moved ? BLOCK_MOVED_AWAY : BLOCK_REMOVED, old, OUTLINE_NONE);
}

static void take_new(struct reading *reading)
{
    size_t new = reading->new_at++, from = reading->pairing->moved_from[new];

    add_aligned(reading, from != OUTLINE_NONE ? BLOCK_MOVED_HERE : BLOCK_ADDED, OUTLINE_NONE, new)
        ->moved_from = from;
}

/* Whether a block is a row of a table that has other columns now. */
static bool columns_differ(const struct alignment *alignment, size_t new)
{
    size_t container = alignment->new->outline.blocks[new].container;

    return container != OUTLINE_NONE && alignment->columns[container].differ;
}

/* In how many items it stands. */
static size_t depth_of(const struct outline *outline, size_t block)
{
    size_t depth = 0;

    for (size_t c = outline->blocks[block].container; c != OUTLINE_NONE;
         c = outline->containers[c].parent)
        depth += outline->containers[c].kind == IN_ITEM;
    return depth;
}

/* Headings have levels, and so have items in items. */
static void note_depth(const struct reading *reading, struct aligned *aligned)
{
    const struct outline *old = &reading->alignment->old->outline;
    const struct outline *new = &reading->alignment->new->outline;
    size_t was = depth_of(old, aligned->old), is = depth_of(new, aligned->new);

    if (nesting_differs(&reading->places, aligned->old, aligned->new))
        aligned->depth = !was || !is || is == was ? DEPTH_OTHER
                         : is > was               ? DEPTH_MORE
                                                  : DEPTH_LESS;
    else if (old->blocks[aligned->old].level != new->blocks[aligned->new].level)
        aligned->depth = old->blocks[aligned->old].level < new->blocks[aligned->new].level
                             ? DEPTH_MORE
                             : DEPTH_LESS;
}

static void take_pair(struct reading *reading)
{
    size_t old = reading->old_at++, new = reading->new_at++;
    bool same = reading->alignment->old->looks[old] == reading->alignment->new->looks[new] &&
                !nesting_was_parted(&reading->places, old, new) &&
                !columns_differ(reading->alignment, new);

    note_depth(reading, add_aligned(reading, same ? BLOCK_SAME : BLOCK_CHANGED, old, new));
}

/* A block's next part begins there, and so its words before it end there.  Returns whether a space
 * stands in between, which is neither's. */
static bool cut_words(const struct side *side, struct passage *before, struct passage *behind,
                      size_t at)
{
    bool spaced =
        at > before->from && side->tokens[at - 1].is_space && side->tokens[at - 1].style == 0;

    before->to = at - spaced;
    behind->from = at;
    return spaced;
}

/* A new block that goes on from the old one before it, which was cut. */
static void take_split(struct reading *reading)
{
    size_t old = reading->old_at - 1, new = reading->new_at++;
    struct aligned *aligned = add_aligned(reading, BLOCK_CHANGED, old, new);

    aligned->part = PART_SPLIT;
    aligned[-1].status = BLOCK_CHANGED;
    aligned->spaced = cut_words(reading->alignment->old, &aligned[-1].old_words,
                                &aligned->old_words, reading->pairing->cut_new[new]);
}

/* An old block that goes on in the new one before it. */
static void take_joined(struct reading *reading)
{
    size_t old = reading->old_at++, new = reading->new_at - 1;
    struct aligned *aligned = add_aligned(reading, BLOCK_CHANGED, old, new);

    aligned->part = PART_JOINED;
    aligned[-1].status = BLOCK_CHANGED;
    aligned->spaced = cut_words(reading->alignment->new, &aligned[-1].new_words,
                                &aligned->new_words, reading->pairing->cut_old[old]);
}

/* Whether a new block must come first, lest what is open is closed too soon, or what is entered
 * by an old block is left again.  `here` is where the last block stood. */
static bool new_precedes(const struct nesting_path *old, const struct nesting_path *new,
                         const struct nesting_path *here, size_t new_containers)
{
    size_t old_stays = nesting_shared(old, here), new_stays = nesting_shared(new, here);
    size_t shared = nesting_shared(old, new);

    if (old_stays != new_stays)
        return new_stays > old_stays;
    if (shared == old->depth || old->node[shared].id >= new_containers)
        return false;
    return shared == new->depth || new->node[shared].id < old->node[shared].id;
}

/* Old blocks stand before the new ones of the same place. */
static bool is_new_next(const struct reading *reading)
{
    struct nesting_path old, new;
    bool precedes;

    nesting_find(&reading->places, reading->old_at, OUTLINE_NONE, &old);
    nesting_find(&reading->places, OUTLINE_NONE, reading->new_at, &new);
    precedes = new_precedes(&old, &new, &reading->places.here,
                            reading->alignment->new->outline.container_count);
    free(old.node);
    free(new.node);
    return precedes;
}

/* Two items were made one, and what stood between them was removed: it would close the item that
 * the next pair goes on with.  That pair is dropped, then. */
static void part_pair(const struct reading *reading, struct pairing *pairing)
{
    const struct nesting_path *here = &reading->places.here;
    struct nesting_path old, new;
    bool closes = false;

    nesting_find(&reading->places, reading->old_at, OUTLINE_NONE, &old);
    nesting_find(&reading->places, OUTLINE_NONE, reading->new_at, &new);
    for (size_t i = nesting_shared(&old, here); i < nesting_shared(&new, here); i++)
        closes |= here->node[i].container->kind == IN_ITEM;
    if (closes)
        pairing_part(pairing, pairing->old_of[reading->new_at], reading->new_at);
    free(old.node);
    free(new.node);
}

static bool is_split(const struct reading *reading, size_t new_count)
{
    return reading->new_at < new_count && reading->old_at &&
           reading->pairing->cut_new[reading->new_at] != OUTLINE_NONE &&
           reading->pairing->old_of[reading->new_at] == reading->old_at - 1;
}

static bool is_joined(const struct reading *reading, size_t old_count)
{
    return reading->old_at < old_count && reading->new_at &&
           reading->pairing->cut_old[reading->old_at] != OUTLINE_NONE &&
           reading->pairing->new_of[reading->old_at] == reading->new_at - 1;
}

/* What comes next, of what has a partner and what has none. */
static void take_next(struct reading *reading, struct pairing *pairing, size_t old_count,
                      size_t new_count)
{
    bool old_waits =
        reading->old_at < old_count && pairing->new_of[reading->old_at] == OUTLINE_NONE;
    bool new_waits;

    if (old_waits && reading->new_at < new_count &&
        pairing->old_of[reading->new_at] != OUTLINE_NONE)
        part_pair(reading, pairing);
    new_waits = reading->new_at < new_count && pairing->old_of[reading->new_at] == OUTLINE_NONE;
    if (new_waits && (!old_waits || is_new_next(reading)))
        take_new(reading);
    else if (old_waits)
        take_old(reading);
    else
        take_pair(reading);
}

static void put_in_order(struct alignment *alignment, struct pairing *pairing)
{
    size_t old_count = alignment->old->outline.block_count;
    size_t new_count = alignment->new->outline.block_count;
    struct reading reading = {.alignment = alignment, .pairing = pairing};

    nesting_make(&reading.places, pairing);
    while (reading.old_at < old_count || reading.new_at < new_count)
        if (is_split(&reading, new_count))
            take_split(&reading);
        else if (is_joined(&reading, old_count))
            take_joined(&reading);
        else
            take_next(&reading, pairing, old_count, new_count);
    nesting_release(&reading.places);
}

/* Items */

/* What is known of a container, by its id. */
struct extent {
    enum { EMPTY, WHOLE, MIXED } of; /* WHOLE: all its blocks are of one status */
    enum block_status status;
    bool bare; /* its own words come first */
};

static void add_to_extents(struct extent *extents, const struct aligned *aligned)
{
    for (size_t i = 0; i < aligned->path.depth; i++) {
        struct extent *extent = &extents[aligned->path.node[i].id];

        if (extent->of == EMPTY)
            *extent = (struct extent){WHOLE, aligned->status,
                                      aligned->bare && i + 1 == aligned->path.depth};
        else if (extent->status != aligned->status)
            extent->of = MIXED;
    }
}

static void mark_items(struct alignment *alignment)
{
    size_t count = alignment->old->outline.container_count + alignment->new->outline.container_count;
    struct extent *extents = mem_alloc((count + 1) * sizeof *extents);

    for (size_t b = 0; b < alignment->count; b++)
        add_to_extents(extents, &alignment->blocks[b]);
    for (size_t b = 0; b < alignment->count; b++) {
        struct aligned *aligned = &alignment->blocks[b];
        const struct extent *item;

        if (!aligned->bare)
            continue;
        item = &extents[aligned->path.node[aligned->path.depth - 1].id];
        aligned->on_item = item->of == WHOLE && item->bare;
    }
    free(extents);
}

void alignment_make(struct alignment *alignment, const struct side *old, const struct side *new)
{
    struct pairing pairing;

    *alignment = (struct alignment){.old = old, .new = new};
    matching_make(&pairing, old, new);
    alignment->columns = columns_make(&pairing);
    put_in_order(alignment, &pairing);
    numbering_make(&alignment->numbering, &pairing);
    mark_items(alignment);
    pairing_release(&pairing);
}

void alignment_release(struct alignment *alignment)
{
    for (size_t b = 0; b < alignment->count; b++)
        free(alignment->blocks[b].path.node);
    numbering_release(&alignment->numbering);
    columns_free(alignment->columns,
                 alignment->old->outline.container_count + alignment->new->outline.container_count);
    free(alignment->blocks);
    *alignment = (struct alignment){.count = 0};
}
