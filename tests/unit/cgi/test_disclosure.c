/* Provisions: their bytes, whether consent permits one, and how they are asked for. */
#include "../fixtures/provision_fixture.h"

#include "base/instant.h"
#include "site/permit.h"
#include "wire/wire.h"

/* The bytes. */

#define HANDLE "1111111111111111111111111111111111111111111111111111111111111111"
#define DIGEST "2222222222222222222222222222222222222222222222222222222222222222"
#define ID "33333333333333333333333333333333"
#define RECORD "44444444444444444444444444444444"
#define CONSENT(document, revision, record)                                                       \
    "{\"consent\":{\"document\":\"" document "\",\"language\":\"et\",\"purpose\":\"offers\","     \
    "\"record_id\":\"" record "\",\"revision\":\"" revision "\",\"text_sha256\":\"" DIGEST "\"}," \
    "\"data\":\"name\",\"event_time\":\"2026-03-01T12:00:00Z\",\"ground\":\"consent\","           \
    "\"handle\":\"" HANDLE "\",\"provision_id\":\"" ID "\",\"recipient\":{\"address\":\"Riga\","  \
    "\"id\":\"randur\",\"name\":\"R\xc3\xa4ndur\"},\"schema_version\":\"teade-provision-v1\"}"
#define LAW(time, ground, handle, recipient, data, version)                              \
    "{\"data\":\"" data "\",\"event_time\":\"" time "\",\"ground\":\"" ground            \
    "\",\"handle\":\"" handle "\",\"provision_id\":\"" ID "\",\"recipient\":{" recipient \
    "},\"schema_version\":\"" version "\"}"
#define TIME "2026-03-01T12:00:00Z"
#define COURT "\"address\":\"Tallinn\",\"name\":\"A court\""
#define V1 "teade-provision-v1"

