/* Puts files online all at once: they are staged in a folder beside the output, and then the
 * two halves of the site change places with those of the output: private/, which the endpoint
 * reads, before public/, whose forms it must know.  Until then, and after any failure, what was
 * there before is untouched; killed at any moment, each half is wholly the old or wholly the
 * new one, and the next run finishes the work.
 *
 * A file that is as it was is the very file that was there: it keeps its time. */
#ifndef TEADE_PUBLISH_H
#define TEADE_PUBLISH_H

#include "base/finding.h"

struct publish {
    char *output, *stage;
    size_t files, kept; /* of the site so far; those of them that were there already */
    struct json_t *unpacked; /* a set: names below public/ of files that have no packed copies, in
                                the site that is there and as noted (publish_note_unpacked) */
    bool is_untouched;  /* the site that is there, since a build put it in place (record.h) */
    int lock;           /* the folder above, locked against a second build */
    struct findings *findings;
};

/* The folder that an output is written to, to be freed: where a link leads, so that the link stays
 * and what it leads to is replaced; without a slash at its end. */
char *publish_folder(const char *output);

/* Begins, after any other build into the same parent folder has ended.  false after a
 * finding: not writable, or a folder that is not a site and so is not ours to replace. */
bool publish_begin(struct publish *publish, const char *output, struct findings *findings);

/* Adds a file at a path below private/ or public/. */
bool publish_file(struct publish *publish, const char *path, struct str content);

/* Adds a file as it is in the site that is there; false: there is none, somebody touched the site,
 * or it cannot be kept. */
bool publish_keep(struct publish *publish, const char *path);

/* For files that are added beside others: what is counted and found there is its own, until it is
 * joined to the publish that it is a part of. */
struct publish publish_part(const struct publish *publish, struct findings *findings);
void publish_join(struct publish *publish, const struct publish *part);

/* Notes the public files that were added so far, as having no packed copies: else the next publish
 * could not tell them from files of other people (foreign.h). */
bool publish_note_unpacked(struct publish *publish);

/* Swaps; what was there before is removed.  `between` (or NULL) is called when private/ is in
 * place and public/ is not; where it fails, so does the publish, and the old private/ comes
 * back.  The publish is released. */
bool publish_finish(struct publish *publish, bool (*between)(void *context), void *context);

/* Gives up: removes what was staged.  The publish is released. */
void publish_abandon(struct publish *publish);

#endif
