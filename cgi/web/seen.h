/* The notices that were dealt with in this browser: a cookie for each document holds the version
 * that was seen, and nothing else. */
#ifndef TEADE_SEEN_H
#define TEADE_SEEN_H

#include "exchange.h"

void seen_send(struct exchange *exchange, const char *document, const char *revision);

/* Whether the browser brought such a cookie: a notice is hidden in it. */
bool seen_is_any(const struct exchange *exchange);

/* Takes away those that the browser brought. */
void seen_forget(struct exchange *exchange);

#endif
