/* What the keeper does besides answering: it notes outside of the database what was closed, and
 * overwrites the bytes of it once nobody waits for an answer. */
#ifndef TEADE_MAINTENANCE_H
#define TEADE_MAINTENANCE_H

#include "base/manifest.h"
#include "store/store.h"

struct maintenance {
    const char *database;
    struct store *store; /* NULL: there is nothing to do */
    bool pending_wipes;  /* something was closed and is not done with */
    int64_t noted;       /* the last closing that is noted outside, -1 for none */
    int64_t
        closed_since; /* milliseconds, when it first was; all of a clock that never turns back */
    int64_t next;     /* milliseconds, when the files are to be rewritten */
    int pause;        /* milliseconds, before the next try */
    int64_t rest;     /* milliseconds, until when the last rewriting has been enough */
    const struct manifest *manifest; /* says how long records are kept; NULL: nothing does yet */
    int64_t prune_at;                /* milliseconds, when the next records are to be looked at, */
    int64_t prune_from;              /* from this entry on */
    int64_t quiet_at;                /* milliseconds, after a moment without a message */
};

/* With a database that was just opened: an earlier keeper may have left something undone. */
void maintenance_begin(struct maintenance *maintenance, const char *database, struct store *store);

/* Nothing is removed for its age within an hour from now: a machine that starts may not know yet
 * which day it is. */
void maintenance_distrust_clock(struct maintenance *maintenance);

/* After a commit that closed something, before anybody is told. */
void maintenance_note(struct maintenance *maintenance);

/* Somebody waited for an answer just now: the files are not rewritten for a moment. */
void maintenance_wait(struct maintenance *maintenance);

/* Milliseconds until there is something to do; -1: there is nothing. */
int maintenance_due(const struct maintenance *maintenance);

/* Does what is due; `now` is the records' time, UTC seconds. */
void maintenance_do(struct maintenance *maintenance, int64_t now);

#endif
