/* Blocks that are the same are found first, then those that only moved; what is left between
 * two that are the same is paired by the words it shares. */
#include "pairing.h"

#include <stdlib.h>

#include "base/mem.h"
#include "diff.h"
#include "passage.h"

/* About how many pairs of blocks are weighed in one gap.  Past it a block is weighed only with
 * those that stand at about its place: the gap is long, and its two sides go side by side. */
enum { PAIRS_MAX = 1000000 };

/* Percent of words that two blocks must share.  Any two long ones share their "the" and "of". */
enum { LIKE_MIN = 48, LIKE_MIN_SHORT = 30, SHORT = 12 /* words */, KEPT_MIN = 25 };

/* Blocks of no more words than that need to share none, where nothing else can be meant. */
enum { WORDS_FEW = 4 };

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* The words of a block, their count first. */
static const uint32_t *bag_of(const struct side *side, uint32_t **bags, size_t block)
{
    uint32_t *bag = bags[block];

    if (bag)
        return bag;
    bag = mem_alloc((side->first[block + 1] - side->first[block] + 1) * sizeof *bag);
    for (size_t t = side->first[block]; t < side->first[block + 1]; t++)
        if (side->tokens[t].is_word)
            bag[++bag[0]] = side->tokens[t].word;
    qsort(bag + 1, bag[0], sizeof *bag, by_number);
    return bags[block] = bag;
}

/* How much two blocks share of their words, from 0 to 100; 0 where they are not of one kind, or
 * share too little. */
