/* Copies of a database, what happened since, and taking its place. */
#include "../fixtures/store_fixture.h"

#include "record/disclosure.h"

#include <unistd.h>

#include "base/file.h"
#include "operator/replace_database.h"
#include "store/store_merge.h"
#include "store/store_reapply.h"

static const struct erased nothing_noted = {0};

static void assert_sound(struct store *store, int64_t entries, int64_t records)
{
    struct store_count count;
    struct buf faults = BUF_INIT;

    store_verify(store, add_fault, &faults, &count);
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
    erased_line(context, reason, hash);
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

static void compare(struct store *live, struct store *copy, struct store_since *since)
{
    struct buf faults = BUF_INIT;

    assert_true(store_compare(live, copy, since, add_fault, &faults));
    assert_string_equal(faults.data, "");
    buf_release(&faults);
}

static int64_t replay(struct store *copy, const struct store_since *since,
                      const struct erased *erased)
{
    int64_t closed;

    if (!store_replay(copy, since, erased, NOON + 9000, &closed))
        fail_msg("%s", store_why(copy));
    return closed;
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
    static const struct {
        bool live, noted;
    } sources[] = {{true, false}, {false, true}, {true, true}};

    for (size_t i = 0; i < COUNT(sources); i++) {
        struct fixture *fixture = *state, copy;
        struct store_since since;
        struct erased erased = {0};

        give(fixture->store, 1, true, EN_1, "newsletter", NOON);
        give(fixture->store, 2, true, EN_1, "newsletter", NOON + 1);
        give(fixture->store, 1, false, EN_2, "visitor-statistics", NOON + 2);
        copy_of(fixture, "backup.db", &copy);
        give(fixture->store, 3, true, EN_1, "newsletter", NOON + 3);
        erase(fixture->store, 1, NOON + 4);
        give(fixture->store, 4, true, EN_1, "newsletter", NOON + 5);
        if (sources[i].noted) {
            note(fixture);
            read_noted(fixture, &erased);
            assert_int_equal(erased.count, 3); /* a withdrawal as well */
        }
        compare(fixture->store, copy.store, &since);
        assert_true(since.follows);
        assert_int_equal(since.entries, 4);
        assert_int_equal(since.records, 2);
        assert_int_equal(since.from, NOON + 3);
        assert_int_equal(since.until, NOON + 5);

        assert_int_equal(replay(copy.store, sources[i].live ? &since : NULL, &erased), 2);
        assert_stands(copy.store, 1, "stranger");
        assert_stands(copy.store, 2, "privacy-policy:newsletter=given@2026-03-01/en+1");
        assert_sound(copy.store, 4, 1);
        assert_int_equal(raw_int(&copy, "SELECT count(*) FROM pending_wipe"), 1);
        assert_int_equal(replay(copy.store, &since, &erased), 0); /* they are gone */
        assert_sound(copy.store, 4, 1);

        store_since_release(&since);
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
    struct store_since since;
    struct erased erased = {0};

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    copy_of(fixture, "first.db", &first);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON); /* entry 1 */
    copy_of(fixture, "second.db", &second);
    erase(fixture->store, 2, NOON);
    note(fixture);

    /* The first backup goes on by itself; there entry 1 is another visitor's, who is erased. */
    give(first.store, 5, true, EN_1, "newsletter", NOON);
    erase(first.store, 5, NOON);
    compare(first.store, second.store, &since);
    assert_false(since.follows);
    assert_int_equal(since.entries, 3);
    assert_int_equal(since.closed_count, 0);
    assert_int_equal(replay(second.store, &since, &nothing_noted), 0);
    assert_stands(second.store, 2, "privacy-policy:newsletter=given@2026-03-01/en+0");

    read_noted(fixture, &erased);
    assert_int_equal(replay(first.store, NULL, &erased), 0);
    assert_int_equal(replay(second.store, NULL, &erased), 1);
    assert_stands(second.store, 2, "stranger");
    assert_stands(second.store, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_sound(second.store, 3, 1);

    erased_release(&erased);
    store_since_release(&since);
    release_copy(&first);
    release_copy(&second);
}

/* What is missing from a damaged database was not erased: that is what backups are for. */
static void what_was_lost_comes_back(void **state)
{
    struct fixture *fixture = *state, copy;
    struct store_since since;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);
    copy_of(fixture, "backup.db", &copy);
    raw_do(fixture, "PRAGMA foreign_keys = ON; DELETE FROM visitor WHERE id = 1");
    erase(fixture->store, 2, NOON);
    compare(fixture->store, copy.store, &since);
    assert_int_equal(since.closed_count, 1);
    assert_int_equal(replay(copy.store, &since, &nothing_noted), 1);
    assert_stands(copy.store, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_stands(copy.store, 2, "stranger");
    assert_sound(copy.store, 3, 1);
    store_since_release(&since);
    release_copy(&copy);
}

/* Records that were needed no longer go; their visitor stays as long as another one speaks. */
static void what_was_pruned_stays_away(void **state)
{
    enum { DAY = 24 * 60 * 60 };
    const struct store_retention retention = {NOON + 50 * DAY, NOON + 20 * DAY, NOON};
    struct fixture *fixture = *state, copy;
    struct store_since since;
    bool more = true;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 1, false, EN_1, "visitor-statistics", NOON + DAY);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON + 2 * DAY);
    copy_of(fixture, "backup.db", &copy);
    for (int64_t next = 0; more;)
        assert_true(store_prune(fixture->store, &retention, NOON + 60 * DAY, &next, &more));
    compare(fixture->store, copy.store, &since);
    assert_int_equal(replay(copy.store, &since, &nothing_noted), 2);
    assert_stands(copy.store, 1, "privacy-policy:visitor-statistics=objected@2026-03-01/en+86400");
    assert_stands(copy.store, 2, "stranger");
    assert_sound(copy.store, 4, 1);
    store_since_release(&since);
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
        struct erased_entry noted = {.reason = rows[i].reason};
        const struct erased erased = {&noted, 1, true};
        struct merkle_hash first;
        struct fixture copy;

        give(fixture->store, 1, true, EN_1, "newsletter", NOON);
        give(fixture->store, 1, false, EN_1, "visitor-statistics", NOON + 60);
        give(fixture->store, 2, true, EN_1, "newsletter", NOON + 60);
        assert_int_equal(store_log_entries(fixture->store, 0, 1, &first), 1);
        memcpy(noted.hash, first.bytes, sizeof noted.hash);
        copy_of(fixture, "back.db", &copy);
        assert_int_equal(replay(copy.store, NULL, &erased), rows[i].closed);
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
    struct store_since since;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    provide_law(fixture->store, 1, NOON);
    copy_of(fixture, "backup.db", &copy);
    erase(fixture->store, 1, NOON);
    compare(fixture->store, copy.store, &since);
    assert_int_equal(replay(copy.store, &since, &nothing_noted), 1);
    assert_int_equal(raw_int(&copy, "SELECT count(*) FROM visitor"), 0);
    assert_int_equal(raw_int(&copy, "SELECT count(*) FROM provision WHERE visitor IS NULL"), 1);
    store_since_release(&since);
    release_copy(&copy);
}

