/* What only the old text has goes into the new text's lists and quotes where these go on from
 * the old ones: where a block of either is the other's partner.  Where an old list goes on in
 * two, that is the one of the last pair above, or of the first where there is none above. */
#include "nesting.h"

#include <stdlib.h>

#include "base/mem.h"

bool nesting_differs(const struct nesting *places, size_t old, size_t new)
{
    return places->old_side->shapes[old] != places->new_side->shapes[new];
}

/* The containers of a pair, unless it stands in other ones now: of one shape, so both chains end
 * together.  `again`: it is come to in reading, not looked ahead at. */
static void note_pair(struct nesting *places, size_t old, size_t new, bool again)
{
    size_t o = places->old->blocks[old].container, n = places->new->blocks[new].container;

    while (!nesting_differs(places, old, new) && o != OUTLINE_NONE && n != OUTLINE_NONE) {
        if (again || places->continued[o] == OUTLINE_NONE)
            places->continued[o] = n;
        if (again)
            places->from[n] = o;
        o = places->old->containers[o].parent;
        n = places->new->containers[n].parent;
    }
}

void nesting_make(struct nesting *places, const struct pairing *pairing)
{
    const struct outline *old = &pairing->old->outline;

    *places = (struct nesting){.old = old,
                              .new = &pairing->new->outline,
                              .old_side = pairing->old,
                              .new_side = pairing->new};
    places->continued = outline_nobody(old->container_count);
    places->from = outline_nobody(places->new->container_count);
    for (size_t b = 0; b < old->block_count; b++)
        if (pairing->new_of[b] != OUTLINE_NONE)
            note_pair(places, b, pairing->new_of[b], false);
}

void nesting_release(struct nesting *places)
{
    free(places->continued);
    free(places->from);
}

static void chain_of(const struct outline *outline, size_t block, struct nesting_path *path)
{
    size_t container = outline->blocks[block].container, i;

    path->depth = 0;
    for (size_t c = container; c != OUTLINE_NONE; c = outline->containers[c].parent)
        path->depth++;
    path->node = mem_alloc((path->depth + 1) * sizeof *path->node);
    i = path->depth;
    for (size_t c = container; c != OUTLINE_NONE; c = outline->containers[c].parent)
        path->node[--i] = (struct nesting_container){&outline->containers[c], c, false};
}

/* What is closed stays closed. */
static bool may_enter(const struct nesting *places, size_t container, size_t level)
{
    return container >= places->entered ||
           (level < places->here.depth && places->here.node[level].id == container);
}

void nesting_find(const struct nesting *places, size_t old, size_t new, struct nesting_path *path)
{
    bool is_old = new == OUTLINE_NONE;
    size_t parent = OUTLINE_NONE;

    chain_of(is_old ? places->old : places->new, is_old ? old : new, path);
    for (size_t i = 0; i < path->depth; i++) {
        struct nesting_container *node = &path->node[i];
        size_t by = is_old ? places->continued[node->id] : node->id;

        if (by != OUTLINE_NONE && places->new->containers[by].parent == parent &&
            (!is_old || may_enter(places, by, i)))
            *node = (struct nesting_container){&places->new->containers[by], by, false};
        else
            node->id += places->new->container_count;
        node->numbered = i && path->node[i - 1].container->kind == IN_NUMBERS;
        parent = node->id;
    }
}

bool nesting_was_parted(const struct nesting *places, size_t old, size_t new)
{
    size_t o = places->old->blocks[old].container, n = places->new->blocks[new].container;

    while (!nesting_differs(places, old, new) && o != OUTLINE_NONE && n != OUTLINE_NONE) {
        bool same =
            places->continued[o] == n && (places->from[n] == OUTLINE_NONE || places->from[n] == o);

        if (!same && places->new->containers[n].kind == IN_ITEM)
            return true;
        o = places->old->containers[o].parent;
        n = places->new->containers[n].parent;
    }
    return false;
}

void nesting_enter(struct nesting *places, size_t old, size_t new, const struct nesting_path *path)
{
    if (old != OUTLINE_NONE && new != OUTLINE_NONE)
        note_pair(places, old, new, true);
    places->here = *path;
    for (size_t i = 0; i < path->depth; i++)
        if (path->node[i].id < places->new->container_count && path->node[i].id >= places->entered)
            places->entered = path->node[i].id + 1;
}

size_t nesting_shared(const struct nesting_path *a, const struct nesting_path *b)
{
    size_t shared = 0;

    while (shared < a->depth && shared < b->depth && a->node[shared].id == b->node[shared].id)
        shared++;
    return shared;
}
