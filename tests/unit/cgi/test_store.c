#include "../fixtures/store_fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hex.h"

/* Acts. */

static void answers_stand(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_ANSWERS, 1, true, EN_1);

    assert_stands(fixture->store, 1, "stranger");
    say(&act, "newsletter", ANSWER_GIVEN);
    say(&act, "partner-offers.randur", ANSWER_REFUSED);
    say(&act, "visitor-statistics", ANSWER_OBJECTED);
    assert_int_equal(do_act(fixture->store, &act, NOON), ACT_DONE);
    assert_stands(fixture->store, 1,
                  "privacy-policy:newsletter=given@2026-03-01/en+0 "
                  "privacy-policy:partner-offers.randur=refused@2026-03-01/en+0 "
                  "privacy-policy:visitor-statistics=objected@2026-03-01/en+0");
    assert_stands(fixture->store, 2, "stranger");

    /* One answer later leaves the others as they were. */
    give(fixture->store, 1, false, EN_2, "partner-offers.randur", NOON + 60);
    assert_stands(fixture->store, 1,
                  "privacy-policy:newsletter=given@2026-03-01/en+0 "
                  "privacy-policy:partner-offers.randur=given@2026-06-01/en+60 "
                  "privacy-policy:partner-offers.randur=refused@2026-03-01/en+0 "
                  "privacy-policy:visitor-statistics=objected@2026-03-01/en+0");
}

/* The newest answer on each revision, and what a withdrawal leaves of them. */
static void older_answers_stand(void **state)
{
    static const struct {
        int offer;
        enum answer answer; /* ANSWER_WITHDRAWN: of whatever stands */
        const char *stands;
    } rows[] = {
        {EN_1, ANSWER_GIVEN, "given@2026-03-01/en+0"},
        /* A no ends the yes to another version. */
        {EN_2, ANSWER_REFUSED, "refused@2026-06-01/en+1"},
        {ET_1, ANSWER_GIVEN, "given@2026-03-01/et+2 refused@2026-06-01/en+1"},
        {EN_2, ANSWER_GIVEN, "given@2026-06-01/en+3 given@2026-03-01/et+2"},
        {EN_2, ANSWER_REFUSED, "refused@2026-06-01/en+4"},
        {EN_1, ANSWER_GIVEN, "given@2026-03-01/en+5 refused@2026-06-01/en+4"},
        /* On the text of the yes, and the no to another one stays. */
        {EN_2, ANSWER_WITHDRAWN, "withdrawn@2026-03-01/en+6 refused@2026-06-01/en+4"},
        {EN_2, ANSWER_GIVEN, "given@2026-06-01/en+7 withdrawn@2026-03-01/en+6"},
        {EN_1, ANSWER_GIVEN,
         "given@2026-03-01/en+8 given@2026-06-01/en+7 withdrawn@2026-03-01/en+6"},
        /* Both yeses at once, on the text of the newest. */
        {EN_2, ANSWER_WITHDRAWN, "withdrawn@2026-03-01/en+9"},
        {EN_1, ANSWER_GIVEN, "given@2026-03-01/en+10 withdrawn@2026-03-01/en+9"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool withdraws = rows[i].answer == ANSWER_WITHDRAWN;
        struct act act = act_on(withdraws ? ACT_WITHDRAWAL : ACT_ANSWERS, 1, i == 0, rows[i].offer);
        struct buf wanted = BUF_INIT;

        say(&act, "newsletter", rows[i].answer);
        assert_int_equal(do_act(fixture->store, &act, NOON + (int64_t)i), ACT_DONE);
        for (const char *p = rows[i].stands; *p; p += strcspn(p, " "), p += *p == ' ')
            buf_addf(&wanted, "%sprivacy-policy:newsletter=%.*s", wanted.len ? " " : "",
                     (int)strcspn(p, " "), p);
        assert_stands(fixture->store, 1, wanted.data);
        buf_release(&wanted);
    }
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM record"), COUNT(rows));
}

/* What is older than the newest records is as if never said; the very newest is always told. */
static void a_long_history_is_not_read_to_its_end(void **state)
{
    enum { MANY = 200 };
    struct fixture *fixture = *state;

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 1, false, EN_1, "partner-offers.meteor", NOON);
    give(fixture->store, 1, false, EN_2, "newsletter", NOON);
    assert_stands(fixture->store, 1,
                  "privacy-policy:newsletter=given@2026-06-01/en+0 "
                  "privacy-policy:newsletter=given@2026-03-01/en+0 "
                  "privacy-policy:partner-offers.meteor=given@2026-03-01/en+0");
    for (int i = 0; i < MANY; i++)
        give(fixture->store, 1, false, i % 2 ? ET_1 : EN_1, "partner-offers.randur", NOON);
    assert_stands(fixture->store, 1,
                  "privacy-policy:newsletter=given@2026-06-01/en+0 "
                  "privacy-policy:partner-offers.meteor=given@2026-03-01/en+0 "
                  "privacy-policy:partner-offers.randur=given@2026-03-01/et+0");
}

