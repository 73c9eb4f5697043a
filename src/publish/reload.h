/* Between the two halves of a site: a command has the endpoint take the new private/ before
 * visitors get the forms of the new public/. */
#ifndef TEADE_RELOAD_H
#define TEADE_RELOAD_H

#include "base/finding.h"

struct reload {
    const char *command; /* for the shell, or NULL; TEADE_MANIFEST is the digest of the manifest */
    const char *site;    /* the folder */
    bool (*taken)(void *context); /* once the command has succeeded; its failure is ours */
    void *context;
    bool ran; /* the endpoint may have taken the site */
    struct findings *findings;
};

/* publish_finish()'s `between`; the context is a struct reload.  Runs the command, and calls
 * `taken`.  false after a finding. */
bool reload_run(void *context);

/* After a publish that failed, the old site being in place again: where the command was run, it is
 * run again for that one. */
void reload_undo(const struct reload *reload);

#endif
