/* The keys that the database knows to have signed checkpoints of its log. */
#ifndef TEADE_SIGNERS_H
#define TEADE_SIGNERS_H

#include "log/note.h"
#include "store_log.h"

struct signers {
    struct note_key *keys;
    size_t count;
};

/* false with the reason in store_why().  A key that is damaged is left out: nothing is then
 * believed in its name.  Release it either way. */
bool signers_read(struct signers *signers, struct store *store);
void signers_release(struct signers *signers);

#endif
