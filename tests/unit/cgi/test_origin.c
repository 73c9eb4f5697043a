#include "../fixtures/test.h"

#include "http/origin.h"

#define OURS "https://kuukivi.example"

static struct str given(const char *text)
{
    return text ? str_of(text) : (struct str){NULL, 0};
}

static bool is_ours(const char *fetch_site, const char *origin, const char *referer,
                    const char *base_url)
{
    const struct request request = {.method = HTTP_POST,
                                    .fetch_site = given(fetch_site),
                                    .origin = given(origin),
                                    .referer = given(referer)};

    return origin_is_ours(&request, base_url);
}

/* Every combination of the three headers.  The letters are, per Referer of `referers`,
 * whether the request passes. */
static void combinations(void **state)
{
    static const char *const referers[] = {NULL, OURS, OURS "/et/", "https://evil.example/"};
    static const struct {
        const char *fetch_site, *origin, *passes;
    } rows[] = {
        {NULL, NULL, ".yy."},
        {NULL, OURS, "yyyy"},
        {NULL, "https://evil.example", "...."},
        {NULL, "null", "...."},
        {"none", NULL, ".yy."},
        {"none", OURS, "yyyy"},
        {"none", "https://evil.example", "...."},
        {"none", "null", "...."},
        {"same-origin", NULL, "yyyy"},
        {"same-origin", OURS, "yyyy"},
        {"same-origin", "https://evil.example", "yyyy"},
        {"same-origin", "null", "yyyy"},
        {"same-site", NULL, "...."},
        {"same-site", OURS, "...."},
        {"same-site", "https://evil.example", "...."},
        {"same-site", "null", "...."},
        {"cross-site", NULL, "...."},
        {"cross-site", OURS, "...."},
        {"cross-site", "https://evil.example", "...."},
        {"cross-site", "null", "...."},
        {"Same-Origin", NULL, "...."},
        {"Same-Origin", OURS, "...."},
        {"Same-Origin", "https://evil.example", "...."},
        {"Same-Origin", "null", "...."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t r = 0; r < COUNT(referers); r++)
            if (is_ours(rows[i].fetch_site, rows[i].origin, referers[r], OURS) !=
                (rows[i].passes[r] == 'y'))
                fail_msg("%s, %s, %s", rows[i].fetch_site, rows[i].origin, referers[r]);
}

static void origins(void **state)
{
    static const struct {
        const char *base_url, *origin;
        bool ours;
    } rows[] = {
        {OURS, "http://kuukivi.example", false},
        {OURS, "https://kuukivi.example/", false},
        {OURS, "https://kuukivi.example.", false},
        {OURS, "https://kuukivi.example:443", false}, /* no browser says so */
        {OURS, "https://kuukivi.example:8443", false},
        {OURS, "https://kuukivi.example.evil.example", false},
        {OURS, "https://www.kuukivi.example", false},
        {OURS, "https://kuukivi.exampl", false},
        {OURS, "HTTPS://kuukivi.example", false},
        {OURS, "https://kuukivi.example https://kuukivi.example", false},
        {OURS, "https://kuukivi.example, https://kuukivi.example", false},
        {"https://kuukivi.example:443", OURS, true},
        {"https://kuukivi.example:80", OURS, false},
        {"https://kuukivi.example:8443", "https://kuukivi.example:8443", true},
        {"https://kuukivi.example:8443", OURS, false},
        {"https://kuukivi.example:1443", "https://kuukivi.example:1443", true},
        {"http://127.0.0.1:8080", "http://127.0.0.1:8080", true},
        {"http://127.0.0.1:8080", "http://127.0.0.1", false},
        {"http://127.0.0.1:8080", "http://localhost:8080", true},
        {"http://127.0.0.1:8080", "http://[::1]:8080", true},
        {"http://localhost", "http://127.0.0.1", true},
        {"http://[::1]:8080", "http://localhost:8080", true},
        {"http://127.0.0.1:8080", "http://localhost:8081", false},
        {"http://127.0.0.1:8080", "http://localhost", false},
        {"http://127.0.0.1:8080", "https://localhost:8080", false},
        {"http://127.0.0.1:8080", "http://localhost.evil.example:8080", false},
        {"http://127.0.0.1:8080", "http://127.0.0.2:8080", false},
        {OURS, "http://localhost", false},
        {"http://localhost", OURS, false},
        {"http://127.0.0.1:8080", "http://127.0.0.1:80801", false},
        {"http://localhost:80", "http://localhost", true},
        {"http://[::1]:8080", "http://[::1]:8080", true},
        {"http://[::80]", "http://[::80]", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (is_ours(NULL, rows[i].origin, NULL, rows[i].base_url) != rows[i].ours)
            fail_msg("%s at %s", rows[i].origin, rows[i].base_url);
}

static void referers(void **state)
{
    static const struct {
        const char *referer;
        bool ours;
    } rows[] = {
        {OURS, true},
        {OURS "/", true},
        {"https:/kuukivi.example/", false},
        {"https:kuukivi.example//", false},
        {OURS "/et/choices/?done=1", true},
        {OURS "?", false},
        {OURS "#", false},
        {OURS ":443/", false},
        {OURS ":8443/", false},
        {OURS ".evil.example/", false},
        {OURS "@evil.example/", false},
        {OURS "\\@evil.example/", false},
        {"http://kuukivi.example/", false},
        {"https://evil.example/" OURS "/", false},
        {" " OURS "/", false},
        {"https://kuukivi.exampl", false},
        {"about:blank", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (is_ours(NULL, NULL, rows[i].referer, OURS) != rows[i].ours)
            fail_msg("%s", rows[i].referer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(combinations),
        cmocka_unit_test(origins),
        cmocka_unit_test(referers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
