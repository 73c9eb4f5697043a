/* A database altered behind the store's back: each alteration is named. */
#include "../fixtures/store_fixture.h"

#define NO_TRIGGERS                                                                     \
    "DROP TRIGGER entry_fixed; DROP TRIGGER entry_kept; DROP TRIGGER record_fixed;"     \
    "DROP TRIGGER text_fixed; DROP TRIGGER text_kept; DROP TRIGGER offer_fixed;"        \
    "DROP TRIGGER offer_kept; DROP TRIGGER question_fixed; DROP TRIGGER question_kept;" \
    "DROP TRIGGER closing_newest; DROP TRIGGER closing_fixed; DROP TRIGGER closing_kept;"

/* The columns of a record behind its place, of another one. */
#define REST "visitor, offer, kind, gpc, time, id, salt, answers, earlier FROM record WHERE entry ="

static void fill(struct store *store)
{
    give(store, 1, true, EN_1, "newsletter", NOON);               /* 0 */
    give(store, 2, true, EN_1, "newsletter", NOON);               /* 1 */
    give(store, 1, false, EN_2, "newsletter", NOON + 60);         /* 2: 0 stands no longer */
    give(store, 1, false, EN_2, "visitor-statistics", NOON + 60); /* 3 */
    give(store, 3, true, EN_1, "newsletter", NOON + 60);          /* 4, 5 takes it back */
    erase(store, 3, NOON + 60);                                   /* 6 closes both */
}

