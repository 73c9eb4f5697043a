/* A parameter is accepted only if it is known and given once.  Those that our own pages cause must
 * be plain text as well; those that others write are checked by whoever reads them. */
#include "http.h"

#include <assert.h>
#include <string.h>

#include "base/validate.h"

enum parameter {
    PARAMETER_METHOD,
    PARAMETER_PATH,
    PARAMETER_QUERY,
    PARAMETER_CONTENT_TYPE,
    PARAMETER_CONTENT_LENGTH,
    PARAMETER_COOKIE,
    PARAMETER_ORIGIN,
    PARAMETER_REFERER,
    PARAMETER_FETCH_SITE,
    PARAMETER_GPC,
    PARAMETER_ACCEPT_LANGUAGE,
    PARAMETER_COUNT
};

static const struct {
    const char *name;
    bool foreign; /* not only our pages and the browser write it: any bytes */
} known[] = {
    [PARAMETER_METHOD] = {"REQUEST_METHOD", false},
    [PARAMETER_PATH] = {"DOCUMENT_URI", false},
    [PARAMETER_QUERY] = {"QUERY_STRING", true},
    [PARAMETER_CONTENT_TYPE] = {"CONTENT_TYPE", false},
    [PARAMETER_CONTENT_LENGTH] = {"CONTENT_LENGTH", false},
    [PARAMETER_COOKIE] = {"HTTP_COOKIE", true},
    [PARAMETER_ORIGIN] = {"HTTP_ORIGIN", false},
    [PARAMETER_REFERER] = {"HTTP_REFERER", true},
    [PARAMETER_FETCH_SITE] = {"HTTP_SEC_FETCH_SITE", false},
    [PARAMETER_GPC] = {"HTTP_SEC_GPC", true},
    [PARAMETER_ACCEPT_LANGUAGE] = {"HTTP_ACCEPT_LANGUAGE", true},
};

struct parameters {
    struct str value[PARAMETER_COUNT]; /* data NULL: absent, empty or malformed */
    bool seen[PARAMETER_COUNT];
};

static enum parameter parameter_find(struct str name)
{
    size_t i = 0;

    while (i < PARAMETER_COUNT && !str_is(name, known[i].name))
        i++;
    return (enum parameter)i;
}

/* false: a known parameter is malformed. */
static bool parameter_take(struct parameters *parameters, struct str text)
{
    struct str name;
    enum parameter which;
    bool sound;

    validate_cut(&text, '=', &name);
    which = parameter_find(name);
    if (which == PARAMETER_COUNT || !text.data)
        return true;
    sound = !parameters->seen[which] &&
            (known[which].foreign || (text.len <= HTTP_HEADER_MAX && validate_is_plain(text)));
    parameters->seen[which] = true;
    parameters->value[which] = sound && text.len ? text : (struct str){NULL, 0};
    return sound;
}

