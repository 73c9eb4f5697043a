/* Copies of a database, what was noted since, and taking its place. */
#include "../fixtures/store_fixture.h"

#include "record/disclosure.h"

#include <unistd.h>

#include "base/file.h"
#include "operator/replace_database.h"
#include "store/store_reapply.h"

static void assert_sound(struct store *store, int64_t entries, int64_t records)
{
    struct store_count count;
    struct buf faults = BUF_INIT;

    store_verify(store, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, "");
    assert_int_equal(count.entries, entries);
    assert_int_equal(count.records, records);
    buf_release(&faults);
}

/* A backup beside the database, made by a reader and opened for writing. */
static struct store *copy_of(const struct fixture *fixture, const char *name, struct fixture *copy)
{
    struct store *reader = reopen((struct fixture *)fixture, STORE_READ);

    *copy = (struct fixture){.path = mem_printf("%s/%s", fixture->folder, name)};
    assert_true(file_create(copy->path, str_of("")));
    if (!store_fill(reader, copy->path))
        fail_msg("%s", store_why(reader));
    store_close(reader);
    return copy->store = reopen(copy, STORE_WRITE);
}

static void release_copy(struct fixture *copy)
{
    store_close(copy->store);
    free(copy->path);
}

/* As the keeper notes what was closed. */
static void add_line(void *context, enum closing_reason reason, const uint8_t hash[CANONICAL_ENTRY])
{
    erased_line(context, (enum erased_kind)reason, hash);
}

static void note(const struct fixture *fixture)
{
    struct buf lines = BUF_INIT;
    int64_t last;

    assert_true(store_begin(fixture->store));
    assert_true(store_pending_wipes(fixture->store, -1, &last, add_line, &lines));
    assert_true(erased_note(fixture->path, buf_str(&lines)));
    assert_true(store_clear_pending_wipes(fixture->store, last));
    assert_true(store_commit(fixture->store));
    buf_release(&lines);
}

static void read_noted(const struct fixture *fixture, struct erased *erased)
{
    struct buf why = BUF_INIT;

    assert_true(erased_read(erased, fixture->path, &why));
    buf_release(&why);
}

/* What a database itself knows to be closed. */
static void read_closed(struct store *store, struct erased *erased)
{
    struct buf lines = BUF_INIT;

    assert_true(store_closed(store, add_line, &lines));
    assert_true(erased_add(erased, buf_str(&lines)));
    buf_release(&lines);
}

static struct store_reapplied reapply(struct store *copy, const struct erased *erased)
{
    struct store_reapplied reapplied;

    if (!store_reapply(copy, erased, NOON + 9000, &reapplied))
        fail_msg("%s", store_why(copy));
    return reapplied;
}

/* What was deleted is in no copy, also while it lies about in the database. */
static void only_live_rows_are_copied(void **state)
{
    struct fixture *fixture = *state, copy;
    struct buf bytes = BUF_INIT, before = BUF_INIT;
    uint8_t key[ACT_VISITOR];

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    visitor_of(1, key);
    copy_of(fixture, "before.db", &copy);
    assert_true(file_read(copy.path, &before));
    assert_non_null(memmem(before.data, before.len, key, sizeof key));
    release_copy(&copy);

    erase(fixture->store, 1, NOON);
    copy_of(fixture, "after.db", &copy);
    assert_sound(copy.store, 4, 1);
    assert_true(file_read(copy.path, &bytes));
    assert_null(memmem(bytes.data, bytes.len, key, sizeof key));
    release_copy(&copy);
    buf_release(&bytes);
    buf_release(&before);
}

/* The writer goes on; the copy is of one moment. */
static void a_reader_copies_one_moment(void **state)
{
    struct fixture *fixture = *state, copy;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    copy_of(fixture, "backup.db", &copy);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    assert_sound(fixture->store, 2, 2);
    assert_sound(copy.store, 1, 1);
    assert_stands(copy.store, 2, "stranger");
    release_copy(&copy);
}

