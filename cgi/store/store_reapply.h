/* A backup that is to take the database's place, and what was noted since (erased.h): nobody who
 * was erased comes back, no yes that was withdrawn is valid again, and an objection stays one. */
#ifndef TEADE_STORE_REAPPLY_H
#define TEADE_STORE_REAPPLY_H

#include "erased.h"
#include "store.h"

struct store_reapplied {
    int64_t closed;                /* records */
    int64_t withdrawn, objections; /* questions, of a visitor each */
};

/* Closes in the copy what was closed since, and all that it has besides of a visitor who was
 * erased; then withdraws and objects again, by records of its own.  Places in the log decide
 * nothing: after a copy took the database's place once, the same place has had two entries.
 * Provisions stay, and lose the visitors that go.  One transaction; false with store_why(copy). */
bool store_reapply(struct store *copy, const struct erased *erased, int64_t now,
                   struct store_reapplied *reapplied);

#endif
