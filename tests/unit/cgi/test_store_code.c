/* What the holder of a receipt can take back. */
#include "../fixtures/store_fixture.h"

enum { FAR = 1 << 30 };

/* What is asked about an entry: it fits where salt and number are those that are wanted. */
struct question {
    uint8_t salt[CANONICAL_SALT], entry[CANONICAL_ENTRY];
};

static bool is_wanted(const void *context, const uint8_t salt[CANONICAL_SALT],
                      const uint8_t entry[CANONICAL_ENTRY])
{
    const struct question *question = context;

    return memcmp(question->salt, salt, CANONICAL_SALT) == 0 &&
           memcmp(question->entry, entry, CANONICAL_ENTRY) == 0;
}

static void take_entry(void *context, const struct store_entry *entry)
{
    struct question *questions = context;

    memcpy(questions[entry->index].entry, entry->entry.data, CANONICAL_ENTRY);
    if (entry->open)
        memcpy(questions[entry->index].salt, entry->salt, CANONICAL_SALT);
}

/* With the number of the entry at `number`. */
static enum act_result withdraw(struct store *store, int64_t index, int number)
{
    struct question questions[16] = {0};
    uint8_t id[ACT_RECORD_ID];
    enum act_result result;

    assert_true(store_entries(store, take_entry, questions));
    assert_true(store_begin(store));
    result = store_withdraw_record(store, index, is_wanted, &questions[number], NOON, id);
    assert_true(store_commit(store));
    return result;
}

/* What was withdrawn so is the visitor's own record. */
static void assert_sound(struct store *store)
{
    struct store_count count;
    struct buf faults = BUF_INIT;

    store_verify(store, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, "");
    buf_release(&faults);
}

static void only_of_that_record(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;

    give(store, 1, true, EN_1, "newsletter", NOON);
    give(store, 1, false, EN_1, "visitor-statistics", NOON);
    give(store, 1, false, COOKIES, "newsletter", NOON);
    give(store, 2, true, EN_1, "newsletter", NOON);
    assert_int_equal(withdraw(store, 0, 0), ACT_DONE);
    assert_stands(store, 1,
                  "cookies:newsletter=given@2026-03-01/en+0"
                  " privacy-policy:newsletter=withdrawn@2026-03-01/en+0"
                  " privacy-policy:visitor-statistics=objected@2026-03-01/en+0");
    assert_stands(store, 2, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_int_equal(withdraw(store, 0, 0), ACT_NOTHING); /* it stands no more */
    assert_int_equal(withdraw(store, 1, 1), ACT_NOTHING); /* an objection */
    assert_sound(store);
}

static void what_opens_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    struct act seen = act_on(ACT_ACKNOWLEDGEMENT, 1, false, EN_1);
    struct act no = act_on(ACT_ANSWERS, 1, false, EN_2);

    say(&no, "newsletter", ANSWER_REFUSED);
    give(store, 1, true, EN_1, "newsletter", NOON);
    assert_int_equal(do_act(store, &seen, NOON), ACT_DONE);
    give(store, 2, true, EN_1, "newsletter", NOON);
    assert_int_equal(withdraw(store, 0, 2), ACT_NOTHING); /* another's number */
    assert_int_equal(withdraw(store, 0, 15), ACT_NOTHING);
    assert_int_equal(withdraw(store, FAR, 15), ACT_NOTHING); /* zeros, as of no entry */
    assert_int_equal(withdraw(store, -1, 15), ACT_NOTHING);
    assert_int_equal(withdraw(store, 1, 1), ACT_NOTHING); /* says that a notice was seen */
    assert_stands(store, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    erase(store, 2, NOON); /* a withdrawal and a closing */
    for (int entry = 2; entry < 5; entry++)
        assert_int_equal(withdraw(store, entry, entry), ACT_NOTHING);
    assert_int_equal(do_act(store, &no, NOON), ACT_DONE);
    assert_int_equal(withdraw(store, 5, 5), ACT_NOTHING); /* a no */
}

#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(only_of_that_record),
        IN_A_DATABASE(what_opens_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