/* 1 is erased after the backup, 2 stays, 3 comes after. */
static void the_erased_stay_erased(void **state)
{
    for (int noted = 0; noted < 2; noted++) {
        struct fixture *fixture = *state, copy;
        struct erased erased = {0};

        give(fixture->store, 1, true, EN_1, "newsletter", NOON);
        give(fixture->store, 2, true, EN_1, "newsletter", NOON + 1);
        give(fixture->store, 1, false, EN_2, "visitor-statistics", NOON + 2);
        copy_of(fixture, "backup.db", &copy);
        give(fixture->store, 3, true, EN_1, "newsletter", NOON + 3);
        erase(fixture->store, 1, NOON + 4);
        give(fixture->store, 4, true, EN_1, "newsletter", NOON + 5);
        if (noted) {
            note(fixture);
            read_noted(fixture, &erased);
        } else {
            read_closed(fixture->store, &erased);
        }

        assert_int_equal(reapply(copy.store, &erased).closed, 2);
        assert_stands(copy.store, 1, "stranger");
        assert_stands(copy.store, 2, "privacy-policy:newsletter=given@2026-03-01/en+1");
        assert_sound(copy.store, 4, 1);
        assert_int_equal(raw_int(&copy, "SELECT count(*) FROM pending_wipe"), 1);
        assert_int_equal(reapply(copy.store, &erased).closed, 0); /* they are gone */
        assert_sound(copy.store, 4, 1);

        erased_release(&erased);
        release_copy(&copy);
        tear_down(state);
        set_up(state);
    }
}

/* A backup took the database's place once: from then on the same places have had two entries. */
static void a_hash_decides(void **state)
{
    struct fixture *fixture = *state, first, second;
    struct erased erased = {0}, of_first = {0};

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    copy_of(fixture, "first.db", &first);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON); /* entry 1 */
    copy_of(fixture, "second.db", &second);
    erase(fixture->store, 2, NOON);
    note(fixture);

    /* The first backup goes on by itself; there entry 1 is another visitor's, who is erased. */
    give(first.store, 5, true, EN_1, "newsletter", NOON);
    erase(first.store, 5, NOON);
    read_closed(first.store, &of_first);
    assert_int_equal(reapply(second.store, &of_first).closed, 0);
    assert_stands(second.store, 2, "privacy-policy:newsletter=given@2026-03-01/en+0");

    read_noted(fixture, &erased);
    assert_int_equal(reapply(first.store, &erased).closed, 0);
    assert_int_equal(reapply(second.store, &erased).closed, 1);
    assert_stands(second.store, 2, "stranger");
    assert_stands(second.store, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_sound(second.store, 3, 1);

    erased_release(&erased);
    erased_release(&of_first);
    release_copy(&first);
    release_copy(&second);
}

/* What is missing from a damaged database was not erased: that is what backups are for. */
static void what_was_lost_comes_back(void **state)
{
    struct fixture *fixture = *state, copy;
    struct erased erased = {0};

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    copy_of(fixture, "backup.db", &copy);
    raw_do(fixture, "DELETE FROM record WHERE entry = 0");
    erase(fixture->store, 2, NOON);
    read_closed(fixture->store, &erased);
    assert_int_equal(erased.count, 2); /* a withdrawal as well */
    assert_int_equal(reapply(copy.store, &erased).closed, 1);
    assert_stands(copy.store, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_stands(copy.store, 2, "stranger");
    assert_sound(copy.store, 3, 1);
    erased_release(&erased);
    release_copy(&copy);
}

/* Records that were needed no longer go; their visitor stays as long as another one speaks. */
static void what_was_pruned_stays_away(void **state)
{
    enum { DAY = 24 * 60 * 60 };
    const struct store_retention retention = {NOON + 50 * DAY, NOON + 20 * DAY, NOON};
    struct fixture *fixture = *state, copy;
    struct erased erased = {0};
    bool more = true;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 1, false, EN_1, "visitor-statistics", NOON + DAY);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON + 2 * DAY);
    copy_of(fixture, "backup.db", &copy);
    for (int64_t next = 0; more;)
        assert_true(store_prune(fixture->store, &retention, NOON + 60 * DAY, &next, &more));
    read_closed(fixture->store, &erased);
    assert_int_equal(reapply(copy.store, &erased).closed, 2);
    assert_stands(copy.store, 1, "privacy-policy:visitor-statistics=objected@2026-03-01/en+86400");
    assert_stands(copy.store, 2, "stranger");
    assert_sound(copy.store, 4, 1);
    erased_release(&erased);
    release_copy(&copy);
}

