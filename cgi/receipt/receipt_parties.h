/* Whom a receipt names, compared with its text: controllers, and the recipients that were asked
 * about. */
#ifndef TEADE_RECEIPT_PARTIES_H
#define TEADE_RECEIPT_PARTIES_H

#include <jansson.h>

#include "record/act.h"
#include "record/question.h"

struct receipt_compared {
    bool controllers; /* the text names them: else nothing vouches for those of the receipt */
    bool recipients;  /* each line of the text says which words are the name */
};

/* `record` is the receipt's, `asked` what its text asks.  Each that the text names is to be there
 * once and whole, in the text's order.  `fault` gets each thing that is wrong. */
struct receipt_compared receipt_parties_verify(const json_t *record, struct str text,
                                               const struct text_questions *asked,
                                               const struct act *act,
                                               void (*fault)(void *context, const char *what),
                                               void *context);

#endif
