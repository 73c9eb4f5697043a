#include "../fixtures/test.h"

#include "http/http.h"

/* Beside a method and a path, so that each row shows one thing. */
static enum request_fault read_with(struct request *request, const char *first, const char *second)
{
    static char method[] = "REQUEST_METHOD=POST", path[] = "DOCUMENT_URI=/et/choices/";
    char *parameters[] = {method, path, (char *)(uintptr_t)first, (char *)(uintptr_t)second, NULL};

    return request_read(request, parameters);
}

static void reads_parameters(void **state)
{
    static char *const parameters[] = {"REQUEST_METHOD=GET",
                                       "DOCUMENT_URI=/ja/choices/",
                                       "QUERY_STRING=a=b&c=d",
                                       "CONTENT_TYPE=text/plain",
                                       "CONTENT_LENGTH=8192",
                                       "HTTP_COOKIE=a=1; b=2",
                                       "HTTP_ORIGIN=null",
                                       "HTTP_REFERER=https://kuukivi.example/",
                                       "HTTP_SEC_FETCH_SITE=none",
                                       "HTTP_SEC_GPC=1",
                                       "HTTP_ACCEPT_LANGUAGE=et",
                                       "HTTP_USER_AGENT=\xff\x01",
                                       "HTTP_USER_AGENT=twice",
                                       "NO_EQUALS_SIGN",
                                       NULL};
    struct request request;

    (void)state;
    assert_int_equal(request_read(&request, parameters), REQUEST_SOUND);
    assert_int_equal(request.method, HTTP_GET);
    assert_true(str_is(request.path, "/ja/choices/"));
    assert_true(str_is(request.query, "a=b&c=d"));
    assert_true(str_is(request.content_type, "text/plain"));
    assert_int_equal(request.content_length, 8192);
    assert_true(str_is(request.cookie, "a=1; b=2"));
    assert_true(str_is(request.origin, "null"));
    assert_true(str_is(request.referer, "https://kuukivi.example/"));
    assert_true(str_is(request.fetch_site, "none"));
    assert_true(str_is(request.gpc, "1"));
    assert_true(str_is(request.accept_language, "et"));
    assert_null(request.body.data);
}

static void finds_faults(void **state)
{
    static const struct {
        const char *first, *second;
        enum request_fault fault;
    } rows[] = {
        {NULL, NULL, REQUEST_SOUND},
        {"CONTENT_LENGTH=", "CONTENT_TYPE=", REQUEST_SOUND},
        {"CONTENT_LENGTH=0", NULL, REQUEST_SOUND},
        {"CONTENT_LENGTH=8192", NULL, REQUEST_SOUND},
        {"CONTENT_LENGTH=0008192", NULL, REQUEST_SOUND},
        {"CONTENT_LENGTH=8193", NULL, REQUEST_TOO_LARGE},
        {"CONTENT_LENGTH=4294967296", NULL, REQUEST_TOO_LARGE},
        {"CONTENT_LENGTH=18446744073709551616", NULL, REQUEST_TOO_LARGE},
        {"CONTENT_LENGTH=9999", "HTTP_ORIGIN=\x01", REQUEST_MALFORMED},
        {"CONTENT_LENGTH=-1", NULL, REQUEST_MALFORMED},
        {"CONTENT_LENGTH=+1", NULL, REQUEST_MALFORMED},
        {"CONTENT_LENGTH= 1", NULL, REQUEST_MALFORMED},
        {"CONTENT_LENGTH=0x10", NULL, REQUEST_MALFORMED},
        {"CONTENT_LENGTH=1,1", NULL, REQUEST_MALFORMED},
        {"CONTENT_LENGTH=1", "CONTENT_LENGTH=1", REQUEST_MALFORMED},
        {"REQUEST_METHOD=POST", NULL, REQUEST_MALFORMED},
        {"DOCUMENT_URI=/", NULL, REQUEST_MALFORMED},
        {"HTTP_COOKIE=a=1", "HTTP_COOKIE=a=1", REQUEST_MALFORMED},
        {"HTTP_ORIGIN=", "HTTP_ORIGIN=null", REQUEST_MALFORMED},
        {"HTTP_ORIGIN=null", "HTTP_ORIGIN=", REQUEST_MALFORMED},
        {"HTTP_SEC_FETCH_SITE=none", "HTTP_SEC_FETCH_SITE=same-origin", REQUEST_MALFORMED},
        {"HTTP_SEC_GPC=1", "HTTP_SEC_GPC=1", REQUEST_MALFORMED},
        {"HTTP_REFERER=\xff", NULL, REQUEST_SOUND}, /* others write it */
        {"HTTP_REFERER=\xc2\x80", NULL, REQUEST_SOUND},
        {"HTTP_COOKIE=lang=\xe4\xf6", NULL, REQUEST_SOUND},
        {"HTTP_COOKIE=a\tb", NULL, REQUEST_SOUND},
        {"HTTP_COOKIE=a\xc2\x85", NULL, REQUEST_SOUND},
        {"HTTP_COOKIE=a=\x01; b=\x7f", NULL, REQUEST_SOUND},
        {"QUERY_STRING=utm=\xfc", NULL, REQUEST_SOUND},
        {"HTTP_ACCEPT_LANGUAGE=et, \xff", NULL, REQUEST_SOUND},
        {"HTTP_SEC_GPC=\xff", NULL, REQUEST_SOUND},
        {"HTTP_ORIGIN=\xff", NULL, REQUEST_MALFORMED},
        {"HTTP_SEC_FETCH_SITE=none\t", NULL, REQUEST_MALFORMED},
        {"CONTENT_TYPE=text/plain\xff", NULL, REQUEST_MALFORMED},
        {"http_cookie=\x01", NULL, REQUEST_SOUND},
        {"HTTP_COOKIES=\x01", NULL, REQUEST_SOUND},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct request request;
        enum request_fault fault = read_with(&request, rows[i].first, rows[i].second);

        if (fault != rows[i].fault)
            fail_msg("row %zu, %s: %d", i, rows[i].first, fault);
    }
}

