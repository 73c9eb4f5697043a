#include "alignment.h"

#include <stdlib.h>

#include "base/mem.h"
#include "pairing.h"

static void add_aligned(struct alignment *alignment, enum block_status status, size_t old,
                        size_t new)
{
    alignment->blocks = mem_grow(alignment->blocks, alignment->count, sizeof *alignment->blocks);
    alignment->blocks[alignment->count].status = status;
    alignment->blocks[alignment->count].old = old;
    alignment->blocks[alignment->count++].new = new;
}

/* Old blocks stand before the new ones of the same place. */
static void put_in_order(struct alignment *alignment, const struct pairing *pairing)
{
    size_t old_count = alignment->old.outline.block_count;
    size_t new_count = alignment->new.outline.block_count, i = 0, j = 0;

    while (i < old_count || j < new_count) {
        if (i < old_count && pairing->new_of[i] == OUTLINE_NONE) {
            add_aligned(alignment, pairing->gone[i] ? BLOCK_MOVED_AWAY : BLOCK_REMOVED, i,
                        OUTLINE_NONE);
            i++;
        } else if (j < new_count && pairing->old_of[j] == OUTLINE_NONE) {
            add_aligned(alignment, pairing->came[j] ? BLOCK_MOVED_HERE : BLOCK_ADDED, OUTLINE_NONE,
                        j);
            j++;
        } else {
            bool same = alignment->old.keys[i] == alignment->new.keys[j];

            add_aligned(alignment, same ? BLOCK_SAME : BLOCK_CHANGED, i++, j++);
        }
    }
}

void alignment_make(struct alignment *alignment, struct outline *old, struct outline *new,
                    const char *language)
{
    struct words *words = words_new(language);
    struct intern numbers = INTERN_INIT;
    struct pairing pairing;

    *alignment = (struct alignment){.count = 0};
    side_make(&alignment->old, old, words, &numbers);
    side_make(&alignment->new, new, words, &numbers);
    intern_release(&numbers);
    words_free(words);
    pairing_make(&pairing, &alignment->old, &alignment->new);
    put_in_order(alignment, &pairing);
    pairing_release(&pairing);
}

void alignment_release(struct alignment *alignment)
{
    side_release(&alignment->old);
    side_release(&alignment->new);
    free(alignment->blocks);
    *alignment = (struct alignment){.count = 0};
}
