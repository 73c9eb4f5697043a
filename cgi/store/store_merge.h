/* What a database recorded after a copy of it was made, carried over into the copy that is to take
 * its place: a yes that was taken back since must not stand again (GDPR art. 7 (3)), and a
 * provision is to be known for years. */
#ifndef TEADE_STORE_MERGE_H
#define TEADE_STORE_MERGE_H

#include "store.h"

/* So many of each kind; a record can say several things. */
struct store_acts {
    int64_t said[ANSWER_COUNT], acknowledgements, provisions;
};

struct store_carried {
    struct store_acts kept, lost;
    int64_t unknown; /* lost as well, and what they said cannot be told */
    struct buf
        names; /* a line for each that is lost: its numbers, and whose it was if that shows */
};

/* Appends to the copy, as they are and in their order, the records and provisions that it lacks and
 * whose bytes are those that were entered.  Lost is what is damaged, what is older than the end of
 * the copy, and all of it unless the logs begin alike (`related`).  What was closed stays away:
 * that is store_replay()'s.  How far the database can be read store_compare() has told.  One
 * transaction; false with store_why(copy).  Release it either way. */
bool store_carry(struct store *live, struct store *copy, bool related,
                 struct store_carried *carried);
void store_carried_release(struct store_carried *carried);

#endif
