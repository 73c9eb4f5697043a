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

/* What follows this machine's name in an origin, such as ":8080"; nowhere for any other host. */
static struct str loopback_port(struct str origin)
{
    static const char *const names[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]);

        if (origin.len >= len && memcmp(origin.data, names[i], len) == 0)
            return (struct str){origin.data + len, origin.len - len};
    }
    return (struct str){NULL, 0};
}

/* A loopback site is the same under each name of this machine. */
static bool is_same(struct str origin, struct str ours)
{
    struct str port = loopback_port(origin), our_port = loopback_port(ours);

    return str_equal(origin, ours) || (port.data && our_port.data && str_equal(port, our_port));
}

/* A URL up to the slash behind its host. */
static struct str url_origin(struct str url)
{
    size_t slashes = 0, len = 0;

    while (len < url.len && (slashes += url.data[len] == '/') < 3)
        len++;
    return (struct str){url.data, len};
}

bool origin_is_ours(const struct request *request, const char *base_url)
{
    struct str ours = origin_of(base_url);

    if (request->fetch_site.data && !str_is(request->fetch_site, "none"))
        return str_is(request->fetch_site, "same-origin");
    if (request->origin.data)
        return is_same(request->origin, ours);
    return request->referer.data && is_same(url_origin(request->referer), ours);
}
