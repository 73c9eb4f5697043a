#include "numbering.h"

#include <stdlib.h>

#include "base/mem.h"

void item_label(const struct outline *outline, size_t item, struct buf *out)
{
    const struct outline_container *list = &outline->containers[outline->containers[item].parent];

    if (list->kind == IN_NUMBERS)
        buf_addf(out, "%d%c", outline->containers[item].number, list->delimiter);
    else
        buf_adds(out, "•");
}

static bool same_marker(const struct outline_container *a, const struct outline_container *b)
{
    return a->kind == b->kind && (a->kind != IN_NUMBERS || a->delimiter == b->delimiter);
}

static void pair_item(struct numbering *numbering, size_t old, size_t new)
{
    if (numbering->becomes[old] == OUTLINE_NONE && numbering->was[new] == OUTLINE_NONE) {
        numbering->becomes[old] = new;
        numbering->was[new] = old;
    }
}

/* Items go on where blocks in them do; the first that does decides.  `in_place`: where these stand
 * in lists as they did; else what stands in other lists now has its own item at most. */
static void pair_items(struct numbering *numbering, const struct pairing *pairing, bool in_place)
{
    const struct outline *old = &pairing->old->outline, *new = &pairing->new->outline;

    for (size_t b = 0; b < old->block_count; b++) {
        size_t partner = pairing->new_of[b], o = old->blocks[b].container, n;

        if (partner == OUTLINE_NONE ||
            in_place != (pairing->old->shapes[b] == pairing->new->shapes[partner]))
            continue;
        n = new->blocks[partner].container;
        while (o != OUTLINE_NONE && n != OUTLINE_NONE) {
            if (old->containers[o].kind == IN_ITEM && new->containers[n].kind == IN_ITEM)
                pair_item(numbering, o, n);
            if (!in_place)
                break;
            o = old->containers[o].parent;
            n = new->containers[n].parent;
        }
    }
}

/* Whether a list counts on from the one before it, as where a paragraph cut one in two. */
static bool counts_on(const struct outline *outline, size_t before, size_t list)
{
    return before != OUTLINE_NONE && outline->containers[list].kind == IN_NUMBERS &&
           list + 1 < outline->container_count &&
           outline->containers[list + 1].number == outline->containers[before].number + 1;
}

/* Per item: how many that have no partner stand before it, as far back as its list counts on. */
static size_t *alone_before(const struct outline *outline, const size_t *partner)
{
    size_t *alone = mem_alloc((outline->container_count + 1) * sizeof *alone);
    size_t *last =
        outline_nobody(outline->container_count + 1); /* by parent: its last numbered list */

    for (size_t c = 0; c < outline->container_count; c++) {
        const struct outline_container *here = &outline->containers[c];
        size_t *before =
            &last[here->parent == OUTLINE_NONE ? outline->container_count : here->parent];

        if (here->kind == IN_ITEM) {
            size_t *count = &alone[here->parent]; /* of a list: in it so far */

            alone[c] = *count;
            *count += partner[c] == OUTLINE_NONE;
        } else if (here->kind == IN_NUMBERS) {
            alone[c] = counts_on(outline, *before, c) ? alone[*before] : 0;
            *before = c;
        }
    }
    free(last);
    return alone;
}

static bool has_new_number(const struct outline *old, size_t o, const struct outline *new, size_t n,
                           const size_t *gone, const size_t *came)
{
    const struct outline_container *was = &old->containers[o], *is = &new->containers[n];
    const struct outline_container *list = &new->containers[is->parent];
    long shift = (long)is->number - was->number;

    if (!same_marker(&old->containers[was->parent], list))
        return true;
    return list->kind == IN_NUMBERS && shift && shift != (long)came[n] - (long)gone[o];
}

void numbering_make(struct numbering *numbering, const struct pairing *pairing)
{
    const struct outline *old = &pairing->old->outline, *new = &pairing->new->outline;
    size_t *gone, *came;

    *numbering = (struct numbering){
        .was = outline_nobody(new->container_count),
        .becomes = outline_nobody(old->container_count),
        .renumbered = mem_alloc((new->container_count + 1) * sizeof *numbering->renumbered),
    };
    pair_items(numbering, pairing, true);
    gone = alone_before(old, numbering->becomes);
    came = alone_before(new, numbering->was);
    pair_items(numbering, pairing, false);
    for (size_t n = 0; n < new->container_count; n++)
        if (numbering->was[n] != OUTLINE_NONE)
            numbering->renumbered[n] = has_new_number(old, numbering->was[n], new, n, gone, came);
    free(gone);
    free(came);
}

void numbering_release(struct numbering *numbering)
{
    free(numbering->was);
    free(numbering->becomes);
    free(numbering->renumbered);
}
