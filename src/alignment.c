/* Blocks that are the same are found first, then those that only moved; what is left between
 * two that are the same is paired by the words it shares. */
#include "alignment.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff.h"
#include "passage.h"
#include "words.h"

/* How many pairs of blocks are weighed in one gap; past it nothing is paired there: texts that
 * have nothing in common are not one text that was changed. */
enum { PAIRS_MAX = 1000000 };

/* Percent of words that two blocks must share.  Any two long ones share their "the" and "of". */
enum { LIKE_MIN = 48, LIKE_MIN_SHORT = 30, SHORT = 12 /* words */, KEPT_MIN = 25 };

/* Tokens and keys */

struct tokenizer {
    struct side *side;
    struct words *words;
    struct intern *numbers; /* of tokens, markup and blocks; one for both sides */
    uint32_t *styles;       /* per style of the outline: equal for equal markup */
    struct buf key;
    size_t piece;
};

static void add_token(struct tokenizer *tokenizer, size_t offset, size_t len, bool is_word)
{
    struct side *side = tokenizer->side;
    const struct outline_piece *piece = &side->outline.pieces[tokenizer->piece];
    const char *text = side->outline.text.data + offset;
    struct token token = {offset, len, piece->style, 0, 0, piece->atom, is_word};

    buf_reset(&tokenizer->key);
    buf_addc(&tokenizer->key, 'w');
    buf_add(&tokenizer->key, text, len);
    token.word = intern(tokenizer->numbers, buf_str(&tokenizer->key));
    buf_reset(&tokenizer->key);
    buf_addf(&tokenizer->key, "t%u %d ", tokenizer->styles[piece->style], piece->atom);
    buf_add(&tokenizer->key, text, len);
    token.number = intern(tokenizer->numbers, buf_str(&tokenizer->key));
    side->tokens = mem_grow(side->tokens, side->token_count, sizeof *side->tokens);
    side->tokens[side->token_count++] = token;
}

static void take_word(void *context, struct str part, bool is_word)
{
    struct tokenizer *tokenizer = context;

    add_token(tokenizer, (size_t)(part.data - tokenizer->side->outline.text.data), part.len,
              is_word);
}

static void number_styles(struct tokenizer *tokenizer)
{
    const struct outline *outline = &tokenizer->side->outline;

    tokenizer->styles = mem_alloc(outline->style_count * sizeof *tokenizer->styles);
    for (size_t i = 0; i < outline->style_count; i++) { /* a parent comes before its children */
        buf_reset(&tokenizer->key);
        buf_addf(&tokenizer->key, "s%u %s", i ? tokenizer->styles[outline->styles[i].parent] : 0,
                 outline->styles[i].open);
        tokenizer->styles[i] = intern(tokenizer->numbers, buf_str(&tokenizer->key));
    }
}

/* A paragraph that becomes an item is another block, a renumbered item is not. */
static void add_shape(const struct outline *outline, const struct outline_block *block,
                      struct buf *key)
{
    buf_addf(key, "b%d %d", block->kind, block->level);
    for (size_t c = block->container; c != OUTLINE_NONE; c = outline->containers[c].parent)
        buf_addc(key, "qunl"[outline->containers[c].kind]);
}

static void number_block(struct tokenizer *tokenizer, size_t block)
{
    struct side *side = tokenizer->side;

    buf_reset(&tokenizer->key);
    add_shape(&side->outline, &side->outline.blocks[block], &tokenizer->key);
    side->shapes[block] = intern(tokenizer->numbers, buf_str(&tokenizer->key));
    for (size_t t = side->first[block]; t < side->first[block + 1]; t++)
        buf_add(&tokenizer->key, &side->tokens[t].number, sizeof side->tokens[t].number);
    side->keys[block] = intern(tokenizer->numbers, buf_str(&tokenizer->key));
}

static void side_make(struct side *side, struct outline *outline, struct words *words,
                      struct intern *numbers)
{
    size_t blocks = outline->block_count;
    struct tokenizer tokenizer = {
        .side = side, .words = words, .numbers = numbers, .key = BUF_INIT};

