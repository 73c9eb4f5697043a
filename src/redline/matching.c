/* Blocks that are the same are found first, then those that only moved; what is left between
 * two that are the same is paired by the words it shares.  Last come parts of blocks, and those
 * that moved and changed. */
#include "matching.h"

#include <stdlib.h>

#include "base/mem.h"
#include "diff.h"
#include "moves.h"
#include "parts.h"
#include "passage.h"

/* About how many pairs of blocks are weighed in one gap.  Past it a block is weighed only with
 * those that stand at about its place: the gap is long, and its two sides go side by side. */
enum { PAIRS_MAX = 1000000 };

/* Percent of words that must stay in a pair, in order. */
enum { KEPT_MIN = 25 };

/* Blocks of no more words than that need to share none, where nothing else can be meant. */
enum { WORDS_FEW = 4 };

struct making {
    struct pairing *pairing;
    struct likeness likeness;
};

static void make_pair(struct pairing *pairing, size_t old, size_t new)
{
    pairing->new_of[old] = new;
    pairing->old_of[new] = old;
}

struct gap {
    const size_t *old, *new; /* blocks that are left */
    size_t old_count, new_count;
};

/* Words in another order, or such as any text has, make no pair. */
static bool is_change(struct making *making, size_t old, size_t new)
{
    const struct pairing *pairing = making->pairing;
    size_t kept = passage_kept(pairing->old, side_words(pairing->old, old), pairing->new,
                               side_words(pairing->new, new));
    size_t all = (size_t)likeness_old_words(&making->likeness, old)[0] +
                 likeness_new_words(&making->likeness, new)[0];

    return 200 * kept >= KEPT_MIN * all;
}

/* The most that pairs can weigh from an old and a new block on.  Each row has the new blocks from
 * `from` up to `to`, which is the first that is out of reach. */
struct grid {
    const struct gap *gap;
    uint64_t *best;
    size_t width, reach;
};

static size_t grid_from(const struct grid *grid, size_t i)
{
    size_t place = i * grid->gap->new_count / grid->gap->old_count;

    return place > grid->reach ? place - grid->reach : 0;
}

static size_t grid_to(const struct grid *grid, size_t i)
{
    size_t place = i * grid->gap->new_count / grid->gap->old_count;
    size_t left = grid->gap->new_count - place;

    return grid->reach < left ? place + grid->reach + 1 : grid->gap->new_count;
}

/* What is before a row's beginning has no pairs there. */
static uint64_t *grid_at(const struct grid *grid, size_t i, size_t j)
{
    size_t from = grid_from(grid, i);

    return &grid->best[i * grid->width + (j > from ? j - from : 0)];
}

static void grid_make(struct grid *grid, const struct gap *gap)
{
    size_t wide = PAIRS_MAX / gap->old_count;

    grid->gap = gap;
    grid->reach = gap->new_count > wide ? wide / 2 : gap->new_count;
    grid->width = (gap->new_count > wide ? 2 * grid->reach + 1 : gap->new_count) + 1;
    grid->best = mem_alloc((gap->old_count + 1) * grid->width * sizeof *grid->best);
}

/* One pair that shares nearly all is better than two that share a half: hence the square. */
static void grid_fill(struct grid *grid, struct likeness *likeness)
{
    for (size_t i = grid->gap->old_count; i-- > 0;) {
        size_t from = grid_from(grid, i), to = grid_to(grid, i);

        *grid_at(grid, i, to) = *grid_at(grid, i + 1, to);
        for (size_t j = to; j-- > from;) {
            uint64_t like = likeness_of(likeness, grid->gap->old[i], grid->gap->new[j]);
            uint64_t paired = like ? like * like + *grid_at(grid, i + 1, j + 1) : 0;
            uint64_t down = *grid_at(grid, i + 1, j), right = *grid_at(grid, i, j + 1);
            uint64_t alone = down > right ? down : right;

            *grid_at(grid, i, j) = paired > alone ? paired : alone;
        }
    }
}

/* The pairs, in order, that share most: as in a longest common subsequence, weighed. */
static void pair_gap(struct making *making, const struct gap *gap)
{
    struct grid grid;

    if (!gap->old_count || !gap->new_count)
        return;
    grid_make(&grid, gap);
    grid_fill(&grid, &making->likeness);
    for (size_t i = 0, j = 0; i < gap->old_count && j < gap->new_count;) {
        uint64_t here;

        j = j > grid_from(&grid, i) ? j : grid_from(&grid, i);
        here = *grid_at(&grid, i, j);
        if (here == *grid_at(&grid, i + 1, j)) {
            i++;
        } else if (here == *grid_at(&grid, i, j + 1)) {
            j++;
        } else {
            if (is_change(making, gap->old[i], gap->new[j]))
                make_pair(making->pairing, gap->old[i], gap->new[j]);
            i++, j++;
        }
    }
    free(grid.best);
}

