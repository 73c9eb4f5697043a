/* Entering a provision, if it may be: in the keeper, and for the operator where none is running. */
#ifndef TEADE_PROVIDE_H
#define TEADE_PROVIDE_H

#include "permit.h"
#include "provision.h"
#include "store.h"

struct provide {
    uint8_t visitor[ACT_VISITOR];
    struct provision provision; /* ground, recipient and data: what the operator says */
    char document[ACT_ID_MAX + 1], purpose[ACT_ID_MAX + 1]; /* or "" */
};

struct provided {
    enum act_result result;      /* ACT_DONE, ACT_STRANGER, ACT_NOTHING: refused; ACT_UNAVAILABLE */
    enum permit_verdict verdict; /* with ACT_NOTHING: why not */
    int64_t since;               /* of the verdict: permit.h */
    uint8_t id[PROVISION_ID];    /* with ACT_DONE */
};

/* Inside a transaction.  `manifest` may be NULL where the ground is not consent. */
void provide(struct store *store, const struct manifest *manifest, int64_t now,
             const struct provide *asked, struct provided *provided);

/* Whether it is whole, however it came here: the words are there, and a ground that wants a
 * recipient of the policy has its id. */
bool provide_is_whole(const struct provide *asked);

/* As bytes, and back.  false: not that. */
struct wire_reader;
void provide_put(struct buf *out, const struct provide *asked);
bool provide_take(struct wire_reader *reader, struct provide *asked);
void provided_put(struct buf *out, const struct provided *provided);
bool provided_take(struct wire_reader *reader, struct provided *provided);

#endif
