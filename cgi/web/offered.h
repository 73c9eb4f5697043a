/* The text that a form names, as it is offered at the time. */
#ifndef TEADE_OFFERED_H
#define TEADE_OFFERED_H

#include "form.h"
#include "site/offer.h"

struct offered {
    enum offer offer;
    const char *document;                     /* its ID, as in the form */
    const struct manifest_revision *revision; /* that the form names; NULL if OFFER_UNKNOWN */
    const struct manifest_text *text;         /* the words of it, now; NULL if OFFER_UNKNOWN */
    const char *title_now;                    /* of the text in force; NULL if OFFER_UNKNOWN */
};

/* By the form's `document`, `revision` and `digest`. */
struct offered offered_find(const struct manifest *manifest, int64_t now, const char *language,
                            const struct form *form);

/* The act of a form that answers questions of the text.  false: it does not fit the text. */
bool offered_answers(const struct offered *offered, const struct form *form, struct act *act);

/* An act on the text without answers. */
void offered_act(const struct offered *offered, enum act_kind kind, struct act *act);

#endif
