#include "seen.h"

#include <string.h>

#include "base/validate.h"

#define PREFIX "teade_seen_"

static void send(struct exchange *exchange, struct str name, const char *value)
{
    struct buf header = BUF_INIT;

    identity_set_cookie(exchange->endpoint->bundle->manifest.base_url, name, value, &header);
    response_header(exchange->response, "Set-Cookie", header.data);
    buf_release(&header);
}

/* nginx takes a hyphen for the end of a cookie's name. */
void seen_send(struct exchange *exchange, const char *document, const char *revision)
{
    struct buf name = BUF_INIT;

    buf_adds(&name, PREFIX);
    for (const char *p = document; *p; p++)
        buf_addc(&name, *p == '-' ? '_' : *p);
    send(exchange, buf_str(&name), revision);
    buf_release(&name);
}

/* The next of them in what is left of the Cookie header; another program's names are none. */
static bool next_name(struct str *cookies, struct str *name)
{
    const size_t len = sizeof PREFIX - 1;
    struct str value;

    while (request_next_cookie(cookies, name, &value))
        if (name->len > len && memcmp(name->data, PREFIX, len) == 0 && value.len &&
            lex_is_of(*name, "abcdefghijklmnopqrstuvwxyz0123456789_"))
            return true;
    return false;
}

bool seen_is_any(const struct exchange *exchange)
{
    struct str rest = exchange->request->cookie, name;

    return next_name(&rest, &name);
}

void seen_forget(struct exchange *exchange)
{
    struct str rest = exchange->request->cookie, name;

    while (next_name(&rest, &name))
        send(exchange, name, "");
}
