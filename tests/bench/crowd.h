/* Who is in the database that fill makes and page asks for: visitors by number.  The first have
 * short and long histories, all others as many records as fill is told. */
#ifndef TEADE_BENCH_CROWD_H
#define TEADE_BENCH_CROWD_H

#include <sodium.h>

#include "record/act.h"

static const size_t crowd_histories[] = {1, 50, 1000}; /* records of the visitors 0, 1 and 2 */
enum { CROWD_HISTORIES = sizeof crowd_histories / sizeof *crowd_histories };

static inline void crowd_visitor(size_t number, uint8_t key[ACT_VISITOR])
{
    crypto_hash_sha256(key, (const uint8_t *)&number, sizeof number);
}

#endif
