/* What the keeper replies fits into a message, however much there is to say. */
#include "../fixtures/store_fixture.h"

#include "keeper/task.h"

enum { LONGEST = 4000 /* bytes of a question's words, and of its recipient */ };

/* "NUMBER" and characters of three bytes. */
static void add_words(struct buf *out, size_t number, size_t len)
{
    size_t from = out->len;

    buf_addf(out, "%03zu", number);
    while (out->len - from < len)
        buf_adds(out, "\xe3\x81\x82");
}

/* The longest id that a question of a recipient can have, or a short one. */
static char *id_of(size_t number, bool is_long)
{
    char *id = mem_printf("p%03zu%60s.r%63s", number, "", ""); /* 64 and 64 characters */

    for (char *c = id; *c; c++)
        if (*c == ' ')
            *c = 'x';
    if (!is_long)
        snprintf(id, 10, "p%03zu.r", number);
    return id;
}

struct big {
    struct store_question asked[ACT_ANSWERS_MAX];
    struct buf body;
    struct act act;
};

static void big_init(struct big *big, struct store *store, size_t count, bool is_long)
{
    struct store_text text = text_of(EN_1);

    *big = (struct big){.body = BUF_INIT};
    add_words(&big->body, 0, LONGEST);
    buf_adds(&big->body, "\n\n");
    for (size_t i = 0; i < count; i++) {
        char *id = id_of(i, is_long);

        buf_adds(&big->body, "- ");
        add_words(&big->body, i, LONGEST);
        buf_addf(&big->body, " (`%s`)\\\n  ", id);
        add_words(&big->body, i, LONGEST);
        buf_adds(&big->body, "\\\n");
        big->asked[i] = (struct store_question){.id = id, .basis = "consent"};
    }
    text.body = buf_str(&big->body);
    text.questions = big->asked, text.question_count = count;
    crypto_hash_sha256(text.digest, (const uint8_t *)text.body.data, text.body.len);
    assert_true(store_begin(store));
    assert_true(store_put_text(store, &text));
    assert_true(store_commit(store));
    big->act = act_on(ACT_ANSWERS, 1, true, EN_1);
    memcpy(big->act.digest, text.digest, ACT_DIGEST);
    for (size_t i = 0; i < count; i++)
        say(&big->act, big->asked[i].id, ANSWER_REFUSED);
    assert_int_equal(do_act(store, &big->act, NOON), ACT_DONE);
}

static void big_release(struct big *big)
{
    for (size_t i = 0; i < ACT_ANSWERS_MAX; i++)
        free((char *)big->asked[i].id);
    buf_release(&big->body);
}

static struct wire_reader carry_out(struct store *store, enum wire_kind kind, struct buf *fields,
                                    struct buf *reply)
{
    struct task_context context = {.store = store, .now = NOON, .site = ""};
    struct wire_reader reader = {buf_str(fields), false};

    wire_put_header(reply, (struct wire_header){.kind = kind});
    assert_int_equal(task_carry_out(&context, kind, &reader, reply), TASK_DONE);
    assert_true(reply->len <= WIRE_MAX);
    buf_release(fields);
    reader = (struct wire_reader){buf_str(reply), false};
    assert_true(wire_take_header(&reader, &(struct wire_header){0}));
    return reader;
}

/* Words that are whole, or cut between two characters and no sooner than there is need. */
static void assert_words(struct str words, size_t number, size_t least)
{
    struct buf whole = BUF_INIT;

    add_words(&whole, number, LONGEST);
    assert_true(words.len >= least && words.len <= whole.len);
    assert_int_equal(words.len % 3, 0);
    assert_memory_equal(words.data, whole.data, words.len);
    buf_release(&whole);
}

static void any_record_fits(void **state)
{
    static const struct {
        size_t count;
        bool is_long;
        size_t least; /* bytes of each text */
    } rows[] = {
        {1, true, LONGEST},
        {5, false, LONGEST},
        {ACT_ANSWERS_MAX, false, 340},
        {ACT_ANSWERS_MAX, true, 340},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf fields = BUF_INIT, reply = BUF_INIT;
        struct wire_reader reader;
        struct fixture *fixture;
        uint8_t salt[RECORD_SALT];
        struct big big;
        void *made;

        set_up(&made);
        fixture = made;
        big_init(&big, fixture->store, rows[i].count, rows[i].is_long);
        buf_add(&fields, big.act.visitor, ACT_VISITOR);
        wire_put_number(&fields, 0, 8);
        reader = carry_out(fixture->store, WIRE_RECORDS, &fields, &reply);
        assert_int_equal(wire_take_number(&reader, 1), 1); /* there are some */
        assert_int_equal(wire_take_number(&reader, 1), 0); /* and no more */
        assert_int_equal(wire_take_number(&reader, 2), 1);
        assert_int_equal(wire_take_number(&reader, 8), 0);
        assert_true(wire_take_text(&reader).len > 0);
        wire_take_bytes(&reader, salt, sizeof salt);
        assert_words(wire_take_text(&reader), 0, 500);
        assert_int_equal(wire_take_number(&reader, 1), rows[i].count);
        for (size_t q = 0; q < rows[i].count; q++) {
            assert_words(wire_take_text(&reader), q, rows[i].least);
            assert_words(wire_take_text(&reader), q, rows[i].least);
        }
        assert_true(wire_done(&reader));
        buf_release(&reply);
        big_release(&big);
        tear_down(&made);
    }
}

static void a_wording_fits(void **state)
{
    struct fixture *fixture = *state;
    struct buf fields = BUF_INIT, reply = BUF_INIT;
    struct standing said = {.answer = ANSWER_REFUSED};
    struct wire_reader reader;
    struct big big;

    big_init(&big, fixture->store, 2, true);
    snprintf(said.document, sizeof said.document, "%s", big.act.document);
    snprintf(said.revision, sizeof said.revision, "%s", big.act.revision);
    snprintf(said.language, sizeof said.language, "%s", big.act.language);
    snprintf(said.question, sizeof said.question, "%s", big.asked[1].id);
    wire_put_standing(&fields, &said);
    reader = carry_out(fixture->store, WIRE_WORDING, &fields, &reply);
    assert_words(wire_take_text(&reader), 0, 500);
    assert_words(wire_take_text(&reader), 1, LONGEST);
    assert_words(wire_take_text(&reader), 1, LONGEST);
    assert_true(wire_done(&reader));
    buf_release(&reply);
    big_release(&big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_record_fits),
        cmocka_unit_test_setup_teardown(a_wording_fits, set_up, tear_down),
    };

    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
