/* Lines of a page: no one is too wide, and none breaks where it may not. */
#include "../fixtures/test.h"

#include "operator/layout.h"

#define TEN "0123456789"
#define EIGHTY TEN TEN TEN TEN TEN TEN TEN TEN
#define KANA "\xe3\x81\x82" /* one character, two columns */
#define TEN_KANA KANA KANA KANA KANA KANA KANA KANA KANA KANA KANA
#define FORTY_KANA TEN_KANA TEN_KANA TEN_KANA TEN_KANA
#define STOP "\xe3\x80\x82"
#define OPENING "\xe3\x80\x8c"
#define NONE "\xef\xbf\xbd"

static void lines_are_set(void **state)
{
    static const struct {
        int margin;
        const char *label;
        int column;
        const char *text, *lines;
    } rows[] = {
        {0, "", 0, "", "\n"},
        {0, "Time", 6, "noon", "Time  noon\n"},
        {2, "Time", 8, "noon", "  Time  noon\n"},
        {2, "Time", 8, "", "  Time\n"},
        {2, "", 4, "a\nb\n\nc\n", "    a\n    b\n\n    c\n"},
        {2, "T\xc3\xa4ht", 8, "a\nb", "  T\xc3\xa4ht  a\n        b\n"},
        {0, "", 0, EIGHTY TEN, EIGHTY TEN "\n"},
        {0, "", 0, EIGHTY TEN "1", EIGHTY TEN "\n1\n"},
        {0, "", 0, EIGHTY " " TEN, EIGHTY "\n" TEN "\n"},
        {0, "", 0, EIGHTY " 123456789", EIGHTY " 123456789\n"},
        {0, "", 0, EIGHTY " 123456789 ", EIGHTY " 123456789\n"},
        {0, "", 0, EIGHTY " 123456789 next", EIGHTY " 123456789\nnext\n"},
        {4, "", 10, EIGHTY " end", "          " EIGHTY "\n          end\n"},
        {0, "", 0, "a " EIGHTY TEN TEN, "a\n" EIGHTY TEN "\n" TEN "\n"},
        {0, "", 10, FORTY_KANA KANA, "          " FORTY_KANA "\n          " KANA "\n"},
        {0, "", 11, FORTY_KANA,
         "           " TEN_KANA TEN_KANA TEN_KANA KANA KANA KANA KANA KANA KANA KANA KANA KANA
         "\n           " KANA "\n"},
        {0, "", 10, FORTY_KANA STOP,
         "          " TEN_KANA TEN_KANA TEN_KANA KANA KANA KANA KANA KANA KANA KANA KANA KANA
         "\n          " KANA STOP "\n"},
        {0, "", 12, TEN_KANA TEN_KANA TEN_KANA TEN "12345678" OPENING KANA,
         "            " TEN_KANA TEN_KANA TEN_KANA TEN "12345678\n            " OPENING KANA "\n"},
        {0, "", 9, FORTY_KANA "abc", "         " FORTY_KANA "\n         abc\n"},
        {0, "", 0, "\xff", NONE "\n"},
        {0, "", 0, "a\x1b[2Jb\rc", "a" NONE "[2Jb" NONE "c\n"},
        {0, "", 0,
         "a\xc2\x9b"
         "2J\x7f",
         "a" NONE "2J" NONE "\n"},
        {0, "", 0,
         "yes \xe2\x80\xae"
         "on",
         "yes " NONE "on\n"}, /* turned, it reads "no" */
        {0, "", 0, "a\tb", "a\tb\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;

        layout_add(&out, rows[i].margin, rows[i].label, rows[i].column, str_of(rows[i].text));
        if (strcmp(out.data, rows[i].lines) != 0)
            fail_msg("row %zu:\n%s", i, out.data);
        buf_release(&out);
    }
}

static void headings(void **state)
{
    struct buf out = BUF_INIT;

    (void)state;
    layout_heading(&out, '-', "T\xc3\xa4ht");
    assert_string_equal(out.data, "\nT\xc3\xa4ht\n----\n\n");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines_are_set), cmocka_unit_test(headings)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
