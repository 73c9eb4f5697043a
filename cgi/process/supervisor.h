/* The supervisor: starts the keeper and the workers, starts again what dies, takes a new
 * site on SIGHUP and ends all of them on SIGTERM.  It parses nothing of a visitor's. */
#ifndef TEADE_SUPERVISOR_H
#define TEADE_SUPERVISOR_H

#include <stdint.h>

enum { SUPERVISOR_WORKERS_MAX = 256, SUPERVISOR_INTERVAL_MAX = 7 * 24 * 60 * 60 };

struct supervisor_options {
    const char *site;     /* the built site's folder */
    const char *database; /* a path, or sqlite:PATH */
    const char *keys;     /* the folder with visitor.key and log.key */
    const char *anchor;   /* a file for the newest checkpoint, or NULL: beside the database */
    const char *listen;   /* a UNIX socket's path, or NULL: passed in */
    uint32_t interval;    /* seconds between two published checkpoints */
    uint32_t workers;     /* 1 to SUPERVISOR_WORKERS_MAX */
    int64_t now;          /* UTC seconds for tests; 0: the clock */
};

/* Runs until SIGTERM; returns the exit status. */
int supervisor_run(const struct supervisor_options *options);

#endif
