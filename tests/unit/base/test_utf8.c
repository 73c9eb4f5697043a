#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"

static void invalid_offset(void **state)
{
    static const struct {
        const char *text;
        size_t len, offset;
    } rows[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"\xc3\xb5", 2, 2},             /* õ */
        {"\xe5\x90\x8c", 3, 3},         /* 同 */
        {"\xf0\x9f\x9b\xb0", 4, 4},     /* a satellite */
        {"a\x80", 2, 1},                /* a lone continuation byte */
        {"a\xc3", 2, 1},                /* cut off */
        {"\xc0\xaf", 2, 0},             /* overlong */
        {"\xe0\x80\xaf", 3, 0},         /* overlong */
        {"\xed\xa0\x80", 3, 0},         /* a surrogate */
        {"\xf4\x90\x80\x80", 4, 0},     /* past U+10FFFF */
        {"ab\xff", 3, 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(utf8_invalid((struct str){rows[i].text, rows[i].len}), rows[i].offset);
}

static void next_and_add(void **state)
{
    static const int32_t characters[] = {'a', 0x7f, 0x80, 0x7ff, 0x800, 0xfffd, 0x10000, 0x10ffff};
    struct buf text = BUF_INIT;
    struct str rest;

    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        utf8_add(&text, characters[i]);
    rest = buf_str(&text);
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
        assert_int_equal(utf8_next(&rest), characters[i]);
    assert_int_equal(rest.len, 0);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invalid_offset),
        cmocka_unit_test(next_and_add),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
