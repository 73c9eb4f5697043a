/* From a form to the text that was offered, and to the act on it. */
#include "../fixtures/test.h"

#include "record/record.h"
#include "web/offered.h"

enum { FIRST = 1000000, SECOND = 2000000, NOW = SECOND + 10, LATER = SECOND + 2 * OFFER_GRACE };

#define OLD "aaaa000011112222333344445555666677778888999900001111222233334444"
#define NEW "bbbb000011112222333344445555666677778888999900001111222233334444"

static struct manifest_question questions[] = {{.id = "newsletter", .basis = "consent"},
                                               {.id = "offers.randur", .basis = "consent"},
                                               {.id = "visits", .basis = "legitimate-interests"},
                                               {.id = "orders", .basis = "contract"}};
static struct manifest_text old_text = {.language = "en", .digest = OLD, .title = "Old"},
                            new_text = {.language = "en", .digest = NEW, .title = "New"};
static struct manifest_revision revisions[] = {
    {.id = "2026-01-01",
     .effective = FIRST,
     .questions = questions,
     .question_count = COUNT(questions),
     .texts = &old_text,
     .text_count = 1},
    {.id = "2026-02-01",
     .effective = SECOND,
     .questions = questions,
     .question_count = COUNT(questions),
     .texts = &new_text,
     .text_count = 1},
};
static struct manifest_document document = {"policy", revisions, COUNT(revisions)};
static const struct manifest manifest = {.documents = &document, .document_count = 1};

#define ON_OLD "document=policy&revision=2026-01-01&digest=" OLD
#define ON_NEW "document=policy&revision=2026-02-01&digest=" NEW

static struct offered find(struct form *form, const char *body, int64_t now)
{
    assert_true(form_parse(form, str_of(body)));
    return offered_find(&manifest, now, "en", form);
}

static void texts(void **state)
{
    static const struct {
        int64_t now;
        const char *form;
        enum offer offer;
        const char *text, *now_in_force; /* titles, or NULL */
    } rows[] = {
        {NOW, ON_NEW, OFFER_CURRENT, "New", "New"},
        {NOW, ON_OLD, OFFER_CURRENT, "Old", "New"},
        {FIRST, ON_NEW, OFFER_CURRENT, "New", "Old"},
        {FIRST - 1, ON_NEW, OFFER_CURRENT, "New", "New"},
        {LATER, ON_OLD, OFFER_ENDED, "Old", "New"},
        {NOW, "document=policy&revision=2026-02-01&digest=" OLD, OFFER_CHANGED, "New", "New"},
        {NOW, "document=policy&revision=2026-03-01&digest=" NEW, OFFER_UNKNOWN, NULL, NULL},
        {NOW, "document=other&revision=2026-02-01&digest=" NEW, OFFER_UNKNOWN, NULL, NULL},
        {NOW, "digest=" NEW, OFFER_UNKNOWN, NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct form form;
        struct offered offered = find(&form, rows[i].form, rows[i].now);

        assert_int_equal(offered.offer, rows[i].offer);
        assert_int_equal(offered.text != NULL, rows[i].text != NULL);
        assert_int_equal(offered.title_now != NULL, rows[i].now_in_force != NULL);
        if (rows[i].text)
            assert_string_equal(offered.text->title, rows[i].text);
        if (rows[i].now_in_force)
            assert_string_equal(offered.title_now, rows[i].now_in_force);
        form_release(&form);
    }
}

static void add_answers(const struct act *act, struct buf *out)
{
    for (size_t i = 0; i < act->answer_count; i++)
        buf_addf(out, "%s%s=%s", i ? " " : "", act->answers[i].question,
                 answer_names[act->answers[i].answer]);
}

static void answers(void **state)
{
    static const struct {
        const char *form, *answers; /* NULL: the form does not fit the text */
    } rows[] = {
        {"", ""},
        {"&choice.newsletter=given", "newsletter=given"},
        {"&choice.visits=objected&choice.newsletter=refused", "visits=objected newsletter=refused"},
        {"&choice.newsletter@bbbb0000=given", "newsletter=given"},
        {"&choice.newsletter@aaaa0000=given", NULL},
        {"&choice.newsletter@=given", NULL},
        {"&choice.newsletter=given&choice.newsletter@bbbb=given", NULL},
        {"&choice.newsletter=objected", NULL},
        {"&choice.newsletter=withdrawn", NULL},
        {"&choice.visits=given", NULL},
        {"&choice.orders=given", NULL},
        {"&choice.offers=given", NULL},
        {"&all=given", "newsletter=given offers.randur=given"},
        {"&all=refused&choice.newsletter=given", "newsletter=refused offers.randur=refused"},
        {"&all=refused&choice.other=given", NULL},
        {"&all=objected", NULL},
        {"&all=", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf body = BUF_INIT, got = BUF_INIT;
        struct offered offered;
        struct form form;
        struct act act;

        buf_addf(&body, "%s%s", ON_NEW, rows[i].form);
        offered = find(&form, body.data, NOW);
        if (offered_answers(&offered, &form, &act) != (rows[i].answers != NULL))
            fail_msg("%s", rows[i].form);
        if (rows[i].answers) {
            add_answers(&act, &got);
            assert_string_equal(buf_str(&got).len ? got.data : "", rows[i].answers);
        }
        form_release(&form);
        buf_release(&body);
        buf_release(&got);
    }
}

/* An act names the text that the form was about, also when that is no longer offered. */
static void acts(void **state)
{
    struct form form;
    struct offered offered = find(&form, ON_OLD, LATER);
    struct act act;

    (void)state;
    offered_act(&offered, ACT_ACKNOWLEDGEMENT, &act);
    assert_int_equal(act.kind, ACT_ACKNOWLEDGEMENT);
    assert_string_equal(act.document, "policy");
    assert_string_equal(act.revision, "2026-01-01");
    assert_string_equal(act.language, "en");
    assert_int_equal(act.digest[0], 0xaa);
    assert_int_equal(act.answer_count, 0);
    form_release(&form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts),
        cmocka_unit_test(answers),
        cmocka_unit_test(acts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
