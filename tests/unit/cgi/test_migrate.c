/* Databases of older schemas become today's.  tests/databases has one of each, as SQL. */
#include "../fixtures/store_fixture.h"

#include "../fixtures/dump.h"
#include "base/file.h"

static const char *const tables_of_1[] = {"text",    "offer",   "question", "entry",
                                          "visitor", "opening", "standing"};

static void load(const char *path, const char *file)
{
    struct buf sql = BUF_INIT;
    char *why = NULL;
    sqlite3 *db;

    assert_true(file_read(file, &sql));
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql.data, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
    buf_release(&sql);
}

/* The old one as the program of its time left it. */
static int set_up_old(void **state)
{
    struct fixture *fixture = mem_alloc(sizeof *fixture);

    fixture->folder = folder_new();
    fixture->path = mem_printf("%s/consent.db", fixture->folder);
    load(fixture->path, "tests/databases/1.sql");
    *state = fixture;
    return 0;
}

static void dump_file(const char *path, const char *sql, struct buf *out)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (!dump_query(db, sql, out))
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void dump_rows(const char *path, struct buf *out)
{
    for (size_t i = 0; i < COUNT(tables_of_1); i++) {
        char *sql = mem_printf("SELECT '%s', * FROM \"%s\"", tables_of_1[i], tables_of_1[i]);

        dump_file(path, sql, out);
        free(sql);
    }
}

/* Without comments and white space, in which the files of two versions may differ. */
static void dump_schema(const char *path, struct buf *out)
{
    struct buf text = BUF_INIT;
    bool comment = false;

    dump_file(path, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name",
              &text);
    dump_file(path, "PRAGMA application_id", &text);
    dump_file(path, "PRAGMA user_version", &text);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n')
            comment = false;
        else if (text.data[i] == '-' && text.data[i + 1] == '-')
            comment = true;
        if (!comment && text.data[i] > ' ')
            buf_addc(out, text.data[i]);
    }
    buf_release(&text);
}

static void assert_same(void (*dump)(const char *path, struct buf *out), const char *path,
                        const char *other)
{
    struct buf one = BUF_INIT, two = BUF_INIT;

    dump(path, &one);
    dump(other, &two);
    assert_string_equal(one.data, two.data);
    assert_true(one.len > 0);
    buf_release(&one);
    buf_release(&two);
}

static char *beside(const struct fixture *fixture, const char *name)
{
    return mem_printf("%s/%s", fixture->folder, name);
}

static void nothing_is_lost(void **state)
{
    struct fixture *fixture = *state, fresh = {.path = beside(fixture, "fresh.db")};
    char *old = beside(fixture, "old.db"), *copy = mem_printf("%s.schema-1", fixture->path);
    struct store_count count;
    struct buf faults = BUF_INIT;

    load(old, "tests/databases/1.sql");
    store_close(reopen(&fresh, STORE_WRITE));
    fixture->store = reopen(fixture, STORE_WRITE);
    store_verify(fixture->store, add_fault, &faults, &count);
    assert_string_equal(faults.data, "");
    assert_int_equal(count.records, 19);
    store_close(fixture->store);
    fixture->store = NULL;

    assert_same(dump_rows, fixture->path, old);
    assert_same(dump_schema, fixture->path, fresh.path);
    assert_same(dump_rows, copy, old);
    assert_same(dump_schema, copy, old);
    buf_release(&faults);
    free(copy);
    free(old);
    free(fresh.path);
}

/* What today's program does with records, it does with the old ones. */
static void old_records_can_be_erased(void **state)
{
    struct fixture *fixture = *state;
    struct store_count count;
    struct buf faults = BUF_INIT;

    fixture->store = reopen(fixture, STORE_WRITE);
    erase(fixture->store, 1, NOON + 9000);
    assert_stands(fixture->store, 1, "stranger");
    store_verify(fixture->store, add_fault, &faults, &count);
    assert_string_equal(faults.data, "");
    assert_int_equal(count.records, 17);
    buf_release(&faults);
}

/* What follows from the rows is made of them. */
static void the_tree_is_made(void **state)
{
    enum { MANY = 600 };
    struct fixture *fixture = *state;
    struct store_count count;
    struct buf faults = BUF_INIT;

    for (int n = 0; n < MANY; n++)
        give(fixture->store, n, true, EN_1, "newsletter", NOON);
    store_close(fixture->store);
    raw_do(fixture,
           "DROP TABLE pending_wipe; DROP TABLE closing; DROP TABLE provision; DROP TABLE node;"
           "DROP TABLE checkpoint; DROP TABLE signer; PRAGMA user_version = 1");
    fixture->store = reopen(fixture, STORE_WRITE);
    store_verify(fixture->store, add_fault, &faults, &count);
    assert_string_equal(faults.data, "");
    assert_int_equal(count.records, MANY);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM node"), MANY / 256);
    buf_release(&faults);
}

static void assert_refused(const struct fixture *fixture, enum store_mode mode, const char *words)
{
    struct buf why = BUF_INIT;

    assert_null(store_open(fixture->path, mode, false, &why));
    if (!strstr(why.data, words))
        fail_msg("\"%s\" does not say \"%s\"", why.data, words);
    buf_release(&why);
}

static void readers_are_told_the_remedy(void **state)
{
    struct fixture *fixture = *state;

    assert_refused(fixture, STORE_READ, "`teade-records migrate`");
    assert_int_equal(raw_int(fixture, "SELECT user_version FROM pragma_user_version"), 1);
}

static void it_is_done_once(void **state)
{
    struct fixture *fixture = *state;
    struct buf why = BUF_INIT;
    int64_t from, to;
    char *copy;

    assert_true(store_migrate(fixture->path, &from, &to, &copy, &why));
    assert_int_equal(from, 1);
    assert_int_equal(to, 3);
    assert_true(file_exists(copy));
    free(copy);
    assert_true(store_migrate(fixture->path, &from, &to, &copy, &why));
    assert_int_equal(from, 3);
    assert_null(copy);
    assert_string_equal(why.data, "");

    raw_do(fixture, "PRAGMA user_version = 4");
    assert_false(store_migrate(fixture->path, &from, &to, &copy, &why));
    assert_non_null(strstr(why.data, "newer"));
    assert_refused(fixture, STORE_READ, "newer");
    assert_refused(fixture, STORE_WRITE, "newer");
    buf_release(&why);
}

/* Without room for the copy the database stays as it is. */
static void without_a_copy_nothing_changes(void **state)
{
    struct fixture *fixture = *state;
    char *in_the_way = mem_printf("%s.schema-1.tmp/full", fixture->path);

    assert_true(file_create(in_the_way, str_of("")));
    assert_refused(fixture, STORE_WRITE, "schema-1.tmp");
    assert_int_equal(raw_int(fixture, "SELECT user_version FROM pragma_user_version"), 1);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM sqlite_schema WHERE name = 'closing'"),
                     0);
    free(in_the_way);
}

#define OF_AN_OLD_ONE(test) cmocka_unit_test_setup_teardown(test, set_up_old, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_AN_OLD_ONE(nothing_is_lost),
        OF_AN_OLD_ONE(old_records_can_be_erased),
        cmocka_unit_test_setup_teardown(the_tree_is_made, set_up, tear_down),
        OF_AN_OLD_ONE(readers_are_told_the_remedy),
        OF_AN_OLD_ONE(it_is_done_once),
        OF_AN_OLD_ONE(without_a_copy_nothing_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
