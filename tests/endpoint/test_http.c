#include "../test.h"

#include "http.h"

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
        {"CONTENT_LENGTH=9999", "HTTP_COOKIE=\x01", REQUEST_MALFORMED},
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
        {"HTTP_REFERER=\xff", NULL, REQUEST_MALFORMED},
        {"HTTP_REFERER=\xc3\xb5", NULL, REQUEST_SOUND},
        {"HTTP_REFERER=\xc2\x80", NULL, REQUEST_MALFORMED},
        {"HTTP_COOKIE=a\tb", NULL, REQUEST_MALFORMED},
        {"HTTP_COOKIE=a\r\nb", NULL, REQUEST_MALFORMED},
        {"HTTP_COOKIE=\x7f", NULL, REQUEST_MALFORMED},
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
    char parameter[sizeof "HTTP_COOKIE=" + HTTP_HEADER_MAX + 1] = "HTTP_COOKIE=";
    size_t name = strlen(parameter);
    struct request request;

    (void)state;
    memset(parameter + name, 'a', HTTP_HEADER_MAX);
    assert_int_equal(read_with(&request, parameter, NULL), REQUEST_SOUND);
    assert_int_equal(request.cookie.len, HTTP_HEADER_MAX);
    parameter[name + HTTP_HEADER_MAX] = 'a';
    assert_int_equal(read_with(&request, parameter, NULL), REQUEST_MALFORMED);
    assert_null(request.cookie.data);
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

static void finds_cookies(void **state)
{
    static const struct {
        const char *cookie;
        int found;
        const char *value;
    } rows[] = {
        {NULL, 0, NULL},
        {"teade", 0, NULL},
        {"teade=", 1, ""},
        {"teade=x", 1, "x"},
        {"a=1; teade=x; b=2", 1, "x"},
        {"a=1;teade=x;b=2", 1, "x"},
        {";; ; teade=x ;;", 1, "x"},
        {"teade=x=y", 1, "x=y"},
        {"teade=\"x\"", 1, "\"x\""},
        {"Teade=x", 0, NULL},
        {"teade =x", 0, NULL},
        {"__Host-teade=x", 0, NULL},
        {"teades=x; eade=y", 0, NULL},
        {"a=teade=x", 0, NULL},
        {"a=\"1; teade=x\"", 1, "x\""}, /* quotes hide nothing from RFC 6265 */
        {"teade=x; teade=x", -1, NULL},
        {"teade=x; a=1; teade=", -1, NULL},
        {"teade=x; teade=y; teade=z", -1, NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct request request = {.method = HTTP_GET};
        struct str value;

        if (rows[i].cookie)
            request.cookie = str_of(rows[i].cookie);
        if (request_cookie(&request, "teade", &value) != rows[i].found ||
            (rows[i].value && !str_is(value, rows[i].value)))
            fail_msg("%s", rows[i].cookie);
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
        int status;
        const char *type, *location, *body;
        bool head;
        const char *out;
        bool lasting;
    } rows[] = {
        {200, "text/html; charset=utf-8", NULL, "<p>", false,
         "Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Cache-Control: no-store\r\n\r\n<p>",
         false},
        {200, "application/octet-stream", NULL, "x", false,
         "Status: 200 OK\r\nContent-Type: application/octet-stream\r\n"
         "Cache-Control: public, max-age=31536000, immutable\r\n\r\nx",
         true},
        {200, "text/html; charset=utf-8", NULL, "<p>", true,
         "Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Cache-Control: no-store\r\n\r\n",
         false},
        {303, NULL, "/et/choices/", "", false,
         "Status: 303 See Other\r\nCache-Control: no-store\r\nLocation: /et/choices/\r\n\r\n",
         false},
        {418, NULL, NULL, "", false, "Status: 418 \r\nCache-Control: no-store\r\n\r\n", false},
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_parameters),      cmocka_unit_test(finds_faults),
        cmocka_unit_test(needs_method_and_path), cmocka_unit_test(keeps_what_is_sound),
        cmocka_unit_test(bounds_length),         cmocka_unit_test(knows_methods),
        cmocka_unit_test(finds_cookies),         cmocka_unit_test(finds_query_fields),
        cmocka_unit_test(writes_responses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
