/* The log as a tree: what grows with it, and what its checkpoints say. */
#include "../fixtures/store_fixture.h"

#include "base/file.h"
#include "keeper/anchor_file.h"
#include "keeper/checkpoints.h"
#include "log/checkpoint.h"

static void add_records(struct store *store, int count)
{
    static int visitors;

    assert_true(store_begin(store));
    for (int i = 0; i < count; i++) {
        struct act act = act_on(ACT_ANSWERS, visitors++, true, EN_1);
        uint8_t id[ACT_RECORD_ID];

        say(&act, "newsletter", ANSWER_GIVEN);
        assert_int_equal(store_act(store, &act, NOON, id), ACT_DONE);
    }
    assert_true(store_commit(store));
}

/* RFC 6962 §2.1 as it is written. */
static void naive_root(const struct merkle_hash *entries, size_t count, struct merkle_hash *root)
{
    struct merkle_hash left, right;
    size_t half = 1;

    if (count == 1) {
        merkle_leaf(entries->bytes, MERKLE_HASH, root);
        return;
    }
    while (half * 2 < count)
        half *= 2;
    naive_root(entries, half, &left);
    naive_root(entries + half, count - half, &right);
    merkle_node(&left, &right, root);
}

static void assert_root(struct store *store, int64_t size)
{
    struct merkle_hash *entries = mem_alloc((size_t)size * sizeof *entries), root, wanted;
    size_t got = 0;

    while (got < (size_t)size)
        got += store_log_entries(store, (int64_t)got, (size_t)size - got, entries + got);
    naive_root(entries, (size_t)size, &wanted);
    assert_true(store_root(store, size, &root));
    assert_true(merkle_equal(&root, &wanted));
    free(entries);
}

static void assert_sound(struct store *store)
{
    struct store_count count;
    struct buf faults = BUF_INIT;

    store_verify(store, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, "");
    buf_release(&faults);
}

static void it_grows_in_each_commit(void **state)
{
    static const int steps[] = {1, 1, 253, 1, 1, 255, 700, 3};
    struct fixture *fixture = *state;
    int64_t size = 0;

    for (size_t i = 0; i < COUNT(steps); i++) {
        add_records(fixture->store, steps[i]);
        size += steps[i];
        assert_int_equal(store_size(fixture->store), size);
        assert_root(fixture->store, size);
        assert_root(fixture->store, size / 2 + 1);
        assert_int_equal(raw_int(fixture, "SELECT count(*) FROM node"), size / 256);
    }
    assert_sound(fixture->store);
}

static void what_is_undone_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_ANSWERS, 1, true, EN_1);
    uint8_t id[ACT_RECORD_ID];
    struct merkle_hash root;

    add_records(fixture->store, 200);
    assert_true(store_begin(fixture->store));
    say(&act, "newsletter", ANSWER_GIVEN);
    for (int i = 0; i < 100; i++) {
        visitor_of(100000 + i, act.visitor);
        assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
    }
    assert_true(store_root(fixture->store, 300, &root));
    store_rollback(fixture->store);
    assert_false(store_root(fixture->store, 300, &root));
    add_records(fixture->store, 150);
    assert_root(fixture->store, 350);
    assert_sound(fixture->store);
}

static void proofs_verify(void **state)
{
    struct fixture *fixture = *state;
    struct merkle_hash root, entry, leaf;
    struct merkle_proof proof;

    add_records(fixture->store, 600);
    assert_true(store_root(fixture->store, 600, &root));
    for (int64_t place = 0; place < 600; place += 37) {
        assert_int_equal(store_log_entries(fixture->store, place, 1, &entry), 1);
        merkle_leaf(entry.bytes, MERKLE_HASH, &leaf);
        assert_true(store_prove_inclusion(fixture->store, place, 600, &proof));
        assert_true(merkle_verify_inclusion(&leaf, (uint64_t)place, 600, &proof, &root));
    }
    assert_false(store_prove_inclusion(fixture->store, 600, 600, &proof));
}