static void each_alteration_is_named(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *sql, *fault;
    } rows[] = {
        {"", ""},
        {"UPDATE entry SET hash = zeroblob(32) WHERE place = 1",
         "entry 1: it does not match its entry"},
        {"UPDATE record SET salt = zeroblob(32) WHERE entry = 2",
         "entry 2: it does not match its entry"},
        {"UPDATE record SET answers = 'newsletter=r' WHERE entry = 1",
         "entry 1: it does not match its entry"},
        {"UPDATE record SET answers = 'newsletter' WHERE entry = 0",
         "entry 0: it cannot be parsed"},
        {"UPDATE record SET answers = 'newsletter=x' WHERE entry = 0",
         "entry 0: it cannot be parsed"},
        {"UPDATE record SET answers = 'newsletter=o' WHERE entry = 0",
         "entry 0: it does not match its entry"},
        {"UPDATE record SET answers = 'newsletter=w' WHERE entry = 0",
         "entry 0: it cannot be parsed"},
        {"UPDATE record SET answers = answers || ' ' WHERE entry = 0",
         "entry 0: it cannot be parsed"},
        {"UPDATE record SET answers = answers || ' ' || answers WHERE entry = 0",
         "entry 0: it cannot be parsed"},
        {"UPDATE record SET answers = 'news' || char(0) || 'letter=g' WHERE entry = 0",
         "entry 0: it cannot be parsed"},
        {"UPDATE record SET answers = '' WHERE entry = 0", "entry 0: it cannot be parsed"},
        {"UPDATE record SET kind = 1 WHERE entry = 0", "entry 0: it cannot be parsed"},
        {"UPDATE record SET kind = 1, answers = '' WHERE entry = 0",
         "entry 0: it does not match its entry"},
        {"UPDATE record SET gpc = 1 WHERE entry = 0", "entry 0: it does not match its entry"},
        {"UPDATE record SET id = zeroblob(16) WHERE entry = 3",
         "entry 3: it does not match its entry"},
        {"UPDATE record SET time = time + 1 WHERE entry = 3",
         "entry 3: it does not match its entry"},
        {"UPDATE record SET time = 253402300800 WHERE entry = 3", "entry 3: it cannot be parsed"},
        {"UPDATE record SET offer = 1 WHERE entry = 3", "entry 3: it does not match its entry"},
        {"UPDATE offer SET revision = '2026-03-02' WHERE id = 2",
         "entry 0: it does not match its entry"},
        {"UPDATE record SET offer = 99 WHERE entry = 3", "entry 3: its text is missing"},
        {"DELETE FROM offer WHERE id = 3", "entry 3: its text is missing"},
        {"UPDATE record SET visitor = zeroblob(32) WHERE entry = 1",
         "entry 1: it does not match its entry"},
        {"UPDATE record SET visitor = (SELECT visitor FROM record WHERE entry = 1) WHERE entry = 3",
         "entry 3: it does not match its entry"},
        {"UPDATE record SET earlier = x'' WHERE entry = 3",
         "entry 3: it does not refer to the earlier answers that are current"},
        {"UPDATE record SET earlier = zeroblob(8) WHERE entry = 3",
         "entry 3: it does not refer to the earlier answers that are current"},
        {"UPDATE record SET earlier = zeroblob(8) WHERE entry = 2",
         "entry 2: it does not refer to the earlier answers that are current"},
        {"UPDATE record SET earlier = x'0000000000000001' WHERE entry = 2",
         "entry 2: it does not refer to the earlier answers that are current"},
        {"UPDATE record SET earlier = CAST(earlier || x'0000000000000004' AS BLOB) WHERE entry = 3",
         "entry 3: it does not refer to the earlier answers that are current"},
        {"UPDATE record SET earlier = CAST(earlier || zeroblob(8) AS BLOB) WHERE entry = 3",
         "entry 3: it does not refer to the earlier answers that are current"},
        {"INSERT INTO question VALUES (3, 'more', 'consent')",
         "language en, question more: the text does not contain it"},
        {"UPDATE question SET basis = 'legitimate-interests' WHERE id = 'newsletter'",
         "entry 0: its text has no such question with that legal basis"},
        {"DELETE FROM question WHERE id = 'newsletter'",
         "entry 0: its text has no such question with that legal basis"},
        {"UPDATE text SET body = CAST('# Privacy policy' AS BLOB) WHERE"
         " CAST(body AS TEXT) LIKE '%again%'",
         ": does not match its hash"},
        {"UPDATE offer SET document = document || char(0) WHERE id = 2",
         "entry 0: it does not match its entry"},
        {"DELETE FROM entry WHERE place = 1", "entries 1 to 1 are missing"},
        {"INSERT INTO entry VALUES (-1, zeroblob(32))", "entry -1: the log has no such index"},
        {"INSERT INTO entry VALUES (9223372036854775807, zeroblob(32))",
         "entries 7 to 9223372036854775806 are missing"},
        {"DELETE FROM entry WHERE place > 1", "entry 2: it is missing, but its record exists"},
        {"INSERT INTO entry VALUES (9, zeroblob(32))", "entries 7 to 8 are missing"},
        {"REPLACE INTO entry VALUES (0, zeroblob(32))", "entry 0: it does not match its entry"},
        {"INSERT INTO record SELECT 9, " REST " 0",
         "entry 9: it is missing, but its record exists"},
        {"INSERT INTO record SELECT 4, " REST " 0",
         "entry 4: it exists, although its entry was removed"},
        {"REPLACE INTO record SELECT 0, " REST " 3", "entry 0: it does not match its entry"},
        {"DELETE FROM text", "database: a row of offer (1) refers to a row of text that does"},
        {"UPDATE entry SET hash = (SELECT hash FROM entry WHERE place = 1) WHERE place = 0",
         "entry 0: it does not match its entry"},
        {"DELETE FROM record WHERE entry = 1",
         "entry 1: its record is missing, and no removal names it"},
        {"DELETE FROM closing", "entry 4: its record is missing, and no removal names it"},
        {"UPDATE closing SET canonical = CAST(replace(CAST(canonical AS TEXT), '[[4,5]]',"
         " '[[1,1],[4,5]]') AS BLOB)",
         "entry 6: a removal does not match its entry"},
        {"UPDATE closing SET canonical = CAST(replace(CAST(canonical AS TEXT), '[[4,5]]',"
         " '[[1,1],[4,5]]') AS BLOB)",
         "entry 1: it exists, although its entry was removed"},
        {"UPDATE closing SET canonical = CAST(replace(CAST(canonical AS TEXT), '[[4,5]]',"
         " '[[4,9]]') AS BLOB)",
         "entry 6: a removal names a later entry"},
        {"UPDATE closing SET canonical = CAST(replace(CAST(canonical AS TEXT), '[[4,5]]',"
         " '[[4,4],[5,5]]') AS BLOB)",
         "entry 6: a removal cannot be parsed"},
        {"UPDATE closing SET salt = zeroblob(32)", "entry 6: a removal does not match its entry"},
        {"UPDATE closing SET time = time + 1",
         "entry 6: a removal has a different time in its row"},
        {"UPDATE record SET entry = 4 WHERE entry = 3",
         "entry 4: it exists, although its entry was removed"},
        {"CREATE TABLE kept AS SELECT * FROM record", "database: the table kept is not part of"},
        {"CREATE TRIGGER keep BEFORE DELETE ON record BEGIN SELECT 1; END",
         "database: the trigger keep is not part of the schema"},
        {"CREATE TRIGGER entry_kept BEFORE DELETE ON entry"
         " BEGIN SELECT raise(ABORT, 'an entry is never deleted--'); DELETE FROM pending_wipe "
         "WHERE ('\n"
         "'); END",
         "database: the trigger entry_kept is not part of the schema"},
        {"CREATE TRIGGER entry_kept -- as it was\n BEFORE DELETE ON entry"
         " BEGIN SELECT raise(ABORT, 'an entry is never deleted'); END",
         ""},
        {"CREATE VIEW record_now AS SELECT 1", "database: the view record_now is not part of"},
        {"CREATE VIEW \"v\x1b[2K\nall \xc2\x9b\xff\" AS SELECT 1",
         "database: the view v\xef\xbf\xbd[2K all \xef\xbf\xbd\xef\xbf\xbd is not part of"},
        {"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name ="
         " 'record_of_visitor'",
         "database: "},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct store_count count;
        struct buf faults = BUF_INIT;

        fill(fixture->store);
        store_close(fixture->store);
        raw_do(fixture, NO_TRIGGERS);
        raw_do(fixture, rows[i].sql);
        fixture->store = reopen(fixture, STORE_READ);
        store_verify(fixture->store, &(struct fault_sink){add_fault, &faults}, &count);
        if (!strstr(faults.data, rows[i].fault) || (!*rows[i].fault && faults.len))
            fail_msg("%s:\n%s instead of\n%s", rows[i].sql, faults.data, rows[i].fault);
        assert_int_equal(count.faults > 0, faults.len > 0);
        buf_release(&faults);
        tear_down(state);
        set_up(state);
        fixture = *state;
    }
}

