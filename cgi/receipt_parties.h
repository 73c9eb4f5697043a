/* Whom a receipt names, compared with its text: controllers, and the recipients that were asked
 * about. */
#ifndef TEADE_RECEIPT_PARTIES_H
#define TEADE_RECEIPT_PARTIES_H

#include <jansson.h>

#include "act.h"
#include "question.h"

/* `record` is the receipt's, `asked` what its text asks.  `fault` is told each thing that is wrong.
 * false: the text names no controllers, so that nothing vouches for those of the receipt. */
bool receipt_parties_verify(const json_t *record, struct str text,
                            const struct text_questions *asked, const struct act *act,
                            void (*fault)(void *context, const char *what), void *context);

#endif
