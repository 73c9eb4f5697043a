/* A paragraph that was cut is found by a neighbour without a partner whose words are its own.  What
 * was made one is the same, read from the new text to the old. */
#include "parts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "passage.h"

/* Percent of a part's words that are the whole's: in any order, and in order beside the other
 * parts' words. */
enum { CONTAINED_MIN = 60, KEPT_MIN = 60 };

/* Blocks without a partner that are tried in one place; what is longer is no cut. */
enum { TRIED_MAX = 32 };

/* One direction of reading: the text with the whole, and the one with its parts. */
struct cutting {
    const struct side *whole, *parts;
    size_t *part_of;  /* per whole: its first part, or OUTLINE_NONE */
    size_t *whole_of; /* per part, or OUTLINE_NONE */
    size_t *cut;      /* per part behind the first: the whole's token that it begins with */
    const size_t *moved_whole, *moved_part;
    const size_t *other_cut; /* per whole: it is itself a part */
    struct likeness *likeness;
    const uint32_t *(*words_of_whole)(struct likeness *, size_t);
    const uint32_t *(*words_of_part)(struct likeness *, size_t);
};

/* Whether a block can be the next part behind another one. */
static bool goes_on(const struct side *side, size_t block)
{
    const struct outline_block *here = &side->outline.blocks[block], *before = here - 1;
    const struct outline_container *containers = side->outline.containers;

    if (here->container == before->container)
        return true;
    return here->container != OUTLINE_NONE && before->container != OUTLINE_NONE &&
           containers[here->container].kind == IN_ITEM &&
           containers[here->container].parent == containers[before->container].parent;
}

static bool may_be_part(const struct cutting *cutting, size_t whole, size_t part)
{
    return cutting->parts->outline.blocks[part].kind == BLOCK_PARAGRAPH &&
           cutting->parts->shapes[part] == cutting->whole->shapes[whole] &&
           (cutting->whole_of[part] == OUTLINE_NONE || cutting->whole_of[part] == whole) &&
           cutting->moved_part[part] == OUTLINE_NONE && cutting->cut[part] == OUTLINE_NONE &&
           likeness_contained(cutting->words_of_part(cutting->likeness, part),
                              cutting->words_of_whole(cutting->likeness, whole), CONTAINED_MIN);
}

/* Parts in a row. */
struct parts {
    size_t from, to;
};

static size_t words_in(const struct side *side, size_t from, size_t to)
{
    size_t count = 0;

    for (size_t t = from; t < to; t++)
        count += side->tokens[t].is_word;
    return count;
}

/* Where each part begins in the whole; false where one has not kept enough of its words. */
static bool find_cuts(const struct cutting *cutting, size_t whole, const struct parts *parts,
                      const struct diff *diff, size_t *cuts)
{
    const struct side *side = cutting->parts;
    size_t begin = side->first[parts->from], r = 0, kept = 0;

    for (size_t p = parts->from; p < parts->to; p++) {
        size_t from = side->first[p] - begin, to = side->first[p + 1] - begin, mine = 0;

        cuts[p - parts->from] = OUTLINE_NONE;
        for (; r < diff->count && diff->runs[r].b_at < to; r++) {
            const struct diff_run *run = &diff->runs[r];
            size_t at = run->b_at > from ? run->b_at : from;
            size_t end = run->b_at + run->len < to ? run->b_at + run->len : to;

            if (cuts[p - parts->from] == OUTLINE_NONE)
                cuts[p - parts->from] = cutting->whole->first[whole] + run->a_at + (at - run->b_at);
            mine += words_in(side, begin + at, begin + end);
            if (run->b_at + run->len > to)
                break; /* it goes on in the next part */
        }
        if (!mine || 100 * mine < KEPT_MIN * words_in(side, side->first[p], side->first[p + 1]))
            return false;
        kept += mine;
    }
    return 100 * kept >= KEPT_MIN * cutting->words_of_whole(cutting->likeness, whole)[0];
}

