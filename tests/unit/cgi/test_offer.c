/* What is offered when, and what an answer holds for: by instants, without a restart. */
#include "../fixtures/test.h"

#include <stdio.h>
#include <time.h>

#include "base/instant.h"
#include "site/offer.h"

enum { FIRST = 1000000, SECOND = 2000000, THIRD = 3000000, TAKEN_BACK = 2500000 };

static const char *newsletter_anew[] = {"newsletter"}, *offers_anew[] = {"offers"};

/* Each text's digest is its revision's letter and its language. */
static struct manifest_text texts[][3] = {
    {{.language = "en", .digest = "a-en"}, {.language = "et", .digest = "a-et"}},
    {{.language = "en", .digest = "b-en"},
     {.language = "et", .digest = "b-et"},
     {.language = "en", .digest = "b-en-before", .replaced = SECOND + 100}},
    {{.language = "en", .digest = "c-en"}, {.language = "et", .digest = "c-et"}},
    {{.language = "en", .digest = "d-en"}, {.language = "et", .digest = "d-et"}},
};
static struct manifest_revision revisions[] = {
    {.id = "a", .effective = FIRST, .texts = texts[0], .text_count = 2},
    {.id = "b",
     .effective = SECOND,
     .reconsent = newsletter_anew,
     .reconsent_count = 1,
     .texts = texts[1],
     .text_count = 3},
    {.id = "c",
     .effective = THIRD - 1,
     .retracted = TAKEN_BACK,
     .reconsent = offers_anew,
     .reconsent_count = 1,
     .texts = texts[2],
     .text_count = 2},
    {.id = "d",
     .effective = THIRD,
     .reconsent = offers_anew,
     .reconsent_count = 1,
     .texts = texts[3],
     .text_count = 2},
};
static struct manifest_document document = {"policy", revisions, COUNT(revisions)};
static const struct manifest manifest = {.documents = &document, .document_count = 1};