/* A database that is no continuation of the backup knows nothing of it. */
static void a_new_database_knows_nothing(void **state)
{
    struct fixture *fixture = *state, copy, fresh;
    struct store_since since;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    copy_of(fixture, "backup.db", &copy);
    fresh = (struct fixture){.path = mem_printf("%s/fresh.db", fixture->folder)};
    fresh.store = reopen(&fresh, STORE_WRITE);
    compare(fresh.store, copy.store, &since);
    assert_false(since.follows);
    assert_int_equal(since.entries, 0);
    store_since_release(&since);
    release_copy(&copy);
    release_copy(&fresh);
}

/* Carrying over. */

static void act(struct store *store, enum act_kind kind, int visitor, const char *refused,
                int64_t now)
{
    struct act made = act_on(kind, visitor, false, EN_1);

    if (refused)
        say(&made, refused, ANSWER_REFUSED);
    assert_int_equal(do_act(store, &made, now), ACT_DONE);
}

/* In the backup 1, 2 and 3 have said yes. */
static void say_yes(struct store *store)
{
    for (int visitor = 1; visitor <= 3; visitor++)
        give(store, visitor, true, EN_1, "newsletter", NOON);
}

static void go_on(struct store *store)
{
    act(store, ACT_WITHDRAWAL, 1, NULL, NOON + 1);
    act(store, ACT_ANSWERS, 2, "newsletter", NOON + 2);
    give(store, 3, false, EN_2, "visitor-statistics", NOON + 3);
    act(store, ACT_ACKNOWLEDGEMENT, 3, NULL, NOON + 4);
    provide_law(store, 2, NOON + 5);
    give(store, 4, true, COOKIES, "partner-offers.randur", NOON + 6);
}