static void take_parts(const struct cutting *cutting, size_t whole, const struct parts *parts,
                       const size_t *cuts)
{
    cutting->part_of[whole] = parts->from;
    for (size_t p = parts->from; p < parts->to; p++) {
        cutting->whole_of[p] = whole;
        if (p > parts->from)
            cutting->cut[p] = cuts[p - parts->from];
    }
}

static bool try_parts(const struct cutting *cutting, size_t whole, const struct parts *parts)
{
    struct passage all = {cutting->parts->first[parts->from], cutting->parts->first[parts->to]};
    size_t *cuts = mem_alloc((parts->to - parts->from) * sizeof *cuts);
    struct diff diff;
    bool found;

    passage_compare(&diff, cutting->whole, side_words(cutting->whole, whole), cutting->parts, all);
    found = find_cuts(cutting, whole, parts, &diff, cuts);
    if (found)
        take_parts(cutting, whole, parts, cuts);
    diff_release(&diff);
    free(cuts);
    return found;
}

/* All that can be parts of a whole around one of them, or from it on. */
static struct parts reach_of(const struct cutting *cutting, size_t whole, size_t part)
{
    struct parts parts = {part, part + 1};

    while (parts.to < cutting->parts->outline.block_count && parts.to - part < TRIED_MAX &&
           goes_on(cutting->parts, parts.to) && may_be_part(cutting, whole, parts.to))
        parts.to++;
    while (parts.from > 0 && part - parts.from < TRIED_MAX && goes_on(cutting->parts, parts.from) &&
           may_be_part(cutting, whole, parts.from - 1))
        parts.from--;
    return parts;
}

static void cut_whole(const struct cutting *cutting, size_t whole, size_t part)
{
    struct parts parts = reach_of(cutting, whole, part);

    if (parts.to - parts.from > 1)
        try_parts(cutting, whole, &parts);
}

/* The first part of a whole without a partner, among those up to the next that has one. */
static size_t first_part(const struct cutting *cutting, size_t whole, size_t from)
{
    for (size_t p = from; p < cutting->parts->outline.block_count && p - from < TRIED_MAX &&
                          cutting->whole_of[p] == OUTLINE_NONE;
         p++)
        if (may_be_part(cutting, whole, p))
            return p;
    return OUTLINE_NONE;
}

static void cut_all(const struct cutting *cutting)
{
    size_t next = 0; /* behind the last partner */

    for (size_t w = 0; w < cutting->whole->outline.block_count; w++) {
        size_t part = cutting->part_of[w];

        if (cutting->whole->outline.blocks[w].kind == BLOCK_PARAGRAPH &&
            cutting->other_cut[w] == OUTLINE_NONE && cutting->moved_whole[w] == OUTLINE_NONE &&
            (part == OUTLINE_NONE || cutting->whole->keys[w] != cutting->parts->keys[part])) {
            part = part == OUTLINE_NONE ? first_part(cutting, w, next) : part;
            if (part != OUTLINE_NONE)
                cut_whole(cutting, w, part);
        }
        for (part = cutting->part_of[w]; part != OUTLINE_NONE &&
                                         next < cutting->parts->outline.block_count &&
                                         (next <= part || cutting->whole_of[next] == w);)
            next++;
    }
}

void parts_find(struct pairing *pairing, struct likeness *likeness)
{
    cut_all(&(struct cutting){pairing->old, pairing->new, pairing->new_of, pairing->old_of,
                              pairing->cut_new, pairing->moved_to, pairing->moved_from,
                              pairing->cut_old, likeness, likeness_old_words, likeness_new_words});
    cut_all(&(struct cutting){pairing->new, pairing->old, pairing->old_of, pairing->new_of,
                              pairing->cut_old, pairing->moved_from, pairing->moved_to,
                              pairing->cut_new, likeness, likeness_new_words, likeness_old_words});
}