/* What cannot be done leaves no trace, not even of the visitor. */
static void what_cannot_be_done(void **state)
{
    struct fixture *fixture = *state;
    struct act acts[] = {
        act_on(ACT_ANSWERS, 1, true, EN_1),          act_on(ACT_ANSWERS, 1, true, EN_1),
        act_on(ACT_ANSWERS, 1, true, EN_1),          act_on(ACT_ANSWERS, 1, true, EN_1),
        act_on(ACT_ANSWERS, 1, true, EN_1),          act_on(ACT_ANSWERS, 1, true, EN_1),
        act_on(ACT_ANSWERS, 1, true, EN_1),          act_on(ACT_ANSWERS, 1, true, EN_1),
        act_on(ACT_ANSWERS, 1, true, EN_1),          act_on(ACT_ANSWERS, 1, false, EN_1),
        act_on(ACT_ACKNOWLEDGEMENT, 1, false, ET_1), act_on(ACT_ACKNOWLEDGEMENT, 1, true, ET_1),
        act_on(ACT_WITHDRAWAL, 1, false, EN_1),      act_on(ACT_WITHDRAWAL, 1, true, EN_1),
    };
    static const enum act_result wanted[] = {
        ACT_NO_TEXT,  ACT_NO_TEXT, ACT_NO_TEXT,  ACT_NO_TEXT, ACT_NO_TEXT,
        ACT_NO_TEXT,  ACT_NO_TEXT, ACT_NO_TEXT,  ACT_NOTHING, ACT_STRANGER,
        ACT_STRANGER, ACT_NO_TEXT, ACT_STRANGER, ACT_NOTHING,
    };

    acts[0].digest[0] ^= 1;
    strcpy(acts[1].document, "cookies");    /* not that document's text */
    strcpy(acts[2].revision, "2026-06-01"); /* nor that revision's */
    strcpy(acts[3].language, "et");         /* nor in that language */
    say(&acts[4], "newsletters", ANSWER_GIVEN);
    say(&acts[5], "newsletter", ANSWER_OBJECTED); /* asked for consent */
    say(&acts[6], "newsletter", ANSWER_WITHDRAWN);
    say(&acts[7], "newsletter", ANSWER_GIVEN);
    say(&acts[7], "newsletter", ANSWER_REFUSED);
    say(&acts[9], "newsletter", ANSWER_GIVEN);
    say(&acts[11], "newsletter", ANSWER_GIVEN); /* an acknowledgement is not consent */
    for (size_t i = 0; i < COUNT(acts); i++)
        assert_int_equal(do_act(fixture->store, &acts[i], NOON), wanted[i]);
    assert_stands(fixture->store, 1, "stranger");
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM entry"), 0);
}

static void acknowledgement(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_ACKNOWLEDGEMENT, 1, true, ET_1);

    assert_int_equal(do_act(fixture->store, &act, NOON), ACT_DONE);
    assert_stands(fixture->store, 1, "");
}

/* However much a visitor said since, no more of it is read than this. */
static void acknowledged_long_ago(void **state)
{
    struct fixture *fixture = *state;
    struct act seen = act_on(ACT_ACKNOWLEDGEMENT, 1, true, ET_1);
    static const struct {
        int said, entries;
    } rows[] = {{255, 256}, {1, 258}};

    assert_int_equal(do_act(fixture->store, &seen, NOON), ACT_DONE);
    seen.fresh = false;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(store_begin(fixture->store));
        for (int n = 0; n < rows[i].said; n++) {
            struct act act = act_on(ACT_ANSWERS, 1, false, ET_1);
            uint8_t id[ACT_RECORD_ID];

            say(&act, "newsletter", (enum answer)((n + (int)i) % 2));
            assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
        }
        assert_true(store_commit(fixture->store));
        assert_int_equal(do_act(fixture->store, &seen, NOON), ACT_DONE);
        assert_int_equal(raw_int(fixture, "SELECT count(*) FROM entry"), rows[i].entries);
    }
}

