/* A visitor's current answers as JSON for programs. */
#ifndef TEADE_STATUS_JSON_H
#define TEADE_STATUS_JSON_H

#include <jansson.h>

#include "visitor.h"

/* The answers by document and question; a new reference. */
json_t *status_documents(const struct exchange *exchange, const struct standings *answers);

#endif
