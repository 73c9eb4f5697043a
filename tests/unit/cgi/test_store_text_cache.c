/* What texts are called and what they ask is read from them, whatever is listed beside them. */
#include "../fixtures/store_fixture.h"

static void wordings(void **state)
{
    static const struct {
        struct standing said;
        const char *title, *words, *recipient; /* words NULL: there is no such question */
    } rows[] = {
        {{.document = "privacy-policy",
          .question = "newsletter",
          .revision = "2026-03-01",
          .language = "et"},
         "Privaatsuspoliitika",
         "The newsletter, once a month",
         ""},
        {{.document = "cookies",
          .question = "partner-offers.randur",
          .revision = "2026-03-01",
          .language = "en"},
         "No heading",
         "Offers of R\xc3\xa4ndur",
         TO_RANDUR},
        {{.document = "cookies", .question = "unasked", .revision = "2026-03-01", .language = "en"},
         "",
         NULL,
         NULL},
        {{.document = "cookies",
          .question = "newsletter",
          .revision = "2026-06-01",
          .language = "en"},
         "",
         NULL,
         NULL},
        {{.document = "cookies",
          .question = "newsletter",
          .revision = "2026-03-01",
          .language = "ja"},
         "",
         NULL,
         NULL},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct store_words *words;
        const struct text_question *question;

        assert_true(store_words_of(fixture->store, &rows[i].said, &words));
        assert_string_equal(words->title, rows[i].title);
        question = questions_find(&words->asked, rows[i].said.question);
        assert_int_equal(question != NULL, rows[i].words != NULL);
        if (question) {
            assert_string_equal(question->words, rows[i].words);
            assert_string_equal(question->recipient, rows[i].recipient);
        }
    }
}

static void add_record(void *context, const struct store_record *record)
{
    buf_addf(context, "%s:", record->title);
    for (size_t i = 0; i < record->view->act.answer_count; i++)
        buf_addf(context, " [%s]", record->asked[i] ? record->asked[i]->words : "not asked");
    buf_addc(context, '\n');
}

/* Another program changes what stands beside the texts, and then takes the texts away. */
static void only_the_text_speaks(void **state)
{
    static const struct {
        const char *sql, *records;
    } rows[] = {
        {"", "Privacy policy: [The newsletter, once a month] [not asked]\n"},
        {"DROP TRIGGER question_kept; DELETE FROM question",
         "Privacy policy: [The newsletter, once a month] [not asked]\n"},
        {"DROP TRIGGER text_kept; DELETE FROM text", ": [not asked] [not asked]\n"},
    };
    static const struct store_question unasked = {"more", "consent"};
    struct fixture *fixture = *state;
    struct store_text text = text_of(EN_1);
    struct act act = act_on(ACT_ANSWERS, 1, true, EN_1);

    text.questions = &unasked, text.question_count = 1;
    assert_true(store_begin(fixture->store));
    assert_true(store_put_text(fixture->store, &text));
    assert_true(store_commit(fixture->store));
    say(&act, "newsletter", ANSWER_GIVEN);
    say(&act, "more", ANSWER_GIVEN);
    assert_int_equal(do_act(fixture->store, &act, NOON), ACT_DONE);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;

        raw_do(fixture, rows[i].sql);
        store_close(fixture->store); /* it keeps the words that it read */
        fixture->store = reopen(fixture, STORE_WRITE);
        assert_true(store_records(fixture->store, act.visitor, 0, 50, add_record, &out));
        assert_string_equal(out.data, rows[i].records);
        buf_release(&out);
    }
}

/* More texts than are kept, asked for one after the other, again, and some of them often. */
static void many_texts(void **state)
{
    enum { TEXTS = 300, TIMES = 5000 };
    struct fixture *fixture = *state;
    uint8_t(*digests)[ACT_DIGEST] = mem_alloc(TEXTS * sizeof *digests);

    assert_true(store_begin(fixture->store));
    for (int i = 0; i < TEXTS; i++) {
        struct store_text text = text_of(EN_1);
        char *body = mem_printf("# Title %d\n\n- Words %d (`newsletter`)\n", i, i);

        text.body = str_of(body), text.question_count = 0;
        crypto_hash_sha256(text.digest, (const uint8_t *)body, strlen(body));
        memcpy(digests[i], text.digest, ACT_DIGEST);
        assert_true(store_put_text(fixture->store, &text));
        free(body);
    }
    assert_true(store_commit(fixture->store));
    for (int i = 0; i < TIMES; i++) {
        int number = i < 2 * TEXTS ? i % TEXTS : i % 3 ? i % 10 : i * 7919 % TEXTS;
        char *title = mem_printf("Title %d", number), *words = mem_printf("Words %d", number);
        const struct store_words *found;

        assert_true(store_words(fixture->store, digests[number], &found));
        assert_string_equal(found->title, title);
        assert_string_equal(questions_find(&found->asked, "newsletter")->words, words);
        free(title);
        free(words);
    }
    free(digests);
}

#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(wordings),
        IN_A_DATABASE(only_the_text_speaks),
        IN_A_DATABASE(many_texts),
    };

    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
