#include "clock.h"

#include <limits.h>
#include <time.h>

int64_t clock_milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int clock_until(int64_t instant)
{
    int64_t left = instant - clock_milliseconds();

    return left < 0 ? 0 : left < INT_MAX ? (int)left : INT_MAX;
}
