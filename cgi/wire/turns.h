/* Turns that all workers share: so many of them at once may do expensive work, whoever asks.  A
 * turn of a worker that died is free again. */
#ifndef TEADE_TURNS_H
#define TEADE_TURNS_H

#include <stdbool.h>
#include <stddef.h>

struct turns;

/* Shared with the processes that are forked later; for as long as they live.  NULL: no memory. */
struct turns *turns_new(size_t count);

/* false: none is free. */
bool turns_take(struct turns *turns, size_t *turn);
void turns_end(struct turns *turns, size_t turn);

#endif
