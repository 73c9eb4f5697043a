/* Between the two halves of a site: the endpoint takes the new private/ before visitors get the
 * forms in the new public/. */
#ifndef TEADE_HANDOVER_H
#define TEADE_HANDOVER_H

#include "base/finding.h"

struct handover {
    const char *reload; /* a shell command that has the endpoint read its site again, or NULL */
    const char
        *socket; /* the endpoint's, where it is asked which site it has; or NULL: nobody asks */
    const char *site; /* the folder */
    bool (*taken)(void *context); /* once the endpoint has taken the site; its failure is ours */
    void *context;
    bool told; /* the command was run: the endpoint may have taken the site */
    struct findings *findings;
};

/* publish_finish()'s `between`; the context is a struct handover.  Runs the command, and waits
 * until every answer for a while names the site's manifest, at most half a minute, and a second where
 * nobody listens on the socket; calls `taken`.
 * false after a finding. */
bool handover_run(void *context);

/* After a publish that failed, the old site being in place again: has an endpoint that was told of
 * the new one take the old one again. */
void handover_undo(const struct handover *handover);

#endif
