#include "../fixtures/test.h"

#include "base/validate.h"

#define TEXT(literal)               \
    {                               \
        literal, sizeof literal - 1 \
    }

static void plain(void **state)
{
    static const struct {
        struct str text;
        bool plain;
    } rows[] = {
        {{NULL, 0}, true},         {TEXT("a \xc3\xb5"), true}, {TEXT("\xc2\xa0"), true},
        {TEXT("a\0b"), false},     {TEXT("\x1f"), false},      {TEXT("\x7f"), false},
        {TEXT("\xc2\x80"), false}, {TEXT("\xc2\x9f"), false},  {TEXT("\xff"), false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(validate_is_plain(rows[i].text), rows[i].plain);
}

static void of(void **state)
{
    static const struct {
        struct str text;
        bool is;
    } rows[] = {
        {{NULL, 0}, false},   {TEXT(""), false},     {TEXT("cab"), true},
        {TEXT("abd"), false}, {TEXT("ab\0"), false}, {TEXT("A"), false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(validate_is_of(rows[i].text, "abc"), rows[i].is);
}

static void cuts(void **state)
{
    static const struct {
        struct str text;
        size_t pieces, bytes;
    } rows[] = {
        {{NULL, 0}, 0, 0}, {TEXT(""), 1, 0},     {TEXT("ab"), 1, 2},
        {TEXT(","), 2, 0}, {TEXT("a,b,"), 3, 2}, {TEXT(",,a\0b"), 3, 3},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str rest = rows[i].text, piece;
        size_t pieces = 0, bytes = 0;

        for (; validate_cut(&rest, ',', &piece); pieces++)
            bytes += piece.len;
        assert_int_equal(pieces, rows[i].pieces);
        assert_int_equal(bytes, rows[i].bytes);
    }
}

static void numbers(void **state)
{
    static const struct {
        const char *text;
        bool fine;
        uint32_t number;
    } rows[] = {
        {"0", true, 0},
        {"99", true, 99},
        {"100", true, 100},
        {"101", true, 101},
        {"4294967297", true, 101},
        {"00018446744073709551617", true, 101},
        {"0100", true, 100},
        {"", false, 0},
        {"-1", false, 0},
        {"1 ", false, 0},
        {"0x1", false, 0},
        {"99999999999999999999999a", false, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint32_t number = 0;

        assert_int_equal(validate_number(str_of(rows[i].text), 100, &number), rows[i].fine);
        assert_int_equal(number, rows[i].number);
    }
}

static void hex(void **state)
{
    static const struct {
        const char *text;
        bool fine;
    } rows[] = {{"0aff", true},  {"0AFF", false}, {"0af", false}, {"0aff0", false},
                {"0a f", false}, {"0x0a", false}, {"", false}};
    uint8_t bytes[2];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(validate_hex(str_of(rows[i].text), bytes, 2), rows[i].fine);
    assert_true(validate_hex(str_of("0aff"), bytes, 2) && bytes[0] == 0x0a && bytes[1] == 0xff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),   cmocka_unit_test(of),  cmocka_unit_test(cuts),
        cmocka_unit_test(numbers), cmocka_unit_test(hex),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
