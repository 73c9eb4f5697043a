/* What the site that is there was made from, so that a build of the same need not be done again: a
 * file OUTPUT.cache/record.  It can be removed at any time; one that is damaged counts as none.
 *
 * The names, sizes and times of its files show whether the site is still what a build left there:
 * the time of a file's last change (ctime in stat(2)) cannot be set. */
#ifndef TEADE_BUILD_RECORD_H
#define TEADE_BUILD_RECORD_H

#include "base/hash.h"

struct build_record {
    char inputs[HASH_HEX + 1]; /* all that it was made from; "": not to be relied on */
    char files[HASH_HEX + 1];  /* the files of the site as the build left them */
    char *text;                /* anything the builder wants to know of it, one line */
    char *parts; /* JSON, one line: what each part of the site was made from, and its files */
};

/* Reads the record of the site at `output`; false: not found or unreadable.  Release it either way.
 */
bool build_record_read(struct build_record *record, const char *output);
void build_record_release(struct build_record *record);

/* Whether the files of the site are as they were when its record was written. */
bool build_record_holds(const struct build_record *record, const char *output);

/* Writes the record of the site as it is now, which was just put in place.  Where it cannot be
 * written, the next build does all its work. */
void build_record_write(const char *output, const char *inputs, const char *text,
                        const char *parts);

#endif