static void withdrawal_names_the_texts_it_was_given_on(void **state)
{
    struct fixture *fixture = *state;
    struct act all = act_on(ACT_WITHDRAWAL, 1, false, COOKIES), some = all, nothing = all,
               objection = all;

    give(fixture->store, 1, true, ET_1, "newsletter", NOON);
    give(fixture->store, 1, false, EN_2, "partner-offers.randur", NOON);
    give(fixture->store, 1, false, EN_2, "visitor-statistics", NOON);
    give(fixture->store, 1, false, COOKIES, "newsletter", NOON);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON);

    say(&nothing, "partner-offers.meteor", ANSWER_GIVEN);
    assert_int_equal(do_act(fixture->store, &nothing, NOON + 5), ACT_NOTHING);
    say(&some, "newsletter", ANSWER_GIVEN); /* in both documents */
    say(&some, "partner-offers.meteor", ANSWER_GIVEN);
    assert_int_equal(do_act(fixture->store, &some, NOON + 10), ACT_DONE);
    assert_stands(fixture->store, 1,
                  "cookies:newsletter=withdrawn@2026-03-01/en+10 "
                  "privacy-policy:newsletter=withdrawn@2026-03-01/et+10 "
                  "privacy-policy:partner-offers.randur=given@2026-06-01/en+0 "
                  "privacy-policy:visitor-statistics=objected@2026-06-01/en+0");
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM entry"), 7);

    assert_int_equal(do_act(fixture->store, &all, NOON + 20), ACT_DONE);
    assert_stands(fixture->store, 1,
                  "cookies:newsletter=withdrawn@2026-03-01/en+10 "
                  "privacy-policy:newsletter=withdrawn@2026-03-01/et+10 "
                  "privacy-policy:partner-offers.randur=withdrawn@2026-06-01/en+20 "
                  "privacy-policy:visitor-statistics=objected@2026-06-01/en+0");
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM entry"), 8);
    assert_int_equal(do_act(fixture->store, &all, NOON + 30), ACT_NOTHING);

    say(&objection, "visitor-statistics", ANSWER_GIVEN); /* which is taken back by its name alone */
    assert_int_equal(do_act(fixture->store, &objection, NOON + 40), ACT_DONE);
    assert_stands(fixture->store, 1,
                  "cookies:newsletter=withdrawn@2026-03-01/en+10 "
                  "privacy-policy:newsletter=withdrawn@2026-03-01/et+10 "
                  "privacy-policy:partner-offers.randur=withdrawn@2026-06-01/en+20 "
                  "privacy-policy:visitor-statistics=withdrawn@2026-06-01/en+40");
    assert_stands(fixture->store, 2, "privacy-policy:newsletter=given@2026-03-01/en+0");
}

/* Nothing is judged by what is offered today, only by what stands. */
static void withdrawal_of_more_than_a_record_holds(void **state)
{
    struct fixture *fixture = *state;
    struct act all = act_on(ACT_WITHDRAWAL, 1, false, EN_1);
    struct store_text text = text_of(EN_1);

    text.question_count = 1;
    for (int i = 0; i < ACT_ANSWERS_MAX + 6; i++) {
        char *id = mem_printf("purpose-%03d", i);
        struct store_question question = {id, "consent"};

        text.questions = &question;
        assert_true(store_begin(fixture->store));
        assert_true(store_put_text(fixture->store, &text));
        assert_true(store_commit(fixture->store));
        give(fixture->store, 1, i == 0, EN_1, id, NOON);
        free(id);
    }
    assert_int_equal(do_act(fixture->store, &all, NOON), ACT_DONE);
    assert_int_equal(raw_int(fixture, "SELECT sum(length(answers) -"
                                      " length(replace(answers, '=w', ' '))) FROM record"),
                     ACT_ANSWERS_MAX + 6);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM entry"), ACT_ANSWERS_MAX + 6 + 2);
}

/* Said again on the same text, it is the record there is; on another text, or otherwise, it is a
 * new one. */
static void unchanged(void **state)
{
    static const struct {
        enum act_kind kind;
        int offer;
        enum answer newsletter;
        int records; /* afterwards */
        int same_as; /* the row whose record it is */
    } rows[] = {
        {ACT_ANSWERS, EN_1, ANSWER_GIVEN, 1, 0},
        {ACT_ANSWERS, EN_1, ANSWER_GIVEN, 1, 0},
        {ACT_ANSWERS, EN_1, ANSWER_REFUSED, 2, 2},
        {ACT_ANSWERS, EN_1, ANSWER_REFUSED, 2, 2},
        {ACT_ANSWERS, EN_2, ANSWER_REFUSED, 3, 4},
        {ACT_ANSWERS, EN_1, ANSWER_REFUSED, 4, 5},
        {ACT_ACKNOWLEDGEMENT, EN_1, ANSWER_COUNT, 5, 6},
        {ACT_ACKNOWLEDGEMENT, EN_1, ANSWER_COUNT, 5, 6},
        {ACT_ACKNOWLEDGEMENT, EN_2, ANSWER_COUNT, 6, 8},
        {ACT_ANSWERS, EN_1, ANSWER_REFUSED, 6, 5},
    };
    struct fixture *fixture = *state;
    uint8_t ids[COUNT(rows)][ACT_RECORD_ID];

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct act act = act_on(rows[i].kind, 1, i == 0, rows[i].offer);

        if (rows[i].kind == ACT_ANSWERS)
            say(&act, "newsletter", rows[i].newsletter);
        assert_true(store_begin(fixture->store));
        assert_int_equal(store_act(fixture->store, &act, NOON + (int64_t)i, ids[i]), ACT_DONE);
        assert_true(store_commit(fixture->store));
        assert_memory_equal(ids[i], ids[rows[i].same_as], ACT_RECORD_ID);
        assert_int_equal(raw_int(fixture, "SELECT count(*) FROM entry"), rows[i].records);
    }
}

