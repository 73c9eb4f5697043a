#include "origin.h"

#include <string.h>

/* The base URL as browsers write it as an origin: without the scheme's own port. */
static struct str origin_of(const char *base_url)
{
    static const struct {
        const char *scheme, *port;
    } defaults[] = {{"https://", ":443"}, {"http://", ":80"}};
    struct str origin = str_of(base_url);

    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        size_t scheme = strlen(defaults[i].scheme), port = strlen(defaults[i].port);

        if (origin.len > scheme + port && memcmp(base_url, defaults[i].scheme, scheme) == 0 &&
            memcmp(base_url + origin.len - port, defaults[i].port, port) == 0)
            origin.len -= port;
    }
    return origin;
}

/* What follows the origin must not make another host of it. */
static bool is_under(struct str url, struct str origin)
{
    return url.len >= origin.len && memcmp(url.data, origin.data, origin.len) == 0 &&
           (url.len == origin.len || url.data[origin.len] == '/');
}

bool origin_is_ours(const struct request *request, const char *base_url)
{
    struct str ours = origin_of(base_url);

    if (request->fetch_site.data && !str_is(request->fetch_site, "none"))
        return str_is(request->fetch_site, "same-origin");
    if (request->origin.data)
        return str_equal(request->origin, ours);
    return request->referer.data && is_under(request->referer, ours);
}
