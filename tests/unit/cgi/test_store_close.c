/* What is closed: by erasure and by retention. */
#include "../fixtures/store_fixture.h"

#include <sys/stat.h>

#include "base/file.h"
#include "keeper/maintenance.h"
#include "record/closing.h"

static void assert_verified(struct store *store, int64_t entries, int64_t records, int64_t closed)
{
    struct store_count count;
    struct buf faults = BUF_INIT;

    store_verify(store, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, "");
    assert_int_equal(count.entries, entries);
    assert_int_equal(count.records, records);
    assert_int_equal(count.closed, closed);
    buf_release(&faults);
}

static void count_hash(void *context, enum closing_reason reason,
                       const uint8_t hash[CANONICAL_ENTRY])
{
    (void)reason, (void)hash;
    ++*(int *)context;
}

static void erasing_leaves_the_log(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    uint8_t key[ACT_VISITOR];
    int64_t last;
    int hashes = 0;

    give(store, 1, true, EN_1, "newsletter", NOON);
    give(store, 2, true, EN_1, "newsletter", NOON);
    give(store, 1, false, EN_2, "partner-offers.randur", NOON);
    erase(store, 1, NOON); /* two withdrawals on two texts, and the closing */
    assert_stands(store, 1, "stranger");
    assert_stands(store, 2, "privacy-policy:newsletter=given@2026-03-01/en+0");
    give(store, 3, true, EN_1, "newsletter", NOON);
    assert_verified(store, 7, 2, 4);

    visitor_of(1, key);
    assert_true(store_begin(store));
    assert_int_equal(store_erase(store, key, NOON), ACT_STRANGER);
    assert_true(store_pending_wipes(store, -1, &last, count_hash, &hashes));
    assert_int_equal(last, 5);
    assert_int_equal(hashes, 4);
    assert_true(store_clear_pending_wipes(store, last));
    assert_true(store_pending_wipes(store, -1, &last, count_hash, &hashes));
    assert_int_equal(last, -1);
    assert_true(store_commit(store));
}

/* What stands cannot be read, and so not be taken back: that keeps nobody from going. */
static void damage_keeps_nobody(void **state)
{
    struct fixture *fixture = *state;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    store_close(fixture->store);
    raw_do(fixture, "DROP TRIGGER record_fixed; UPDATE record SET answers = '?' WHERE entry = 0");
    fixture->store = reopen(fixture, STORE_WRITE);
    erase(fixture->store, 1, NOON);
    assert_stands(fixture->store, 1, "stranger");
    assert_verified(fixture->store, 3, 1, 1);
}

/* Time goes on behind what was closed, though the record that had it last is gone. */
/* Somebody gave them a record before the log's first place, which no closing can name. */
static void nor_does_what_is_in_no_log(void **state)
{
    struct fixture *fixture = *state;
    int64_t last;
    int hashes = 0;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    raw_do(fixture, "INSERT INTO entry VALUES (-1, zeroblob(32));"
                    " INSERT INTO record SELECT -1, visitor, offer, kind, gpc, time, zeroblob(16),"
                    " salt, answers, earlier FROM record WHERE entry = 0");
    erase(fixture->store, 1, NOON);
    assert_stands(fixture->store, 1, "stranger");
    assert_true(store_begin(fixture->store));
    assert_true(store_pending_wipes(fixture->store, -1, &last, count_hash, &hashes));
    assert_int_equal(hashes, 2);
    store_rollback(fixture->store);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM record"), 1);
}

/* A closing has the clock's time as well, whatever the one before it. */
static void time_is_the_clocks(void **state)
{
    struct fixture *fixture = *state;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON + 100);
    erase(fixture->store, 1, NOON);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    assert_stands(fixture->store, 2, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_int_equal(raw_int(fixture, "SELECT time FROM closing"), NOON);
    assert_verified(fixture->store, 4, 1, 2);
}

