/* Where the time of a program goes: its steps, one after another, by the clock on the wall. */
#ifndef TEADE_TIMINGS_H
#define TEADE_TIMINGS_H

#include <stdint.h>
#include <stdio.h>

enum { TIMINGS_MAX = 16 };

struct timings {
    struct timing {
        const char *step;
        int64_t nanoseconds;
    } steps[TIMINGS_MAX];
    size_t count;
    int64_t since; /* when the last step ended */
};

void timings_begin(struct timings *timings);

/* A step ended that began where the one before it did, or timings_begin().  A step of the same name
 * is continued.  `timings` may be NULL. */
void timings_step(struct timings *timings, const char *step);

/* A line for each step, in the order in which they ended first, and one for all together. */
void timings_print(const struct timings *timings, FILE *out);

#endif
