#include "diff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Where a search has cost that much, it goes on from the farthest point reached. */
enum { COST_MAX = 512 };

/* Diagonal k holds the points with x - y = k; x counts in a, y in b. */
struct search {
    const uint32_t *a, *b;
    ptrdiff_t *forward, *backward; /* by diagonal: the farthest x reached from either end */
    struct diff *diff;
};

struct box {
    ptrdiff_t a_from, a_to, b_from, b_to;
};

struct point {
    ptrdiff_t x, y;
};

static void add_run(struct diff *diff, ptrdiff_t a_at, ptrdiff_t b_at, ptrdiff_t len)
{
    struct diff_run *last = diff->count ? &diff->runs[diff->count - 1] : NULL;

    if (len == 0)
        return;
    if (last && last->a_at + last->len == (size_t)a_at && last->b_at + last->len == (size_t)b_at) {
        last->len += (size_t)len;
        return;
    }
    diff->runs = mem_grow(diff->runs, diff->count, sizeof *diff->runs);
    diff->runs[diff->count++] = (struct diff_run){(size_t)a_at, (size_t)b_at, (size_t)len};
}

/* The diagonals that a search has come to from one end. */
struct reach {
    ptrdiff_t *x, low, high, least, most;
};

/* One step more on either side, within the box; what lies outside was never reached. */
static void widen(struct reach *reach, ptrdiff_t unreached)
{
    if (reach->low > reach->least)
        reach->x[--reach->low - 1] = unreached;
    else
        reach->low++;
    if (reach->high < reach->most)
        reach->x[++reach->high + 1] = unreached;
    else
        reach->high--;
}

static bool step_forward(const struct search *search, const struct box *box, struct reach *ahead,
                         const struct reach *behind, bool odd, struct point *meeting)
{
    widen(ahead, -1);
    for (ptrdiff_t k = ahead->high; k >= ahead->low; k -= 2) {
        ptrdiff_t x = ahead->x[k - 1] >= ahead->x[k + 1] ? ahead->x[k - 1] + 1 : ahead->x[k + 1];
        ptrdiff_t y = x - k;

        while (x < box->a_to && y < box->b_to && search->a[x] == search->b[y])
            x++, y++;
        ahead->x[k] = x;
        if (odd && behind->low <= k && k <= behind->high && behind->x[k] <= x) {
            *meeting = (struct point){x, y};
            return true;
        }
    }
    return false;
}

static bool step_backward(const struct search *search, const struct box *box, struct reach *behind,
                          const struct reach *ahead, bool odd, struct point *meeting)
{
    widen(behind, PTRDIFF_MAX);
    for (ptrdiff_t k = behind->high; k >= behind->low; k -= 2) {
        ptrdiff_t x = behind->x[k - 1] < behind->x[k + 1] ? behind->x[k - 1] : behind->x[k + 1] - 1;
        ptrdiff_t y = x - k;

        while (x > box->a_from && y > box->b_from && search->a[x - 1] == search->b[y - 1])
            x--, y--;
        behind->x[k] = x;
        if (!odd && ahead->low <= k && k <= ahead->high && x <= ahead->x[k]) {
            *meeting = (struct point){x, y};
            return true;
        }
    }
    return false;
}

/* The point inside the box that a search from its upper left corner came farthest to. */
static struct point farthest(const struct box *box, const struct reach *ahead)
{
    struct point best = {box->a_from, box->b_from};

    for (ptrdiff_t k = ahead->high; k >= ahead->low; k -= 2) {
        ptrdiff_t x = ahead->x[k] < box->a_to ? ahead->x[k] : box->a_to;

        if (x - k > box->b_to)
            x = box->b_to + k;
        if (x + x - k > best.x + best.y)
            best = (struct point){x, x - k};
    }
    return best;
}

/* A point that a shortest script goes through, or a good one where that would cost too much. */
static struct point middle(const struct search *search, const struct box *box)
{
    ptrdiff_t least = box->a_from - box->b_to, most = box->a_to - box->b_from;
    ptrdiff_t first = box->a_from - box->b_from, last = box->a_to - box->b_to;
    struct reach ahead = {search->forward, first, first, least, most};
    struct reach behind = {search->backward, last, last, least, most};
    bool odd = (first - last) & 1;
    struct point meeting;

