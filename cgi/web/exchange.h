/* One request on its way to an answer, and the worker that answers it. */
#ifndef TEADE_EXCHANGE_H
#define TEADE_EXCHANGE_H

#include "http/http.h"
#include "record/identity.h"
#include "site/bundle.h"
#include "wire/keeper_client.h"
#include "wire/turns.h"

/* What a worker has, from request to request. */
struct endpoint {
    const struct bundle *bundle;
    const struct identity_keys *keys;
    struct keeper_client keeper;
    int64_t fixed_now;     /* UTC seconds for tests, or 0: the clock */
    struct turns *exports; /* of all workers */
    bool has_turn;         /* this one has the turn, until the server has its answer */
    size_t turn;
};

/* Only handlers and what they finish a response by get all of it. */
struct exchange {
    struct endpoint *endpoint;
    const struct request *request;
    struct response *response;
    const struct manifest_language *language; /* that of the path, else the best for the visitor */
    int64_t now;
};

static inline const struct manifest *exchange_manifest(const struct exchange *exchange)
{
    return &exchange->endpoint->bundle->manifest;
}

/* Adds a Set-Cookie line; an empty value removes the cookie. */
void exchange_set_cookie(struct exchange *exchange, struct str name, const char *value);

#endif
