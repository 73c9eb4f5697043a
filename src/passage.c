/* A diff counts tokens; a reader sees passages.  Runs that say nothing join the changes around
 * them, and those that stay take back the spaces they lost to them. */
#include "passage.h"

#include <stdlib.h>

#include "base/mem.h"

static bool has_words(const struct side *side, size_t from, size_t len)
{
    for (size_t t = from; t < from + len; t++)
        if (side->tokens[t].is_word || side->tokens[t].atom)
            return true;
    return false;
}

/* A space or a comma between two changed words has not stayed: the passage has changed. */
static void join_changes(struct diff *diff, const struct side *old, size_t old_at, size_t old_len,
                         size_t new_len)
{
    size_t kept = 0;

    for (size_t r = 0; r < diff->count; r++) {
        const struct diff_run *run = &diff->runs[r];
        bool first = run->a_at == 0 || run->b_at == 0;
        bool last = run->a_at + run->len == old_len || run->b_at + run->len == new_len;

        if (first || last || has_words(old, old_at + run->a_at, run->len))
            diff->runs[kept++] = *run;
    }
    diff->count = kept;
}

static uint32_t *numbers_of(const struct side *side, size_t from, size_t len)
{
    uint32_t *numbers = mem_alloc((len + 1) * sizeof *numbers);

    for (size_t i = 0; i < len; i++)
        numbers[i] = side->tokens[from + i].number;
    return numbers;
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

void passage_compare(struct diff *diff, const struct side *old, size_t old_block,
                     const struct side *new, size_t new_block)
{
    size_t a = old->first[old_block], b = new->first[new_block];
    size_t a_len = old->first[old_block + 1] - a, b_len = new->first[new_block + 1] - b;
    uint32_t *x = numbers_of(old, a, a_len), *y = numbers_of(new, b, b_len);

    diff_make(diff, x, a_len, y, b_len);
    join_changes(diff, old, a, a_len, b_len);
    widen_runs(diff, x, a_len, y, b_len);
    free(x);
    free(y);
}
