#include "../fixtures/test.h"

#include "base/html.h"

#define NUL "\xef\xbf\xbd" /* U+FFFD */

static const struct {
    struct str text;
    const char *html, *template; /* template NULL: like html */
} rows[] = {
#define TEXT(literal)               \
    {                               \
        literal, sizeof literal - 1 \
    }
    {TEXT(""), "", NULL},
    {TEXT("abcXYZ019-._~"), "abcXYZ019-._~", NULL},
    {TEXT("&amp;"), "&amp;amp;", NULL},
    {TEXT("<a href=\"x\">'"), "&lt;a href=&quot;x&quot;&gt;&#39;", NULL},
    {TEXT("{{x}}"), "{{x}}", "&#123;&#123;x}}"},
    {TEXT("<%x%>"), "&lt;%x%&gt;", NULL},
    {TEXT("\0"), NUL, NULL},
    {TEXT("a\0<\0\0{"), "a" NUL "&lt;" NUL NUL "{", "a" NUL "&lt;" NUL NUL "&#123;"},
    {TEXT("同意 õ"), "同意 õ", NULL},
    {TEXT("\xe2\x80\xae"), "\xe2\x80\xae", NULL}, /* bidi: text like any other */
    {TEXT("/?#[]@!$&()*+,;=\n"), "/?#[]@!$&amp;()*+,;=\n", NULL},
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
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(escaping)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