/* The order is the log's; the time is the clock's, also where it is set back. */
static void time_is_the_clocks(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_ANSWERS, 1, false, EN_1);
    uint8_t id[ACT_RECORD_ID];

    give(fixture->store, 1, true, EN_1, "newsletter", NOON + 100);
    give(fixture->store, 1, false, EN_1, "visitor-statistics", NOON);
    assert_stands(fixture->store, 1,
                  "privacy-policy:newsletter=given@2026-03-01/en+100 "
                  "privacy-policy:visitor-statistics=objected@2026-03-01/en+0");
    store_close(fixture->store);
    fixture->store = reopen(fixture, STORE_WRITE);
    give(fixture->store, 2, true, EN_1, "newsletter", NOON + 50);
    assert_stands(fixture->store, 2, "privacy-policy:newsletter=given@2026-03-01/en+50");

    say(&act, "newsletter", ANSWER_REFUSED);
    assert_true(store_begin(fixture->store));
    assert_int_equal(store_act(fixture->store, &act, NOON + 900, id), ACT_DONE);
    store_rollback(fixture->store);
    give(fixture->store, 2, false, EN_1, "visitor-statistics", NOON + 200);
    assert_stands(fixture->store, 2,
                  "privacy-policy:newsletter=given@2026-03-01/en+50 "
                  "privacy-policy:visitor-statistics=objected@2026-03-01/en+200");

    assert_int_equal(do_act(fixture->store, &act, -1), ACT_UNAVAILABLE);
    assert_int_equal(do_act(fixture->store, &act, INT64_MAX), ACT_UNAVAILABLE);
}

/* Transactions. */

static void rollback_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_ANSWERS, 1, true, EN_1);
    uint8_t id[ACT_RECORD_ID];

    say(&act, "newsletter", ANSWER_GIVEN);
    assert_true(store_begin(fixture->store));
    assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
    assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
    assert_stands(fixture->store, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    store_rollback(fixture->store);
    store_rollback(fixture->store);
    assert_stands(fixture->store, 1, "stranger");
    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    assert_int_equal(raw_int(fixture, "SELECT max(place) FROM entry"), 0);
}

/* A bug that strikes one act strikes it alone. */
static void one_failure_keeps_to_itself(void **state)
{
    struct fixture *fixture = *state;
    struct act good = act_on(ACT_ANSWERS, 1, true, EN_1), bad = act_on(ACT_ANSWERS, 2, true, EN_1);
    struct act last = act_on(ACT_ANSWERS, 3, true, EN_1);
    uint8_t id[ACT_RECORD_ID];

    say(&good, "newsletter", ANSWER_GIVEN);
    say(&last, "newsletter", ANSWER_GIVEN);
    say(&bad, "newsletter", ANSWER_GIVEN);
    say(&bad, "visitor-statistics", ANSWER_OBJECTED);
    raw_do(fixture, "CREATE TRIGGER bug BEFORE INSERT ON record WHEN new.answers LIKE '%=o%'"
                    " BEGIN SELECT raise(ABORT, 'a bug'); END");
    assert_true(store_begin(fixture->store));
    assert_int_equal(store_act(fixture->store, &good, NOON, id), ACT_DONE);
    assert_int_equal(store_act(fixture->store, &bad, NOON + 9, id), ACT_UNAVAILABLE);
    assert_non_null(strstr(store_why(fixture->store), "a bug"));
    assert_int_equal(store_act(fixture->store, &last, NOON, id), ACT_DONE);
    assert_true(store_commit(fixture->store));
    assert_stands(fixture->store, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_stands(fixture->store, 2, "stranger");
    assert_int_equal(raw_int(fixture, "SELECT max(place) FROM entry"), 1);
}

/* One that takes the transaction with it is not followed by half a batch. */
static void a_lost_transaction_stays_lost(void **state)
{
    struct fixture *fixture = *state;
    struct act good = act_on(ACT_ANSWERS, 1, true, EN_1), bad = act_on(ACT_ANSWERS, 2, true, EN_1);
    uint8_t id[ACT_RECORD_ID];

    say(&good, "newsletter", ANSWER_GIVEN);
    say(&bad, "visitor-statistics", ANSWER_OBJECTED);
    raw_do(fixture, "CREATE TRIGGER bug BEFORE INSERT ON record WHEN new.answers LIKE '%=o%'"
                    " BEGIN SELECT raise(ROLLBACK, 'a bug'); END");
    assert_true(store_begin(fixture->store));
    assert_int_equal(store_act(fixture->store, &good, NOON, id), ACT_DONE);
    assert_int_equal(store_act(fixture->store, &bad, NOON, id), ACT_UNAVAILABLE);
    assert_int_equal(store_act(fixture->store, &good, NOON, id), ACT_UNAVAILABLE);
    assert_false(store_commit(fixture->store));
    assert_non_null(strstr(store_why(fixture->store), "a bug"));
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM entry"), 0);
    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    assert_int_equal(raw_int(fixture, "SELECT max(place) FROM entry"), 0);
}

/* Files may grow no further: what a full disk does, without filling one. */
static void limit_files(rlim_t size)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_ANSWERS, 1, true, EN_1);
    char *wal = mem_printf("%s-wal", fixture->path);
    struct stat status;
    uint8_t id[ACT_RECORD_ID];

    signal(SIGXFSZ, SIG_IGN);
    say(&act, "newsletter", ANSWER_GIVEN);
    assert_int_equal(stat(wal, &status), 0);
    limit_files((rlim_t)status.st_size + 100);
    assert_true(store_begin(fixture->store));
    assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
    assert_false(store_commit(fixture->store));
    assert_non_null(strstr(store_why(fixture->store), "consent.db: "));
    assert_true(store_begin(fixture->store));
    assert_true(store_probe(fixture->store));
    assert_false(store_commit(fixture->store));
    limit_files(RLIM_INFINITY);
    assert_stands(fixture->store, 1, "stranger");
    assert_true(store_begin(fixture->store));
    assert_true(store_probe(fixture->store));
    assert_true(store_commit(fixture->store));
    assert_int_equal(do_act(fixture->store, &act, NOON), ACT_DONE);
    assert_int_equal(raw_int(fixture, "SELECT max(place) FROM entry"), 0);
    free(wal);
}

