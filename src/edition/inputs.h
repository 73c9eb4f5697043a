/* All that an edition is made from, as one number: builds with the same key give the same site. */
#ifndef TEADE_INPUTS_H
#define TEADE_INPUTS_H

#include "base/hash.h"
#include "edition_read.h"

/* The files.  To be taken before the edition is read, so that what is changed meanwhile makes
 * another key. */
void inputs_files(const struct edition_options *options, char files[HASH_HEX + 1]);

/* Of these, the templates, their catalogues and the program.  To be taken before as well. */
void inputs_look(const struct edition_options *options, char look[HASH_HEX + 1]);

/* The key: the files, the options, the program, the day, and the rules of the site's time zone. */
void inputs_key(const char *files, const struct edition_options *options, const char *zone,
                struct date day, char key[HASH_HEX + 1]);

#endif