/* Whether bytes are anywhere in the files of the database. */
static bool lies_about(const struct fixture *fixture, const void *bytes, size_t len)
{
    static const char *const files[] = {"", "-wal"};
    bool found = false;

    for (size_t i = 0; i < COUNT(files); i++) {
        char *path = mem_printf("%s%s", fixture->path, files[i]);
        struct buf content = BUF_INIT;

        if (file_read(path, &content))
            found = found || memmem(content.data, content.len, bytes, len);
        buf_release(&content);
        free(path);
    }
    return found;
}

static int count_traces(const struct fixture *fixture, int visitors, uint8_t (*salts)[RECORD_SALT])
{
    int found = 0;

    for (int i = 0; i < visitors; i++) {
        uint8_t key[ACT_VISITOR];

        visitor_of(i, key);
        found +=
            lies_about(fixture, key, sizeof key) || lies_about(fixture, salts[i], sizeof salts[i]);
    }
    return found;
}

static void take_salt(void *context, const struct store_record *record)
{
    memcpy(context, record->salt, RECORD_SALT);
}

/* Deleting alone leaves bytes behind; that it does here shows that this test would find some. */
static void nothing_lies_about(void **state)
{
    enum { ALL = 3000, ERASED = 60 };
    struct fixture *fixture = *state;
    uint8_t salts[ERASED][RECORD_SALT], key[ACT_VISITOR];
    bool done;

    assert_true(store_begin(fixture->store));
    for (int i = 0; i < ALL; i++) {
        struct act act = act_on(ACT_ANSWERS, i, true, EN_1);
        uint8_t id[ACT_RECORD_ID];

        say(&act, "newsletter", ANSWER_GIVEN);
        assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
    }
    assert_true(store_commit(fixture->store));
    for (int i = 0; i < ERASED; i++) {
        visitor_of(i, key);
        assert_true(store_records(fixture->store, key, 0, 1, take_salt, salts[i]));
    }
    assert_int_equal(count_traces(fixture, ERASED, salts), ERASED);
    for (int i = 0; i < ERASED; i++)
        erase(fixture->store, i, NOON);
    assert_true(count_traces(fixture, ERASED, salts) > 0);
    assert_true(store_compact(fixture->store, &done) && done);
    assert_int_equal(count_traces(fixture, ERASED, salts), 0);
    assert_verified(fixture->store, ALL + 2 * ERASED, ALL - ERASED, 2 * ERASED);
}

static int64_t size_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_size;
}

/* A reader is in the way: it is said, and the next try succeeds. */
static void a_reader_is_waited_for(void **state)
{
    struct fixture *fixture = *state;
    char *wal = mem_printf("%s-wal", fixture->path);
    struct store *reader = reopen(fixture, STORE_READ);
    struct store_stats stats;
    int64_t size;
    bool done;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    assert_true(store_begin(reader) && store_stats(reader, &stats));
    erase(fixture->store, 1, NOON);
    assert_true(store_compact(fixture->store, &done));
    assert_false(done);
    size = size_of(wal);
    assert_true(store_compact(fixture->store, &done));
    assert_int_equal(size_of(wal), size); /* trying costs nothing */
    store_rollback(reader);
    assert_true(store_compact(fixture->store, &done));
    assert_true(done);
    store_close(reader);
    free(wal);
}

/* Whoever erases again and again does not put the rewriting off for ever. */
static void erasing_does_not_postpone(void **state)
{
    struct fixture *fixture = *state;
    struct maintenance maintenance;

    maintenance_begin(&maintenance, fixture->path, fixture->store);
    assert_int_equal(maintenance_due(&maintenance), -1);
    for (int visitor = 1; visitor <= 2; visitor++) {
        give(fixture->store, visitor, true, EN_1, "newsletter", NOON);
        erase(fixture->store, visitor, NOON);
        maintenance_note(&maintenance);
        assert_int_equal(maintenance_due(&maintenance) > 0, visitor == 1);
        maintenance.closed_since -= INT64_C(60) * 60 * 1000;
    }
    maintenance_do(&maintenance, NOON);
    assert_false(maintenance.pending_wipes);
}

/* Retention: the days of the acts, and which are left when it is day 100 and what ended by day 50
 * goes; an answer ends 30 days after it was given, unless another was. */