/* A damaged record spoils neither the walk nor the page of its visitor. */
/* SQLite says itself what it cannot read, by a name that is anybody's. */
static void a_reason_is_plain(void **state)
{
    struct fixture *fixture = *state;
    struct buf why = BUF_INIT;

    raw_do(fixture, "CREATE TABLE \"a\x1b[2J\nb\" (d); PRAGMA writable_schema = ON;"
                    " UPDATE sqlite_schema SET sql = 'CREATE TABLE (' WHERE name LIKE 'a%'");
    assert_null(store_open(fixture->path, STORE_READ, &why));
    if (!strstr(why.data, "(a\xef\xbf\xbd[2J b)"))
        fail_msg("%s", why.data);
    buf_release(&why);
}

static void take_record(void *context, const struct store_record *record)
{
    buf_addf(context, "%lld%s ", (long long)record->index, record->view ? "" : " damaged");
}

static void the_rest_is_still_read(void **state)
{
    struct fixture *fixture = *state;
    struct buf out = BUF_INIT;
    uint8_t key[ACT_VISITOR];

    fill(fixture->store);
    raw_do(fixture, NO_TRIGGERS "UPDATE record SET answers = '7b' WHERE entry = 2");
    visitor_of(1, key);
    assert_true(store_records(fixture->store, key, 0, 50, take_record, &out));
    assert_string_equal(out.data, "3 2 damaged 0 ");
    buf_release(&out);
}

/* Somebody is erased at the first fault, which is told before the entries are read. */
struct meanwhile {
    struct store *writer;
    struct buf faults;
};

static void erase_meanwhile(void *context, const char *what)
{
    struct meanwhile *meanwhile = context;

    if (!meanwhile->faults.len)
        erase(meanwhile->writer, 2, NOON + 120);
    add_fault(&meanwhile->faults, what);
}

static void others_write_meanwhile(void **state)
{
    struct fixture *fixture = *state;
    struct meanwhile meanwhile = {.faults = BUF_INIT};
    struct store_count count;
    struct store *reader;

    fill(fixture->store);
    store_close(fixture->store);
    raw_do(fixture, NO_TRIGGERS "UPDATE closing SET time = time + 1");
    meanwhile.writer = fixture->store = reopen(fixture, STORE_WRITE);
    reader = reopen(fixture, STORE_READ);
    store_verify(reader, &(struct fault_sink){erase_meanwhile, &meanwhile}, &count);
    assert_string_equal(meanwhile.faults.data,
                        "entry 6: a removal has a different time in its row\n");
    assert_int_equal(count.entries, 7);
    store_verify(reader, &(struct fault_sink){add_fault, &meanwhile.faults}, &count);
    assert_int_equal(count.entries, 9); /* it was taken back, then closed */
    store_close(reader);
    buf_release(&meanwhile.faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_alteration_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reason_is_plain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_rest_is_still_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(others_write_meanwhile, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