/* Texts. */

static void texts_are_stored_once(void **state)
{
    struct fixture *fixture = *state;
    struct store_text text = text_of(EN_1);
    struct store_question other = {"newsletter", "legitimate-interests"};
    struct store_question unasked = {"booking", "contract"};
    char longer[ACT_ID_MAX + 2];
    struct buf body = BUF_INIT;
    bool found;

    put_texts(fixture->store);
    assert_int_equal(raw_int(fixture, "SELECT count(*) FROM offer"), OFFERS);
    assert_true(store_text_body(fixture->store, text.digest, &found, &body));
    assert_true(found);
    assert_string_equal(body.data, offered[EN_1].body);

    assert_true(store_begin(fixture->store));
    text.revision = "2026-03-01.1"; /* the same words under another revision */
    assert_true(store_put_text(fixture->store, &text));
    text.questions = &other, text.question_count = 1;
    assert_false(store_put_text(fixture->store, &text));
    text.questions = &unasked;
    assert_false(store_put_text(fixture->store, &text));
    text.question_count = 0;
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    text.document = longer;
    assert_false(store_put_text(fixture->store, &text));
    text.document = "cookies";
    text.digest[0] ^= 1;
    assert_false(store_put_text(fixture->store, &text));
    store_rollback(fixture->store);
    assert_true(store_text_body(fixture->store, text.digest, &found, &body));
    assert_false(found);
    buf_release(&body);
}

/* Reading. */

static void take_index(void *context, const struct store_record *record)
{
    assert_non_null(record->view);
    buf_addf(context, "%lld %s %s", (long long)record->index, act_names[record->view->act.kind],
             record->title);
    for (size_t i = 0; i < record->view->act.answer_count; i++) {
        const struct text_question *question = record->asked[i];

        buf_addf(context, " [%s]", question ? question->words : "not asked");
        if (question && *question->recipient)
            buf_addf(context, " [%s]", question->recipient);
    }
    buf_addc(context, '\n');
}

static void records_newest_first(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        int64_t before;
        size_t limit;
        const char *wanted;
    } rows[] = {
        {0, 50,
         "3 acknowledgement Privaatsuspoliitika\n"
         "2 answers Privacy policy [Counting visits]\n"
         "0 answers No heading [The newsletter, once a month]\n"},
        {0, 1, "3 acknowledgement Privaatsuspoliitika\n"},
        {3, 1, "2 answers Privacy policy [Counting visits]\n"},
        {2, 50, "0 answers No heading [The newsletter, once a month]\n"},
        {0, 0, ""},
    };
    struct act seen = act_on(ACT_ACKNOWLEDGEMENT, 1, false, ET_1);
    uint8_t key[ACT_VISITOR];

    give(fixture->store, 1, true, COOKIES, "newsletter", NOON);
    give(fixture->store, 2, true, COOKIES, "newsletter", NOON);
    give(fixture->store, 1, false, EN_2, "visitor-statistics", NOON);
    assert_int_equal(do_act(fixture->store, &seen, NOON), ACT_DONE);
    visitor_of(1, key);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;

        assert_true(
            store_records(fixture->store, key, rows[i].before, rows[i].limit, take_index, &out));
        assert_string_equal(out.data, rows[i].wanted);
        buf_release(&out);
    }
}