/* Whether it goes on with the item, or what else it is, that the block above stands in. */
static bool goes_on(const struct side *side, size_t block)
{
    const struct outline_block *here = &side->outline.blocks[block];

    return block && here[-1].container == here->container;
}

static bool is_few(struct likeness *likeness, size_t old, size_t new)
{
    return likeness_old_words(likeness, old)[0] <= WORDS_FEW &&
           likeness_new_words(likeness, new)[0] <= WORDS_FEW;
}

/* As many old blocks as new ones: a price became another, each in its place. */
static void pair_in_place(struct making *making, const size_t *old, const size_t *new, size_t count)
{
    struct pairing *pairing = making->pairing;

    for (size_t k = 0; k < count; k++)
        if (pairing->old->shapes[old[k]] != pairing->new->shapes[new[k]] ||
            goes_on(pairing->old, old[k]) != goes_on(pairing->new, new[k]))
            return;
    for (size_t k = 0; k < count; k++)
        if (is_few(&making->likeness, old[k], new[k]))
            make_pair(pairing, old[k], new[k]);
}

/* What the pairs of a gap leave between them. */
static void pair_leftovers(struct making *making, const struct gap *gap)
{
    const struct pairing *pairing = making->pairing;

    for (size_t i = 0, j = 0; i < gap->old_count && j < gap->new_count;) {
        size_t old = i, new = j;

        while (i < gap->old_count && pairing->new_of[gap->old[i]] == OUTLINE_NONE)
            i++;
        while (j < gap->new_count && pairing->old_of[gap->new[j]] == OUTLINE_NONE)
            j++;
        if (i - old == j - new)
            pair_in_place(making, gap->old + old, gap->new + new, i - old);
        i++, j++; /* a pair, or the end */
    }
}

/* What is left between two blocks that are the same, as lists of its own. */
static void pair_between(struct making *making, size_t old_from, size_t old_to, size_t new_from,
                         size_t new_to)
{
    const struct pairing *pairing = making->pairing;
    size_t *old = mem_alloc((old_to - old_from + 1) * sizeof *old);
    size_t *new = mem_alloc((new_to - new_from + 1) * sizeof *new);
    struct gap gap = {old, new, 0, 0};

    for (size_t i = old_from; i < old_to; i++)
        if (pairing->moved_to[i] == OUTLINE_NONE)
            old[gap.old_count++] = i;
    for (size_t j = new_from; j < new_to; j++)
        if (pairing->old_of[j] == OUTLINE_NONE && pairing->moved_from[j] == OUTLINE_NONE)
            new[gap.new_count++] = j;
    pair_gap(making, &gap);
    pair_leftovers(making, &gap);
    free(old);
    free(new);
}

static void pair_same(struct pairing *pairing, const struct diff *diff)
{
    for (size_t r = 0; r < diff->count; r++)
        for (size_t k = 0; k < diff->runs[r].len; k++)
            make_pair(pairing, diff->runs[r].a_at + k, diff->runs[r].b_at + k);
}

static void pair_changed(struct making *making, const struct diff *diff)
{
    const struct pairing *pairing = making->pairing;
    size_t i = 0, j = 0;

    for (size_t r = 0; r < diff->count; r++) {
        pair_between(making, i, diff->runs[r].a_at, j, diff->runs[r].b_at);
        i = diff->runs[r].a_at + diff->runs[r].len;
        j = diff->runs[r].b_at + diff->runs[r].len;
    }
    pair_between(making, i, pairing->old->outline.block_count, j,
                 pairing->new->outline.block_count);
}

void matching_make(struct pairing *pairing, const struct side *old, const struct side *new)
{
    struct making making = {.pairing = pairing};
    struct diff diff;

    pairing_init(pairing, old, new);
    likeness_make(&making.likeness, old, new);
    diff_make(&diff, old->keys, old->outline.block_count, new->keys, new->outline.block_count);
    pair_same(pairing, &diff);
    moves_find(pairing);
    pair_changed(&making, &diff);
    parts_find(pairing, &making.likeness);
    moves_find_changed(pairing, &making.likeness);
    diff_release(&diff);
    likeness_release(&making.likeness);
}
