/* A clock that was ahead, or was set back: what is recorded then, and what is said of it. */
#include "../fixtures/store_fixture.h"

#define DAY INT64_C(86400)
#define YEARS (3650 * DAY) /* ahead */

/* What the store says of its newest entry at an instant; "" where that is not ahead. */
static void assert_ahead(struct store *store, int64_t now, const char *wanted)
{
    struct buf why = BUF_INIT;

    assert_true(store_begin(store));
    assert_int_equal(store_is_ahead(store, now, &why), *wanted != '\0');
    store_rollback(store);
    assert_string_equal(why.data, wanted);
    buf_release(&why);
}

/* What verify finds at an instant. */
static void assert_verified(struct store *store, int64_t now, const char *wanted)
{
    struct store_count count;
    struct buf faults = BUF_INIT;

    store_verify(store, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, ""); /* nothing was altered */
    store_verify_times(store, now, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, wanted);
    assert_int_equal(count.faults, *wanted != '\0');
    buf_release(&faults);
}

static void it_does_not_spread(void **state)
{
    static const char said[] =
        "the newest entry, 1, has the time 2036-02-27T12:00:00Z, and the clock shows"
        " 2026-03-01T12:01:00Z: one of them is wrong";
    static const char found[] =
        "entries from 1 to 1: 1 of them have a time that is ahead of the clock, up to"
        " 2036-02-27T12:00:00Z: the clock was wrong when they were made, or is wrong now\n";
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    struct act back = act_on(ACT_WITHDRAWAL, 1, false, EN_1);

    assert_ahead(store, NOON, "");
    give(store, 1, true, EN_1, "newsletter", NOON);
    give(store, 2, true, EN_1, "newsletter", NOON + YEARS);
    assert_ahead(store, NOON + 60, said);
    assert_ahead(store, NOON + YEARS, "");
    assert_ahead(store, NOON + YEARS - 300, "");
    assert_verified(store, NOON + 60, found);
    store_close(store);
    store = fixture->store = reopen(fixture, STORE_WRITE);
    assert_ahead(store, NOON + 60, said);
    assert_int_equal(do_act(store, &back, NOON + 60), ACT_DONE);
    assert_ahead(store, NOON + 60, "");
    assert_stands(store, 1, "privacy-policy:newsletter=withdrawn@2026-03-01/en+60");
    give(store, 3, true, EN_1, "newsletter", NOON + 61);
    assert_stands(store, 3, "privacy-policy:newsletter=given@2026-03-01/en+61");
    erase(store, 3, NOON + 62);
    assert_int_equal(raw_int(fixture, "SELECT max(time) FROM closing"), NOON + 62);
    assert_verified(store, NOON + 62, found);
    assert_verified(store, NOON + YEARS, "");
}

/* Five minutes are no alarm; each kind of entry counts. */
static void how_much_is_ahead(void **state)
{
    static const struct {
        int64_t ahead;
        int faults;
    } rows[] = {{-YEARS, 0}, {-1, 0},  {0, 0},    {1, 0},   {299, 0},
                {300, 0},    {301, 1}, {3600, 1}, {DAY, 1}, {YEARS, 1}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *fixture = *state;
        struct store_count count = {0};
        struct buf why = BUF_INIT;

        give(fixture->store, 1, true, EN_1, "newsletter", NOON);
        erase(fixture->store, 1, NOON + rows[i].ahead);
        store_verify_times(fixture->store, NOON, &(struct fault_sink){add_fault, &why}, &count);
        assert_int_equal(count.faults, rows[i].faults);
        buf_reset(&why);
        assert_true(store_begin(fixture->store));
        assert_int_equal(store_is_ahead(fixture->store, NOON, &why), rows[i].faults);
        store_rollback(fixture->store);
        buf_release(&why);
        tear_down(state);
        set_up(state);
    }
}

/* A yes of a time to come is of nobody knows when: said again it is recorded, and counts then. */
static void what_is_ahead_is_said_again(void **state)
{
    static const struct {
        int64_t ahead;
        int64_t records;
    } rows[] = {{0, 1}, {300, 1}, {301, 2}, {YEARS, 2}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *fixture = *state;

        give(fixture->store, 1, true, EN_1, "newsletter", NOON + rows[i].ahead);
        give(fixture->store, 1, false, EN_1, "newsletter", NOON);
        assert_int_equal(raw_int(fixture, "SELECT count(*) FROM record"), rows[i].records);
        give(fixture->store, 1, false, EN_1, "newsletter", NOON);
        assert_int_equal(raw_int(fixture, "SELECT count(*) FROM record"), rows[i].records);
        tear_down(state);
        set_up(state);
    }
}

