#include "exchange.h"

void exchange_set_cookie(struct exchange *exchange, struct str name, const char *value)
{
    struct buf header = BUF_INIT;

    identity_set_cookie(exchange_manifest(exchange)->base_url, name, value, &header);
    response_header(exchange->response, "Set-Cookie", header.data);
    buf_release(&header);
}