/* What was lost by a restoring and is back by another: its visitor was erased meanwhile, by whoever
 * knew the first record alone.  What went for its age goes alone. */
static void the_erased_stay_so_whatever_comes_back(void **state)
{
    static const struct {
        enum closing_reason reason;
        const char *stands;
        int64_t closed;
    } rows[] = {
        {CLOSING_ERASURE, "stranger", 2},
        {CLOSING_RETENTION, "privacy-policy:visitor-statistics=objected@2026-03-01/en+60", 1},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct erased_entry noted = {.kind = (enum erased_kind)rows[i].reason};
        const struct erased erased = {&noted, 1, true, false};
        struct merkle_hash first;
        struct fixture copy;

        give(fixture->store, 1, true, EN_1, "newsletter", NOON);
        give(fixture->store, 1, false, EN_1, "visitor-statistics", NOON + 60);
        give(fixture->store, 2, true, EN_1, "newsletter", NOON + 60);
        assert_int_equal(store_log_entries(fixture->store, 0, 1, &first), 1);
        memcpy(noted.hash, first.bytes, sizeof noted.hash);
        copy_of(fixture, "back.db", &copy);
        assert_int_equal(reapply(copy.store, &erased).closed, rows[i].closed);
        assert_stands(copy.store, 1, rows[i].stands);
        assert_stands(copy.store, 2, "privacy-policy:newsletter=given@2026-03-01/en+60");
        assert_sound(copy.store, 4, 3 - rows[i].closed);
        release_copy(&copy);
        tear_down(state);
        set_up(state);
        fixture = *state;
    }
}

static void provide_law(struct store *store, int visitor, int64_t now)
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

/* That a visitor's data was given away stays known; of whom it was does not. */
static void provisions_lose_their_visitor(void **state)
{
    struct fixture *fixture = *state, copy;
    struct erased erased = {0};

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    provide_law(fixture->store, 1, NOON);
    copy_of(fixture, "backup.db", &copy);
    erase(fixture->store, 1, NOON);
    read_closed(fixture->store, &erased);
    assert_int_equal(reapply(copy.store, &erased).closed, 1);
    assert_int_equal(raw_int(&copy, "SELECT count(DISTINCT visitor) FROM record"), 0);
    assert_int_equal(raw_int(&copy, "SELECT count(*) FROM provision WHERE visitor IS NULL"), 1);
    erased_release(&erased);
    release_copy(&copy);
}

/* What is said after the backup. */

/* y, Y: yes on the first or second version; n: no; w: all is withdrawn; o: an objection; v: it is
 * withdrawn.  Each a second after the one before. */
static void say_one(struct store *store, char what, int64_t now)
{
    static const char *const questions[] = {"newsletter", "visitor-statistics"};
    bool of_objection = what == 'o' || what == 'v', withdraws = what == 'w' || what == 'v';
    struct act act =
        act_on(withdraws ? ACT_WITHDRAWAL : ACT_ANSWERS, 1, true, what == 'Y' ? EN_2 : EN_1);

    if (what != 'w')
        say(&act, questions[of_objection],
            withdraws     ? ANSWER_WITHDRAWN
            : what == 'o' ? ANSWER_OBJECTED
            : what == 'n' ? ANSWER_REFUSED
                          : ANSWER_GIVEN);
    assert_int_equal(do_act(store, &act, now), ACT_DONE);
}

#define NEWSLETTER "privacy-policy:newsletter="
#define STATISTICS "privacy-policy:visitor-statistics="

