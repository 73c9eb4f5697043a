/* Entering a provision, if it may be: in the keeper, and for the operator where none is running. */
#ifndef TEADE_DISCLOSURE_REQUEST_H
#define TEADE_DISCLOSURE_REQUEST_H

#include "record/disclosure.h"
#include "site/permit.h"
#include "store/store.h"

struct provide {
    uint8_t visitor[ACT_VISITOR];
    struct provision provision; /* ground, recipient and data: what the operator says; with consent
                                 * the recipient's name may be left to the text */
    char document[ACT_ID_MAX + 1], purpose[ACT_ID_MAX + 1]; /* or "" */
};

struct provided {
    enum act_result result;   /* ACT_DONE, ACT_STRANGER, ACT_UNAVAILABLE; ACT_NOTHING: consent does
                               * not allow it; ACT_NO_TEXT: the text has no name for the recipient
                               * that a provision can hold */
    struct permit_told told;  /* with ACT_NOTHING, why not; with ACT_DONE, what a yes covers */
    uint8_t id[PROVISION_ID]; /* with ACT_DONE, as is: */
    int64_t time;             /* UTC seconds */
};

/* Inside a transaction.  `manifest` may be NULL where the ground is not consent, and is what the
 * strings of `provided` are of. */
void provide(struct store *store, const struct manifest *manifest, int64_t now,
             const struct provide *asked, struct provided *provided);

/* What is missing, however it came here, and none of it may be: a word (its place in
 * provision_words), or with consent the recipient's id. */
bool provide_lacks_word(const struct provide *asked, size_t word);
bool provide_lacks_recipient(const struct provide *asked);

/* As bytes, and back.  false: not that. */
struct wire_reader;
void provide_put(struct buf *out, const struct provide *asked);
bool provide_take(struct wire_reader *reader, struct provide *asked);
void provided_put(struct buf *out, const struct provided *provided);
bool provided_take(struct wire_reader *reader, struct provided *provided);

#endif
