/* Whether a visitor consents to their data being provided to a recipient: their newest answer to
 * exactly that question, under the version in force, judged as on their own page (offer.h); and whom
 * and what a yes covers, in the words that it was given to. */
#ifndef TEADE_PERMIT_H
#define TEADE_PERMIT_H

#include <stdint.h>

#include "base/manifest.h"
#include "record/act.h"

enum permit_verdict {
    PERMIT_GIVEN,
    PERMIT_NO_RECIPIENT, /* no version in force asks consent for such a recipient */
    PERMIT_AMBIGUOUS,    /* more than one purpose does: the document or the purpose must be named */
    PERMIT_NEVER,        /* it was never answered */
    PERMIT_REFUSED,
    PERMIT_WITHDRAWN,
    PERMIT_EXPIRED,
    PERMIT_AHEAD,      /* its record has a time that is ahead of the clock */
    PERMIT_ASKED_AGAIN, /* a later version asks again, and has no answer */
    PERMIT_OTHER_NAME, /* the yes covers a recipient by another name */
    PERMIT_COUNT
};

/* What is to be provided, and to whom.  Names may be "": then there must be only one purpose. */
struct permit_question {
    const char *document, *purpose, *recipient;
};

/* What is printed for the operator.  Strings belong to the manifest, or to the message that was read.
 */
struct permit_told {
    enum permit_verdict verdict;
    int64_t since;  /* when it was answered, expired or was asked; or 0 */
    struct str day; /* PERMIT_ASKED_AGAIN: the same as the site counts days, YYYY-MM-DD */
    /* Once it is covered: whom and what the yes covers, in the language of the text. */
    struct str name, country, data, language;
};

struct permit {
    struct permit_told told;
    const struct manifest_question *question; /* or NULL */
    const struct standing *said;              /* or NULL */
    /* PERMIT_GIVEN: the version that was answered, or, where the site no longer has it, the one in
     * force, which asks the same (offer.h); and the question's place in it. */
    const struct manifest_revision *revision;
    size_t index;
};

/* Standings are as store_standing() orders them. */
void permit_judge(struct permit *permit, const struct manifest *manifest, int64_t now,
                  const struct permit_question *asked, const struct standing *standings,
                  size_t count);

/* Sets what a yes covers, in the words of the text of that digest, which an erratum may have replaced
 * since; where the site no longer has that text, in those of another text of the version. */
void permit_cover(struct permit *permit, const uint8_t digest[ACT_DIGEST]);

/* Whether a name is the recipient's in a language of the version. */
bool permit_names(const struct permit *permit, struct str name);

/* For the operator: why not, and what to do about it, without a full stop. */
void permit_tell(const struct permit_told *told, const char *recipient, struct buf *out);

#endif