enum { DAY = 24 * 60 * 60 };

static const struct store_retention retention = {NOON + INT64_C(50) * DAY, NOON + INT64_C(20) * DAY,
                                                 NOON + INT64_C(50) * DAY};

static void prune(struct store *store)
{
    bool more = true;

    for (int64_t next = 0; more;)
        assert_true(store_prune(store, &retention, NOON + INT64_C(100) * DAY, &next, &more));
}

static void add_entry(void *context, const struct store_record *record)
{
    buf_addf(context, "%lld ", (long long)record->index);
}

static void what_is_needed_no_longer_goes(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        struct {
            enum { END, YES, NO, BACK, OBJECT, OTHER, BOTH, SEEN } what;
            int day;
        } acts[5];
        const char *left; /* entries, newest first */
    } rows[] = {
        {{{YES, 10}}, ""},
        {{{YES, 25}}, "0 "},           /* has not been expired for long */
        {{{NO, 10}}, ""},              /* a refusal expires alike */
        {{{OBJECT, 1}}, "0 "},         /* an objection does not */
        {{{SEEN, 10}}, ""},            /* has no answer that could stand */
        {{{SEEN, 60}}, "0 "},          /* but its time */
        {{{YES, 10}, {NO, 30}}, "1 "}, /* replaced on day 30 */
        {{{YES, 10}, {NO, 60}}, "1 0 "},
        {{{YES, 30}, {BACK, 40}}, ""},
        {{{YES, 30}, {BACK, 60}}, "1 0 "},
        /* The withdrawal takes the yes back that stands beside another one. */
        {{{BOTH, 30}, {BACK, 40}}, "1 0 "},
        {{{OBJECT, 1}, {BACK, 40}}, ""},
        {{{OBJECT, 1}, {BACK, 40}, {YES, 45}}, "2 "},
        {{{YES, 1}, {BACK, 2}, {YES, 60}}, "2 "},
        /* The older one is replaced in one question only. */
        {{{BOTH, 30}, {NO, 40}}, "1 0 "},
        {{{BOTH, 10}, {NO, 25}}, "1 "},
        /* Both are: in one by its neighbour's, in the other by a text's of its own. */
        {{{BOTH, 10}, {OTHER, 15}, {NO, 25}}, "2 "},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf left = BUF_INIT;
        uint8_t key[ACT_VISITOR];
        int64_t acts = 0;

        for (; rows[i].acts[acts].what != END; acts++) {
            int what = rows[i].acts[acts].what;
            struct act act = act_on(what == BACK   ? ACT_WITHDRAWAL
                                    : what == SEEN ? ACT_ACKNOWLEDGEMENT
                                                   : ACT_ANSWERS,
                                    1, acts == 0, what == OTHER ? EN_2 : EN_1);

            if (what == YES || what == NO || what == BOTH)
                say(&act, "newsletter", what == NO ? ANSWER_REFUSED : ANSWER_GIVEN);
            if (what == BACK) {
                say(&act, "newsletter", ANSWER_WITHDRAWN);
                say(&act, "visitor-statistics", ANSWER_WITHDRAWN);
            }
            if (what == OBJECT)
                say(&act, "visitor-statistics", ANSWER_OBJECTED);
            if (what == OTHER || what == BOTH)
                say(&act, "partner-offers.randur", ANSWER_GIVEN);
            assert_int_equal(
                do_act(fixture->store, &act, NOON + (int64_t)rows[i].acts[acts].day * DAY),
                ACT_DONE);
        }
        prune(fixture->store);
        visitor_of(1, key);
        assert_true(store_records(fixture->store, key, 0, 50, add_entry, &left));
        if (strcmp(left.data, rows[i].left) != 0)
            fail_msg("row %zu: \"%s\" instead of \"%s\"", i, left.data, rows[i].left);
        assert_verified(fixture->store, acts + (left.len < 2 * (size_t)acts), (int64_t)left.len / 2,
                        acts - (int64_t)left.len / 2);
        assert_int_equal(raw_int(fixture, "SELECT count(DISTINCT visitor) FROM record"),
                         left.len > 0);
        buf_release(&left);
        tear_down(state);
        set_up(state);
        fixture = *state;
    }
}