static void needs_method_and_path(void **state)
{
    static char method[] = "REQUEST_METHOD=GET", path[] = "DOCUMENT_URI=/";
    static char no_method[] = "REQUEST_METHOD=", no_path[] = "DOCUMENT_URI=",
                star[] = "DOCUMENT_URI=*";
    static char *const rows[][3] = {
        {NULL}, {method}, {path}, {no_method, path}, {method, no_path}, {method, star}};
    struct request request;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(request_read(&request, rows[i]), REQUEST_MALFORMED);
}

static void keeps_what_is_sound(void **state)
{
    struct request request;

    (void)state;
    assert_int_equal(read_with(&request, "HTTP_COOKIE=a=1", "HTTP_COOKIE=a=2"), REQUEST_MALFORMED);
    assert_true(str_is(request.path, "/et/choices/"));
    assert_int_equal(request.method, HTTP_POST);
    assert_null(request.cookie.data);
}

static void bounds_length(void **state)
{
    char origin[sizeof "HTTP_ORIGIN=" + HTTP_HEADER_MAX + 1] = "HTTP_ORIGIN=";
    char cookie[sizeof "HTTP_COOKIE=" + HTTP_HEADER_MAX + 1] = "HTTP_COOKIE=";
    struct request request;

    (void)state;
    memset(origin + strlen(origin), 'a', HTTP_HEADER_MAX);
    assert_int_equal(read_with(&request, origin, NULL), REQUEST_SOUND);
    assert_int_equal(request.origin.len, HTTP_HEADER_MAX);
    origin[strlen(origin)] = 'a';
    assert_int_equal(read_with(&request, origin, NULL), REQUEST_MALFORMED);
    assert_null(request.origin.data);
    memset(cookie + strlen(cookie), 'a', HTTP_HEADER_MAX + 1);
    assert_int_equal(read_with(&request, cookie, NULL), REQUEST_SOUND); /* all of the host's */
    assert_int_equal(request.cookie.len, HTTP_HEADER_MAX + 1);
}

