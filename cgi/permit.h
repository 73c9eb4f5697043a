/* Whether a visitor's data may be provided to a recipient by their consent: what they last said of
 * just that, under the version in force, judged as on their own page (offer.h). */
#ifndef TEADE_PERMIT_H
#define TEADE_PERMIT_H

#include <stdint.h>

#include "act.h"
#include "base/manifest.h"

enum permit_verdict {
    PERMIT_GIVEN,
    PERMIT_NO_RECIPIENT, /* no version in force asks consent for such a recipient */
    PERMIT_AMBIGUOUS,    /* more than one purpose does: the document or the purpose must be named */
    PERMIT_NEVER,        /* it was never answered */
    PERMIT_REFUSED,
    PERMIT_WITHDRAWN,
    PERMIT_EXPIRED,
    PERMIT_ASKED_ANEW, /* a later version asks anew, and has no answer */
    PERMIT_COUNT
};

/* Whose data goes where.  Names may be "": then there must be one purpose only. */
struct permit_question {
    const char *document, *purpose, *recipient;
};

struct permit {
    enum permit_verdict verdict;
    int64_t since;                            /* when it was said, expired or was asked; or 0 */
    const struct manifest_question *question; /* or NULL */
    const struct standing *said;              /* or NULL */
};

/* Standings are as store_standing() orders them. */
void permit_judge(struct permit *permit, const struct manifest *manifest, int64_t now,
                  const struct permit_question *asked, const struct standing *standings,
                  size_t count);

/* For the operator: why not, without a full stop. */
void permit_tell(enum permit_verdict verdict, int64_t since, const char *recipient,
                 struct buf *out);

#endif