/* Many visitors over several pages; a damaged record stays, and with it its visitor's others. */
static void pruning_goes_page_by_page(void **state)
{
    enum { MANY = 700 };
    struct fixture *fixture = *state;

    for (int i = 0; i < MANY; i++)
        give(fixture->store, i, true, EN_1, i % 2 ? "newsletter" : "visitor-statistics", NOON);
    give(fixture->store, 1, false, EN_2, "newsletter", NOON + DAY);
    store_close(fixture->store);
    raw_do(fixture, "DROP TRIGGER record_fixed; UPDATE record SET answers = '7b7d'"
                    " WHERE entry = 1");
    fixture->store = reopen(fixture, STORE_WRITE);
    prune(fixture->store);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM record"), MANY / 2 + 2);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM closing"), 3);
}

/* The bytes of a closing. */

static void closings_are_canonical(void **state)
{
    static const struct {
        const char *bytes;
        bool sound;
    } rows[] = {
        {"{\"closed\":[[4,5],[7,7]],\"event_time\":\"2026-03-01T12:00:00Z\",\"event_type\":"
         "\"erasure\","
         "\"schema_version\":\"teade-closing-v1\"}",
         true},
        {"{\"closed\":[[0,0]],\"event_time\":\"2026-03-01T12:00:00Z\",\"event_type\":\"retention\","
         "\"schema_version\":\"teade-closing-v1\"}",
         true},
#define WITH_RUNS(runs)                                                            \
    "{\"closed\":" runs ",\"event_time\":\"2026-03-01T12:00:00Z\",\"event_type\":" \
    "\"erasure\",\"schema_version\":\"teade-closing-v1\"}"
        {WITH_RUNS("[]"), false},
        {WITH_RUNS("[[4,5],[6,7]]"), false}, /* one run */
        {WITH_RUNS("[[5,4]]"), false},
        {WITH_RUNS("[[7,7],[4,5]]"), false},
        {WITH_RUNS("[[-1,5]]"), false},
        {WITH_RUNS("[[4]]"), false},
        {WITH_RUNS("[[4,5,6]]"), false},
        {WITH_RUNS("[[4.0,5]]"), false},
        {WITH_RUNS("[ [4,5]]"), false},
        {WITH_RUNS("[[4,9223372036854775807]]"), false},
        {"{\"closed\":[[0,0]],\"event_time\":\"2026-02-30T12:00:00Z\",\"event_type\":\"erasure\","
         "\"schema_version\":\"teade-closing-v1\"}",
         false},
        {"{\"closed\":[[0,0]],\"event_time\":\"2026-03-01T12:00:00Z\",\"event_type\":\"other\","
         "\"schema_version\":\"teade-closing-v1\"}",
         false},
        {"{\"closed\":[[0,0]],\"event_time\":\"2026-03-01T12:00:00Z\",\"event_type\":\"erasure\","
         "\"schema_version\":\"teade-closing-v2\"}",
         false},
        {"{}", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct closing closing;
        struct buf again = BUF_INIT;

        assert_int_equal(closing_parse(&closing, str_of(rows[i].bytes)), rows[i].sound);
        if (rows[i].sound) {
            closing_canonical(&closing, &again);
            assert_string_equal(again.data, rows[i].bytes);
        }
        buf_release(&again);
        closing_release(&closing);
    }
}

#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(erasing_leaves_the_log),     IN_A_DATABASE(damage_keeps_nobody),
        IN_A_DATABASE(nor_does_what_is_in_no_log), IN_A_DATABASE(time_is_the_clocks),
        IN_A_DATABASE(nothing_lies_about),         IN_A_DATABASE(a_reader_is_waited_for),
        IN_A_DATABASE(erasing_does_not_postpone),  IN_A_DATABASE(what_is_needed_no_longer_goes),
        IN_A_DATABASE(pruning_goes_page_by_page),  cmocka_unit_test(closings_are_canonical),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
