#include "likeness.h"

#include <stdlib.h>

#include "base/mem.h"

/* Percent of words that two blocks must share.  Any two long ones share their "the" and "of".
 * ELSEWHERE: those that stand in other lists or quotes. */
enum { LIKE_MIN = 48, LIKE_MIN_SHORT = 30, LIKE_MIN_ELSEWHERE = 60, SHORT = 12 /* words */ };

/* What a pair loses that stands in other lists or quotes: another one that is as like is better. */
enum { ELSEWHERE_COST = 5 };

void likeness_make(struct likeness *likeness, const struct side *old, const struct side *new)
{
    *likeness = (struct likeness){
        old, new, mem_alloc((old->outline.block_count + 1) * sizeof *likeness->old_bags),
        mem_alloc((new->outline.block_count + 1) * sizeof *likeness->new_bags)};
}

static void release_bags(uint32_t **bags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(bags[i]);
    free(bags);
}

void likeness_release(struct likeness *likeness)
{
    release_bags(likeness->old_bags, likeness->old->outline.block_count);
    release_bags(likeness->new_bags, likeness->new->outline.block_count);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

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

const uint32_t *likeness_old_words(struct likeness *likeness, size_t block)
{
    return bag_of(likeness->old, likeness->old_bags, block);
}

const uint32_t *likeness_new_words(struct likeness *likeness, size_t block)
{
    return bag_of(likeness->new, likeness->new_bags, block);
}

static size_t shared(const uint32_t *a, const uint32_t *b)
{
    size_t count = 0, i = 1, j = 1;

    while (i <= a[0] && j <= b[0]) {
        if (a[i] == b[j])
            count++, i++, j++;
        else if (a[i] < b[j])
            i++;
        else
            j++;
    }
    return count;
}

unsigned likeness_of(struct likeness *likeness, size_t old, size_t new)
{
    bool elsewhere = likeness->old->shapes[old] != likeness->new->shapes[new];
    enum outline_block_kind kind = likeness->new->outline.blocks[new].kind;
    const uint32_t *a, *b;
    size_t all, least, same;

    if (likeness->old->outline.blocks[old].kind != kind || (elsewhere && outline_is_row(kind)))
        return 0;
    a = likeness_old_words(likeness, old);
    b = likeness_new_words(likeness, new);
    all = (size_t)a[0] + b[0];
    least = elsewhere ? LIKE_MIN_ELSEWHERE : all < 2 * SHORT ? LIKE_MIN_SHORT : LIKE_MIN;
    if (!all || 200 * (size_t)(a[0] < b[0] ? a[0] : b[0]) < least * all)
        return 0; /* before a long one is read for each of many short ones */
    same = shared(a, b);
    if (200 * same < least * all)
        return 0;
    return (unsigned)(200 * same / all) - (elsewhere ? ELSEWHERE_COST : 0);
}

bool likeness_contained(const uint32_t *part, const uint32_t *whole, unsigned least)
{
    size_t wanted = (size_t)least * part[0];

    return wanted && 100 * (size_t)whole[0] >= wanted && 100 * shared(part, whole) >= wanted;
}
