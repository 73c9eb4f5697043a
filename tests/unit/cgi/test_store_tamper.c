/* A database altered at random, in its rows and in its bytes: verify names it, or it cannot be
 * opened. TEST_TAMPERINGS says how often (200), TEST_SEED where to begin.  Rows are changed,
 * removed and exchanged, one at a time; what is added or altered together has its rows in
 * test_store_verify.c.
 *
 * Left out is what no proof rests on: questions that nobody answered and that are gone, when a
 * checkpoint was signed and whether the public saw it, the list of work that is left
 * (pending_wipe). */
#include "../fixtures/store_fixture.h"

#include <unistd.h>

#include "base/file.h"
#include "keeper/anchor_file.h"
#include "keeper/checkpoints.h"
#include "record/disclosure.h"

enum { VISITORS = 80 };

static uint64_t seed;

static uint32_t below(uint32_t limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % limit;
}

struct base {
    struct fixture *fixture;
    struct buf bytes, older; /* of the database's file, and as it was before */
    struct checkpoints_options options;
    char *copy;
};

static void hand_over(struct store *store, int visitor, int64_t now)
{
    struct provision provision = {.ground = GROUND_LAW,
                                  .recipient = {.name = "A court", .address = "Riga"},
                                  .data = "answers"};
    uint8_t key[ACT_VISITOR];

    visitor_of(visitor, key);
    assert_true(store_begin(store));
    assert_int_equal(store_provide(store, key, &provision, now), ACT_DONE);
    assert_true(store_commit(store));
}

/* Questions that are answered in every text, so that each row matters. */
static void fill(struct store *store, int from, int64_t now)
{
    for (int i = from; i < from + VISITORS; i++) {
        struct act act = act_on(ACT_ANSWERS, i, true, i % OFFERS);

        for (int q = 0; q < QUESTIONS; q++)
            say(&act, asked[q].id,
                strcmp(asked[q].basis, "consent") ? ANSWER_OBJECTED : (enum answer)(q % 2));
        assert_int_equal(do_act(store, &act, now), ACT_DONE);
        act = act_on(ACT_ACKNOWLEDGEMENT, i, false, i % OFFERS);
        assert_int_equal(do_act(store, &act, now + 1), ACT_DONE);
        if (i % 5 == 0) {
            act = act_on(ACT_WITHDRAWAL, i, false, 0);
            assert_int_equal(do_act(store, &act, now + 2), ACT_DONE);
        }
        if (i % 3 == 0)
            hand_over(store, i, now + 3);
        if (i % 7 == 0)
            erase(store, i, now + 3);
    }
}

static void make_base(struct base *base)
{
    struct buf why = BUF_INIT;
    struct checkpoints checkpoints;
    bool made;

    base->options = (struct checkpoints_options){mem_printf("%s/keys", base->fixture->folder),
                                                 mem_printf("%s/anchor", base->fixture->folder), 0};
    for (const struct keys_file *file = keys_files; file->name; file++)
        assert_true(keys_make(base->options.keys, file, &made, &why));
    assert_true(checkpoints_begin(&checkpoints, &base->options, base->fixture->store, &why));
    checkpoints_speak_for(&checkpoints, "https://example.com");
    fill(base->fixture->store, 0, NOON);
    checkpoints_do(&checkpoints, NOON);
    store_close(base->fixture->store);
    assert_true(file_read(base->fixture->path, &base->older));
    base->fixture->store = reopen(base->fixture, STORE_WRITE);
    checkpoints.store = base->fixture->store;
    fill(base->fixture->store, VISITORS, NOON + 10);
    checkpoints_end(&checkpoints, NOON + 10);
    store_close(base->fixture->store);
    base->fixture->store = NULL;
    assert_true(file_read(base->fixture->path, &base->bytes));
    base->copy = mem_printf("%s/copy.db", base->fixture->folder);
    buf_release(&why);
}

/* Whether verify, or the anchor, finds anything. */
static bool is_found(const struct base *base, struct buf *faults)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(base->copy, STORE_READ, &why);
    struct store_count count;
    bool is_there, found = !store;

    if (store) {
        store_verify(store, &(struct fault_sink){add_fault, faults}, &count);
        assert_true(store_begin(store));
        found = count.faults > 0 || !anchor_holds(base->options.anchor, store, &is_there, &why);
        store_rollback(store);
    }
    store_close(store);
    buf_addstr(faults, buf_str(&why));
    buf_release(&why);
    return found;
}

static void put_copy(const struct base *base, struct str bytes)
{
    static const char *const beside[] = {"-wal", "-shm"};

    for (size_t i = 0; i < COUNT(beside); i++) {
        char *path = mem_printf("%s%s", base->copy, beside[i]);

        unlink(path);
        free(path);
    }
    assert_true(file_replace(base->copy, bytes));
}

