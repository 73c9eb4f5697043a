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
#include "base/hash.h"

struct publish {
    char *output, *stage;
    size_t files, kept;      /* of the site so far; those of them that were there already */
    struct json_t *unpacked; /* a set: names below public/ of files that have no packed copies, in
                                the site that is there and as noted (publish_note_unpacked) */
    bool is_untouched; /* the site that is there, since a build put it in place (build_record.h) */
    struct json_t *parts_there; /* of that site, if so: per key of a part, the paths of its files */
    struct json_t *parts;       /* the same of the site so far */
    struct json_t *paths;       /* of a part: those of its files so far; or NULL */
    char key[HASH_HEX + 1];     /* of a part, or "" */
    int lock;                   /* the folder above, locked against a second build */
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

/* Adds a file as it is in the present site; false: it is missing, the site was changed since it was
 * built, or the file cannot be kept. */
bool publish_keep(struct publish *publish, const char *path);

/* For files that are added beside others: what is counted and found there is its own, until it is
 * joined to the publish that it is a part of.  `key` is that of all that the part is made from. */
struct publish publish_part(const struct publish *publish, const char *key,
                            struct findings *findings);
void publish_join(struct publish *publish, struct publish *part);

/* Adds all files of a part as they are in the site that is there, if a part of the same key was
 * made for it; else false, and they are to be made. */
bool publish_keep_part(struct publish *part);

/* Notes the public files that were added so far, as having no packed copies: else the next publish
 * could not tell them from files of other people (foreign.h). */
bool publish_note_unpacked(struct publish *publish);

/* Swaps; what was there before is removed.  `between` (or NULL) is called when private/ is in
 * place and public/ is not; where it fails, so does the publish, and the old private/ comes
 * back.  Nobody else can publish there before publish_abandon(). */
bool publish_finish(struct publish *publish, bool (*between)(void *context), void *context);

/* Ends a publish that was finished, or gives it up: removes what was staged. */
void publish_abandon(struct publish *publish);

#endif