/* Erasing a third leaves every other proof as it was. */
static void erasing_leaves_the_tree(void **state)
{
    struct fixture *fixture = *state;
    struct merkle_hash root, after;

    for (int i = 0; i < 90; i++)
        give(fixture->store, i, true, EN_1, "newsletter", NOON);
    assert_true(store_root(fixture->store, 90, &root));
    for (int i = 0; i < 90; i += 3)
        erase(fixture->store, i, NOON);
    assert_true(store_root(fixture->store, 90, &after));
    assert_true(merkle_equal(&root, &after));
    assert_sound(fixture->store);
}

/* Heads. */

struct signing {
    char *keys, *anchor;
    struct checkpoints_options options;
    struct checkpoints checkpoints;
};

static void begin(struct fixture *fixture, struct signing *signing, bool fresh)
{
    struct buf why = BUF_INIT;
    bool made;

    if (fresh) {
        signing->keys = mem_printf("%s/keys", fixture->folder);
        signing->anchor = mem_printf("%s/anchor", fixture->folder);
        signing->options = (struct checkpoints_options){signing->keys, signing->anchor, 3600};
        for (const struct keys_file *file = keys_files; file->name; file++)
            assert_true(keys_make(signing->keys, file, &made, &why));
    }
    if (!checkpoints_begin(&signing->checkpoints, &signing->options, fixture->store, &why))
        fail_msg("%s", why.data);
    checkpoints_speak_for(&signing->checkpoints, "https://example.com");
    buf_release(&why);
}

static void end(struct signing *signing)
{
    checkpoints_end(&signing->checkpoints, NOON);
    free(signing->keys);
    free(signing->anchor);
}

static void a_head_for_the_public_once_in_an_interval(void **state)
{
    struct fixture *fixture = *state;
    struct signing signing;

    begin(fixture, &signing, true);
    assert_int_equal(checkpoints_due(&signing.checkpoints), -1); /* nothing to say */
    add_records(fixture->store, 3);
    assert_int_equal(checkpoints_due(&signing.checkpoints), 0);
    checkpoints_do(&signing.checkpoints, NOON);
    assert_int_equal(raw_int(fixture, "SELECT sum(size) FROM checkpoint WHERE public"), 3);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM signer"), 1);
    assert_int_equal(checkpoints_due(&signing.checkpoints), -1);
    add_records(fixture->store, 2);
    assert_in_range(checkpoints_due(&signing.checkpoints), 1, 1000); /* the anchor alone */
    signing.checkpoints.anchor_at = 0;
    checkpoints_do(&signing.checkpoints, NOON);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM checkpoint"), 1);
    signing.checkpoints.public_at = 0;
    checkpoints_do(&signing.checkpoints, NOON + 3600);
    assert_int_equal(raw_int(fixture, "SELECT sum(size) FROM checkpoint WHERE public"), 8);
    assert_sound(fixture->store);

    /* Another keeper goes on where this one was. */
    checkpoints_end(&signing.checkpoints, NOON);
    begin(fixture, &signing, false);
    add_records(fixture->store, 1);
    signing.checkpoints.anchor_at = INT64_MAX;
    assert_in_range(checkpoints_due(&signing.checkpoints), 3600 * 1000 - 60000, 3600 * 1000 * 2);
    end(&signing);
}

static void take_size(void *context, const struct store_checkpoint *checkpoint)
{
    *(int64_t *)context = checkpoint->size;
}

static void a_receipts_head_covers_it(void **state)
{
    struct fixture *fixture = *state;
    struct signing signing;
    struct buf note = BUF_INIT, again = BUF_INIT;
    int64_t size, newest = 0;
    bool found;

    begin(fixture, &signing, true);
    add_records(fixture->store, 5);
    assert_true(store_begin(fixture->store));
    assert_true(checkpoints_cover(&signing.checkpoints, 2, NOON, &size, &note));
    assert_int_equal(size, 5);
    assert_true(checkpoints_cover(&signing.checkpoints, 4, NOON, &size, &again));
    assert_string_equal(note.data, again.data);
    assert_true(store_commit(fixture->store));
    assert_true(store_checkpoint(fixture->store, true, &found, take_size, &newest));
    assert_false(found); /* not for the public */
    checkpoints_do(&signing.checkpoints, NOON);
    assert_true(store_checkpoint(fixture->store, true, &found, take_size, &newest));
    assert_int_equal(newest, 5);
    assert_sound(fixture->store);
    buf_release(&note);
    buf_release(&again);
    end(&signing);
}

