#include "timings.h"

#include <assert.h>
#include <string.h>
#include <time.h>

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void timings_begin(struct timings *timings)
{
    *timings = (struct timings){.since = now()};
}

static struct timing *find(struct timings *timings, const char *step)
{
    for (size_t i = 0; i < timings->count; i++)
        if (strcmp(timings->steps[i].step, step) == 0)
            return &timings->steps[i];
    assert(timings->count < TIMINGS_MAX);
    timings->steps[timings->count].step = step;
    return &timings->steps[timings->count++];
}

void timings_step(struct timings *timings, const char *step)
{
    int64_t end;

    if (!timings)
        return;
    end = now();
    find(timings, step)->nanoseconds += end - timings->since;
    timings->since = end;
}

void timings_print(const struct timings *timings, FILE *out)
{
    int64_t all = 0;

    for (size_t i = 0; i < timings->count; i++) {
        fprintf(out, "%8.1f ms  %s\n", (double)timings->steps[i].nanoseconds / 1e6,
                timings->steps[i].step);
        all += timings->steps[i].nanoseconds;
    }
    fprintf(out, "%8.1f ms  in all\n", (double)all / 1e6);
}
