/* One request as nginx hands it over, and one answer: pure over memory, without the
 * FastCGI library.  Parameters are CGI's (RFC 3875) under the names of teade.conf. */
#ifndef TEADE_HTTP_H
#define TEADE_HTTP_H

#include "base/buf.h"
#include "base/manifest.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

enum {
    HTTP_BODY_MAX = MANIFEST_FORM_MAX,
    HTTP_HEADER_MAX = 8192 /* bytes of a parameter that our own pages write */
};

struct request {
    enum http_method method;
    /* Each points into the parameters; data is NULL if the parameter is absent or empty. */
    struct str path, query, content_type;
    struct str cookie, origin, referer, fetch_site, gpc, accept_language;
    size_t content_length; /* 0 where none is given; over HTTP_BODY_MAX it is not exact */
    struct str body;       /* filled by the worker */
    bool abandoned;        /* set by the worker: nobody waits for the response any more */
};

enum request_fault { REQUEST_SOUND, REQUEST_MALFORMED, REQUEST_TOO_LARGE };

/* Reads the NULL-terminated list of NAME=VALUE.
 *
 * Malformed: a parameter given twice; a parameter of our own pages that is not UTF-8, contains
 * control characters or is too long; a content length that is not a decimal number; no method, or a
 * path that does not begin with "/".  Too large: content_length over HTTP_BODY_MAX.  Unknown
 * parameters are ignored.  Sound parameters are filled in also when another is malformed, since the
 * page that reports it has a language; a malformed one counts as absent.
 *
 * Cookie, query, Referer, Accept-Language and Sec-GPC may contain any bytes.  Other programs on the
 * host, links on other sites and browser extensions write them, and no visitor is refused because
 * of that.  Their readers use what is well-formed and ignore the rest. */
enum request_fault request_read(struct request *request, char *const *parameters);

/* Removes the next NAME=VALUE from the front of a Cookie header (RFC 6265 §5.4: NAME=VALUE; …) and
 * skips what is malformed.  false: there are no more. */
bool request_next_cookie(struct str *cookies, struct str *name, struct str *value);

/* The value of a query field that is plain [a-z0-9-]; data NULL if it is absent, empty, given twice
 * or anything else. */
struct str request_query(const struct request *request, const char *name);

/* Every status of a response; each has a row in http.c. */
enum http_status {
    STATUS_INTERNAL_SERVER_ERROR, /* unless a response is given another */
    STATUS_OK,
    STATUS_FOUND,
    STATUS_SEE_OTHER,
    STATUS_TEMPORARY_REDIRECT,
    STATUS_BAD_REQUEST,
    STATUS_FORBIDDEN,
    STATUS_NOT_FOUND,
    STATUS_METHOD_NOT_ALLOWED,
    STATUS_CONFLICT,
    STATUS_CONTENT_TOO_LARGE,
    STATUS_UNSUPPORTED_MEDIA_TYPE,
    STATUS_UNPROCESSABLE_CONTENT,
    STATUS_TOO_MANY_REQUESTS,
    STATUS_SERVICE_UNAVAILABLE,
    STATUS_COUNT
};

struct response {
    enum http_status status;
    struct buf headers; /* complete lines, each ending in \r\n, without Status and Content-Type */
    struct buf body;
    const char *content_type; /* or NULL: without a body */
    bool lasting;             /* the same for everybody, and never changes */
};

/* The response as FastCGI requires it: Status, Content-Type, Cache-Control (no-store, unless it is
 * lasting), the headers, a blank line, the body (left out for HEAD). */
void response_write(const struct response *response, bool head, struct buf *out);

/* Adds a line; neither name nor value may hold a control character. */
void response_header(struct response *response, const char *name, const char *value);

#endif
