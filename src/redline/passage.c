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

        now.words += token->ends_cell ? 0 : token->atom ? WORDS_STAY : token->is_word;
        now.letters += token->is_word ? token->len : 0;
        amounts[i + 1] = now;
    }
    return amounts;
}

/* Two passages that are compared. */
struct amounts {
    const struct amount *old, *new;
    size_t old_len, new_len;
};

/* How many letters change between two runs, on the side where there are more. */
static size_t change_between(const struct amounts *amounts, const struct diff_run *before,
                             const struct diff_run *after)
{
    size_t removed =
        amounts->old[after->a_at].letters - amounts->old[before->a_at + before->len].letters;
    size_t added =
        amounts->new[after->b_at].letters - amounts->new[before->b_at + before->len].letters;

    return removed > added ? removed : added;
}

/* A space or a comma between two changed words has not stayed, nor has an "of" between two
 * passages that are new: all is one change. */
static bool says_little(const struct amounts *amounts, const struct diff_run *before,
                        const struct diff_run *run, const struct diff_run *after)
{
    const struct amount *from = &amounts->old[run->a_at], *to = from + run->len;
    size_t words = to->words - from->words, letters = to->letters - from->letters;
    bool first = run->a_at == 0 && run->b_at == 0;
    bool last =
        run->a_at + run->len == amounts->old_len && run->b_at + run->len == amounts->new_len;

    if (first || last)
        return false;
    return words == 0 || (words < WORDS_STAY && letters < change_between(amounts, before, run) &&
                          letters < change_between(amounts, run, after));
}

/* A run that goes makes the changes at its sides one: the run before it is looked at again. */
static void join_changes(struct diff *diff, const struct amounts *amounts)
{
    const struct diff_run start = {0, 0, 0}, end = {amounts->old_len, amounts->new_len, 0};
    size_t kept = 0;

    for (size_t r = 0; r < diff->count; r++) {
        const struct diff_run *after = r + 1 < diff->count ? &diff->runs[r + 1] : &end;

        diff->runs[kept++] = diff->runs[r];
        while (kept && says_little(amounts, kept > 1 ? &diff->runs[kept - 2] : &start,
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

/* Which of a token's numbers are compared. */
enum measure { EXACT, LOOSE, BARE };

static uint32_t *numbers_of(const struct side *side, struct passage passage, enum measure measure)
{
    uint32_t *numbers = mem_alloc((passage.to - passage.from + 1) * sizeof *numbers);

    for (size_t t = passage.from; t < passage.to; t++) {
        const struct token *token = &side->tokens[t];

        numbers[t - passage.from] = measure == EXACT   ? token->number
                                    : measure == LOOSE ? token->loose
                                                       : token->word;
    }
    return numbers;
}

/* Two sides where something stayed. */
struct kept {
    const struct side *old, *new;
    size_t a, b; /* their next token */
};

/* How many of the tokens that stayed are a whole link in both texts, from its beginning; 0: none.
 */
static size_t link_length(const struct kept *kept, size_t most)
{
    size_t a = side_link(kept->old, kept->a), b = side_link(kept->new, kept->b), len = 0;

    if ((kept->a && side_link(kept->old, kept->a - 1) == a) ||
        (kept->b && side_link(kept->new, kept->b - 1) == b))
        return 0;
    while (len < most && side_link(kept->old, kept->a + len) == a &&
           side_link(kept->new, kept->b + len) == b)
        len++;
    if ((kept->a + len < kept->old->token_count && side_link(kept->old, kept->a + len) == a) ||
        (kept->b + len < kept->new->token_count &&side_link(kept->new, kept->b + len) == b))
        return 0;
    return len;
}

/* Takes out of runs what stayed only in part of a link that leads elsewhere. */
static void part_links(struct diff *diff, const struct side *old, struct passage a,
                       const struct side *new, struct passage b)
{
    struct diff parted = {NULL, 0};

    for (size_t r = 0; r < diff->count; r++) {
        struct diff_run run = {diff->runs[r].a_at, diff->runs[r].b_at, 0};

        for (size_t left = diff->runs[r].len; left;) {
            struct kept kept = {old, new, a.from + run.a_at + run.len, b.from + run.b_at + run.len};
            size_t len = old->tokens[kept.a].number == new->tokens[kept.b].number
                             ? 1
                             : link_length(&kept, left);

            run.len += len;
            left -= len ? len : 1;
            if (len && left)
                continue;
            if (run.len) {
                parted.runs = mem_grow(parted.runs, parted.count, sizeof *parted.runs);
                parted.runs[parted.count++] = run;
            }
            run = (struct diff_run){run.a_at + run.len + !len, run.b_at + run.len + !len, 0};
        }
    }
    free(diff->runs);
    *diff = parted;
}

static void find_runs(struct diff *diff, const struct side *old, struct passage a,
                      const struct side *new, struct passage b, enum measure measure)
{
    uint32_t *x = numbers_of(old, a, measure), *y = numbers_of(new, b, measure);

    diff_make(diff, x, a.to - a.from, y, b.to - b.from);
    free(x);
    free(y);
    if (measure == LOOSE)
        part_links(diff, old, a, new, b);
}

/* Returns how many words stay. */
static size_t compare(struct diff *diff, const struct side *old, struct passage a,
                      const struct side *new, struct passage b, enum measure measure)
{
    size_t a_len = a.to - a.from, b_len = b.to - b.from, kept = 0;
    enum measure strict = measure == LOOSE ? EXACT : measure;
    uint32_t *x = numbers_of(old, a, strict), *y = numbers_of(new, b, strict);
    struct amount *before = amounts_of(old, a.from, a_len), *after = amounts_of(new, b.from, b_len);

    find_runs(diff, old, a, new, b, measure);
    join_changes(diff, &(struct amounts){before, after, a_len, b_len});
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

void passage_compare(struct diff *diff, const struct side *old, struct passage a,
                     const struct side *new, struct passage b)
{
    compare(diff, old, a, new, b, LOOSE);
}

size_t passage_kept(const struct side *old, struct passage a, const struct side *new,
                    struct passage b)
{
    struct diff diff;
    size_t kept = compare(&diff, old, a, new, b, BARE);

    diff_release(&diff);
    return kept;
}
