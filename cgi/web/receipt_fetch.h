/* A visitor's own receipt: record and proof from the keeper, words from the site or the keeper. */
#ifndef TEADE_RECEIPT_FETCH_H
#define TEADE_RECEIPT_FETCH_H

#include "receipt/receipt.h"
#include "record/code.h"
#include "visitor.h"

struct fetched {
    struct receipt receipt; /* points into the others */
    struct buf reply, text;
    struct text_questions asked;
    char code[CODE_TEXT + 1];
};

enum fetch { FETCH_DONE, FETCH_NOT_FOUND, FETCH_UNAVAILABLE };

/* NOT_FOUND: not a record of this visitor.  Release it whatever is returned. */
enum fetch receipt_fetch(struct fetched *fetched, const struct exchange *exchange,
                         const struct visitor *visitor, const uint8_t id[ACT_RECORD_ID]);
void receipt_fetched_release(struct fetched *fetched);

#endif
