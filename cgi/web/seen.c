#include "seen.h"

#include <string.h>

#include "base/validate.h"

#define PREFIX "teade_seen_"

/* For nginx, a hyphen ends the name of a cookie. */
void seen_send(struct exchange *exchange, const char *document, const char *revision)
{
    struct buf name = BUF_INIT;

    buf_adds(&name, PREFIX);
    for (const char *p = document; *p; p++)
        buf_addc(&name, *p == '-' ? '_' : *p);
    exchange_set_cookie(exchange, buf_str(&name), revision);
    buf_release(&name);
}

/* The next such cookie in the rest of the Cookie header.  Other programs' cookies are skipped. */
static bool next_name(struct str *cookies, struct str *name)
{
    const size_t len = sizeof PREFIX - 1;
    struct str value;

    while (request_next_cookie(cookies, name, &value))
        if (name->len > len && memcmp(name->data, PREFIX, len) == 0 && value.len &&
            validate_is_of(*name, "abcdefghijklmnopqrstuvwxyz0123456789_"))
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
        exchange_set_cookie(exchange, name, "");
}