static const struct {
    const char *said; /* |: the backup */
    const char *stands;
    int64_t withdrawn, objections;
} since[] = {
    {"y|", NEWSLETTER "given@2026-03-01/en+0", 0, 0},
    {"y|w", NEWSLETTER "withdrawn@2026-03-01/en+9000", 1, 0},
    {"y|n", NEWSLETTER "withdrawn@2026-03-01/en+9000", 1, 0},
    {"yY|w", NEWSLETTER "withdrawn@2026-06-01/en+9000", 1, 0},
    {"y|Yw", NEWSLETTER "withdrawn@2026-03-01/en+9000", 1, 0}, /* of an older yes */
    {"y|Yn", NEWSLETTER "withdrawn@2026-03-01/en+9000", 1, 0},
    {"y|wy", NEWSLETTER "withdrawn@2026-03-01/en+9000", 1, 0}, /* the new yes is lost */
    {"yw|y", NEWSLETTER "withdrawn@2026-03-01/en+1", 0, 0},
    {"ywy|", NEWSLETTER "given@2026-03-01/en+2 " NEWSLETTER "withdrawn@2026-03-01/en+1", 0,
     0}, /* what was noted is in the backup */
    {"yny|", NEWSLETTER "given@2026-03-01/en+2", 0, 0},
    {"ywy|w", NEWSLETTER "withdrawn@2026-03-01/en+9000", 1, 0},
    {"ywY|yn", NEWSLETTER "withdrawn@2026-06-01/en+9000", 1, 0},
    {"y|o", NEWSLETTER "given@2026-03-01/en+0 " STATISTICS "objected@2026-06-01/en+9000", 0, 1},
    {"y|ow", NEWSLETTER "withdrawn@2026-03-01/en+9000 " STATISTICS "objected@2026-06-01/en+9000", 1,
     1},
    {"yo|", NEWSLETTER "given@2026-03-01/en+0 " STATISTICS "objected@2026-03-01/en+1", 0, 0},
    {"yov|", NEWSLETTER "given@2026-03-01/en+0 " STATISTICS "withdrawn@2026-03-01/en+2", 0, 0},
    {"yov|o",
     NEWSLETTER "given@2026-03-01/en+0 " STATISTICS "objected@2026-06-01/en+9000 " STATISTICS
                "withdrawn@2026-03-01/en+2",
     0, 1},
    {"|y", "stranger", 0, 0},
    {"|o", "stranger", 0, 0}, /* the backup knows nobody to object */
};

/* No yes that was withdrawn after the backup is valid again, and an objection stays one. */
static void a_no_is_said_again(void **state)
{
    for (size_t i = 0; i < COUNT(since); i++) {
        struct fixture *fixture = *state, copy = {0};
        struct erased erased;
        struct store_reapplied reapplied;
        struct buf why = BUF_INIT;
        char *beside;

        give(fixture->store, 2, true, EN_1, "newsletter", NOON);
        for (const char *said = since[i].said; *said; said++)
            if (*said == '|')
                copy_of(fixture, "backup.db", &copy);
            else
                say_one(fixture->store, *said,
                        NOON + (said - since[i].said) - (copy.store != NULL));
        if (!erased_read(&erased, fixture->path, &why))
            fail_msg("%s", why.data);
        reapplied = reapply(copy.store, &erased);
        print_message("# %s\n", since[i].said);
        assert_stands(copy.store, 1, since[i].stands);
        assert_stands(copy.store, 2, NEWSLETTER "given@2026-03-01/en+0");
        assert_int_equal(reapplied.withdrawn, since[i].withdrawn);
        assert_int_equal(reapplied.objections, since[i].objections);
        reapplied = reapply(copy.store, &erased); /* once */
        assert_int_equal(reapplied.withdrawn + reapplied.objections, 0);
        beside = mem_printf("%s.erased", copy.path);
        assert_false(file_exists(beside));
        free(beside);
        buf_release(&why);
        erased_release(&erased);
        release_copy(&copy);
        tear_down(state);
        set_up(state);
    }
}

/* What cannot be noted is not withdrawn; nothing else waits for it. */
static void a_no_is_noted_or_not_recorded(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_WITHDRAWAL, 1, false, EN_1);
    char *in_the_way = mem_printf("%s.erased/full", fixture->path);
    uint8_t id[ACT_RECORD_ID];

    assert_true(file_create(in_the_way, str_of("")));
    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    assert_true(store_begin(fixture->store));
    assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
    assert_false(store_commit(fixture->store));
    assert_non_null(strstr(store_why(fixture->store), ".erased: cannot be written: "));
    assert_stands(fixture->store, 1, NEWSLETTER "given@2026-03-01/en+0");
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    assert_sound(fixture->store, 2, 2);
    free(in_the_way);
}

/* Replacing. */

static void assert_content(const char *path, const char *wanted)
{
    struct buf content = BUF_INIT;

    if (file_read(path, &content))
        assert_string_equal(content.data, wanted);
    else if (wanted)
        fail_msg("%s is not there", path);
    buf_release(&content);
}