    *side = (struct side){.outline = *outline};
    side->first = mem_alloc((blocks + 1) * sizeof *side->first);
    side->keys = mem_alloc((blocks + 1) * sizeof *side->keys);
    side->shapes = mem_alloc((blocks + 1) * sizeof *side->shapes);
    number_styles(&tokenizer);
    for (size_t b = 0; b < blocks; b++) {
        const struct outline_block *block = &side->outline.blocks[b];

        for (size_t p = block->first; p < block->first + block->count; p++) {
            const struct outline_piece *piece = &side->outline.pieces[p];

            tokenizer.piece = p;
            if (piece->atom)
                add_token(&tokenizer, piece->offset, piece->len, false);
            else
                words_split(words,
                            (struct str){side->outline.text.data + piece->offset, piece->len},
                            take_word, &tokenizer);
        }
        side->first[b + 1] = side->token_count;
        number_block(&tokenizer, b);
    }
    buf_release(&tokenizer.key);
    free(tokenizer.styles);
}

static void side_release(struct side *side)
{
    outline_release(&side->outline);
    free(side->tokens);
    free(side->first);
    free(side->keys);
    free(side->shapes);
}

/* Pairing */

struct pairing {
    const struct side *old, *new;
    size_t *partner;                 /* per old block: the new one, or OUTLINE_NONE */
    bool *taken;                     /* per new block: it has a partner or came from elsewhere */
    bool *gone;                      /* per old block: it moved */
    uint32_t **bags_old, **bags_new; /* per block: its words' numbers, sorted; made when wanted */
};

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
    pairing->partner[old] = new;
    pairing->taken[new] = true;
}

struct gap {
    const size_t *old, *new; /* blocks that are left */
    size_t old_count, new_count;
};

/* Words in another order, or such as any text has, make no pair. */
static bool is_change(const struct pairing *pairing, size_t old, size_t new)
{
    size_t kept = passage_kept(pairing->old, old, pairing->new, new);
    size_t all = (size_t)pairing->bags_old[old][0] + pairing->bags_new[new][0];

    return 200 * kept >= KEPT_MIN * all;
}

/* The pairs, in order, that share most: as in a longest common subsequence, weighed.  One pair
 * that shares nearly all is better than two that share a half. */
static void pair_gap(struct pairing *pairing, const struct gap *gap)
{
    size_t width = gap->new_count + 1, i, j;
    uint32_t *best;

    if (!gap->old_count || !gap->new_count || gap->old_count > PAIRS_MAX / gap->new_count)
        return;
    best = mem_alloc((gap->old_count + 1) * width * sizeof *best);
    for (i = gap->old_count; i-- > 0;)
        for (j = gap->new_count; j-- > 0;) {
            uint32_t like = likeness(pairing, gap->old[i], gap->new[j]);
            uint32_t paired = like ? like * like + best[(i + 1) * width + j + 1] : 0;
            uint32_t down = best[(i + 1) * width + j], right = best[i * width + j + 1];
            uint32_t alone = down > right ? down : right;

            best[i * width + j] = paired > alone ? paired : alone;
        }
    for (i = j = 0; i < gap->old_count && j < gap->new_count;) {
        uint32_t here = best[i * width + j];

        if (here == best[(i + 1) * width + j]) {
            i++;
        } else if (here == best[i * width + j + 1]) {
            j++;
        } else {
            if (is_change(pairing, gap->old[i], gap->new[j]))
                make_pair(pairing, gap->old[i], gap->new[j]);
            i++, j++;
        }
    }
    free(best);
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
        if (!pairing->taken[j])
            new[gap.new_count++] = j;
    pair_gap(pairing, &gap);
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
        if (pairing->partner[i] == OUTLINE_NONE &&
            pairing->old->first[i + 1] > pairing->old->first[i])
            waiting[pairing->old->keys[i]] = i + 1;
    for (size_t j = 0; j < new_count; j++) {
        uint32_t key = pairing->new->keys[j];

        if (pairing->taken[j] || key > most || !waiting[key])
            continue;
        pairing->gone[waiting[key] - 1] = true;
        pairing->taken[j] = true;
        waiting[key] = 0;
    }
    free(waiting);
}

