/* Weeks, CSV, and reports of a few groups; test_report_model.c asks for every report there is. */
#include "../fixtures/report_fixture.h"

#include <time.h>

#include "base/instant.h"
#include "operator/csv.h"

/* Weeks. */

static void weeks_have_names(void **state)
{
    static const struct {
        const char *day, *name;
    } rows[] = {
        {"1970-01-01", "1970-W01"}, {"2020-12-31", "2020-W53"}, {"2021-01-03", "2020-W53"},
        {"2021-01-04", "2021-W01"}, {"2024-12-29", "2024-W52"}, {"2024-12-30", "2025-W01"},
        {"2026-03-01", "2026-W09"}, {"2026-03-02", "2026-W10"}, {"9999-12-31", "9999-W52"},
    };
    size_t failed = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[WEEK_NAME];
        struct date day;

        assert_true(date_parse(str_of(rows[i].day), &day));
        week_name(week_of_day(day), name);
        failed += differs(rows[i].day, str_of(name), rows[i].name);
    }
    assert_int_equal(failed, 0);
}

/* Every day of two centuries, against the C library. */
static void weeks_are_those_of_iso_8601(void **state)
{
    (void)state;
    for (time_t second = 0; second < 200 * 366 * DAY; second += DAY) {
        char name[WEEK_NAME], wanted[32], text[INSTANT_SIZE];
        struct date day;
        struct tm utc;

        gmtime_r(&second, &utc);
        strftime(wanted, sizeof wanted, "%G-W%V", &utc);
        week_name(week_at(second), name);
        assert_string_equal(name, wanted);
        instant_write(second, text);
        assert_true(date_parse((struct str){text, 10}, &day));
        assert_int_equal(week_of_day(day), week_at(second + DAY - 1));
    }
}

static void weeks_before_1970_are_earlier(void **state)
{
    static const char *const days[] = {"0001-01-01", "1969-12-21", "1969-12-22", "1969-12-28"};
    static const int64_t wanted[] = {-102737, -2, -1, -1};

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        struct date day;

        assert_true(date_parse(str_of(days[i]), &day));
        assert_int_equal(week_of_day(day), wanted[i]);
    }
}

/* CSV. */

static void cells_are_safe(void **state)
{
    static const struct {
        const char *cell, *wanted;
    } rows[] = {
        {"", ""},
        {"plain words", "plain words"},
        {"a=b", "a=b"},
        {" =1", " =1"},
        {"'=1", "'=1"},
        {"a,b", "\"a,b\""},
        {"say \"yes\"", "\"say \"\"yes\"\"\""},
        {"two\r\nlines", "\"two\r\nlines\""},
        {"=1+1", "'=1+1"},
        {"+372", "'+372"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\t=1", "'\t=1"},
        {"\r=1", "\"'\r=1\""},
        {"\n=1", "\"'\n=1\""},
        {"=\"a\",b", "\"'=\"\"a\"\",b\""},
        {"\uff1d1", "'\uff1d1"},
        {"\uff20a", "'\uff20a"},
        {"\u7d71\u8a08", "\u7d71\u8a08"},
    };
    size_t failed = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *cells[] = {"1", rows[i].cell, NULL};
        char *wanted = mem_printf("1,%s,\r\n", rows[i].wanted);
        struct buf line = BUF_INIT;

        csv_line(&line, cells, COUNT(cells));
        failed += differs(rows[i].cell, buf_str(&line), wanted);
        buf_release(&line);
        free(wanted);
    }
    assert_int_equal(failed, 0);
}

/* Reports of a few groups: `count` new visitors say the same. */

struct group {
    int count, offer, question, week;
    enum answer answer;
};

static void add_row(void *context, const struct report_row *row)
{
    char week[WEEK_NAME] = "";

    if (row->week != REPORT_ANY_WEEK)
        week_name(row->week, week);
    buf_addf(context, "%s|%s|%s|%s|%s", row->document, row->purpose, row->version, row->language,
             week);
    for (int i = 0; i < REPORT_SAID; i++)
        buf_addf(context, "|%d", (int)row->visitors[i]);
    buf_addc(context, '\n');
}

