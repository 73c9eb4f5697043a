/* A build of what is there already: it is found out, and nothing is done. */
#ifndef TEADE_UNCHANGED_H
#define TEADE_UNCHANGED_H

#include "build_summary.h"
#include "edition/edition_read.h"
#include "page/emission.h"

/* Whether the site at `output` is what a build would make of these files now, and it was not
 * changed since; then the summary describes it.  A build that had findings is always repeated. */
bool unchanged(const struct edition_options *options, const char *files, const char *output,
               struct build_summary *summary);

/* Notes what the site at `output`, which was just put in place, was made from: the files as they
 * were before the edition was read. */
void unchanged_note(const struct edition_options *options, const char *files,
                    const struct emission *emission, const char *output,
                    const struct build_summary *summary);

#endif
