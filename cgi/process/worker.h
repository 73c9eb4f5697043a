/* A worker: one process that parses strangers' bytes.  It has the site in memory, the
 * cookie's keys and one socket to the keeper; it opens no file. */
#ifndef TEADE_WORKER_H
#define TEADE_WORKER_H

#include "web/endpoint.h"

/* Accepts FastCGI requests on a listening socket, one at a time, until SIGTERM (the request
 * at hand is finished) or until the keeper is lost.  Returns the exit status. */
int worker_run(int listener, struct endpoint *endpoint);

#endif
