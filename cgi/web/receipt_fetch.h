/* A visitor's own receipt, put together from what the keeper and the site know. */
#ifndef TEADE_RECEIPT_FETCH_H
#define TEADE_RECEIPT_FETCH_H

#include "receipt/receipt.h"
#include "record/code.h"
#include "visitor.h"

struct fetched {
    struct receipt receipt; /* looks into the others */
    struct buf reply, text;
    struct text_questions asked;
    char code[CODE_TEXT + 1];
};

enum fetch { FETCH_DONE, FETCH_NOT_FOUND, FETCH_UNAVAILABLE };

/* NOT_FOUND: not an open record of this visitor's.  Release it whatever comes back. */
enum fetch receipt_fetch(struct fetched *fetched, const struct visitor *visitor,
                         struct exchange *exchange, const uint8_t id[ACT_RECORD_ID]);
void receipt_fetched_release(struct fetched *fetched);

#endif