static void carry(struct store *live, struct store *copy, bool related,
                  struct store_carried *carried)
{
    if (!store_carry(live, copy, related, carried))
        fail_msg("%s", store_why(copy));
}

static void assert_acts(const struct store_acts *acts, int64_t given, int64_t refused,
                        int64_t objected, int64_t withdrawn, int64_t others)
{
    assert_int_equal(acts->said[ANSWER_GIVEN], given);
    assert_int_equal(acts->said[ANSWER_REFUSED], refused);
    assert_int_equal(acts->said[ANSWER_OBJECTED], objected);
    assert_int_equal(acts->said[ANSWER_WITHDRAWN], withdrawn);
    assert_int_equal(acts->acknowledgements, others);
    assert_int_equal(acts->provisions, others);
}

/* As a backup of the time when two texts were offered. */
static void forget_texts(const struct fixture *copy)
{
    raw_do(copy, "DROP TRIGGER question_kept; DROP TRIGGER offer_kept;"
                 "DELETE FROM question WHERE offer > 2; DELETE FROM offer WHERE id > 2;"
                 "CREATE TRIGGER question_kept BEFORE DELETE ON question\n"
                 "BEGIN SELECT raise(ABORT, 'a question is never deleted'); END;"
                 "CREATE TRIGGER offer_kept BEFORE DELETE ON offer\n"
                 "BEGIN SELECT raise(ABORT, 'an offer is never deleted'); END");
}

/* The log of the copy is that of the database, number by number; also where the backup did not know
 * the texts yet. */
static void what_came_after_is_carried_over(void **state)
{
    for (int knows_texts = 0; knows_texts < 2; knows_texts++) {
        struct fixture *fixture = *state, copy;
        struct store_carried carried;
        struct merkle_hash before[9], after[9];

        say_yes(fixture->store);
        copy_of(fixture, "backup.db", &copy);
        if (!knows_texts)
            forget_texts(&copy);
        go_on(fixture->store);
        carry(fixture->store, copy.store, true, &carried);
        assert_acts(&carried.kept, 1, 1, 1, 1, 1);
        assert_acts(&carried.lost, 0, 0, 0, 0, 0);
        assert_int_equal(carried.unknown, 0);
        assert_string_equal(carried.names.data, "");
        store_carried_release(&carried);

        assert_stands(copy.store, 1, "privacy-policy:newsletter=withdrawn@2026-03-01/en+1");
        assert_stands(copy.store, 2, "privacy-policy:newsletter=refused@2026-03-01/en+2");
        assert_stands(copy.store, 3,
                      "privacy-policy:newsletter=given@2026-03-01/en+0"
                      " privacy-policy:visitor-statistics=objected@2026-06-01/en+3");
        assert_stands(copy.store, 4, "cookies:partner-offers.randur=given@2026-03-01/en+6");
        assert_int_equal(raw_int(&copy, "SELECT count(*) FROM provision WHERE visitor = 2"), 1);
        assert_sound(copy.store, 9, 8);
        assert_int_equal(store_log_entries(fixture->store, 0, 9, before), 9);
        assert_int_equal(store_log_entries(copy.store, 0, 9, after), 9);
        assert_memory_equal(before, after, sizeof before);

        carry(fixture->store, copy.store, true, &carried); /* it has them */
        assert_acts(&carried.kept, 0, 0, 0, 0, 0);
        store_carried_release(&carried);
        release_copy(&copy);
        tear_down(state);
        set_up(state);
    }
}