static void instants(void **state)
{
    static const struct {
        int64_t now;
        const char *in_force, *announced, *newest;
    } rows[] = {
        {FIRST - 1, "", "abcd", "d"},     {FIRST, "a", "bcd", "d"},
        {SECOND - 1, "a", "bcd", "d"},    {SECOND, "b", "cd", "d"},
        {TAKEN_BACK - 1, "b", "cd", "d"}, {TAKEN_BACK, "b", "d", "d"},
        {THIRD - 1, "b", "d", "d"},       {THIRD, "d", "", "d"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct manifest_revision *now = offer_in_force(&document, rows[i].now);

        assert_string_equal(now ? now->id : "", rows[i].in_force);
        assert_string_equal(offer_newest(&document, rows[i].now)->id, rows[i].newest);
        for (size_t r = 0; r < COUNT(revisions); r++)
            assert_int_equal(offer_is_announced(&revisions[r], rows[i].now),
                             strstr(rows[i].announced, revisions[r].id) != NULL);
    }
    document.revision_count = 3; /* without the last, the retracted one was the newest */
    assert_string_equal(offer_newest(&document, TAKEN_BACK - 1)->id, "c");
    assert_string_equal(offer_newest(&document, TAKEN_BACK)->id, "b");
    assert_string_equal(offer_in_force(&document, THIRD)->id, "b");
    document.revision_count = COUNT(revisions);
}

static void found(void **state)
{
    static const struct {
        const char *revision, *language, *digest;
        int64_t now;
        enum offer offer;
    } rows[] = {
        {"a", "en", "a-en", FIRST, OFFER_CURRENT},
        {"a", "en", "a-en", SECOND + OFFER_GRACE - 1, OFFER_CURRENT},
        {"a", "en", "a-en", SECOND + OFFER_GRACE, OFFER_ENDED},
        {"a", "en", "a-et", FIRST, OFFER_CHANGED},
        {"a", "ja", "a-en", FIRST, OFFER_UNKNOWN},
        {"x", "en", "a-en", FIRST, OFFER_UNKNOWN},
        {"d", "et", "d-et", FIRST, OFFER_CURRENT}, /* announced */
        {"d", "et", "d-et", 1000 * (int64_t)THIRD, OFFER_CURRENT},
        /* Its successor was retracted: it ends with the one after that. */
        {"b", "en", "b-en", THIRD + OFFER_GRACE - 1, OFFER_CURRENT},
        {"b", "en", "b-en", THIRD + OFFER_GRACE, OFFER_ENDED},
        /* Retracted. */
        {"c", "en", "c-en", TAKEN_BACK - 1, OFFER_CURRENT},
        {"c", "en", "c-en", TAKEN_BACK + OFFER_GRACE - 1, OFFER_CURRENT},
        {"c", "en", "c-en", TAKEN_BACK + OFFER_GRACE, OFFER_ENDED},
        /* Corrected by an erratum. */
        {"b", "en", "b-en-before", SECOND, OFFER_CURRENT},
        {"b", "en", "b-en-before", SECOND + 100 + OFFER_GRACE - 1, OFFER_CURRENT},
        {"b", "en", "b-en-before", SECOND + 100 + OFFER_GRACE, OFFER_ENDED},
        {"b", "et", "b-en-before", SECOND, OFFER_CHANGED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct manifest_revision *revision = NULL;
        const struct manifest_text *text = NULL;
        enum offer offer = offer_find(&manifest, rows[i].now, "policy", rows[i].revision,
                                      rows[i].language, rows[i].digest, &revision, &text);

        if (offer != rows[i].offer)
            fail_msg("row %zu: %d", i, offer);
        if (offer == OFFER_CURRENT)
            assert_string_equal(text->digest, rows[i].digest);
    }
    assert_string_equal(offer_text(&revisions[1], "en")->digest, "b-en");
}

static struct standing said(const char *question, enum answer answer, const char *revision)
{
    struct standing standing = {.document = "policy", .answer = answer};

    snprintf(standing.question, sizeof standing.question, "%s", question);
    snprintf(standing.revision, sizeof standing.revision, "%s", revision);
    return standing;
}

static void answers(void **state)
{
    static const struct {
        const char *answered, *question;
        size_t revision;
        bool holds;
    } rows[] = {
        {"a", "newsletter", 0, true},
        {"a", "newsletter", 1, false},
        {"b", "newsletter", 1, true},
        {"b", "newsletter", 3, true},
        {"a", "offers", 1, true},
        {"a", "offers", 3, false},
        {"b", "offers", 3, false},
        {"c", "offers", 3, false},
        {"d", "offers", 3, true},
        {"a", "offers.randur", 3, false}, /* a recipient is of its purpose */
        {"a", "offer", 3, true},
        {"b", "offers", 2, true}, /* what asked again was retracted */
        /* Said to a newer version: it is about this one unless asked again since, retracted or not.
         */
        {"d", "offers", 1, false},
        {"d", "offers.randur", 1, false},
        {"d", "newsletter", 1, true},
        {"d", "newsletter", 0, false},
        {"b", "newsletter", 0, false},
        {"b", "offers", 0, true},
        {"c", "offers", 1, false},
        {"c", "newsletter", 1, true},
        {"d", "offers", 2, false},
        {"gone", "offers", 1, true},
        {"gone", "newsletter", 1, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct standing standing = said(rows[i].question, ANSWER_GIVEN, rows[i].answered);

        if (offer_still_holds(&document, &revisions[rows[i].revision], &standing) != rows[i].holds)
            fail_msg("row %zu", i);
        /* These count for older versions whatever was asked. */
        for (size_t j = 0; j < 2; j++) {
            standing.answer = j ? ANSWER_REFUSED : ANSWER_WITHDRAWN;
            if (offer_is_newer(&document, rows[i].answered, &revisions[rows[i].revision]))
                assert_true(offer_still_holds(&document, &revisions[rows[i].revision], &standing));
        }
    }
    assert_ptr_equal(offer_revision(&document, "c"), &revisions[2]);
    assert_null(offer_revision(&document, "gone"));
}

/* Which of several answers is the one about a version. */
static void what_was_said(void **state)
{
    static const struct {
        struct {
            enum answer answer;
            const char *revision; /* NULL: no more */
        } said[4];                /* to offers, the newest first */
        size_t revision;
        int index; /* -1: none */
        bool holds;
    } rows[] = {
        {{{ANSWER_GIVEN, NULL}}, 1, -1, false},
        /* A yes to what was announced, or was retracted later, and a no to what is in force. */
        {{{ANSWER_GIVEN, "d"}, {ANSWER_REFUSED, "b"}}, 1, 1, true},
        {{{ANSWER_GIVEN, "c"}, {ANSWER_REFUSED, "b"}}, 1, 1, true},
        {{{ANSWER_GIVEN, "d"}, {ANSWER_REFUSED, "b"}}, 3, 0, true},
        {{{ANSWER_GIVEN, "d"}}, 1, -1, false},
        /* The other way round: the one to what is in force was said last. */
        {{{ANSWER_REFUSED, "b"}, {ANSWER_GIVEN, "d"}}, 1, 0, true},
        {{{ANSWER_REFUSED, "b"}, {ANSWER_GIVEN, "d"}}, 3, 1, true},
        /* Three versions, each of which asks for itself. */
        {{{ANSWER_GIVEN, "d"}, {ANSWER_GIVEN, "c"}, {ANSWER_REFUSED, "a"}}, 1, 2, true},
        {{{ANSWER_GIVEN, "d"}, {ANSWER_REFUSED, "c"}, {ANSWER_GIVEN, "a"}}, 2, 1, true},
        /* Nothing was asked again between a and b: the newest counts. */
        {{{ANSWER_GIVEN, "b"}, {ANSWER_REFUSED, "a"}}, 0, 0, true},
        {{{ANSWER_GIVEN, "a"}, {ANSWER_REFUSED, "b"}}, 1, 0, true},
        /* Older ones do not hold, and the newest of them is shown. */
        {{{ANSWER_GIVEN, "b"}, {ANSWER_REFUSED, "a"}}, 3, 0, false},
        /* A no and a withdrawal count for every older version. */
        {{{ANSWER_REFUSED, "d"}, {ANSWER_GIVEN, "b"}}, 1, 0, true},
        {{{ANSWER_WITHDRAWN, "d"}}, 1, 0, true},
        {{{ANSWER_WITHDRAWN, "d"}, {ANSWER_REFUSED, "b"}}, 1, 0, true},
        {{{ANSWER_GIVEN, "b"}, {ANSWER_WITHDRAWN, "d"}}, 1, 0, true},
        {{{ANSWER_GIVEN, "d"}, {ANSWER_WITHDRAWN, "d"}}, 1, 1, true},
        {{{ANSWER_WITHDRAWN, "b"}, {ANSWER_REFUSED, "d"}}, 3, 1, true},
        {{{ANSWER_WITHDRAWN, "b"}}, 3, 0, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct standing standings[6] = {said("newsletter", ANSWER_REFUSED, "b")};
        const struct standing *found;
        size_t count = 1;
        bool holds;

        for (size_t j = 0; j < COUNT(rows[i].said) && rows[i].said[j].revision; j++)
            standings[count++] = said("offers", rows[i].said[j].answer, rows[i].said[j].revision);
        standings[count++] = said("offers.randur", ANSWER_REFUSED, "b");
        found =
            offer_said(&document, &revisions[rows[i].revision], "offers", standings, count, &holds);
        if ((found ? (int)(found - standings) - 1 : -1) != rows[i].index || holds != rows[i].holds)
            fail_msg("row %zu", i);
        for (size_t j = 0; j < count; j++)
            assert_int_equal(offer_is_newest_said(standings, j), j < 2 || j == count - 1);
    }
}

static int64_t utc(const char *text)
{
    struct tm parts = {0};

    assert_int_equal(sscanf(text, "%d-%d-%dT%d:%d:%d", &parts.tm_year, &parts.tm_mon,
                            &parts.tm_mday, &parts.tm_hour, &parts.tm_min, &parts.tm_sec),
                     6);
    parts.tm_year -= 1900;
    parts.tm_mon--;
    return (int64_t)timegm(&parts);
}

static void expiry(void **state)
{
    static const struct {
        const char *given, *expires;
        int months;
    } rows[] = {
        {"2026-03-15T12:00:00", "2028-03-15T12:00:00", 24},
        {"2024-02-29T00:00:01", "2026-02-28T23:59:59", 24},
        {"2024-02-29T00:00:01", "2028-02-29T00:00:01", 48},
        {"2026-08-31T23:59:59", "2026-09-30T23:59:59", 1},
        {"2026-12-31T10:00:00", "2027-02-28T23:59:59", 2},
        {"2026-11-30T10:00:00", "2027-11-30T10:00:00", 12},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct manifest site = {.consent_validity = rows[i].months};

        assert_int_equal(offer_expires(&site, utc(rows[i].given)), utc(rows[i].expires));
    }
}

/* What was given since then has not expired, and what was given before has, each hour of it:
 * months are not equally long. */
static void since(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct manifest site = {.consent_validity = i % 40 + 1};
        int64_t now = utc("2024-02-01T00:00:00") + (int64_t)i * 86399;
        int64_t first = instant_months_ago(now, site.consent_validity);

        assert_true(offer_expires(&site, first) > now);
        for (int64_t given = first - 1; given > first - INT64_C(5) * 24 * 3600; given -= 3600)
            assert_true(offer_expires(&site, given) <= now);
    }
}

/* What has no age does not expire, and is not ahead; a clock may be wrong by some minutes. */
static void ages(void **state)
{
    static const struct {
        enum answer answer;
        int64_t later; /* seconds after it was given; a year is more than twelve months */
        bool expired, ahead;
    } rows[] = {
        {ANSWER_GIVEN, 0, false, false},
        {ANSWER_GIVEN, INT64_C(367) * 24 * 3600, true, false},
        {ANSWER_REFUSED, INT64_C(367) * 24 * 3600, true, false},
        {ANSWER_OBJECTED, INT64_C(367) * 24 * 3600, false, false},
        {ANSWER_WITHDRAWN, INT64_C(367) * 24 * 3600, false, false},
        {ANSWER_GIVEN, -300, false, false},
        {ANSWER_GIVEN, -301, false, true},
        {ANSWER_REFUSED, -301, false, true},
        {ANSWER_OBJECTED, -301, false, false},
        {ANSWER_WITHDRAWN, -301, false, false},
        {ANSWER_GIVEN, INT64_C(-3000) * 24 * 3600, false, true},
    };
    const struct manifest site = {.consent_validity = 12};
    const int64_t given = utc("2026-03-15T12:00:00");

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct standing standing = {.answer = rows[i].answer, .time = given};

        if (offer_has_expired(&site, given + rows[i].later, &standing) != rows[i].expired ||
            offer_is_ahead(given + rows[i].later, &standing) != rows[i].ahead)
            fail_msg("row %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instants),      cmocka_unit_test(found),  cmocka_unit_test(answers),
        cmocka_unit_test(what_was_said), cmocka_unit_test(expiry), cmocka_unit_test(since),
        cmocka_unit_test(ages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
