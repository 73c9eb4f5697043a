/* `teade init DIR`: a site of one's own. */
#ifndef TEADE_NEW_SITE_H
#define TEADE_NEW_SITE_H

#include "base/options.h"
#include "edition/edition_read.h"

enum { INIT_LANGUAGES = OPTION_VALUES };

/* What the site is made from. */
struct init_answers {
    const char *name, *time_zone;
    const char *languages;               /* tags with commas between them, the first one first */
    const char *address, *email, *phone; /* each or NULL */
};

/* Their values: one line of text; an e-mail address that can be a link; tags of languages; a time
 * zone. */
extern const struct option_reader init_line, init_email, init_languages, init_time_zone;

/* Makes the site in a directory that does not exist yet or is empty; of what fails nothing stays.
 * Options are the answers' too: templates, and base_url (or NULL: this machine's own address) and day
 * ("": today).  What is next goes to `out`.  false after findings. */
bool init_site(const struct edition_options *options, const struct init_answers *answers,
               const char *directory, FILE *out, struct findings *findings);

#endif