    ahead.x[first] = box->a_from;
    behind.x[last] = box->a_to;
    for (int cost = 0; cost < COST_MAX; cost++)
        if (step_forward(search, box, &ahead, &behind, odd, &meeting) ||
            step_backward(search, box, &behind, &ahead, odd, &meeting))
            return meeting;
    return farthest(box, &ahead);
}

static void compare(const struct search *search, struct box box)
{
    ptrdiff_t same = 0;

    while (box.a_from < box.a_to && box.b_from < box.b_to &&
           search->a[box.a_from] == search->b[box.b_from]) {
        add_run(search->diff, box.a_from, box.b_from, 1);
        box.a_from++, box.b_from++;
    }
    while (box.a_from < box.a_to && box.b_from < box.b_to &&
           search->a[box.a_to - 1] == search->b[box.b_to - 1])
        box.a_to--, box.b_to--, same++;
    if (box.a_from < box.a_to && box.b_from < box.b_to) {
        struct point at = middle(search, &box);

        compare(search, (struct box){box.a_from, at.x, box.b_from, at.y});
        compare(search, (struct box){at.x, box.a_to, at.y, box.b_to});
    }
    add_run(search->diff, box.a_to, box.b_to, same);
}

/* The numbers that the other sequence has as well; `at` tells where each was. */
struct shared {
    uint32_t *numbers;
    size_t *at, len;
};

static uint32_t most_of(const uint32_t *numbers, size_t len, uint32_t most)
{
    for (size_t i = 0; i < len; i++)
        most = numbers[i] > most ? numbers[i] : most;
    return most;
}

static struct shared share(const uint32_t *numbers, size_t len, const unsigned char *in_both)
{
    struct shared shared = {mem_alloc((len + 1) * sizeof *shared.numbers),
                            mem_alloc((len + 1) * sizeof *shared.at), 0};

    for (size_t i = 0; i < len; i++)
        if (in_both[numbers[i]] == 3) {
            shared.numbers[shared.len] = numbers[i];
            shared.at[shared.len++] = i;
        }
    return shared;
}

/* Runs among what is shared are runs of the whole where nothing was left out between. */
static void spread(struct diff *diff, const struct diff *among, const struct shared *a,
                   const struct shared *b)
{
    for (size_t r = 0; r < among->count; r++)
        for (size_t i = 0; i < among->runs[r].len; i++)
            add_run(diff, (ptrdiff_t)a->at[among->runs[r].a_at + i],
                    (ptrdiff_t)b->at[among->runs[r].b_at + i], 1);
}

/* What only one side has can be in no run: left out, it costs nothing. */
void diff_make(struct diff *diff, const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    unsigned char *in = mem_alloc((size_t)most_of(b, b_len, most_of(a, a_len, 0)) + 1);
    struct shared x, y;
    struct diff among = {NULL, 0};
    struct search search;
    size_t diagonals;
    ptrdiff_t *memory;

    for (size_t i = 0; i < a_len; i++)
        in[a[i]] |= 1;
    for (size_t i = 0; i < b_len; i++)
        in[b[i]] |= 2;
    x = share(a, a_len, in);
    y = share(b, b_len, in);
    diagonals = x.len + y.len + 3;
    memory = mem_alloc(2 * diagonals * sizeof *memory);
    search = (struct search){x.numbers, y.numbers, memory + y.len + 1,
                             memory + diagonals + y.len + 1, &among};
    *diff = (struct diff){NULL, 0};
    compare(&search, (struct box){0, (ptrdiff_t)x.len, 0, (ptrdiff_t)y.len});
    spread(diff, &among, &x, &y);
    free(among.runs);
    free(memory);
    free(x.numbers);
    free(x.at);
    free(y.numbers);
    free(y.at);
    free(in);
}

void diff_release(struct diff *diff)
{
    free(diff->runs);
    *diff = (struct diff){NULL, 0};
}