/* Of what is damaged it is told whose it was; the rest goes on. */
static void what_is_damaged_is_named(void **state)
{
    static const struct {
        const char *damage;
        int64_t unknown, provisions;
        const char *named; /* %s: the handle of visitor 1 */
    } rows[] = {
        {"DROP TRIGGER opening_fixed; UPDATE opening SET canonical ="
         " CAST(replace(canonical, 'Withdrawn', 'Given') AS BLOB) WHERE entry = 3",
         1, 0, ", entry 3, visitor %s: damaged\n"},
        {"DROP TRIGGER opening_fixed; UPDATE opening SET visitor = 2 WHERE entry = 3", 1, 0,
         ", entry 3, visitor "},
        {"DELETE FROM opening WHERE entry = 3", 1, 0,
         "record unknown, entry 3, visitor unknown: damaged\n"},
        {"DROP TRIGGER provision_fixed; UPDATE provision SET canonical = x'7b7d'", 0, 1,
         "provision unknown, entry 7, visitor unknown: damaged\n"},
    };
    char hex[2 * IDENTITY_HANDLE + 1];
    uint8_t key[ACT_VISITOR], handle[IDENTITY_HANDLE];

    visitor_of(1, key);
    identity_handle(key, handle);
    sodium_bin2hex(hex, sizeof hex, handle, sizeof handle);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *named = mem_printf(rows[i].named, hex);
        struct fixture *fixture = *state, copy;
        struct store_carried carried;

        say_yes(fixture->store);
        copy_of(fixture, "backup.db", &copy);
        go_on(fixture->store);
        raw_do(fixture, rows[i].damage);
        carry(fixture->store, copy.store, true, &carried);
        assert_int_equal(carried.unknown, rows[i].unknown);
        assert_int_equal(carried.lost.provisions, rows[i].provisions);
        if (!strstr(carried.names.data, named))
            fail_msg("row %zu: %s", i, carried.names.data);
        assert_stands(copy.store, 2, "privacy-policy:newsletter=refused@2026-03-01/en+2");
        assert_stands(copy.store, 4, "cookies:partner-offers.randur=given@2026-03-01/en+6");
        assert_sound(copy.store, 8, rows[i].unknown ? 7 : 8);
        store_carried_release(&carried);
        release_copy(&copy);
        tear_down(state);
        set_up(state);
        free(named);
    }
}

/* A question of the database that is not its text's any more is no reason to carry nothing. */
static void a_damaged_question_is_lost_alone(void **state)
{
    static const char *const damages[] = {"basis = 'x'", "label = 'x'", "purpose = 'x'"};

    for (size_t i = 0; i < COUNT(damages); i++) {
        struct fixture *fixture = *state, copy;
        struct store_carried carried;
        char *damage =
            mem_printf("PRAGMA ignore_check_constraints = ON; DROP TRIGGER question_fixed; UPDATE "
                       "question SET %s WHERE offer > 2 AND id = 'visitor-statistics'",
                       damages[i]);

        say_yes(fixture->store);
        copy_of(fixture, "backup.db", &copy);
        forget_texts(&copy);
        go_on(fixture->store);
        raw_do(fixture, damage);
        carry(fixture->store, copy.store, true, &carried);
        assert_acts(&carried.kept, 1, 1, 0, 1, 1);
        assert_acts(&carried.lost, 0, 0, 1, 0, 0);
        assert_stands(copy.store, 1, "privacy-policy:newsletter=withdrawn@2026-03-01/en+1");
        assert_stands(copy.store, 4, "cookies:partner-offers.randur=given@2026-03-01/en+6");
        assert_sound(copy.store, 8, 7);
        store_carried_release(&carried);
        release_copy(&copy);
        tear_down(state);
        set_up(state);
        free(damage);
    }
}

/* The page of the database that has these bytes. */
static void spoil_page(const struct fixture *fixture, const void *bytes, size_t len)
{
    enum { PAGE = 4096 };
    struct buf file = BUF_INIT;
    char *found;

    assert_true(file_read(fixture->path, &file));
    found = memmem(file.data, file.len, bytes, len);
    assert_non_null(found);
    memset(file.data + (found - file.data) / PAGE * PAGE, 0, PAGE);
    assert_true(file_replace(fixture->path, buf_str(&file)));
    buf_release(&file);
}

