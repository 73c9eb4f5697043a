#include "moves.h"

#include <stdlib.h>

#include "base/mem.h"
#include "passage.h"

/* Words that occur in more blocks than that are not used to find a block. */
enum { BLOCKS_MAX = 8 };

/* A shorter block is shown as removed and added. */
enum { WORDS_MIN = 5 };

/* Percent of words that are the same, in any order and in this one. */
enum { LIKE_MIN = 60, KEPT_MIN = 50 };

static void move(struct pairing *pairing, size_t old, size_t new)
{
    pairing->moved_to[old] = new;
    pairing->moved_from[new] = old;
}

static bool is_left_old(const struct pairing *pairing, size_t old)
{
    return pairing->new_of[old] == OUTLINE_NONE && pairing->moved_to[old] == OUTLINE_NONE;
}

static bool is_left_new(const struct pairing *pairing, size_t new)
{
    return pairing->old_of[new] == OUTLINE_NONE && pairing->moved_from[new] == OUTLINE_NONE;
}

void moves_find(struct pairing *pairing)
{
    const struct side *old = pairing->old, *new = pairing->new;
    size_t old_count = old->outline.block_count, new_count = new->outline.block_count;
    uint32_t most = 0;
    size_t *waiting; /* by key: one more than an old block without a partner, or 0 */

    for (size_t i = 0; i < old_count; i++)
        most = old->keys[i] > most ? old->keys[i] : most;
    waiting = mem_alloc(((size_t)most + 1) * sizeof *waiting);
    for (size_t i = old_count; i-- > 0;)
        if (is_left_old(pairing, i) && old->first[i + 1] > old->first[i])
            waiting[old->keys[i]] = i + 1;
    for (size_t j = 0; j < new_count; j++) {
        uint32_t key = new->keys[j];

        if (!is_left_new(pairing, j) || key > most || !waiting[key])
            continue;
        move(pairing, waiting[key] - 1, j);
        waiting[key] = 0;
    }
    free(waiting);
}

/* Where words of the old blocks that are left stand. */
struct mention {
    uint32_t word;
    size_t block;
};

struct mentions {
    struct mention *mention; /* by word */
    size_t count;
};

static int by_word(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;

    if (x->word != y->word)
        return (x->word > y->word) - (x->word < y->word);
    return (x->block > y->block) - (x->block < y->block);
}

static void mentions_make(struct mentions *mentions, const struct pairing *pairing,
                          struct likeness *likeness)
{
    *mentions = (struct mentions){NULL, 0};
    for (size_t i = 0; i < pairing->old->outline.block_count; i++) {
        const uint32_t *words;

        if (!is_left_old(pairing, i))
            continue;
        words = likeness_old_words(likeness, i);
        for (size_t w = 1; words[0] >= WORDS_MIN && w <= words[0]; w++) {
            if (w > 1 && words[w] == words[w - 1])
                continue;
            mentions->mention =
                mem_grow(mentions->mention, mentions->count, sizeof *mentions->mention);
            mentions->mention[mentions->count++] = (struct mention){words[w], i};
        }
    }
    if (mentions->count)
        qsort(mentions->mention, mentions->count, sizeof *mentions->mention, by_word);
}

/* The first mention of a word or of a later one. */
static size_t mentions_of(const struct mentions *mentions, uint32_t word)
{
    size_t from = 0, to = mentions->count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (mentions->mention[middle].word < word)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* The old block that shares most of a block's rarer words, or OUTLINE_NONE.  `votes`: per old
 * block, 0 between calls. */
static size_t likeliest(const struct pairing *pairing, const struct mentions *mentions,
                        const uint32_t *words, uint32_t *votes)
{
    size_t best = OUTLINE_NONE;

    for (int round = 0; round < 2; round++) /* the second takes the votes back */
        for (size_t w = 1; w <= words[0]; w++) {
            size_t from = mentions_of(mentions, words[w]), to = from;

            while (to < mentions->count && mentions->mention[to].word == words[w] &&
                   to - from <= BLOCKS_MAX)
                to++;
            for (size_t m = from; to - from <= BLOCKS_MAX && m < to; m++) {
                size_t block = mentions->mention[m].block;

                if (!is_left_old(pairing, block))
                    continue;
                votes[block] = round ? 0 : votes[block] + 1;
                if (!round && (best == OUTLINE_NONE || votes[block] > votes[best]))
                    best = block;
            }
        }
    return best;
}

static bool is_moved(const struct pairing *pairing, struct likeness *likeness, size_t old,
                     size_t new)
{
    size_t kept,
        all = (size_t)likeness_old_words(likeness, old)[0] + likeness_new_words(likeness, new)[0];

    if (outline_is_row(pairing->new->outline.blocks[new].kind) ||
        likeness_of(likeness, old, new) < LIKE_MIN)
        return false;
    kept = passage_kept(pairing->old, side_words(pairing->old, old), pairing->new,
                        side_words(pairing->new, new));
    return 200 * kept >= KEPT_MIN * all;
}

void moves_find_changed(struct pairing *pairing, struct likeness *likeness)
{
    uint32_t *votes = mem_alloc((pairing->old->outline.block_count + 1) * sizeof *votes);
    struct mentions mentions;

    mentions_make(&mentions, pairing, likeness);
    for (size_t j = 0; mentions.count && j < pairing->new->outline.block_count; j++) {
        const uint32_t *words;
        size_t old;

        if (!is_left_new(pairing, j))
            continue;
        words = likeness_new_words(likeness, j);
        old = words[0] >= WORDS_MIN ? likeliest(pairing, &mentions, words, votes) : OUTLINE_NONE;
        if (old != OUTLINE_NONE && is_moved(pairing, likeness, old, j))
            move(pairing, old, j);
    }
    free(mentions.mention);
    free(votes);
}
