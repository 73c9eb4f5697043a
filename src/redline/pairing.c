#include "pairing.h"

#include <stdlib.h>

void pairing_init(struct pairing *pairing, const struct side *old, const struct side *new)
{
    *pairing = (struct pairing){
        .old = old,
        .new = new,
        .new_of = outline_nobody(old->outline.block_count),
        .old_of = outline_nobody(new->outline.block_count),
        .cut_old = outline_nobody(old->outline.block_count),
        .cut_new = outline_nobody(new->outline.block_count),
        .moved_to = outline_nobody(old->outline.block_count),
        .moved_from = outline_nobody(new->outline.block_count),
    };
}

static void forget(size_t *of, size_t *cut, size_t block, size_t partner, size_t count)
{
    for (; block < count && of[block] == partner; block++)
        of[block] = cut[block] = OUTLINE_NONE;
}

void pairing_part(struct pairing *pairing, size_t old, size_t new)
{
    forget(pairing->new_of, pairing->cut_old, old, new, pairing->old->outline.block_count);
    forget(pairing->old_of, pairing->cut_new, new, old, pairing->new->outline.block_count);
}

void pairing_stay(struct pairing *pairing, size_t old, size_t new)
{
    size_t to = pairing->moved_to[old], from = pairing->moved_from[new];

    if (to != OUTLINE_NONE)
        pairing->moved_to[old] = pairing->moved_from[to] = OUTLINE_NONE;
    if (from != OUTLINE_NONE)
        pairing->moved_from[new] = pairing->moved_to[from] = OUTLINE_NONE;
}

void pairing_release(struct pairing *pairing)
{
    free(pairing->new_of);
    free(pairing->old_of);
    free(pairing->cut_old);
    free(pairing->cut_new);
    free(pairing->moved_to);
    free(pairing->moved_from);
}
