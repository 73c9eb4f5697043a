/* Numbers of things, as terminals show them. */
#include "../fixtures/test.h"

#include "base/number.h"

static void numbers(void **state)
{
    static const struct {
        long long number;
        const char *wanted;
    } rows[] = {
        {0, "0 entries"},   {1, "1 entry"},    {2, "2 entries"}, {11, "11 entries"},
        {-1, "-1 entries"}, {21, "21 entries"}, {9223372036854775807, "9223372036854775807 entries"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(number_of(rows[i].number, "entry", "entries").text, rows[i].wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