static unsigned likeness(const struct pairing *pairing, size_t old, size_t new)
{
    const uint32_t *a, *b;
    size_t shared = 0, i = 1, j = 1, all, least;

    if (pairing->old->shapes[old] != pairing->new->shapes[new])
        return 0;
    a = bag_of(pairing->old, pairing->bags_old, old);
    b = bag_of(pairing->new, pairing->bags_new, new);
    all = (size_t)a[0] + b[0];
    least = all < 2 * SHORT ? LIKE_MIN_SHORT : LIKE_MIN;
    if (!all || 200 * (size_t)(a[0] < b[0] ? a[0] : b[0]) < least * all)
        return 0; /* before a long one is read for each of many short ones */
    while (i <= a[0] && j <= b[0]) {
        if (a[i] == b[j])
            shared++, i++, j++;
        else if (a[i] < b[j])
            i++;
        else
            j++;
    }
    return 200 * shared >= least * all ? (unsigned)(200 * shared / all) : 0;
}

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
static bool is_change(const struct pairing *pairing, size_t old, size_t new)
{
    size_t kept = passage_kept(pairing->old, side_words(pairing->old, old), pairing->new,
                               side_words(pairing->new, new));
    size_t all = (size_t)pairing->bags_old[old][0] + pairing->bags_new[new][0];

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
static void grid_fill(struct grid *grid, const struct pairing *pairing)
{
    for (size_t i = grid->gap->old_count; i-- > 0;) {
        size_t from = grid_from(grid, i), to = grid_to(grid, i);

        *grid_at(grid, i, to) = *grid_at(grid, i + 1, to);
        for (size_t j = to; j-- > from;) {
            uint64_t like = likeness(pairing, grid->gap->old[i], grid->gap->new[j]);
            uint64_t paired = like ? like * like + *grid_at(grid, i + 1, j + 1) : 0;
            uint64_t down = *grid_at(grid, i + 1, j), right = *grid_at(grid, i, j + 1);
            uint64_t alone = down > right ? down : right;

            *grid_at(grid, i, j) = paired > alone ? paired : alone;
        }
    }
}

/* The pairs, in order, that share most: as in a longest common subsequence, weighed. */
static void pair_gap(struct pairing *pairing, const struct gap *gap)
{
    struct grid grid;

    if (!gap->old_count || !gap->new_count)
        return;
    grid_make(&grid, gap);
    grid_fill(&grid, pairing);
    for (size_t i = 0, j = 0; i < gap->old_count && j < gap->new_count;) {
        uint64_t here;

        j = j > grid_from(&grid, i) ? j : grid_from(&grid, i);
        here = *grid_at(&grid, i, j);
        if (here == *grid_at(&grid, i + 1, j)) {
            i++;
        } else if (here == *grid_at(&grid, i, j + 1)) {
            j++;
        } else {
            if (is_change(pairing, gap->old[i], gap->new[j]))
                make_pair(pairing, gap->old[i], gap->new[j]);
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

static bool is_few(struct pairing *pairing, size_t old, size_t new)
{
    return bag_of(pairing->old, pairing->bags_old, old)[0] <= WORDS_FEW &&
           bag_of(pairing->new, pairing->bags_new, new)[0] <= WORDS_FEW;
}

/* As many old blocks as new ones: a price became another, each in its place. */
static void pair_in_place(struct pairing *pairing, const size_t *old, const size_t *new,
                          size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (pairing->old->shapes[old[k]] != pairing->new->shapes[new[k]] ||
            goes_on(pairing->old, old[k]) != goes_on(pairing->new, new[k]))
            return;
    for (size_t k = 0; k < count; k++)
        if (is_few(pairing, old[k], new[k]))
            make_pair(pairing, old[k], new[k]);
}

/* What the pairs of a gap leave between them. */
static void pair_leftovers(struct pairing *pairing, const struct gap *gap)
{
    for (size_t i = 0, j = 0; i < gap->old_count && j < gap->new_count;) {
        size_t old = i, new = j;

        while (i < gap->old_count && pairing->new_of[gap->old[i]] == OUTLINE_NONE)
            i++;
        while (j < gap->new_count && pairing->old_of[gap->new[j]] == OUTLINE_NONE)
            j++;
        if (i - old == j - new)
            pair_in_place(pairing, gap->old + old, gap->new + new, i - old);
        i++, j++; /* a pair, or the end */
    }
}

/* What is left between two blocks that are the same, as lists of its own. */
static void pair_between(struct pairing *pairing, size_t old_from, size_t old_to, size_t new_from,
                         size_t new_to)
{
    size_t *old = mem_alloc((old_to - old_from + 1) * sizeof *old);
    size_t *new = mem_alloc((new_to - new_from + 1) * sizeof *new);
    struct gap gap = {old, new, 0, 0};

    for (size_t i = old_from; i < old_to; i++)
        if (!pairing->gone[i])
            old[gap.old_count++] = i;
    for (size_t j = new_from; j < new_to; j++)
        if (pairing->old_of[j] == OUTLINE_NONE && !pairing->came[j])
            new[gap.new_count++] = j;
    pair_gap(pairing, &gap);
    pair_leftovers(pairing, &gap);
    free(old);
    free(new);
}

/* Blocks with words that stand elsewhere now.  Only the first of equal ones is found: the others
 * are removed here and added there. */
static void find_moves(struct pairing *pairing, size_t old_count, size_t new_count)
{
    uint32_t most = 0;
    size_t *waiting; /* by key: one more than an old block without a partner, or 0 */

    for (size_t i = 0; i < old_count; i++)
        most = pairing->old->keys[i] > most ? pairing->old->keys[i] : most;
    waiting = mem_alloc(((size_t)most + 1) * sizeof *waiting);
    for (size_t i = old_count; i-- > 0;)
        if (pairing->new_of[i] == OUTLINE_NONE &&
            pairing->old->first[i + 1] > pairing->old->first[i])
            waiting[pairing->old->keys[i]] = i + 1;
    for (size_t j = 0; j < new_count; j++) {
        uint32_t key = pairing->new->keys[j];

        if (pairing->old_of[j] != OUTLINE_NONE || key > most || !waiting[key])
            continue;
        pairing->gone[waiting[key] - 1] = true;
        pairing->came[j] = true;
        waiting[key] = 0;
    }
    free(waiting);
}

static void pair_blocks(struct pairing *pairing, const struct diff *diff, size_t old_count,
                        size_t new_count)
{
    size_t i = 0, j = 0;

    for (size_t r = 0; r < diff->count; r++)
        for (size_t k = 0; k < diff->runs[r].len; k++)
            make_pair(pairing, diff->runs[r].a_at + k, diff->runs[r].b_at + k);
    find_moves(pairing, old_count, new_count);
    for (size_t r = 0; r < diff->count; r++) {
        pair_between(pairing, i, diff->runs[r].a_at, j, diff->runs[r].b_at);
        i = diff->runs[r].a_at + diff->runs[r].len;
        j = diff->runs[r].b_at + diff->runs[r].len;
    }
    pair_between(pairing, i, old_count, j, new_count);
}

static size_t *nobody(size_t count)
{
    size_t *partners = mem_alloc((count + 1) * sizeof *partners);

    for (size_t i = 0; i < count; i++)
        partners[i] = OUTLINE_NONE;
    return partners;
}

static void free_bags(uint32_t **bags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(bags[i]);
    free(bags);
}

void pairing_make(struct pairing *pairing, const struct side *old, const struct side *new)
{
    size_t old_count = old->outline.block_count, new_count = new->outline.block_count;
    struct diff diff;

    *pairing = (struct pairing){
        .old = old,
        .new = new,
        .new_of = nobody(old_count),
        .old_of = nobody(new_count),
        .gone = mem_alloc((old_count + 1) * sizeof *pairing->gone),
        .came = mem_alloc((new_count + 1) * sizeof *pairing->came),
        .bags_old = mem_alloc((old_count + 1) * sizeof *pairing->bags_old),
        .bags_new = mem_alloc((new_count + 1) * sizeof *pairing->bags_new),
    };
    diff_make(&diff, old->keys, old_count, new->keys, new_count);
    pair_blocks(pairing, &diff, old_count, new_count);
    diff_release(&diff);
    free_bags(pairing->bags_old, old_count);
    free_bags(pairing->bags_new, new_count);
    pairing->bags_old = pairing->bags_new = NULL;
}

void pairing_release(struct pairing *pairing)
{
    free(pairing->new_of);
    free(pairing->old_of);
    free(pairing->gone);
    free(pairing->came);
}
