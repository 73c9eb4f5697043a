/* The supervisor: starts the keeper and the workers, starts again what dies, takes a new
 * site on SIGHUP and ends all of them on SIGTERM.  It parses nothing of a visitor's. */
#ifndef TEADE_SUPERVISOR_H
#define TEADE_SUPERVISOR_H

struct supervisor_options {
    const char *site;     /* the built site's folder */
    const char *database; /* a path, or sqlite:PATH */
    const char *keys;     /* the folder with visitor.key and log.key */
    const char *anchor;   /* a file for the newest checkpoint, or NULL: beside the database */
    const char *interval; /* seconds between two checkpoints for the public, a number */
    const char *listen;   /* a UNIX socket's path, or NULL: passed in */
    const char *workers;  /* a number */
    const char *now;      /* UTC seconds for tests, or NULL */
};

/* Runs until SIGTERM; returns the exit status. */
int supervisor_run(const struct supervisor_options *options);

#endif