/* Rows. */

static const struct column {
    const char *table, *name;
    enum { NUMBER, BYTES, WORDS } kind;
} columns[] = {
    {"text", "digest", BYTES},       {"text", "body", BYTES},
    {"offer", "id", NUMBER},         {"offer", "digest", BYTES},
    {"offer", "document", WORDS},    {"offer", "revision", WORDS},
    {"offer", "language", WORDS},    {"question", "offer", NUMBER},
    {"question", "id", WORDS},       {"entry", "place", NUMBER},
    {"entry", "hash", BYTES},        {"node", "level", NUMBER},
    {"node", "place", NUMBER},       {"node", "hash", BYTES},
    {"checkpoint", "size", NUMBER},  {"checkpoint", "note", WORDS},
    {"signer", "key", WORDS},        {"record", "entry", NUMBER},
    {"record", "visitor", BYTES},    {"record", "offer", NUMBER},
    {"record", "kind", NUMBER},      {"record", "gpc", NUMBER},
    {"record", "time", NUMBER},      {"record", "id", BYTES},
    {"record", "salt", BYTES},       {"record", "answers", WORDS},
    {"record", "earlier", BYTES},    {"closing", "entry", NUMBER},
    {"closing", "time", NUMBER},     {"closing", "salt", BYTES},
    {"closing", "canonical", BYTES}, {"question", "basis", WORDS},
    {"provision", "entry", NUMBER},  {"provision", "visitor", BYTES},
    {"provision", "id", BYTES},      {"provision", "time", NUMBER},
    {"provision", "salt", BYTES},    {"provision", "canonical", BYTES},
};