static void take_bytes(void *context, const struct store_record *record)
{
    uint8_t entry[RECORD_ENTRY];

    record_entry(record->salt, record->canonical, entry);
    assert_memory_equal(entry, record->entry, sizeof entry);
    buf_addstr(context, record->canonical);
}

static void a_record_is_found_by_its_id(void **state)
{
    struct fixture *fixture = *state;
    struct act act = act_on(ACT_ACKNOWLEDGEMENT, 1, true, ET_1);
    struct buf bytes = BUF_INIT;
    uint8_t id[ACT_RECORD_ID];
    char hex[2 * ACT_RECORD_ID + 1];
    bool found;

    assert_true(store_begin(fixture->store));
    assert_int_equal(store_act(fixture->store, &act, NOON, id), ACT_DONE);
    assert_true(store_commit(fixture->store));
    assert_true(store_find(fixture->store, id, &found, take_bytes, &bytes));
    assert_true(found);
    assert_non_null(strstr(bytes.data, sodium_bin2hex(hex, sizeof hex, id, sizeof id)));
    id[0] ^= 1;
    assert_true(store_find(fixture->store, id, &found, take_bytes, &bytes));
    assert_false(found);
    buf_release(&bytes);
}

static void take_pseudonyms(void *context, const struct store_record *record)
{
    buf_addf(context, "%s %s %s\n", record->view->id, record->view->principal,
             hex_of(record->salt, sizeof record->salt).text);
}

/* Two records of one visitor share nothing by which they could be linked. */
static void records_cannot_be_linked(void **state)
{
    struct fixture *fixture = *state;
    struct buf out = BUF_INIT;
    char words[6][2 * RECORD_SALT + 1];
    uint8_t key[ACT_VISITOR];

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    give(fixture->store, 1, false, EN_1, "visitor-statistics", NOON);
    visitor_of(1, key);
    assert_true(store_records(fixture->store, key, 0, 2, take_pseudonyms, &out));
    assert_int_equal(sscanf(out.data, "%64s %64s %64s %64s %64s %64s", words[0], words[1], words[2],
                            words[3], words[4], words[5]),
                     6);
    for (size_t i = 0; i < 3; i++)
        assert_string_not_equal(words[i], words[i + 3]);
    buf_release(&out);
}

/* Opening. */

static void files_are_the_owners_alone(void **state)
{
    struct fixture *fixture = *state;
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};

    for (size_t i = 0; i < COUNT(suffixes); i++) {
        char *path = mem_printf("%s%s", fixture->path, suffixes[i]);
        struct stat status;

        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, 0600);
        free(path);
    }
}

/* A time that is none, in an altered database, is an alarm, and keeps nobody from being recorded.
 */
static void after_a_time_that_is_none(void **state)
{
    struct fixture *fixture = *state;
    struct act made = act_on(ACT_ANSWERS, 2, true, EN_1);
    struct buf why = BUF_INIT;
    uint8_t id[ACT_RECORD_ID];

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    raw_do(fixture, "DROP TRIGGER record_fixed; UPDATE record SET time = 253402300800");
    store_close(fixture->store);
    fixture->store = reopen(fixture, STORE_WRITE);
    say(&made, "newsletter", ANSWER_GIVEN);
    assert_true(store_begin(fixture->store));
    assert_true(store_is_ahead(fixture->store, NOON, &why));
    assert_string_equal(
        why.data, "the newest entry, 0, has the time 9999-12-31T23:59:59Z, and the clock shows"
                  " 2026-03-01T12:00:00Z: one of them is wrong");
    assert_int_equal(store_act(fixture->store, &made, NOON, id), ACT_DONE);
    assert_false(store_is_ahead(fixture->store, NOON, &why));
    store_rollback(fixture->store);
    buf_release(&why);
}

static void a_second_writer_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct buf why = BUF_INIT;

    assert_null(store_open(fixture->path, STORE_CREATE, &why));
    assert_non_null(
        strstr(why.data, "consent.db.lock: the database is in use by another teade-consent"));
    buf_release(&why);
    store_close(fixture->store);
    fixture->store = reopen(fixture, STORE_WRITE); /* the lock went with its holder */
}

