/* One request: finds its address in the table of addresses and has it answered. */
#ifndef TEADE_ENDPOINT_H
#define TEADE_ENDPOINT_H

#include "exchange.h"

/* Fills in the response to one request, sound or not. */
void endpoint_answer(struct endpoint *endpoint, const struct request *request,
                     enum request_fault fault, struct response *response);

#endif