static void run(sqlite3 *raw, const char *sql)
{
    char *why = NULL;

    if (sqlite3_exec(raw, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
}

static int64_t number(sqlite3 *raw, const char *sql)
{
    sqlite3_stmt *statement;
    int64_t value;

    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* A condition that one row of a table fulfils: tables have a primary key, whatever it is. */
static const char *key_of(const char *table)
{
    static const char *const keys[][2] = {
        {"text", "digest"},     {"offer", "id"},          {"question", "offer, id"},
        {"entry", "place"},     {"node", "level, place"}, {"checkpoint", "size"},
        {"signer", "key"},      {"record", "entry"},      {"closing", "entry"},
        {"provision", "entry"},
    };

    for (size_t i = 0; i < COUNT(keys); i++)
        if (strcmp(keys[i][0], table) == 0)
            return keys[i][1];
    fail();
    return NULL;
}

static char *row_at(const char *table, int64_t at)
{
    return mem_printf("(%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %lld)", key_of(table),
                      key_of(table), table, key_of(table), (long long)at);
}

/* Changes one value; false: it came out as it was, or where another one stands. */
static bool edit(sqlite3 *raw, const struct column *column, const char *row)
{
    char *length =
        mem_printf("SELECT length(%s) FROM %s WHERE %s", column->name, column->table, row);
    uint32_t len = column->kind == NUMBER ? 3 : (uint32_t)number(raw, length);
    uint32_t at = below(len ? len : 1);
    char *value =
        column->kind == NUMBER
            ? mem_printf("%s + 1 + %u", column->name, at)
            : mem_printf(column->kind == BYTES
                             ? "CAST(substr(%s, 1, %u) || x'5a' || substr(%s, %u) AS BLOB)"
                             : "substr(%s, 1, %u) || 'z' || substr(%s, %u)",
                         column->name, at, column->name, at + 2);
    char *sql = mem_printf("UPDATE OR IGNORE %s SET %s = %s WHERE %s AND %s IS NOT %s",
                           column->table, column->name, value, row, column->name, value);

    run(raw, sql);
    free(length);
    free(value);
    free(sql);
    return sqlite3_changes(raw) > 0;
}

static bool delete (sqlite3 *raw, const struct column *column, const char *row)
{
    char *sql = mem_printf("DELETE FROM %s WHERE %s", column->table, row);

    /* Any head can be computed again: only what it was is lost with one. */
    if (strcmp(column->table, "checkpoint") != 0)
        run(raw, sql);
    free(sql);
    return strcmp(column->table, "checkpoint") != 0 && sqlite3_changes(raw) > 0;
}

/* Two rows exchange a value. */
static bool swap(sqlite3 *raw, const struct column *column, const char *row, const char *other)
{
    char *sql = mem_printf("CREATE TEMP TABLE swapped AS SELECT (SELECT %s FROM %s WHERE %s) AS a,"
                           " (SELECT %s FROM %s WHERE %s) AS b;"
                           "UPDATE OR IGNORE %s SET %s = (SELECT b FROM swapped) WHERE %s"
                           " AND (SELECT a IS NOT b FROM swapped)",
                           column->name, column->table, row, column->name, column->table, other,
                           column->table, column->name, row);

    run(raw, sql);
    free(sql);
    return sqlite3_changes(raw) > 0;
}

static bool alter_rows(const struct base *base, struct buf *what)
{
    const struct column *column = &columns[below(COUNT(columns))];
    char *count = mem_printf("SELECT count(*) FROM %s", column->table), *row, *other;
    unsigned how = below(3);
    bool altered;
    int64_t rows;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(base->copy, &raw), SQLITE_OK);
    run(raw, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;"
             "PRAGMA writable_schema = ON; DELETE FROM main.sqlite_schema WHERE type = 'trigger';"
             "PRAGMA writable_schema = RESET");
    rows = number(raw, count);
    row = row_at(column->table, below((uint32_t)rows));
    other = row_at(column->table, below((uint32_t)rows));
    altered = how == 0   ? edit(raw, column, row)
              : how == 1 ? delete (raw, column, row)
                         : swap(raw, column, row, other);
    buf_addf(what, "%s %s.%s, %s",
             how == 0   ? "edit"
             : how == 1 ? "delete"
                        : "swap",
             column->table, column->name, row);
    sqlite3_close(raw);
    free(count);
    free(row);
    free(other);
    return altered;
}

/* Bytes. */

/* All that the columns say, as far as they can be read. */
static void read_rows(const struct base *base, struct buf *out)
{
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(base->copy, &raw), SQLITE_OK);
    for (size_t i = 0; i < COUNT(columns); i++) {
        char *sql = mem_printf("SELECT %s FROM %s ORDER BY %s", columns[i].name, columns[i].table,
                               key_of(columns[i].table));
        sqlite3_stmt *statement = NULL;
        int step = sqlite3_prepare_v2(raw, sql, -1, &statement, NULL);

        while (step == SQLITE_OK || step == SQLITE_ROW)
            if ((step = sqlite3_step(statement)) == SQLITE_ROW) {
                const char *value = (const char *)sqlite3_column_blob(statement, 0);

                buf_addf(out, "%d:", sqlite3_column_bytes(statement, 0));
                buf_add(out, value ? value : "", (size_t)sqlite3_column_bytes(statement, 0));
            }
        buf_addf(out, "%d;", step);
        sqlite3_finalize(statement);
        free(sql);
    }
    sqlite3_close(raw);
}

static bool alter_bytes(const struct base *base, const struct buf *rows, struct buf *what)
{
    struct buf bytes = BUF_INIT, after = BUF_INIT;
    unsigned how = below(10);
    bool altered;

    buf_addstr(&bytes, buf_str(how == 0 ? &base->older : &base->bytes));
    if (how == 1) {
        size_t len = below((uint32_t)bytes.len);

        buf_addf(what, "cut to %zu bytes", len);
        bytes.len = len;
    } else if (how > 1) {
        size_t at = below((uint32_t)bytes.len);

        bytes.data[at] = (char)(bytes.data[at] ^ 1 << below(8));
        buf_addf(what, "flip at %zu", at);
    } else {
        buf_adds(what, "roll back");
    }
    put_copy(base, buf_str(&bytes));
    read_rows(base, &after);
    altered = !str_equal(buf_str(&after), buf_str(rows));
    put_copy(base, buf_str(&bytes));
    buf_release(&bytes);
    buf_release(&after);
    return altered;
}

static void every_tampering_is_found(void **state)
{
    const char *count = getenv("TEST_TAMPERINGS"), *first = getenv("TEST_SEED");
    struct base base = {.fixture = *state, .bytes = BUF_INIT, .older = BUF_INIT};
    int wanted = count ? atoi(count) : 200, done = 0;
    struct buf rows = BUF_INIT, faults = BUF_INIT;

    seed = first ? strtoull(first, NULL, 10) : 1;
    make_base(&base);
    put_copy(&base, buf_str(&base.bytes));
    read_rows(&base, &rows);
    if (is_found(&base, &faults))
        fail_msg("untouched: %s", faults.data);
    for (int i = 0; done < wanted; i++) {
        struct buf what = BUF_INIT;
        bool altered;

        put_copy(&base, buf_str(&base.bytes));
        altered = i % 3 ? alter_rows(&base, &what) : alter_bytes(&base, &rows, &what);
        buf_reset(&faults);
        if (altered && !is_found(&base, &faults))
            fail_msg("tampering %d: %s is not found", i, what.data);
        done += altered;
        buf_release(&what);
    }
    buf_release(&rows);
    buf_release(&faults);
    buf_release(&base.bytes);
    buf_release(&base.older);
    free((char *)base.options.keys);
    free((char *)base.options.anchor);
    free(base.copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_tampering_is_found, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