static void what_cannot_be_opened(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *name; /* %s: the folder */
        enum store_mode mode;
        const char *why;
    } rows[] = {
        {"postgres://localhost/x", STORE_READ,
         "is not the name of a database; use PATH or sqlite:PATH"},
        {"sqlite:", STORE_CREATE, "is not the path of a file"},
        {":memory:", STORE_CREATE, "is not the name of a database; use PATH or sqlite:PATH"},
        {"sqlite::memory:", STORE_CREATE, "is not the path of a file"},
        {"%s/none.db", STORE_READ, "No such file or directory"},
        {"%s/none.db", STORE_WRITE, "No such file or directory"},
        {"%s/none/x.db", STORE_CREATE, "none/x.db.lock: cannot be opened: No such file"},
        {"/proc/x.db", STORE_CREATE, "/proc/x.db.lock: cannot be opened: "},
        {"%s", STORE_READ, "Is a directory"},
        {"%s/words.db", STORE_READ, "file is not a database"},
        {"%s/words.db", STORE_CREATE, "file is not a database"},
        {"%s/empty.db", STORE_READ, "is empty"},
        {"%s/empty.db", STORE_WRITE, "is empty"},
        {"%s/foreign.db", STORE_READ, "belongs to another program"},
        {"%s/foreign.db", STORE_CREATE, "belongs to another program"},
        {"%s/newer.db", STORE_READ, "newer.db: has schema 99; this program can read only schema 5"},
        {"%s/newer.db", STORE_CREATE,
         "newer.db: has schema 99; this program can read only schema 5"},
        {"%s/older.db", STORE_READ, "older.db: has schema 4; this program"},
        {"%s/older.db", STORE_CREATE, "older.db: has schema 4; this program"},
        {"%s/link.db", STORE_WRITE, "is a symbolic link; use the path of the database"},
        {"%s/link.db", STORE_CREATE, "is a symbolic link; use the path of the database"},
    };
    char *second = mem_printf("%s/link.db", fixture->folder);
    struct fixture foreign = {.path = mem_printf("%s/foreign.db", fixture->folder)};
    struct fixture newer = {.path = mem_printf("%s/newer.db", fixture->folder)};
    struct fixture older = {.path = mem_printf("%s/older.db", fixture->folder)};
    struct buf before = BUF_INIT, after = BUF_INIT;

    free(folder_file(fixture->folder, "words.db", "These are words and no database at all.\n"));
    free(folder_file(fixture->folder, "empty.db", ""));
    raw_do(&foreign, "CREATE TABLE cat (name TEXT)");
    store_close(reopen(&newer, STORE_WRITE));
    raw_do(&newer, "PRAGMA user_version = 99");
    store_close(reopen(&older, STORE_WRITE));
    raw_do(&older, "PRAGMA user_version = 4");
    assert_true(file_read(older.path, &before));
    assert_int_equal(symlink(fixture->path, second), 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf name = BUF_INIT, why = BUF_INIT;

        if (strncmp(rows[i].name, "%s", 2) == 0)
            buf_addf(&name, "%s%s", fixture->folder, rows[i].name + 2);
        else
            buf_adds(&name, rows[i].name);
        if (store_open(name.data, rows[i].mode, &why))
            fail_msg("%s was opened", name.data);
        if (!strstr(why.data, rows[i].why))
            fail_msg("%s: \"%s\" instead of \"%s\"", name.data, why.data, rows[i].why);
        buf_release(&name);
        buf_release(&why);
    }
    assert_int_equal(raw_int(&foreign, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"),
                     1);
    assert_true(file_read(older.path, &after));
    assert_true(str_equal(buf_str(&before), buf_str(&after)));
    buf_release(&after);
    buf_release(&before);
    free(second);
    free(foreign.path);
    free(newer.path);
    free(older.path);
}

static void an_interrupted_creation_is_completed(void **state)
{
    struct fixture *fixture = *state;
    struct fixture half = {.path = folder_file(fixture->folder, "half.db", "")};
    char *name = mem_printf("sqlite:%s", half.path);
    struct buf why = BUF_INIT;
    struct store *store = store_open(name, STORE_CREATE, &why);

    assert_non_null(store);
    put_texts(store);
    store_close(store);
    free(name);
    free(half.path);
    buf_release(&why);
}

