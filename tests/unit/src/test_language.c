/* What ICU says, where pages and the manifest depend on it. */
#include "../fixtures/test.h"

#include "language/language.h"
#include "language/plural.h"

static struct date day(const char *iso)
{
    struct date date = {""};

    assert_true(date_parse(str_of(iso), &date));
    return date;
}

static void dates(void **state)
{
    static const struct {
        const char *tag, *iso, *wanted;
    } rows[] = {
        {"et", "2026-11-22", "22. november 2026"}, {"ja", "2026-11-22", "2026年11月22日"},
        {"en", "2026-11-22", "22 November 2026"},  {"en-US", "2026-11-22", "November 22, 2026"},
        {"et", "2026-01-01", "1. jaanuar 2026"},   {"ja", "2026-01-01", "2026年1月1日"},
        {"en", "2026-12-31", "31 December 2026"},  {"en", "2024-02-29", "29 February 2024"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT;

        language_date(rows[i].tag, day(rows[i].iso), &text);
        wrong += differs(rows[i].tag, buf_str(&text), rows[i].wanted);
        buf_release(&text);
    }
    assert_int_equal(wrong, 0);
}

static void patterns_and_months(void **state)
{
    static const struct {
        const char *tag, *date, *time, *january, *december;
    } rows[] = {
        {"et", "d. MMMM y", "d. MMMM y, 'kell' HH:mm", "jaanuar", "detsember"},
        {"ja", "y年M月d日", "y年M月d日 H:mm", "1月", "12月"},
        {"en", "d MMMM y", "d MMMM y 'at' HH:mm", "January", "December"},
        {"pl", "d MMMM y", "d MMMM y HH:mm", "stycznia", "grudnia"}, /* inflected, as in a date */
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf date = BUF_INIT, time = BUF_INIT, january = BUF_INIT, december = BUF_INIT;

        language_date_pattern(rows[i].tag, &date);
        language_time_pattern(rows[i].tag, &time);
        language_month(rows[i].tag, 1, &january);
        language_month(rows[i].tag, 12, &december);
        wrong += differs(rows[i].tag, buf_str(&date), rows[i].date);
        wrong += differs(rows[i].tag, buf_str(&time), rows[i].time);
        wrong += differs(rows[i].tag, buf_str(&january), rows[i].january);
        wrong += differs(rows[i].tag, buf_str(&december), rows[i].december);
        buf_release(&date);
        buf_release(&time);
        buf_release(&january);
        buf_release(&december);
    }
    assert_int_equal(wrong, 0);
}

static void names(void **state)
{
    static const struct {
        const char *tag, *of, *name, *own;
    } rows[] = {
        {"et", "ja", "jaapani", "Eesti"},
        {"ja", "et", "エストニア語", "日本語"},
        {"en", "et", "Estonian", "English"},
    };
    static const struct {
        const char *tag, *country, *wanted;
    } countries[] = {
        {"et", "JP", "Jaapan"},
        {"ja", "EE", "エストニア"},
        {"en", "US", "United States"},
        {"en", "QZ", "QZ"},
    };
    static const struct {
        const char *tag, *between, *last;
    } lists[] = {
        {"et", ", ", ", "},
        {"ja", "、", "、"},
        {"en", ", ", ", "},
        {"de", ", ", " und "},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf name = BUF_INIT, own = BUF_INIT;

        language_name(rows[i].tag, rows[i].of, &name);
        language_own_name(rows[i].tag, &own);
        wrong += differs(rows[i].tag, buf_str(&name), rows[i].name);
        wrong += differs(rows[i].tag, buf_str(&own), rows[i].own);
        buf_release(&name);
        buf_release(&own);
    }
    for (size_t i = 0; i < COUNT(countries); i++) {
        struct buf name = BUF_INIT;

        language_country(countries[i].tag, countries[i].country, &name);
        wrong += differs(countries[i].tag, buf_str(&name), countries[i].wanted);
        buf_release(&name);
    }
    for (size_t i = 0; i < COUNT(lists); i++) {
        struct buf between = BUF_INIT, last = BUF_INIT;

        language_separator(lists[i].tag, false, &between);
        language_separator(lists[i].tag, true, &last);
        wrong += differs(lists[i].tag, buf_str(&between), lists[i].between);
        wrong += differs(lists[i].tag, buf_str(&last), lists[i].last);
        buf_release(&between);
        buf_release(&last);
    }
    assert_int_equal(wrong, 0);
    assert_true(language_right_to_left("ar"));
    assert_false(language_right_to_left("et"));
}

static void known(void **state)
{
    static const struct {
        const char *tag;
        bool fine;
    } languages[] =
        {
            {"et", true},      {"ja", true},          {"en", true},   {"pt-BR", true},
            {"zh-Hant", true}, {"", false},           {"xx", false},  {"klingon", false},
            {"e", false},      {"et_EE", false},      {"et ", false}, {"../et", false},
            {"et-", false},    {"eesti keel", false}, {"同", false},  {"und", false},
        };
    static const struct {
        const char *code;
        bool fine;
    } countries[] = {
        {"EE", true},  {"JP", true},  {"NO", true}, {"XX", false},  {"EU", false},
        {"UK", false}, {"ee", false}, {"", false},  {"EST", false}, {"Estonia", false},
    };
    static const char no_data[] = "is a language whose dates and names ICU does not know";
    char *longest = mem_alloc(1001);

    (void)state;
    assert_string_equal(language_problem("tl"), no_data);
    assert_string_equal(language_problem("dv"), no_data);
    assert_string_equal(language_problem("xx"), "is not a language");
    for (size_t i = 0; i < COUNT(languages); i++)
        if (language_known(languages[i].tag) != languages[i].fine)
            fail_msg("language \"%s\"", languages[i].tag);
    for (size_t i = 0; i < COUNT(countries); i++)
        if (country_known(countries[i].code) != countries[i].fine)
            fail_msg("country \"%s\"", countries[i].code);
    memset(longest, 'x', 1000);
    assert_false(language_known(longest));
    free(longest);
}

/* As msginit writes them, where gettext knows the language as CLDR does. */
static void plural_forms(void **state)
{
    static const struct {
        const char *tag;
        struct plural_forms wanted;
    } rows[] = {
        {"et", {2, 2}}, {"ja", {1, 1}}, {"en", {2, 2}},    {"en-GB", {2, 2}}, {"zh-Hant", {1, 1}},
        {"pl", {3, 3}}, {"cs", {3, 3}}, {"ru", {3, 3}},    {"lt", {3, 3}},    {"lv", {3, 3}},
        {"sl", {4, 4}}, {"ga", {5, 5}}, {"ar", {6, 6}},    {"cy", {6, 6}},    {"kw", {6, 6}},
        {"fr", {3, 2}}, {"es", {3, 2}}, {"pt-BR", {3, 2}}, {"br", {5, 4}},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct plural_forms is = language_plural_forms(rows[i].tag);

        if (is.count == rows[i].wanted.count && is.usual == rows[i].wanted.usual)
            continue;
        print_error("%s: %d and %d\n", rows[i].tag, is.count, is.usual);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* The line for a catalogue; NULL: no rule is the language's. */
static void plural_lines(void **state)
{
    static const struct {
        const char *tag, *wanted;
    } rows[] = {
        {"et", "nplurals=2; plural=(n != 1);"},
        {"ja", "nplurals=1; plural=0;"},
        {"zh-Hant-TW", "nplurals=1; plural=0;"},
        {"fr", "nplurals=2; plural=(n > 1);"},
        {"fr-FR", "nplurals=2; plural=(n > 1);"},
        {"pt-PT", "nplurals=2; plural=(n != 1);"},
        {"pt-BR", "nplurals=2; plural=(n > 1);"},
        {"he", "nplurals=3; plural=n == 1 ? 0 : n == 2 ? 1 : 2;"},
        {"cs", "nplurals=3; plural=n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2;"},
        {"sl", "nplurals=4; plural=n % 100 == 1 ? 0 : n % 100 == 2 ? 1 : n % 100 == 3 || n % 100 == 4 "
               "? 2 : 3;"},
        {"cy", "nplurals=6; plural=n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n == 3 ? 3 : n == 6 ? 4 : 5;"},
        {"kw", NULL},
    };
    static const char *const others[] = {"ar", "be", "br", "bs", "fil", "ga", "gd", "gv", "hr", "is",
                                         "lt", "lv", "mk", "mt", "pl",  "ro", "ru", "sk", "sr", "uk"};
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *is = plural_forms_of(rows[i].tag);

        if (is != rows[i].wanted && (!is || !rows[i].wanted || strcmp(is, rows[i].wanted) != 0))
            wrong++, print_error("%s: %s\n", rows[i].tag, is ? is : "none");
    }
    for (size_t i = 0; i < COUNT(others); i++)
        if (!plural_forms_of(others[i]))
            wrong++, print_error("%s: none\n", others[i]);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),        cmocka_unit_test(patterns_and_months),
        cmocka_unit_test(names),        cmocka_unit_test(known),
        cmocka_unit_test(plural_forms), cmocka_unit_test(plural_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
