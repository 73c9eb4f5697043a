/* Whether a receipt proves what it says, from its bytes and a public key alone. */
#ifndef TEADE_RECEIPT_VERIFY_H
#define TEADE_RECEIPT_VERIFY_H

#include <jansson.h>

#include "log/checkpoint.h"
#include "receipt_parties.h"
#include "record/question.h"
#include "record/record.h"

/* What was found; of what could not be read the fields are zero. */
struct receipt_verdict {
    json_t *json; /* owns what the others look at; NULL: the bytes are no receipt */
    struct record_view view;
    bool has_view;
    struct text_questions asked; /* by the text */
    uint64_t index;
    struct note_key key; /* that the checkpoint was compared with */
    struct checkpoint head;
    bool has_head;                    /* it is one, and the key's */
    struct receipt_compared compared; /* the parties of the record with the text */
    size_t faults;
};

/* `trusted` are the keys that came from elsewhere.  Without any it is the receipt's own, and proves
 * no more than where the receipt came from does.  `fault` gets each thing that is wrong, as a
 * sentence without its end.  Release the verdict. */
void receipt_verify(struct str bytes, const struct note_key *trusted, size_t trusted_count,
                    void (*fault)(void *context, const char *what), void *context,
                    struct receipt_verdict *verdict);
void receipt_verdict_release(struct receipt_verdict *verdict);

#endif
