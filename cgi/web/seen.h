/* The notices that are hidden in this browser: a cookie for each document holds the version whose
 * notice was seen, and nothing else. */
#ifndef TEADE_SEEN_H
#define TEADE_SEEN_H

#include "exchange.h"

void seen_send(struct exchange *exchange, const char *document, const char *revision);

/* Whether the browser sent such a cookie: a notice is hidden in it. */
bool seen_is_any(const struct exchange *exchange);

/* Removes those that the browser sent. */
void seen_forget(struct exchange *exchange);

#endif