static enum http_method method_of(struct str name)
{
    static const char *const methods[] = {
        [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST"};
    size_t i = 0;

    while (i < HTTP_OTHER && !str_is(name, methods[i]))
        i++;
    return (enum http_method)i;
}

enum request_fault request_read(struct request *request, char *const *parameters)
{
    struct parameters found = {.seen = {false}};
    const struct str *value = found.value;
    uint32_t length = 0;
    bool sound = true;

    for (; *parameters; parameters++)
        sound &= parameter_take(&found, str_of(*parameters));
    if (value[PARAMETER_CONTENT_LENGTH].data)
        sound &= validate_number(value[PARAMETER_CONTENT_LENGTH], HTTP_BODY_MAX, &length);
    if (value[PARAMETER_PATH].data && *value[PARAMETER_PATH].data != '/')
        found.value[PARAMETER_PATH] = (struct str){NULL, 0};
    *request = (struct request){
        .method = method_of(value[PARAMETER_METHOD]),
        .path = value[PARAMETER_PATH],
        .query = value[PARAMETER_QUERY],
        .content_type = value[PARAMETER_CONTENT_TYPE],
        .cookie = value[PARAMETER_COOKIE],
        .origin = value[PARAMETER_ORIGIN],
        .referer = value[PARAMETER_REFERER],
        .fetch_site = value[PARAMETER_FETCH_SITE],
        .gpc = value[PARAMETER_GPC],
        .accept_language = value[PARAMETER_ACCEPT_LANGUAGE],
        .content_length = length,
    };
    if (!sound || !value[PARAMETER_METHOD].data || !request->path.data)
        return REQUEST_MALFORMED;
    return length > HTTP_BODY_MAX ? REQUEST_TOO_LARGE : REQUEST_SOUND;
}

/* Removes the next NAME=VALUE from the front of pieces. */
static bool next_pair(struct str *pieces, char separator, struct str *name, struct str *value)
{
    while (validate_cut(pieces, separator, value)) {
        *value = str_trim(*value);
        validate_cut(value, '=', name);
        if (value->data)
            return true;
    }
    return false;
}

bool request_next_cookie(struct str *cookies, struct str *name, struct str *value)
{
    return next_pair(cookies, ';', name, value);
}

struct str request_query(const struct request *request, const char *name)
{
    struct str rest = request->query, before, value, found = {NULL, 0};
    size_t count = 0;

    while (next_pair(&rest, '&', &before, &value))
        if (str_is(before, name)) {
            found = value;
            count++;
        }
    return count == 1 && validate_is_of(found, "abcdefghijklmnopqrstuvwxyz0123456789-")
               ? found
               : (struct str){NULL, 0};
}

static const struct {
    int code;
    const char *reason; /* RFC 9110 §15, RFC 6585 */
} statuses[STATUS_COUNT] = {
    [STATUS_OK] = {200, "OK"},
    [STATUS_FOUND] = {302, "Found"},
    [STATUS_SEE_OTHER] = {303, "See Other"},
    [STATUS_TEMPORARY_REDIRECT] = {307, "Temporary Redirect"},
    [STATUS_BAD_REQUEST] = {400, "Bad Request"},
    [STATUS_FORBIDDEN] = {403, "Forbidden"},
    [STATUS_NOT_FOUND] = {404, "Not Found"},
    [STATUS_METHOD_NOT_ALLOWED] = {405, "Method Not Allowed"},
    [STATUS_CONFLICT] = {409, "Conflict"},
    [STATUS_CONTENT_TOO_LARGE] = {413, "Content Too Large"},
    [STATUS_UNSUPPORTED_MEDIA_TYPE] = {415, "Unsupported Media Type"},
    [STATUS_UNPROCESSABLE_CONTENT] = {422, "Unprocessable Content"},
    [STATUS_TOO_MANY_REQUESTS] = {429, "Too Many Requests"},
    [STATUS_INTERNAL_SERVER_ERROR] = {500, "Internal Server Error"},
    [STATUS_SERVICE_UNAVAILABLE] = {503, "Service Unavailable"},
};

void response_header(struct response *response, const char *name, const char *value)
{
    assert(validate_is_plain(str_of(name)) && validate_is_plain(str_of(value)));
    buf_addf(&response->headers, "%s: %s\r\n", name, value);
}

void response_write(const struct response *response, bool head, struct buf *out)
{
    buf_addf(out, "Status: %d %s\r\n", statuses[response->status].code,
             statuses[response->status].reason);
    if (response->content_type)
        buf_addf(out, "Content-Type: %s\r\n", response->content_type);
    buf_addf(out, "Cache-Control: %s\r\n",
             response->lasting ? "public, max-age=31536000, immutable" : "no-store");
    buf_addstr(out, buf_str(&response->headers));
    buf_adds(out, "\r\n");
    if (!head)
        buf_addstr(out, buf_str(&response->body));
}