static void a_reader_beside_the_writer(void **state)
{
    struct fixture *fixture = *state;
    struct store *reader = reopen(fixture, STORE_READ);
    struct act act = act_on(ACT_ACKNOWLEDGEMENT, 1, true, EN_1);
    char *wal = mem_printf("%s-wal", fixture->path);
    struct stat before, after;
    uint8_t id[ACT_RECORD_ID];

    assert_true(store_begin(reader));
    assert_stands(reader, 1, "stranger");
    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    assert_stands(reader, 1, "stranger"); /* one unmoving view */
    assert_true(store_commit(reader));
    assert_stands(reader, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");

    assert_true(store_begin(reader));
    assert_int_equal(store_act(reader, &act, NOON, id), ACT_UNAVAILABLE);
    assert_non_null(strstr(store_why(reader), "readonly"));
    store_rollback(reader);
    assert_stands(reader, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");

    assert_int_equal(stat(wal, &before), 0);
    store_close(reader); /* the last to close would checkpoint, a reader never does */
    assert_int_equal(stat(wal, &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    store_close(fixture->store);
    fixture->store = NULL;
    reader = reopen(fixture, STORE_READ); /* also with no keeper */
    assert_stands(reader, 1, "privacy-policy:newsletter=given@2026-03-01/en+0");
    store_close(reader);
    free(wal);
}

/* Pages wait for a call to be written back, but not for ever. */
static void pages_are_written_back(void **state)
{
    enum { MANY = 12000 }; /* pages, of BACKLOG_MAX */
    struct fixture *fixture = *state;
    char *wal = mem_printf("%s-wal", fixture->path);
    struct stat status;

    assert_true(store_write_back(fixture->store));
    assert_int_equal(store_backlog(fixture->store), 0);
    for (int i = 0; store_backlog(fixture->store) < 100; i++)
        give(fixture->store, i, true, EN_1, "newsletter", NOON);
    assert_true(store_write_back(fixture->store));
    assert_int_equal(store_backlog(fixture->store), 0);
    for (int i = 0; i < MANY; i++) {
        assert_true(store_begin(fixture->store));
        assert_true(store_probe(fixture->store));
        assert_true(store_commit(fixture->store));
    }
    give(fixture->store, MANY, true, EN_1, "newsletter", NOON);
    assert_true(store_backlog(fixture->store) < MANY);
    assert_int_equal(stat(wal, &status), 0);
    assert_true(status.st_size < (MANY + 200) * (4096 + 24) + 32);
    free(wal);
}

/* The schema's own guard. */

static void what_is_written_stays(void **state)
{
    struct fixture *fixture = *state;
    static const char *const rows[] = {
        "UPDATE entry SET hash = zeroblob(32)",
        "DELETE FROM entry",
        "REPLACE INTO entry VALUES (0, zeroblob(32))",
        "INSERT INTO entry VALUES (1, zeroblob(31))",
        "INSERT INTO entry VALUES (0, zeroblob(32))",
        "UPDATE record SET time = time + 1",
        "UPDATE record SET visitor = visitor",
        "UPDATE record SET earlier = zeroblob(8)",
        "INSERT INTO record SELECT * FROM record",
        "INSERT INTO record SELECT 1, zeroblob(31), offer, kind, gpc, time, id, salt, answers,"
        " earlier FROM record",
        "INSERT INTO record SELECT 1, visitor, offer, 3, gpc, time, id, salt, answers, earlier"
        " FROM record",
        "INSERT INTO record SELECT 1, visitor, offer, kind, gpc, time, id, salt, answers,"
        " zeroblob(7) FROM record",
        "UPDATE text SET body = x'00'",
        "DELETE FROM text",
        "REPLACE INTO text SELECT digest, x'00' FROM text",
        "UPDATE offer SET revision = '2030-01-01'",
        "DELETE FROM offer",
        "REPLACE INTO offer SELECT * FROM offer",
        "UPDATE question SET basis = 'consent'",
        "DELETE FROM question",
        "REPLACE INTO question SELECT offer, id, basis FROM question",
        "INSERT INTO question VALUES (1, 'a', 'contract')",
    };
    sqlite3 *raw = raw_open(fixture);

    give(fixture->store, 1, true, EN_1, "newsletter", NOON);
    assert_int_equal(sqlite3_exec(raw, "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON",
                                  NULL, NULL, NULL),
                     SQLITE_OK); /* as of whoever writes */
    for (size_t i = 0; i < COUNT(rows); i++)
        if (sqlite3_exec(raw, rows[i], NULL, NULL, NULL) != SQLITE_CONSTRAINT)
            fail_msg("not refused: %s", rows[i]);

    sqlite3_close(raw);
}

/* The one thing that may go: a person.  The number they left stays. */
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(answers_stand),
        IN_A_DATABASE(older_answers_stand),
        IN_A_DATABASE(a_long_history_is_not_read_to_its_end),
        IN_A_DATABASE(what_cannot_be_done),
        IN_A_DATABASE(acknowledgement),
        IN_A_DATABASE(acknowledged_long_ago),
        IN_A_DATABASE(withdrawal_names_the_texts_it_was_given_on),
        IN_A_DATABASE(withdrawal_of_more_than_a_record_holds),
        IN_A_DATABASE(unchanged),
        IN_A_DATABASE(time_is_the_clocks),
        IN_A_DATABASE(rollback_leaves_nothing),
        IN_A_DATABASE(one_failure_keeps_to_itself),
        IN_A_DATABASE(a_lost_transaction_stays_lost),
        IN_A_DATABASE(a_full_disk),
        IN_A_DATABASE(texts_are_stored_once),
        IN_A_DATABASE(records_newest_first),
        IN_A_DATABASE(a_record_is_found_by_its_id),
        IN_A_DATABASE(records_cannot_be_linked),
        IN_A_DATABASE(files_are_the_owners_alone),
        IN_A_DATABASE(after_a_time_that_is_none),
        IN_A_DATABASE(a_second_writer_is_refused),
        IN_A_DATABASE(what_cannot_be_opened),
        IN_A_DATABASE(an_interrupted_creation_is_completed),
        IN_A_DATABASE(a_reader_beside_the_writer),
        IN_A_DATABASE(pages_are_written_back),
        IN_A_DATABASE(what_is_written_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
