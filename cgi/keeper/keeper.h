/* The keeper: the one process that owns the database.
 *
 * It takes every message that is ready from the workers, carries all of them out in one
 * transaction, commits, and only then answers: what was answered is on disk, and the
 * more load there is, the larger the batch. */
#ifndef TEADE_KEEPER_H
#define TEADE_KEEPER_H

#include <stdint.h>

#include "checkpoints.h"
#include "record/identity.h"

struct keeper_options {
    const char *database;
    const struct identity_keys *keys; /* withdrawal codes are judged by them */
    struct checkpoints_options checkpoints;
    int64_t now; /* UTC seconds for tests, or 0: the clock */
};

/* What the supervisor sends on its socket: one byte, and a descriptor beside it.
 * The answer is one byte 'y', or 'n' and the reason. */
enum keeper_order {
    KEEPER_WORKER = 'w', /* a worker's socket; not answered */
    KEEPER_SITE = 's',   /* a memory file with a bundle: its texts are stored */
};

/* Runs until SIGTERM or until the socket of the supervisor closes; then commits, and returns the
 * exit status. */
int keeper_run(int supervisor, const struct keeper_options *options);

#endif
