/* Checks addresses by RFC 3986 for the part before the path, RFC 6068 for mailto and RFC 3966 for
 * tel.  They find typing errors only; whether a host exists is not checked. */
#include "address.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

static const struct address_fault
    empty = {"has no address", "write the address between the brackets"},
    no_scheme = {"is not safe", "use http:, https:, mailto: or tel:, or a path of this site"},
    no_host = {"has no host", "write two slashes and the host: https://www.example.com/"},
    bad_host = {"has a host that cannot exist", "correct what is between // and the next slash"},
    no_mailbox = {"has no mailbox", "write mailto: and an address such as privacy@example.com"},
    bad_mailbox = {"is not the address of a mailbox",
                   "write mailto: and an address such as privacy@example.com"},
    no_number = {"is not a telephone number", "write tel: and the number, such as tel:+3726000000"};

/* Letters of any script, digits and hyphens, not empty. */
static bool is_label(struct str label)
{
    if (!label.len || label.data[0] == '-' || label.data[label.len - 1] == '-')
        return false;
    while (label.len) {
        int32_t c = utf8_next(&label);

        if (c != '-' && c != '_' && !u_isalnum(c) && !(U_GET_GC_MASK(c) & U_GC_M_MASK))
            return false;
    }
    return true;
}

/* Labels and full stops; one may end it.  `labels` counts them. */
static bool is_name(struct str name, size_t *labels)
{
    if (name.len > 1 && name.data[name.len - 1] == '.')
        name.len--;
    for (*labels = 1;; ++*labels) {
        const char *dot = memchr(name.data, '.', name.len);
        size_t len = dot ? (size_t)(dot - name.data) : name.len;

        if (!is_label((struct str){name.data, len}))
            return false;
        if (!dot)
            return true;
        name = (struct str){dot + 1, name.len - len - 1};
    }
}

static bool is_host(struct str host)
{
    size_t labels;

    if (host.len > 2 && host.data[0] == '[' && host.data[host.len - 1] == ']')
        return memchr(host.data, ':', host.len) != NULL;
    return is_name(host, &labels) && !(host.len == 4 && memcmp(host.data, "http", 4) == 0) &&
           !(host.len == 5 && memcmp(host.data, "https", 5) == 0);
}

/* The colon before a port, or NULL.  An IPv6 address contains further colons, in brackets. */
static const char *port_of(struct str host)
{
    const char *bracket = host.len && host.data[0] == '[' ? memchr(host.data, ']', host.len) : NULL;
    size_t name = bracket ? (size_t)(bracket - host.data) : 0;

    return memchr(host.data + name, ':', host.len - name);
}

/* Behind "//". */
static const struct address_fault *authority_fault(const char *authority)
{
    struct str host = {authority, strcspn(authority, "/?#\\")};
    const char *at = memchr(host.data, '@', host.len), *colon;

    if (at)
        host = (struct str){at + 1, host.len - (size_t)(at + 1 - host.data)};
    colon = port_of(host);
    if (colon) {
        size_t digits = strspn(colon + 1, "0123456789"), end = host.len;

        host.len = (size_t)(colon - host.data);
        if (digits != end - host.len - 1)
            return &bad_host;
    }
    if (!host.len)
        return &no_host;
    return is_host(host) ? NULL : &bad_host;
}

static const struct address_fault *web_fault(const char *rest)
{
    return strncmp(rest, "//", 2) == 0 ? authority_fault(rest + 2) : &no_host;
}

static bool is_mailbox(struct str box)
{
    const char *at = memrchr(box.data, '@', box.len);
    size_t local = at ? (size_t)(at - box.data) : 0, labels;

    for (size_t i = 0; i < local; i++)
        if (strchr(" \t@<>(),;:\\\"", box.data[i]))
            return false;
    return local && is_name((struct str){at + 1, box.len - local - 1}, &labels) && labels > 1;
}

static const struct address_fault *mail_fault(const char *rest)
{
    size_t end = strcspn(rest, "?");

    if (!end)
        return &no_mailbox;
    if (strncmp(rest, "//", 2) == 0)
        return &bad_mailbox;
    for (size_t len; end; rest += len + 1, end -= len + 1) {
        const char *comma = memchr(rest, ',', end);

        len = comma ? (size_t)(comma - rest) : end;
        if (!is_mailbox((struct str){rest, len}))
            return &bad_mailbox;
        if (!comma)
            break;
    }
    return end ? NULL : &bad_mailbox; /* a comma at the end */
}

static const struct address_fault *tel_fault(const char *rest)
{
    size_t len = strcspn(rest, ";?"), digits = 0;
    bool allowed = true;

    for (size_t i = 0; i < len; i++) {
        bool space = strncmp(rest + i, "%20", 3) == 0;

        digits += rest[i] >= '0' && rest[i] <= '9' && !space;
        allowed &= space || strchr("0123456789+-.()*# ", rest[i]) != NULL;
        i += space ? 2 : 0;
    }
    return digits && allowed ? NULL : &no_number;
}

static const struct {
    const char *scheme;
    const struct address_fault *(*fault)(const char *rest);
} schemes[] = {
    {"http", web_fault}, {"https", web_fault}, {"mailto", mail_fault}, {"tel", tel_fault}};

/* The length of a scheme before its colon, or 0: nothing before the path ends in a colon. */
static size_t scheme_len(const char *url)
{
    size_t len = strcspn(url, ":/?#");

    return url[len] == ':' ? len : 0;
}

bool address_is_outside(const char *url)
{
    return url[strcspn(url, ":/?#")] == ':' || strncmp(url, "//", 2) == 0;
}

const struct address_fault *address_fault(const char *url)
{
    size_t len = scheme_len(url);

    if (!url[strspn(url, " \t")])
        return &empty;
    if (strncmp(url, "//", 2) == 0)
        return authority_fault(url + 2);
    if (!address_is_outside(url))
        return NULL;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strlen(schemes[i].scheme) == len && strncasecmp(schemes[i].scheme, url, len) == 0)
            return schemes[i].fault(url + len + 1);
    return &no_scheme;
}
