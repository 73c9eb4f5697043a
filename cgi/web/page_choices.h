/* What visitors and the organisation's own pages read: the page of one's choices, their
 * state as JSON, whether the endpoint is well, and the log. */
#ifndef TEADE_PAGE_CHOICES_H
#define TEADE_PAGE_CHOICES_H

#include <jansson.h>

#include "exchange.h"

void show_choices(struct exchange *exchange);
void show_status(struct exchange *exchange);
/* What stands of each document, for programs; a new reference. */
json_t *show_statuses(const struct exchange *exchange, const struct standing *standings,
                      size_t count);
void show_export(struct exchange *exchange);
void show_health(struct exchange *exchange);
void show_head(struct exchange *exchange);
void show_tile(struct exchange *exchange);
void show_receipt(struct exchange *exchange);

#endif
