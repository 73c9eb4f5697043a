#include "../fixtures/test.h"

#include "base/date.h"

static void days(void **state)
{
    static const struct {
        const char *text;
        bool fine;
    } rows[] = {
        {"2026-11-22", true},   {"0001-01-01", true},   {"9999-12-31", true},
        {"2024-02-29", true},   {"2000-02-29", true},   {"1900-02-29", false},
        {"2026-02-29", false},  {"2026-02-28", true},   {"2026-04-31", false},
        {"2026-00-01", false},  {"2026-13-01", false},  {"2026-01-00", false},
        {"2026-01-32", false},  {"0000-01-01", false},  {"2026-1-1", false},
        {"2026/01/01", false},  {"2026-01-01 ", false}, {" 2026-01-01", false},
        {"2026-01-1x", false},  {"+026-01-01", false},  {"", false},
        {"20260-01-01", false}, {"二〇二六", false},
    };
    struct date date;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        strcpy(date.iso, "before");
        if (date_parse(str_of(rows[i].text), &date) != rows[i].fine)
            fail_msg("%s", rows[i].text);
        assert_string_equal(date.iso, rows[i].fine ? rows[i].text : "before");
    }
    assert_false(date_parse((struct str){"2026-11-22", 9}, &date));
    assert_true(date_parse(str_of("2026-01-09"), &date));
    assert_int_equal(date_year(date), 2026);
    assert_int_equal(date_month(date), 1);
    assert_int_equal(date_day(date), 9);
}

/* Each day is one more than the day before it. */
static void numbers(void **state)
{
    static const struct {
        const char *from, *to;
        long days;
    } rows[] = {
        {"2026-11-22", "2026-11-22", 0},   {"2026-11-30", "2026-12-01", 1},
        {"2024-02-28", "2024-03-01", 2},   {"2026-02-28", "2026-03-01", 1},
        {"1900-02-28", "1900-03-01", 1},   {"2000-02-28", "2000-03-01", 2},
        {"2026-12-31", "2027-01-01", 1},   {"2026-01-01", "2027-01-01", 365},
        {"2024-01-01", "2025-01-01", 366}, {"1970-01-01", "2026-11-25", 20782},
        {"2026-10-15", "2026-09-01", -44},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date from, to;

        assert_true(date_parse(str_of(rows[i].from), &from));
        assert_true(date_parse(str_of(rows[i].to), &to));
        assert_int_equal(date_number(to) - date_number(from), rows[i].days);
    }
}

static void revision_ids(void **state)
{
    static const struct {
        const char *id, *day;
        int number;
    } rows[] = {
        {"2026-11-22", "2026-11-22", 0},
        {"2026-11-22.1", "2026-11-22", 1},
        {"2026-11-22.2", "2026-11-22", 2},
        {"2026-11-22.10", "2026-11-22", 10},
        {"2026-11-22.999", "2026-11-22", 999},
        {"2026-11-22.0", NULL, 0},
        {"2026-11-22.01", NULL, 0},
        {"2026-11-22.1000", NULL, 0},
        {"2026-11-22.", NULL, 0},
        {"2026-11-22.x", NULL, 0},
        {"2026-11-22.-1", NULL, 0},
        {"2026-11-22-1", NULL, 0},
        {"2026-11-31.1", NULL, 0},
        {"2026-11-22.1.1", NULL, 0},
        {"draft", NULL, 0},
        {"", NULL, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date day = {""};
        int number;

        if (revision_id_parse(str_of(rows[i].id), &day, &number) != (rows[i].day != NULL))
            fail_msg("%s", rows[i].id);
        if (!rows[i].day)
            continue;
        assert_string_equal(day.iso, rows[i].day);
        assert_int_equal(number, rows[i].number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days),
        cmocka_unit_test(numbers),
        cmocka_unit_test(revision_ids),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