/* A page of old entries cannot be read any more: those that came after the backup can. */
static void behind_what_cannot_be_read(void **state)
{
    enum { BEFORE = 150, AFTER = 5 };
    struct fixture *fixture = *state, copy;
    struct store_carried carried;
    struct store_since since;
    struct merkle_hash hash;
    struct buf faults = BUF_INIT;

    for (int visitor = 0; visitor < BEFORE; visitor++)
        give(fixture->store, visitor, true, EN_1, "newsletter", NOON);
    copy_of(fixture, "backup.db", &copy);
    for (int visitor = 0; visitor < AFTER; visitor++)
        act(fixture->store, ACT_WITHDRAWAL, visitor, NULL, NOON + 1);
    assert_int_equal(store_log_entries(fixture->store, 3, 1, &hash), 1);
    store_close(fixture->store);
    spoil_page(fixture, hash.bytes, sizeof hash.bytes);
    fixture->store = reopen(fixture, STORE_WRITE);
    assert_false(store_compare(fixture->store, copy.store, &since, add_fault, &faults));
    assert_true(since.related);
    assert_int_equal(since.records, AFTER);
    carry(fixture->store, copy.store, since.related, &carried);
    assert_int_equal(carried.kept.said[ANSWER_WITHDRAWN], AFTER);
    assert_string_equal(carried.names.data, "");
    assert_sound(copy.store, BEFORE + AFTER, BEFORE + AFTER);
    buf_release(&faults);
    store_carried_release(&carried);
    store_since_release(&since);
    release_copy(&copy);
}

/* Nobody who was erased since comes over, and the others do: behind what their closing took. */
static void who_was_erased_is_not_carried_over(void **state)
{
    struct fixture *fixture = *state, copy;
    struct store_carried carried;
    struct store_since since;

    say_yes(fixture->store);
    copy_of(fixture, "backup.db", &copy);
    provide_law(fixture->store, 1, NOON);
    give(fixture->store, 4, true, EN_1, "newsletter", NOON);
    erase(fixture->store, 1, NOON);
    erase(fixture->store, 4, NOON);
    act(fixture->store, ACT_WITHDRAWAL, 2, NULL, NOON + 1);
    compare(fixture->store, copy.store, &since);
    assert_true(since.related);
    carry(fixture->store, copy.store, since.related, &carried);
    assert_int_equal(carried.kept.provisions, 1);
    assert_int_equal(carried.kept.said[ANSWER_WITHDRAWN], 1);
    assert_string_equal(carried.names.data, "");
    assert_int_equal(replay(copy.store, &since, &nothing_noted), 1);
    assert_stands(copy.store, 1, "stranger");
    assert_stands(copy.store, 2, "privacy-policy:newsletter=withdrawn@2026-03-01/en+1");
    assert_stands(copy.store, 4, "stranger");
    assert_int_equal(raw_int(&copy, "SELECT count(*) FROM provision WHERE visitor IS NULL"), 1);
    assert_sound(copy.store, 6, 3);
    store_carried_release(&carried);
    store_since_release(&since);
    release_copy(&copy);
}

/* What is of another past is counted and stays out; a clock that was set back does not make it so.
 */
static void another_past_is_lost(void **state)
{
    static const struct {
        bool related;
        int64_t time, kept;
    } rows[] = {{true, NOON + 10, 1}, {true, NOON + 5, 1}, {false, NOON + 10, 0}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture *fixture = *state, first, second;
        struct store_carried carried;

        say_yes(fixture->store);
        copy_of(fixture, "first.db", &first);
        act(fixture->store, ACT_WITHDRAWAL, 1, NULL, NOON + 9);
        copy_of(fixture, "second.db", &second);
        act(first.store, ACT_WITHDRAWAL, 2, NULL, rows[i].time);
        carry(first.store, second.store, rows[i].related, &carried);
        assert_int_equal(carried.kept.said[ANSWER_WITHDRAWN], rows[i].kept);
        assert_int_equal(carried.lost.said[ANSWER_WITHDRAWN], 1 - rows[i].kept);
        assert_int_equal(strstr(carried.names.data, ": withdrawal\n") != NULL, !rows[i].kept);
        assert_sound(second.store, 4 + rows[i].kept, 4 + rows[i].kept);
        store_carried_release(&carried);
        release_copy(&first);
        release_copy(&second);
        tear_down(state);
        set_up(state);
    }
}

/* Swapping. */

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
        IN_A_DATABASE(what_came_after_is_carried_over),
        IN_A_DATABASE(what_is_damaged_is_named),
        IN_A_DATABASE(a_damaged_question_is_lost_alone),
        IN_A_DATABASE(behind_what_cannot_be_read),
        IN_A_DATABASE(who_was_erased_is_not_carried_over),
        IN_A_DATABASE(another_past_is_lost),
        IN_A_DATABASE(provisions_lose_their_visitor),
        IN_A_DATABASE(a_new_database_knows_nothing),
        cmocka_unit_test(the_old_one_is_kept),
        cmocka_unit_test(a_second_name_is_used_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
