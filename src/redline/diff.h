/* What two sequences of numbers have in common, in order: Myers' O(ND) algorithm in linear
 * space (Algorithmica 1, 1986), with a bound on what it costs where they have little. */
#ifndef TEADE_DIFF_H
#define TEADE_DIFF_H

#include <stddef.h>
#include <stdint.h>

/* A run of equal numbers: a[a_at + i] == b[b_at + i] for each i < len. */
struct diff_run {
    size_t a_at, b_at, len;
};

struct diff {
    struct diff_run *runs; /* in order, not adjacent, none empty */
    size_t count;
};

/* Shortest where the two are alike; never wrong, only longer, where they are not.
 * Release it. */
void diff_make(struct diff *diff, const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len);
void diff_release(struct diff *diff);

#endif
