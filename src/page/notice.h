/* Notices: which change every page tells of on a day, and how a browser that has seen it keeps
 * it hidden without a script (templates/nginx). */
#ifndef TEADE_NOTICE_H
#define TEADE_NOTICE_H

#include "emission.h"

/* The newest revision that a document's notice tells of on the edition's day, or NULL: announced,
 * or effective for less than notice_days; not an editorial one, nor a first that was not announced.
 */
const struct revision *notice_of(const struct edition *edition, size_t document);

/* What stands for a document in the addresses of its notice's style sheets. */
enum { NOTICE_KEY = 12 }; /* characters, without the NUL */
void notice_key(const char *document, char key[NOTICE_KEY + 1]);

/* Writes the two style sheets of each notice: the one that shows it and the one that hides it. */
bool notice_emit(struct emission *emission);

/* The notices that stand on every page on the edition's day (notice.c): a new reference. */
json_t *notice_list(const struct emission *emission, size_t language);

#endif