/* Reading order */

static void add_aligned(struct alignment *alignment, enum block_status status, size_t old,
                        size_t new)
{
    alignment->blocks = mem_grow(alignment->blocks, alignment->count, sizeof *alignment->blocks);
    alignment->blocks[alignment->count].status = status;
    alignment->blocks[alignment->count].old = old;
    alignment->blocks[alignment->count++].new = new;
}

static bool is_partner(const struct pairing *pairing, size_t new, const size_t *of_new)
{
    return pairing->taken[new] && of_new[new] != OUTLINE_NONE;
}

/* Old blocks stand before the new ones of the same place. */
static void put_in_order(struct alignment *alignment, const struct pairing *pairing)
{
    size_t old_count = alignment->old.outline.block_count;
    size_t new_count = alignment->new.outline.block_count, i = 0, j = 0;
    size_t *of_new = mem_alloc((new_count + 1) * sizeof *of_new);

    for (size_t n = 0; n < new_count; n++)
        of_new[n] = OUTLINE_NONE;
    for (size_t o = 0; o < old_count; o++)
        if (pairing->partner[o] != OUTLINE_NONE)
            of_new[pairing->partner[o]] = o;
    while (i < old_count || j < new_count) {
        if (i < old_count && pairing->partner[i] == OUTLINE_NONE) {
            add_aligned(alignment, pairing->gone[i] ? BLOCK_MOVED_AWAY : BLOCK_REMOVED, i,
                        OUTLINE_NONE);
            i++;
        } else if (j < new_count && !is_partner(pairing, j, of_new)) {
            add_aligned(alignment, pairing->taken[j] ? BLOCK_MOVED_HERE : BLOCK_ADDED, OUTLINE_NONE,
                        j);
            j++;
        } else {
            bool same = alignment->old.keys[i] == alignment->new.keys[j];

            add_aligned(alignment, same ? BLOCK_SAME : BLOCK_CHANGED, i++, j++);
        }
    }
    free(of_new);
}

static void pair_blocks(struct pairing *pairing, const struct diff *diff, size_t old_count,
                        size_t new_count)
{
    size_t i = 0, j = 0;

    for (size_t o = 0; o < old_count; o++)
        pairing->partner[o] = OUTLINE_NONE;
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

void alignment_make(struct alignment *alignment, struct outline *old, struct outline *new,
                    const char *language)
{
    size_t old_count = old->block_count, new_count = new->block_count;
    struct words *words = words_new(language);
    struct intern numbers = INTERN_INIT;
    struct pairing pairing = {.old = &alignment->old, .new = &alignment->new};
    struct diff diff;

    *alignment = (struct alignment){.count = 0};
    side_make(&alignment->old, old, words, &numbers);
    side_make(&alignment->new, new, words, &numbers);
    pairing.partner = mem_alloc((old_count + 1) * sizeof *pairing.partner);
    pairing.gone = mem_alloc((old_count + 1) * sizeof *pairing.gone);
    pairing.taken = mem_alloc((new_count + 1) * sizeof *pairing.taken);
    pairing.bags_old = mem_alloc((old_count + 1) * sizeof *pairing.bags_old);
    pairing.bags_new = mem_alloc((new_count + 1) * sizeof *pairing.bags_new);
    diff_make(&diff, alignment->old.keys, old_count, alignment->new.keys, new_count);
    pair_blocks(&pairing, &diff, old_count, new_count);
    put_in_order(alignment, &pairing);
    for (size_t i = 0; i < old_count; i++)
        free(pairing.bags_old[i]);
    for (size_t j = 0; j < new_count; j++)
        free(pairing.bags_new[j]);
    free(pairing.bags_old);
    free(pairing.bags_new);
    free(pairing.partner);
    free(pairing.gone);
    free(pairing.taken);
    diff_release(&diff);
    intern_release(&numbers);
    words_free(words);
}

void alignment_release(struct alignment *alignment)
{
    side_release(&alignment->old);
    side_release(&alignment->new);
    free(alignment->blocks);
    *alignment = (struct alignment){.count = 0};
}