static void provisions_are_canonical(void **state)
{
    static const struct {
        const char *bytes;
        bool sound;
    } rows[] = {
        {CONSENT("privacy-policy", "2026-03-01", RECORD), true},
        {CONSENT("Privacy", "2026-03-01", RECORD), false},
        {CONSENT("privacy-policy", "2026-02-30", RECORD), false},
        {CONSENT("privacy-policy", "2026-03-01", "44"), false},
        {LAW(TIME, "law", HANDLE, COURT, "name", V1), true},
        {LAW(TIME, "life-and-property", HANDLE, COURT, "name", V1), true},
        {LAW(TIME, "public-health", HANDLE, COURT, "name", V1), true},
        {LAW(TIME, "public-bodies", HANDLE, COURT, "name", V1), true},
        {LAW(TIME, "law", HANDLE, COURT ",\"representative\":\"\xe5\xb1\xb1\xe7\x94\xb0\"",
             "\xe6\xb0\x8f\xe5\x90\x8d", V1),
         true},
        {LAW(TIME, "consent", HANDLE, COURT, "name", V1), false}, /* with no yes */
        {LAW(TIME, "interest", HANDLE, COURT, "name", V1), false},
        {LAW("2026-02-30T12:00:00Z", "law", HANDLE, COURT, "name", V1), false},
        {LAW(TIME, "law", ID, COURT, "name", V1), false},
        {LAW(TIME, "law", HANDLE, COURT, "name", "teade-provision-v2"), false},
        {LAW(TIME, "law", HANDLE, COURT, "", V1), false},
        {LAW(TIME, "law", HANDLE, COURT, "a\\nb", V1), false},
        {LAW(TIME, "law", HANDLE, COURT,
             "a\xe2\x80\xae"
             "b",
             V1),
         false}, /* turns what follows */
        {LAW(TIME, "law", HANDLE, COURT, "a\xff", V1), false},
        {LAW(TIME, "law", HANDLE, COURT, "na\\u006de", V1), false}, /* a second spelling */
        {LAW(TIME, "law", HANDLE, "\"address\":\"Tallinn\"", "name", V1), false},
        {LAW(TIME, "law", HANDLE, COURT ",\"representative\":\"\"", "name", V1), false},
        {LAW(TIME, "law", HANDLE, "\"address\":\"T\",\"id\":\"A.B\",\"name\":\"B\"", "name", V1),
         false},
        {LAW(TIME, "law", HANDLE, "\"name\":\"A court\",\"address\":\"Tallinn\"", "name", V1),
         false},
        {LAW(TIME, "law", HANDLE, COURT ",\"phone\":\"1\"", "name", V1), false},
        {LAW(TIME, "law", HANDLE, COURT, "name", V1) " ", false},
        {"{}", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct provision provision;
        struct buf again = BUF_INIT;

        if (provision_parse(&provision, str_of(rows[i].bytes)) != rows[i].sound)
            fail_msg("row %zu", i);
        if (rows[i].sound) {
            provision_canonical(&provision, &again);
            assert_string_equal(again.data, rows[i].bytes);
        }
        buf_release(&again);
    }
}

static void words_are_bounded(void **state)
{
    (void)state;
    for (size_t i = 0; i < PROVISION_WORDS; i++) {
        const struct provision_word *word = &provision_words[i];
        struct provision provision = {.ground = GROUND_LAW};
        char *text = mem_alloc(word->size + 1);

        memset(text, 'x', word->size);
        assert_false(provision_set(&provision, word, (struct str){text, word->size}));
        assert_true(provision_set(&provision, word, (struct str){text, word->size - 1}));
        assert_false(provision_set(&provision, word, str_of("")));
        free(text);
    }
}

static void kept_for_three_years(void **state)
{
    static const struct {
        const char *made, *until;
    } rows[] = {
        {"2026-03-01T12:00:00Z", "2029-03-01T12:00:00Z"},
        {"2024-02-29T23:59:59Z", "2027-02-28T23:59:59Z"},
        {"2025-02-28T12:00:00Z", "2028-02-28T12:00:00Z"},
        {"2026-12-31T00:00:00Z", "2029-12-31T00:00:00Z"},
        {"9998-03-01T12:00:00Z", "9999-12-31T23:59:59Z"}, /* in an altered database */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t made;
        char until[INSTANT_SIZE];

        assert_true(instant_read(str_of(rows[i].made), &made));
        instant_write(provision_kept_until(made), until);
        assert_string_equal(until, rows[i].until);
    }
}

/* Consent: "privacy" asks about randur from day 0, and again on day 100; on day 200 it asks about
 * meteor as well.  "shop" asks about randur too, from day 300; and about nothing before. */

#define DAY(n) (NOON + (n)*INT64_C(86400))

static const char *offers_anew[] = {"offers"};
static struct manifest_question asks[] = {
    {.id = "offers.randur", .purpose = "offers", .basis = "consent"},
    {.id = "counting", .purpose = "counting", .basis = "legitimate-interests"},
    {.id = "offers.meteor", .purpose = "offers", .basis = "consent"},
    {.id = "loans.randur", .purpose = "loans", .basis = "consent"},
    {.id = "counting.bank", .purpose = "counting", .basis = "legitimate-interests"},
};
static struct manifest_revision privacy[] = {
    {.id = "a", .effective = DAY(0), .questions = asks, .question_count = 2},
    {.id = "b",
     .effective = DAY(100),
     .effective_day = "2026-06-10", /* where noon in UTC is the next day already */
     .reconsent = offers_anew,
     .reconsent_count = 1,
     .questions = asks,
     .question_count = 2},
    {.id = "c", .effective = DAY(200), .questions = asks, .question_count = 3},
};
static struct manifest_revision shop[] = {
    {.id = "a", .effective = DAY(300), .questions = &asks[3], .question_count = 2},
};
static struct manifest_document documents[] = {{"privacy", privacy, COUNT(privacy)},
                                               {"shop", shop, COUNT(shop)}};
static const struct manifest manifest = {
    .documents = documents, .document_count = COUNT(documents), .consent_validity = 24};

static void consent_is_judged(void **state)
{
    static const struct {
        int day; /* of the judgement */
        struct permit_question asked;
        struct {
            int answer, day;
            const char *document, *question, *revision;
        } said[3]; /* as store_standing() orders them */
        enum permit_verdict verdict;
        int64_t since;
    } rows[] = {
#define RANDUR {"", "", "randur"}
#define SAID(answer, day, revision)                                    \
    {                                                                  \
        ANSWER_##answer + 1, day, "privacy", "offers.randur", revision \
    }
        {10, RANDUR, {SAID(GIVEN, 5, "a")}, PERMIT_GIVEN, DAY(5)},
        {10, RANDUR, {SAID(REFUSED, 5, "a")}, PERMIT_REFUSED, DAY(5)},
        {10, RANDUR, {SAID(WITHDRAWN, 6, "a")}, PERMIT_WITHDRAWN, DAY(6)},
        {10, RANDUR, {{0}}, PERMIT_NEVER, 0},
        {99, RANDUR, {SAID(GIVEN, 5, "a")}, PERMIT_GIVEN, DAY(5)},
        {100, RANDUR, {SAID(GIVEN, 5, "a")}, PERMIT_ASKED_AGAIN, DAY(100)},
        {100, RANDUR, {SAID(REFUSED, 5, "a")}, PERMIT_ASKED_AGAIN, DAY(100)},
        /* A yes to the announced version counts from its day; until then the older one does. */
        {99, RANDUR, {SAID(GIVEN, 90, "b")}, PERMIT_NEVER, 0},
        {100, RANDUR, {SAID(GIVEN, 90, "b")}, PERMIT_GIVEN, DAY(90)},
        {100, RANDUR, {SAID(REFUSED, 90, "b"), SAID(GIVEN, 5, "a")}, PERMIT_REFUSED, DAY(90)},
        /* But a no counts at once, and what is taken back is. */
        {99, RANDUR, {SAID(REFUSED, 90, "b"), SAID(GIVEN, 5, "a")}, PERMIT_REFUSED, DAY(90)},
        {99, RANDUR, {SAID(WITHDRAWN, 95, "b")}, PERMIT_WITHDRAWN, DAY(95)},
        {250, RANDUR, {SAID(GIVEN, 110, "b")}, PERMIT_GIVEN, DAY(110)},
        /* 24 months from day 110, which is 19 June 2026. */
        {840, RANDUR, {SAID(GIVEN, 110, "b")}, PERMIT_AMBIGUOUS, 0},
        {840, {"privacy", "", "randur"}, {SAID(GIVEN, 110, "b")}, PERMIT_GIVEN, DAY(110)},
        {841, {"privacy", "", "randur"}, {SAID(GIVEN, 110, "b")}, PERMIT_EXPIRED, DAY(841)},
        {900, {"", "offers", "randur"}, {SAID(REFUSED, 110, "b")}, PERMIT_EXPIRED, DAY(841)},
        {109, {"privacy", "", "randur"}, {SAID(GIVEN, 110, "b")}, PERMIT_AHEAD, DAY(110)},
        {109, {"privacy", "", "randur"}, {SAID(REFUSED, 110, "b")}, PERMIT_AHEAD, DAY(110)},
        {109, {"privacy", "", "randur"}, {SAID(WITHDRAWN, 110, "b")}, PERMIT_WITHDRAWN, DAY(110)},
        {310, {"", "loans", "randur"}, {SAID(GIVEN, 110, "b")}, PERMIT_NEVER, 0},
        {310, {"shop", "", "randur"}, {SAID(GIVEN, 110, "b")}, PERMIT_NEVER, 0},
        {310, {"privacy", "loans", "randur"}, {SAID(GIVEN, 110, "b")}, PERMIT_NO_RECIPIENT, 0},
        {10, {"", "", "meteor"}, {{0}}, PERMIT_NO_RECIPIENT, 0}, /* not asked about yet */
        {200, {"", "", "meteor"}, {SAID(GIVEN, 110, "b")}, PERMIT_NEVER, 0},
        {10, {"", "", "offers"}, {SAID(GIVEN, 5, "a")}, PERMIT_NO_RECIPIENT, 0},
        {10, {"other", "", "randur"}, {SAID(GIVEN, 5, "a")}, PERMIT_NO_RECIPIENT, 0},
        {310, {"", "", "bank"}, {{0}}, PERMIT_NO_RECIPIENT, 0}, /* on another basis */
        {-1, RANDUR, {{0}}, PERMIT_NO_RECIPIENT, 0},            /* no version is in force */
        /* Another document's yes under the same id is none. */
        {10, RANDUR, {{ANSWER_GIVEN + 1, 5, "shop", "offers.randur", "a"}}, PERMIT_NEVER, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct standing standings[3];
        struct permit permit;
        struct buf told = BUF_INIT;
        size_t count = 0;

        for (; count < 3 && rows[i].said[count].answer; count++) {
            struct standing *said = &standings[count];

            *said = (struct standing){.answer = (enum answer)(rows[i].said[count].answer - 1),
                                      .time = DAY(rows[i].said[count].day)};
            snprintf(said->document, sizeof said->document, "%s", rows[i].said[count].document);
            snprintf(said->question, sizeof said->question, "%s", rows[i].said[count].question);
            snprintf(said->revision, sizeof said->revision, "%s", rows[i].said[count].revision);
        }
        permit_judge(&permit, &manifest, DAY(rows[i].day), &rows[i].asked, standings, count);
        if (permit.told.verdict != rows[i].verdict || permit.told.since != rows[i].since)
            fail_msg("row %zu: %d, since day %lld", i, permit.told.verdict,
                     (long long)(permit.told.since - NOON) / 86400);
        permit_tell(&permit.told, rows[i].asked.recipient, &told);
        assert_non_null(strstr(told.data, rows[i].asked.recipient));
        if (permit.told.verdict == PERMIT_ASKED_AGAIN)
            assert_non_null(strstr(told.data, "since 2026-06-10"));
        buf_release(&told);
    }
}

/* On the wire. */

static void requests_travel(void **state)
{
    struct provide wanted = request(7, GROUND_CONSENT, "randur"), taken;
    struct buf bytes = BUF_INIT;
    struct wire_reader reader;

    (void)state;
    snprintf(wanted.document, sizeof wanted.document, "privacy-policy");
    provide_put(&bytes, &wanted);
    reader = (struct wire_reader){.rest = buf_str(&bytes)};
    assert_true(provide_take(&reader, &taken) && wire_done(&reader));
    assert_memory_equal(&taken, &wanted, sizeof wanted);
    for (size_t len = 0; len < bytes.len; len++) {
        reader = (struct wire_reader){.rest = {bytes.data, len}};
        assert_false(provide_take(&reader, &taken) && wire_done(&reader));
    }
    buf_release(&bytes);
}

/* Words of a site are cut, between two characters, where a reply has no room for them. */
static void answers_travel(void **state)
{
    char longer[PROVISION_DATA_MAX + 2];
    struct provided sent = {.result = ACT_DONE,
                            .id = {1, 2, 3},
                            .time = NOON,
                            .told = {.verdict = PERMIT_OTHER_NAME,
                                     .since = NOON + 1,
                                     .day = str_of("2026-03-01"),
                                     .name = str_of("R\xc3\xa4ndur"),
                                     .country = str_of("Latvia"),
                                     .data = {longer, sizeof longer},
                                     .language = str_of("en")}},
                    taken;
    struct buf bytes = BUF_INIT;
    struct wire_reader reader;

    (void)state;
    memset(longer, 'x', sizeof longer);
    memcpy(longer + sizeof longer - 3, "\xc3\xa4", 2);
    provided_put(&bytes, &sent);
    reader = (struct wire_reader){.rest = buf_str(&bytes)};
    assert_true(provided_take(&reader, &taken) && wire_done(&reader));
    assert_int_equal(taken.result, sent.result);
    assert_memory_equal(taken.id, sent.id, sizeof sent.id);
    assert_int_equal(taken.time, sent.time);
    assert_int_equal(taken.told.verdict, sent.told.verdict);
    assert_int_equal(taken.told.since, sent.told.since);
    assert_true(str_equal(taken.told.day, sent.told.day));
    assert_true(str_equal(taken.told.name, sent.told.name));
    assert_true(str_equal(taken.told.country, sent.told.country));
    assert_int_equal(taken.told.data.len, PROVISION_DATA_MAX - 1);
    assert_true(str_equal(taken.told.language, sent.told.language));
    for (size_t len = 0; len < bytes.len; len++) {
        reader = (struct wire_reader){.rest = {bytes.data, len}};
        assert_false(provided_take(&reader, &taken) && wire_done(&reader));
    }
    buf_release(&bytes);
}

static void requests_are_whole(void **state)
{
    static const struct {
        enum provision_ground ground;
        const char *recipient;
        size_t without;
        bool whole;
    } rows[] = {
        {GROUND_CONSENT, "randur", PROVISION_WORDS, true},
        {GROUND_CONSENT, "", PROVISION_WORDS, false},
        {GROUND_CONSENT, "randur", PROVISION_NAME, true}, /* the text has it */
        {GROUND_CONSENT, "randur", PROVISION_DATA, false},
        {GROUND_LAW, "", PROVISION_WORDS, true},
        {GROUND_LAW, "", 0, false},
        {GROUND_LAW, "", 1, false},
        {GROUND_LAW, "", 2, true},
        {GROUND_LAW, "", 3, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct provide wanted = request(1, rows[i].ground, rows[i].recipient), taken;
        struct buf bytes = BUF_INIT;
        struct wire_reader reader;

        if (rows[i].without < PROVISION_WORDS)
            *((char *)&wanted.provision + provision_words[rows[i].without].offset) = '\0';
        provide_put(&bytes, &wanted);
        reader = (struct wire_reader){.rest = buf_str(&bytes)};
        if (provide_take(&reader, &taken) != rows[i].whole)
            fail_msg("row %zu", i);
        buf_release(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(provisions_are_canonical), cmocka_unit_test(words_are_bounded),
        cmocka_unit_test(kept_for_three_years),     cmocka_unit_test(consent_is_judged),
        cmocka_unit_test(requests_travel),          cmocka_unit_test(requests_are_whole),
        cmocka_unit_test(answers_travel),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
