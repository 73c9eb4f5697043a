/* A monotonic clock, for timeouts; it is not the time of day. */
#ifndef TEADE_CLOCK_H
#define TEADE_CLOCK_H

#include <stdint.h>

int64_t clock_milliseconds(void);

/* Milliseconds left until an instant of it; 0: it is over. */
int clock_until(int64_t instant);

#endif