/* What is ahead keeps nothing behind it from being removed in time. */
static void it_keeps_nothing(void **state)
{
    static const struct store_retention retention = {NOON + 50 * DAY, NOON + 20 * DAY,
                                                     NOON + 50 * DAY};
    struct fixture *fixture = *state;
    bool more = true;

    for (int i = 0; i < 300; i++)
        give(fixture->store, i, true, EN_1, "newsletter", NOON + YEARS);
    for (int i = 300; i < 600; i++)
        give(fixture->store, i, true, EN_1, "newsletter", NOON);
    for (int64_t next = 0; more;)
        assert_true(store_prune(fixture->store, &retention, NOON + 100 * DAY, &next, &more));
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM record"), 300);
    assert_int_equal(raw_int(fixture, "SELECT min(time) FROM record"), NOON + YEARS);
}

/* A visitor has three records a day made here; a no, withdrawing and erasing are never too much. */
static void so_many_a_day(void **state)
{
    static const struct {
        int64_t at; /* seconds from NOON */
        enum answer answer;
        enum act_result result;
    } rows[] = {
        {0, ANSWER_GIVEN, ACT_DONE},
        {1, ANSWER_REFUSED, ACT_DONE},
        {2, ANSWER_GIVEN, ACT_DONE},
        {3, ANSWER_GIVEN, ACT_DONE},   /* it is recorded already */
        {3, ANSWER_REFUSED, ACT_DONE}, /* a no always passes */
        {4, ANSWER_GIVEN, ACT_LIMITED},
        {DAY, ANSWER_GIVEN, ACT_LIMITED},
        {DAY + 1, ANSWER_GIVEN, ACT_DONE},
        {DAY + 1, ANSWER_REFUSED, ACT_DONE},
        {DAY + 1, ANSWER_GIVEN, ACT_LIMITED},
        {DAY + 1, ANSWER_WITHDRAWN, ACT_NOTHING},
        {-3 * DAY, ANSWER_GIVEN, ACT_DONE}, /* the clock was ahead: that was not this day */
        {-3 * DAY, ANSWER_WITHDRAWN, ACT_DONE},
    };
    struct fixture *fixture = *state;

    store_limit_acts(fixture->store, 3);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool back = rows[i].answer == ANSWER_WITHDRAWN;
        struct act act = act_on(back ? ACT_WITHDRAWAL : ACT_ANSWERS, 1, i == 0, EN_1);

        say(&act, "newsletter", rows[i].answer);
        if (do_act(fixture->store, &act, NOON + rows[i].at) != rows[i].result)
            fail_msg("row %zu", i);
    }
    give(fixture->store, 2, true, EN_1, "newsletter", NOON + DAY + 1);
    erase(fixture->store, 1, NOON + DAY + 1);
}

static void take_key(void *context, const char *key)
{
    buf_addf(context, "%s ", key);
}

/* The newest key stays the last, though the one before it is of a later time. */
static void keys_in_their_order(void **state)
{
    struct fixture *fixture = *state;
    struct buf keys = BUF_INIT;

    assert_true(store_begin(fixture->store));
    assert_true(store_add_signer(fixture->store, "b", NOON + YEARS));
    assert_true(store_add_signer(fixture->store, "a", NOON));
    assert_true(store_commit(fixture->store));
    assert_true(store_signers(fixture->store, take_key, &keys));
    assert_string_equal(keys.data, "b a ");
    buf_release(&keys);
}

/* No record can be dated by such a clock. */
static void other_years_are_refused(void **state)
{
    static const int64_t refused[] = {-1, INT64_C(253402300800), INT64_MAX};
    struct store *store = ((struct fixture *)*state)->store;

    assert_true(store_knows_time(store, 0));
    assert_true(store_knows_time(store, INT64_C(253402300799)));
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_false(store_knows_time(store, refused[i]));
        assert_string_equal(store_why(store), "the clock is outside the years 1970 to 9999");
    }
}

#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(it_does_not_spread),
        IN_A_DATABASE(how_much_is_ahead),
        IN_A_DATABASE(what_is_ahead_is_said_again),
        IN_A_DATABASE(it_keeps_nothing),
        IN_A_DATABASE(so_many_a_day),
        IN_A_DATABASE(keys_in_their_order),
        IN_A_DATABASE(other_years_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
