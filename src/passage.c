/* A diff counts tokens; a reader sees passages.  Runs that say nothing join the changes around
 * them, and those that stay take back the spaces they lost to them. */
#include "passage.h"

#include <stdlib.h>

#include "base/mem.h"

/* A run of that many words stays wherever it stands. */
enum { WORDS_STAY = 3 };

/* How much stands before a token of a block. */
struct amount {
    size_t words, letters; /* these in bytes */
};

static struct amount *amounts_of(const struct side *side, size_t from, size_t len)
{
    struct amount *amounts = mem_alloc((len + 1) * sizeof *amounts), now = {0, 0};

    for (size_t i = 0; i < len; i++) {
        const struct token *token = &side->tokens[from + i];

        now.words += token->atom ? WORDS_STAY : token->is_word;
        now.letters += token->is_word ? token->len : 0;
        amounts[i + 1] = now;
    }
    return amounts;
}

/* Two blocks that are compared. */
struct passage {
    const struct amount *old, *new;
    size_t old_len, new_len;
};

/* How many letters change between two runs, on the side where there are more. */
static size_t change_between(const struct passage *passage, const struct diff_run *before,
                             const struct diff_run *after)
{
    size_t removed =
        passage->old[after->a_at].letters - passage->old[before->a_at + before->len].letters;
    size_t added =
        passage->new[after->b_at].letters - passage->new[before->b_at + before->len].letters;

    return removed > added ? removed : added;
}

/* A space or a comma between two changed words has not stayed, nor has an "of" between two
 * passages that are new: all is one change. */
static bool says_little(const struct passage *passage, const struct diff_run *before,
                        const struct diff_run *run, const struct diff_run *after)
{
    const struct amount *from = &passage->old[run->a_at], *to = from + run->len;
    size_t words = to->words - from->words, letters = to->letters - from->letters;
    bool first = run->a_at == 0 && run->b_at == 0;
    bool last =
        run->a_at + run->len == passage->old_len && run->b_at + run->len == passage->new_len;

    if (first || last)
        return false;
    return words == 0 || (words < WORDS_STAY && letters < change_between(passage, before, run) &&
                          letters < change_between(passage, run, after));
}

/* A run that goes makes the changes at its sides one: the run before it is looked at again. */
static void join_changes(struct diff *diff, const struct passage *passage)
{
    const struct diff_run start = {0, 0, 0}, end = {passage->old_len, passage->new_len, 0};
    size_t kept = 0;

    for (size_t r = 0; r < diff->count; r++) {
        const struct diff_run *after = r + 1 < diff->count ? &diff->runs[r + 1] : &end;

        diff->runs[kept++] = diff->runs[r];
        while (kept && says_little(passage, kept > 1 ? &diff->runs[kept - 2] : &start,
                                   &diff->runs[kept - 1], after))
            kept--;
    }
    diff->count = kept;
}

/* What a change begins or ends with on both sides has stayed: a space mostly, whose run was given
 * up or was taken for another. */
static void widen_runs(struct diff *diff, const uint32_t *x, size_t x_len, const uint32_t *y,
                       size_t y_len)
{
    size_t a = 0, b = 0;

    for (size_t r = 0; r < diff->count; r++) {
        struct diff_run *run = &diff->runs[r];
        bool last = r + 1 == diff->count;
        size_t a_to = last ? x_len : run[1].a_at, b_to = last ? y_len : run[1].b_at;

        while (run->a_at > a && run->b_at > b && x[run->a_at - 1] == y[run->b_at - 1])
            run->a_at--, run->b_at--, run->len++;
        a = run->a_at + run->len;
        b = run->b_at + run->len;
        while (a < a_to && b < b_to && x[a] == y[b])
            a++, b++, run->len++;
    }
}

/* `marked`: words that are in other markup are other words. */
static uint32_t *numbers_of(const struct side *side, size_t from, size_t len, bool marked)
{
    uint32_t *numbers = mem_alloc((len + 1) * sizeof *numbers);

    for (size_t i = 0; i < len; i++)
        numbers[i] = marked ? side->tokens[from + i].number : side->tokens[from + i].word;
    return numbers;
}

/* Returns how many words stay. */
static size_t compare(struct diff *diff, const struct side *old, size_t old_block,
                      const struct side *new, size_t new_block, bool marked)
{
    size_t a = old->first[old_block], b = new->first[new_block], kept = 0;
    size_t a_len = old->first[old_block + 1] - a, b_len = new->first[new_block + 1] - b;
    uint32_t *x = numbers_of(old, a, a_len, marked), *y = numbers_of(new, b, b_len, marked);
    struct amount *before = amounts_of(old, a, a_len), *after = amounts_of(new, b, b_len);

    diff_make(diff, x, a_len, y, b_len);
    join_changes(diff, &(struct passage){before, after, a_len, b_len});
    widen_runs(diff, x, a_len, y, b_len);
    for (size_t r = 0; r < diff->count; r++)
        kept +=
            before[diff->runs[r].a_at + diff->runs[r].len].words - before[diff->runs[r].a_at].words;
    free(before);
    free(after);
    free(x);
    free(y);
    return kept;
}

void passage_compare(struct diff *diff, const struct side *old, size_t old_block,
                     const struct side *new, size_t new_block)
{
    compare(diff, old, old_block, new, new_block, true);
}

size_t passage_kept(const struct side *old, size_t old_block, const struct side *new,
                    size_t new_block)
{
    struct diff diff;
    size_t kept = compare(&diff, old, old_block, new, new_block, false);

    diff_release(&diff);
    return kept;
}