static void knows_methods(void **state)
{
    static const struct {
        char *parameter;
        enum http_method method;
    } rows[] = {
        {"REQUEST_METHOD=GET", HTTP_GET},      {"REQUEST_METHOD=HEAD", HTTP_HEAD},
        {"REQUEST_METHOD=POST", HTTP_POST},    {"REQUEST_METHOD=get", HTTP_OTHER},
        {"REQUEST_METHOD=DELETE", HTTP_OTHER}, {"REQUEST_METHOD=POSTS", HTTP_OTHER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *const parameters[] = {rows[i].parameter, "DOCUMENT_URI=/", NULL};
        struct request request;

        assert_int_equal(request_read(&request, parameters), REQUEST_SOUND);
        assert_int_equal(request.method, rows[i].method);
    }
}

/* Every cookie of the name, in order. */
static void finds_cookies(void **state)
{
    static const struct {
        const char *cookie, *values;
    } rows[] = {
        {NULL, ""},
        {"teade", ""},
        {"teade=", "[]"},
        {"teade=x", "[x]"},
        {"a=1; teade=x; b=2", "[x]"},
        {"a=1;teade=x;b=2", "[x]"},
        {";; ; teade=x ;;", "[x]"},
        {"teade=x=y", "[x=y]"},
        {"teade=\"x\"", "[\"x\"]"},
        {"Teade=x", ""},
        {"teade =x", ""},
        {"=teade=x; =x", ""},
        {"__Host-teade=x", ""},
        {"teades=x; eade=y", ""},
        {"a=teade=x", ""},
        {"a=\"1; teade=x\"", "[x\"]"}, /* quotes hide nothing from RFC 6265 */
        {"teade=x; teade=x", "[x][x]"},
        {"teade=x; a; teade=", "[x][]"},
        {"teade=x; teade=y; teade=z", "[x][y][z]"},
        {"a=\xe4\xff; teade=x; b=\x01\t", "[x]"},
        {"\xc2\x85=1;\tteade=x", "[x]"},
        {"teade=\xff; teade=x", "[\xff][x]"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str rest = {NULL, 0}, name, value;
        struct buf values = BUF_INIT;

        if (rows[i].cookie)
            rest = str_of(rows[i].cookie);
        while (request_next_cookie(&rest, &name, &value))
            if (str_is(name, "teade"))
                buf_addf(&values, "[%.*s]", (int)value.len, value.data);
        if (!str_is(buf_str(&values), rows[i].values))
            fail_msg("%s: %.*s", rows[i].cookie, (int)values.len, values.data);
        buf_release(&values);
    }
}

static void finds_query_fields(void **state)
{
    static const struct {
        const char *query, *value;
    } rows[] = {
        {NULL, NULL},
        {"done", NULL},
        {"done=", NULL},
        {"done=yes", "yes"},
        {"a=b&done=a-1", "a-1"},
        {"done=yes&", "yes"},
        {"done=Yes", NULL},
        {"done=%79", NULL},
        {"done=a+b", NULL},
        {"done=a&done=a", NULL},
        {"done=../x", NULL},
        {"\xff&done=yes&\xc2\x85=\x01", "yes"},
        {"done=\xff", NULL},
        {"undone=yes", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct request request = {.method = HTTP_GET};
        struct str value;

        if (rows[i].query)
            request.query = str_of(rows[i].query);
        value = request_query(&request, "done");
        if (rows[i].value ? !str_is(value, rows[i].value) : value.data != NULL)
            fail_msg("%s", rows[i].query);
    }
}

static void writes_responses(void **state)
{
    static const struct {
        enum http_status status;
        const char *type, *location, *body;
        bool head;
        const char *out;
        bool lasting;
    } rows[] = {
        {STATUS_OK, "text/html; charset=utf-8", NULL, "<p>", false,
         "Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Cache-Control: no-store\r\n\r\n<p>",
         false},
        {STATUS_OK, "application/octet-stream", NULL, "x", false,
         "Status: 200 OK\r\nContent-Type: application/octet-stream\r\n"
         "Cache-Control: public, max-age=31536000, immutable\r\n\r\nx",
         true},
        {STATUS_OK, "text/html; charset=utf-8", NULL, "<p>", true,
         "Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Cache-Control: no-store\r\n\r\n",
         false},
        {STATUS_SEE_OTHER, NULL, "/et/choices/", "", false,
         "Status: 303 See Other\r\nCache-Control: no-store\r\nLocation: /et/choices/\r\n\r\n",
         false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response response = {rows[i].status, BUF_INIT, BUF_INIT, rows[i].type,
                                    rows[i].lasting};
        struct buf out = BUF_INIT;

        if (rows[i].location)
            response_header(&response, "Location", rows[i].location);
        buf_adds(&response.body, rows[i].body);
        response_write(&response, rows[i].head, &out);
        assert_string_equal(out.data, rows[i].out);
        buf_release(&out);
        buf_release(&response.headers);
        buf_release(&response.body);
    }
}

/* A reason phrase is RFC 9110's for its code. */
static void every_status_has_a_reason(void **state)
{
    static const char *const lines[] = {
        [STATUS_OK] = "200 OK",
        [STATUS_FOUND] = "302 Found",
        [STATUS_SEE_OTHER] = "303 See Other",
        [STATUS_TEMPORARY_REDIRECT] = "307 Temporary Redirect",
        [STATUS_BAD_REQUEST] = "400 Bad Request",
        [STATUS_FORBIDDEN] = "403 Forbidden",
        [STATUS_NOT_FOUND] = "404 Not Found",
        [STATUS_METHOD_NOT_ALLOWED] = "405 Method Not Allowed",
        [STATUS_CONFLICT] = "409 Conflict",
        [STATUS_CONTENT_TOO_LARGE] = "413 Content Too Large",
        [STATUS_UNSUPPORTED_MEDIA_TYPE] = "415 Unsupported Media Type",
        [STATUS_UNPROCESSABLE_CONTENT] = "422 Unprocessable Content",
        [STATUS_TOO_MANY_REQUESTS] = "429 Too Many Requests",
        [STATUS_INTERNAL_SERVER_ERROR] = "500 Internal Server Error",
        [STATUS_SERVICE_UNAVAILABLE] = "503 Service Unavailable",
    };

    (void)state;
    assert_int_equal(COUNT(lines), STATUS_COUNT);
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct response response = {.status = (enum http_status)i};
        struct buf out = BUF_INIT;
        char wanted[64];

        assert_non_null(lines[i]);
        snprintf(wanted, sizeof wanted, "Status: %s\r\n", lines[i]);
        response_write(&response, true, &out);
        assert_memory_equal(out.data, wanted, strlen(wanted));
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_parameters),      cmocka_unit_test(finds_faults),
        cmocka_unit_test(needs_method_and_path), cmocka_unit_test(keeps_what_is_sound),
        cmocka_unit_test(bounds_length),         cmocka_unit_test(knows_methods),
        cmocka_unit_test(finds_cookies),         cmocka_unit_test(finds_query_fields),
        cmocka_unit_test(writes_responses),      cmocka_unit_test(every_status_has_a_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
