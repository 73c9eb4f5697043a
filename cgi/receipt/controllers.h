/* Who asks, as the generator writes it into a text (text.md): of each controller a line
 *
 *   - NAME, ADDRESS, E-MAIL, PHONE
 *
 * without what is not stated, below the first heading of the form that stands behind the article's
 * last rule. */
#ifndef TEADE_CONTROLLERS_H
#define TEADE_CONTROLLERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* In the text's own words, without Markdown's backslashes. */
struct text_controllers {
    char **lines;
    size_t count; /* 0: the text asks nothing, and names nobody */
};

/* Release them. */
void controllers_read(struct text_controllers *controllers, struct str text);
void controllers_release(struct text_controllers *controllers);

/* Whether a line says just that: the parts in their order, NULL each where it is not stated. */
bool controllers_says(const char *line, const char *const *parts, size_t count);

#endif
