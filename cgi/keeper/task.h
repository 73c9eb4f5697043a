/* What the keeper does for one message of a worker. */
#ifndef TEADE_TASK_H
#define TEADE_TASK_H

#include "base/manifest.h"
#include "checkpoints.h"
#include "record/identity.h"
#include "store/store.h"
#include "wire/wire.h"

struct task_desk {
    struct store *store; /* in a transaction */
    const struct identity_keys *keys;
    struct heads *heads;             /* of its log */
    int64_t now;                     /* UTC seconds */
    const struct manifest *manifest; /* by which consent is judged; NULL before there is one */
    const char *site;                /* the manifest's digest, "" before there is one */
    bool just_committed;             /* within this second: the database is known to be well */
    struct str alarm;                /* what was wrong with the clock of late, or empty */
    bool traces;                     /* bytes of what was erased are still to be overwritten */
    bool *closed;                    /* set where something was closed */
};

enum task_outcome {
    TASK_DONE,
    TASK_NOT_A_MESSAGE, /* its sender is not to be listened to */
    TASK_STORE_FAILED   /* the transaction is to be rolled back */
};

/* Whether only the operator may send a message of this kind. */
bool task_is_the_operators(enum wire_kind kind);

/* Carries a message out and adds the reply's fields to `reply`, which is to be sent once
 * the transaction is committed. */
enum task_outcome task_carry_out(const struct task_desk *desk, enum wire_kind kind,
                                 struct wire_reader *fields, struct buf *reply);

/* The reply's fields where there was no commit.  desk->store may be NULL. */
void task_unavailable(const struct task_desk *desk, enum wire_kind kind, struct str why,
                      struct buf *reply);

#endif
