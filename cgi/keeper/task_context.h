/* What a task works with, and how it ends. */
#ifndef TEADE_TASK_CONTEXT_H
#define TEADE_TASK_CONTEXT_H

#include "base/manifest.h"
#include "checkpoints.h"
#include "record/identity.h"
#include "store/store.h"
#include "wire/wire.h"

struct task_context {
    struct store *store; /* in a transaction */
    const struct identity_keys *keys;
    struct checkpoints *checkpoints; /* of its log */
    int64_t now;                     /* UTC seconds */
    const struct manifest *manifest; /* by which consent is judged; NULL before there is one */
    const char *site;                /* the manifest's digest, "" before there is one */
    bool just_committed;             /* within this second: the database is known to be writable */
    struct str alarm;                /* what was wrong with the clock of late, or empty */
    bool pending_wipes;              /* bytes of what was erased are still to be overwritten */
    bool shows_old_site;             /* a worker of the site before is still there */
    bool *closed;                    /* set where something was closed */
};

enum task_outcome {
    TASK_DONE,
    TASK_NOT_A_MESSAGE, /* its sender is not to be listened to */
    TASK_STORE_FAILED   /* the transaction is to be rolled back */
};

#endif