static struct report *report_of(const struct group *groups, size_t count)
{
    struct report *report = report_empty();
    int visitor = 0;

    for (size_t i = 0; i < count; i++)
        for (int n = 0; n < groups[i].count; n++)
            tell(report, &(struct said){++visitor, groups[i].offer, groups[i].question,
                                        groups[i].week, groups[i].answer});
    report_publish(report);
    return report;
}

static void only_whole_fives_are_told(void **state)
{
    static const struct group groups[] = {
        {12, ET_1, 0, 0, ANSWER_GIVEN},      {4, ET_1, 0, 0, ANSWER_REFUSED},
        {9, EN_1, 0, 0, ANSWER_GIVEN},       {5, EN_1, 0, 1, ANSWER_GIVEN},
        {4, EN_2, 1, 1, ANSWER_GIVEN},       {4, EN_2, 1, 2, ANSWER_GIVEN},
        {6, COOKIES, 3, 2, ANSWER_OBJECTED}, {50, EN_1, 0, WEEKS, ANSWER_GIVEN},
        {7, EN_2, 0, 2, ANSWER_WITHDRAWN},   {11, EN_2, 3, 2, ANSWER_WITHDRAWN},
    };
    const int64_t first = week_at(MONDAY);
    const struct {
        const char *what;
        struct report_filter filter;
        const char *wanted;
    } rows[] = {
        {"all", {NULL, 0, INT64_MAX, 0}, "cookies|||||0|0|5|0|0\nprivacy-policy|||||20|0|0|5|10\n"},
        {"a document", {"cookies", 0, INT64_MAX, 0}, "cookies|||||0|0|5|0|0\n"},
        {"no such document", {"cookie", 0, INT64_MAX, REPORT_PURPOSE}, ""},
        {"by purpose",
         {NULL, 0, INT64_MAX, REPORT_PURPOSE},
         "cookies|visitor-statistics||||0|0|5|0|0\nprivacy-policy|newsletter||||20|0|0|5|0\n"
         "privacy-policy|visitor-statistics||||0|0|0|0|10\n"},
        {"by language",
         {"privacy-policy", 0, INT64_MAX, REPORT_LANGUAGE},
         "privacy-policy|||en||10|0|0|5|10\nprivacy-policy|||et||10|0|0|0|0\n"},
        {"by version and week",
         {NULL, 0, INT64_MAX, REPORT_VERSION | REPORT_WEEK},
         "cookies||2026-03-01||2026-W12|0|0|5|0|0\nprivacy-policy||2026-03-01||2026-W10|15|0|0|0|"
         "0\n"
         "privacy-policy||2026-03-01||2026-W11|5|0|0|0|0\n"
         "privacy-policy||2026-06-01||2026-W12|0|0|0|5|10\n"},
        {"from a week",
         {NULL, first + 1, INT64_MAX, 0},
         "cookies|||||0|0|5|0|0\nprivacy-policy|||||5|0|0|5|10\n"},
        {"until a week", {NULL, 0, first, 0}, "privacy-policy|||||15|0|0|0|0\n"},
        {"the week that is not over", {NULL, first + WEEKS, INT64_MAX, 0}, ""},
    };
    struct report *report = report_of(groups, COUNT(groups));
    size_t failed = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf is = BUF_INIT;

        report_rows(report, &rows[i].filter, add_row, &is);
        failed += differs(rows[i].what, buf_str(&is), rows[i].wanted);
        buf_release(&is);
    }
    assert_int_equal(failed, 0);
    assert_int_equal(report_extent(report).cells, 9);
    assert_int_equal(report_extent(report).left_out, 3);
    report_free(report);
}

/* From the store. */

static void take_record(void *context, int64_t visitor, struct str canonical)
{
    struct record_view view;

    assert_true(record_parse(canonical, &view));
    report_take(context, visitor, &view);
}

/* One count for each visitor of a week, by what they said last; a withdrawal is one more week's,
 * on the text that the answer was given on. */
