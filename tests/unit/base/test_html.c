#include "../fixtures/test.h"

#include "base/html.h"

#define NUL "\xef\xbf\xbd" /* U+FFFD */

static const struct {
    struct str text;
    const char *html, *template, *url; /* template NULL: like html */
} rows[] = {
#define TEXT(literal)               \
    {                               \
        literal, sizeof literal - 1 \
    }
    {TEXT(""), "", NULL, ""},
    {TEXT("abcXYZ019-._~"), "abcXYZ019-._~", NULL, "abcXYZ019-._~"},
    {TEXT("&amp;"), "&amp;amp;", NULL, "%26amp%3B"},
    {TEXT("<a href=\"x\">'"), "&lt;a href=&quot;x&quot;&gt;&#39;", NULL,
     "%3Ca%20href%3D%22x%22%3E%27"},
    {TEXT("{{x}}"), "{{x}}", "&#123;&#123;x}}", "%7B%7Bx%7D%7D"},
    {TEXT("<%x%>"), "&lt;%x%&gt;", NULL, "%3C%25x%25%3E"},
    {TEXT("\0"), NUL, NULL, "%00"},
    {TEXT("a\0<\0\0{"), "a" NUL "&lt;" NUL NUL "{", "a" NUL "&lt;" NUL NUL "&#123;",
     "a%00%3C%00%00%7B"},
    {TEXT("同意 õ"), "同意 õ", NULL, "%E5%90%8C%E6%84%8F%20%C3%B5"},
    {TEXT("\xe2\x80\xae"), "\xe2\x80\xae", NULL, "%E2%80%AE"}, /* bidi: text like any other */
    {TEXT("/?#[]@!$&()*+,;=\n"), "/?#[]@!$&amp;()*+,;=\n", NULL,
     "%2F%3F%23%5B%5D%40%21%24%26%28%29%2A%2B%2C%3B%3D%0A"},
};

static size_t try(void (*escape)(struct buf *out, struct str text), struct str text,
                  const char *wanted)
{
    struct buf out = BUF_INIT;
    size_t wrong;

    buf_adds(&out, "|");
    escape(&out, text);
    wrong = differs(wanted, (struct str){out.data + 1, out.len - 1}, wanted);
    buf_release(&out);
    return wrong;
}

static void escaping(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        wrong += try(html_text, rows[i].text, rows[i].html);
        wrong += try(html_text_for_template, rows[i].text,
                     rows[i].template ? rows[i].template : rows[i].html);
        wrong += try(url_component, rows[i].text, rows[i].url);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(escaping)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
