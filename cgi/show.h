/* What visitors and the organisation's own pages read: the page of one's choices, their
 * state as JSON, and whether the endpoint is well. */
#ifndef TEADE_SHOW_H
#define TEADE_SHOW_H

#include "endpoint.h"

void show_choices(struct exchange *exchange);
void show_status(struct exchange *exchange);
void show_export(struct exchange *exchange);
void show_health(struct exchange *exchange);

#endif