static void the_last_answer_of_a_week_counts(void **state)
{
    struct fixture *fixture = *state;
    struct report_filter filter = {NULL, 0, INT64_MAX, REPORT_PURPOSE | REPORT_WEEK};
    struct report *report;
    struct store_stats stats;
    struct buf is = BUF_INIT;

    for (int step = 0; step < 4; step++)
        for (int visitor = 0; visitor < 6; visitor++) {
            struct act act = act_on(step < 3 ? ACT_ANSWERS : ACT_WITHDRAWAL, visitor, !step, EN_1);

            say(&act, "newsletter", step % 2 ? ANSWER_REFUSED : ANSWER_GIVEN);
            assert_int_equal(
                do_act(fixture->store, &act, MONDAY + (step == 3 ? 7 * DAY : step * DAY)),
                ACT_DONE);
        }
    give(fixture->store, 7, true, EN_1, "newsletter", MONDAY + 14 * DAY);
    assert_true(store_stats(fixture->store, &stats));
    report = report_new(stats.until);
    assert_true(store_by_visitor(fixture->store, take_record, report));
    report_publish(report);
    report_rows(report, &filter, add_row, &is);
    assert_string_equal(is.data, "privacy-policy|newsletter|||2026-W10|5|0|0|0|0\n"
                                 "privacy-policy|newsletter|||2026-W11|0|0|0|5|0\n");
    buf_release(&is);
    report_free(report);
}

static void how_much_there_is(void **state)
{
    struct fixture *fixture = *state;
    struct store_stats stats;

    assert_true(store_stats(fixture->store, &stats));
    assert_int_equal(stats.records, 0);
    assert_int_equal(stats.since, 0);
    for (int i = 0; i < 3; i++)
        give(fixture->store, i, true, EN_1, "newsletter", NOON + i);
    raw_do(fixture, "DELETE FROM record WHERE entry = 2");
    assert_true(store_stats(fixture->store, &stats));
    assert_int_equal(stats.visitors, 2);
    assert_int_equal(stats.records, 2);
    assert_int_equal(stats.entries, 3);
    assert_int_equal(stats.texts, OFFERS);
    assert_int_equal(stats.since, NOON);
    assert_int_equal(stats.until, NOON + 1);
    assert_true(stats.bytes > 4096);
}

/* More than a page, visitors and records between each other. */

struct order {
    int64_t count, visitor, place;
};

static void is_next_of_visitors(void *context, int64_t visitor, struct str canonical)
{
    struct order *order = context;

    assert_true(visitor >= order->visitor);
    assert_true(canonical.len > 0);
    order->visitor = visitor;
    order->count++;
}

static void is_next_record(void *context, const struct store_record *record)
{
    struct order *order = context;

    assert_int_equal(record->index, order->count++);
    assert_string_equal(record->title, "Privacy policy");
    assert_int_equal(record->view->act.answer_count, 1);
    assert_string_equal(record->asked[0]->words, "The newsletter, once a month");
}

static void pages_join(void **state)
{
    enum { RECORDS = 2500, PEOPLE = 7 };
    struct fixture *fixture = *state;
    struct order visitors = {0}, records = {0};
    uint8_t id[ACT_RECORD_ID];
    bool more = true;
    int pages = 0;

    assert_true(store_begin(fixture->store));
    for (int i = 0; i < RECORDS; i++) {
        struct act act = act_on(ACT_ANSWERS, i % PEOPLE, i < PEOPLE, EN_1);

        say(&act, asked[0].id, i / PEOPLE % 2 ? ANSWER_GIVEN : ANSWER_REFUSED);
        assert_int_equal(store_act(fixture->store, &act, NOON + i, id), ACT_DONE);
    }
    assert_true(store_commit(fixture->store));
    assert_true(store_by_visitor(fixture->store, is_next_of_visitors, &visitors));
    assert_int_equal(visitors.count, RECORDS);
    for (int64_t next = 0; more; pages++)
        assert_true(store_record_page(fixture->store, &next, &more, is_next_record, &records));
    assert_int_equal(records.count, RECORDS);
    assert_true(pages > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weeks_have_names),
        cmocka_unit_test(weeks_are_those_of_iso_8601),
        cmocka_unit_test(weeks_before_1970_are_earlier),
        cmocka_unit_test(cells_are_safe),
        cmocka_unit_test(only_whole_fives_are_told),
        cmocka_unit_test_setup_teardown(the_last_answer_of_a_week_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(how_much_there_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_join, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