/* A key that came with a batch that failed is not known yet. */
static void an_undone_receipt_leaves_no_stranger(void **state)
{
    struct fixture *fixture = *state;
    struct signing signing;
    struct buf note = BUF_INIT;
    int64_t size;

    begin(fixture, &signing, true);
    add_records(fixture->store, 2);
    assert_true(store_begin(fixture->store));
    assert_true(checkpoints_cover(&signing.checkpoints, 0, NOON, &size, &note));
    store_rollback(fixture->store);
    checkpoints_do(&signing.checkpoints, NOON);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM signer"), 1);
    assert_sound(fixture->store);
    buf_release(&note);
    end(&signing);
}

/* What is done to a database between two keepers, and what the second says. */
static void an_altered_database_is_not_taken(void **state)
{
    static const struct {
        const char *sql, *why;
    } rows[] = {
        {"", ""},
        {"DROP TRIGGER entry_kept; DELETE FROM entry WHERE place = 299; DELETE FROM record WHERE"
         " entry = 299",
         "it has 299 entries, but "},
        {"DROP TRIGGER entry_fixed; UPDATE entry SET hash = zeroblob(32) WHERE place = 290",
         "entry 290 does not match its record"},
        {"DROP TRIGGER entry_fixed; UPDATE entry SET hash = zeroblob(32) WHERE place = 20",
         "the log's tree, level 1, index 0: does not match the entries"},
        {"DROP TRIGGER entry_fixed; UPDATE entry SET hash = zeroblob(32) WHERE place = 20;"
         " DROP TRIGGER node_kept; DELETE FROM node",
         "the log's tree, level 1, index 0: does not match the entries"},
        {"DROP TRIGGER signer_kept; DELETE FROM signer", "is not signed by a key in"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf why = BUF_INIT;
        struct signing signing;

        begin(fixture, &signing, true);
        add_records(fixture->store, 300);
        checkpoints_do(&signing.checkpoints, NOON);
        checkpoints_end(&signing.checkpoints, NOON);
        store_close(fixture->store);
        raw_do(fixture, rows[i].sql);
        fixture->store = reopen(fixture, STORE_WRITE);
        assert_int_equal(
            checkpoints_begin(&signing.checkpoints, &signing.options, fixture->store, &why),
            *rows[i].why == '\0');
        if (!strstr(why.data, rows[i].why))
            fail_msg("\"%s\" instead of \"%s\"", why.data, rows[i].why);
        buf_release(&why);
        end(&signing);
        tear_down(state);
        set_up(state);
        fixture = *state;
    }
}

/* A whole old file in the place of the new one. */
static void a_rolled_back_database_is_found(void **state)
{
    struct fixture *fixture = *state;
    struct buf why = BUF_INIT, old = BUF_INIT;
    struct signing signing;
    char *copy = mem_printf("%s/old.db", fixture->folder);

    begin(fixture, &signing, true);
    add_records(fixture->store, 10);
    checkpoints_end(&signing.checkpoints, NOON);
    store_close(fixture->store);
    assert_true(file_read(fixture->path, &old));
    fixture->store = reopen(fixture, STORE_WRITE);
    begin(fixture, &signing, false);
    add_records(fixture->store, 10);
    checkpoints_end(&signing.checkpoints, NOON); /* moves the anchor */
    store_close(fixture->store);
    assert_true(file_replace(fixture->path, buf_str(&old)));
    fixture->store = reopen(fixture, STORE_WRITE);
    assert_false(checkpoints_begin(&signing.checkpoints, &signing.options, fixture->store, &why));
    assert_non_null(strstr(why.data, "the database was rolled back, or its end is lost: it has 10 "
                                     "entries, but "));
    buf_release(&why);
    buf_release(&old);
    free(copy);
    end(&signing);
}

#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(it_grows_in_each_commit),
        IN_A_DATABASE(what_is_undone_is_forgotten),
        IN_A_DATABASE(proofs_verify),
        IN_A_DATABASE(erasing_leaves_the_tree),
        IN_A_DATABASE(a_head_for_the_public_once_in_an_interval),
        IN_A_DATABASE(a_receipts_head_covers_it),
        IN_A_DATABASE(an_undone_receipt_leaves_no_stranger),
        IN_A_DATABASE(an_altered_database_is_not_taken),
        IN_A_DATABASE(a_rolled_back_database_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