static void the_old_one_is_kept(void **state)
{
    static const struct {
        const char *before[8]; /* NAME, CONTENT */
        bool closed, ok;
        const char *after[10]; /* NAME, CONTENT or "-" for none */
    } rows[] = {
        {{"db.new", "new"}, true, true, {"db", "new", "db.before-restore", "-"}},
        {{"db.new", "new", "db", "old"},
         true,
         true,
         {"db", "new", "db.new", "-", "db.before-restore", "old"}},
        {{"db.new", "new", "db", "old", "db.before-restore", "older"},
         true,
         true,
         {"db", "new", "db.before-restore", "older", "db.before-restore-2", "old"}},
        /* Closed and yet with a WAL: a reader. */
        {{"db.new", "new", "db", "old", "db-wal", "w"},
         true,
         false,
         {"db", "old", "db-wal", "w", "db.new", "new", "db.before-restore", "-"}},
        {{"db.new", "new", "db", "old", "db-wal", ""},
         true,
         true,
         {"db", "new", "db-wal", "-", "db.before-restore", "old", "db.before-restore-wal", "-"}},
        /* Never closed: it cannot be opened. */
        {{"db.new", "new", "db", "old", "db-wal", "w", "db-shm", "s"},
         false,
         true,
         {"db", "new", "db-wal", "-", "db-shm", "-", "db.before-restore", "old",
          "db.before-restore-wal", "w"}},
        {{"db.new", "new", "db-wal", "w"},
         false,
         true,
         {"db", "new", "db-wal", "-", "db.before-restore", "-"}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *folder = folder_new(), *kept, *back = get_current_dir_name();
        struct buf why = BUF_INIT;

        assert_int_equal(chdir(folder), 0);
        for (size_t n = 0; n < COUNT(rows[i].before) && rows[i].before[n]; n += 2)
            assert_true(file_create(rows[i].before[n], str_of(rows[i].before[n + 1])));
        if (replace_database("db.new", "db", rows[i].closed, &kept, &why) != rows[i].ok)
            fail_msg("row %zu: %s", i, why.data);
        for (size_t n = 0; n < COUNT(rows[i].after) && rows[i].after[n]; n += 2) {
            bool none = strcmp(rows[i].after[n + 1], "-") == 0;

            if (none && file_exists(rows[i].after[n]))
                fail_msg("row %zu: %s is there", i, rows[i].after[n]);
            if (!none)
                assert_content(rows[i].after[n], rows[i].after[n + 1]);
        }
        assert_int_equal(chdir(back), 0);
        buf_release(&why);
        free(kept);
        free(back);
        folder_free(folder);
    }
}

/* Interrupted between the second name and the renaming: the name is used, not another one made. */
static void a_second_name_is_used_again(void **state)
{
    char *folder = folder_new(), *kept;
    char *path = mem_printf("%s/db", folder), *new = mem_printf("%s/db.new", folder);
    char *second = mem_printf("%s/db.before-restore", folder);
    struct buf why = BUF_INIT;

    (void)state;
    assert_true(file_create(path, str_of("old")) && file_create(new, str_of("new")));
    assert_int_equal(link(path, second), 0);
    assert_true(replace_database(new, path, true, &kept, &why));
    assert_string_equal(kept, second);
    assert_content(path, "new");
    assert_content(second, "old");
    free(kept);
    free(second);
    free(new);
    free(path);
    folder_free(folder);
}

#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(only_live_rows_are_copied),
        IN_A_DATABASE(a_reader_copies_one_moment),
        IN_A_DATABASE(the_erased_stay_erased),
        IN_A_DATABASE(a_hash_decides),
        IN_A_DATABASE(what_was_lost_comes_back),
        IN_A_DATABASE(what_was_pruned_stays_away),
        IN_A_DATABASE(the_erased_stay_so_whatever_comes_back),
        IN_A_DATABASE(a_no_is_said_again),
        IN_A_DATABASE(a_no_is_noted_or_not_recorded),
        IN_A_DATABASE(provisions_lose_their_visitor),
        cmocka_unit_test(the_old_one_is_kept),
        cmocka_unit_test(a_second_name_is_used_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
