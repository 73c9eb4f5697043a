/* To whom data would go, as the generator writes it below a question (text.md), in any language:
 *
 *   LABEL: NAME (COUNTRY). LABEL: DATA
 *
 * with the signs of that language's script.  A name may have brackets of its own, and so may the
 * data: then a line can have several readings.  One that is worded in another way has none. */
#ifndef TEADE_RECIPIENTS_H
#define TEADE_RECIPIENTS_H

#include <stdbool.h>

#include "base/buf.h"

/* A reading: words within the line. */
struct recipient {
    struct str name, country;
    const char *start, *rest, *end; /* of what the names are in; what is yet to be read; its end */
};

void recipient_init(struct recipient *recipient, const char *line);

/* The next reading; false: there is no more. */
bool recipient_next(struct recipient *recipient);

#endif
