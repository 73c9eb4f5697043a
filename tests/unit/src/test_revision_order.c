/* Which revision may follow which, and what a retracted one does to the others. */
#include "../fixtures/test.h"

#include "content/revision_order.h"

#define NEWSLETTER "  newsletter:\n    basis: consent\n"
#define RANDUR "      - {id: randur, name: Rändur, country: LV, data: name}\n"
#define OFFERS "  offers:\n    basis: consent\n    recipients:\n" RANDUR

/* Writes a revision that states its purposes in a list. */
static void add(const char *folder, const char *id, const char *settings, const char *purposes)
{
    char *name = mem_printf("doc/%s.md", id);
    char *text = mem_printf("---\ntitle: T\nlanguage: en\npublished: %.10s\nauthoritative: en\n"
                            "%s%s%s---\n\nText.\n",
                            id, settings, *purposes ? "purposes:\n" : "", purposes);

    free(folder_file(folder, name, text));
    free(text);
    free(name);
}

/* The first finding, without the folder in its path. */
static size_t told(const char *row, struct heard *heard, const char *folder, const char *wanted)
{
    struct str text = heard_text(heard);
    size_t len = strlen(folder) + strlen("/doc/");

    text.len = (size_t)(strchrnul(text.data, '\n') - text.data);
    if (text.len > len && strncmp(text.data, folder, strlen(folder)) == 0)
        text = (struct str){text.data + len, text.len - len};
    return differs(row, text, wanted ? wanted : "");
}

static void rules(void **state)
{
    static const char first[] = "effective: 2026-03-01\nclass: notify\n";
    static const struct {
        const char *settings, *purposes, *finding; /* of 2026-05-01, after NEWSLETTER OFFERS */
    } rows[] = {
        {"effective: 2026-05-01\nclass: notify\nsummary: S\n", NEWSLETTER OFFERS, NULL},
        {"effective: 2026-05-01\nclass: notify\n", NEWSLETTER OFFERS,
         "2026-05-01.md:7:8: error: version 2026-05-01 does not say what changes"},
        {"effective: 2026-04-30\nclass: notify\nsummary: S\n", NEWSLETTER OFFERS,
         "2026-05-01.md:6:12: error: effective 2026-04-30 is before published 2026-05-01"},
        /* Time to read it. */
        {"effective: 2026-05-30\nclass: reconsent\nreconsent: [newsletter]\nsummary: S\n",
         NEWSLETTER OFFERS,
         "2026-05-01.md:6:12: error: this change asks for consent again and is announced 29 days "
         "before it takes effect"},
        {"effective: 2026-05-31\nclass: reconsent\nreconsent: [newsletter]\nsummary: S\n",
         NEWSLETTER OFFERS, NULL},
        {"effective: 2026-05-02\nclass: notify\nsummary: S\n", NEWSLETTER OFFERS, NULL},
        /* Whom it asks. */
        {"effective: 2026-07-01\nclass: reconsent\nsummary: S\n", NEWSLETTER OFFERS,
         "2026-05-01.md:7:8: error: class reconsent without the purposes that must be answered "
         "again"},
        {"effective: 2026-07-01\nclass: reconsent\nreconsent: []\nsummary: S\n", NEWSLETTER OFFERS,
         "2026-05-01.md:7:8: error: class reconsent without the purposes that must be answered "
         "again"},
        {"effective: 2026-07-01\nclass: notify\nreconsent: [newsletter]\nsummary: S\n",
         NEWSLETTER OFFERS,
         "2026-05-01.md:8:12: error: reconsent names purposes, but the class is notify"},
        {"effective: 2026-07-01\nclass: reconsent\nreconsent: [letters]\nsummary: S\n",
         NEWSLETTER OFFERS,
         "2026-05-01.md:8:13: error: \"letters\" is not a purpose that visitors answer"},
        {"effective: 2026-07-01\nclass: reconsent\nreconsent: [newsletter]\nsummary: S\n",
         "  newsletter:\n    basis: contract\n",
         "2026-05-01.md:8:13: error: \"newsletter\" is not a purpose that visitors answer"},
        /* What wording alone cannot change. */
        {"effective: 2026-05-01\nclass: editorial\nsummary: S\n", NEWSLETTER OFFERS, NULL},
        {"effective: 2026-05-01\nclass: editorial\nsummary: S\n", OFFERS NEWSLETTER, NULL},
        {"effective: 2026-05-01\nclass: editorial\nsummary: S\n",
         NEWSLETTER OFFERS "  sums:\n    basis: not-stated\n",
         "2026-05-01.md:16:3: error: version 2026-05-01 is editorial, but its purpose \"sums\" is "
         "new"},
        {"effective: 2026-05-01\nclass: editorial\nsummary: S\n", OFFERS,
         "2026-05-01.md:10:3: error: version 2026-05-01 is editorial, but its purpose "
         "\"newsletter\" is removed"},
        {"effective: 2026-05-01\nclass: editorial\nsummary: S\n",
         "  newsletter:\n    basis: contract\n" OFFERS,
         "2026-05-01.md:10:3: error: version 2026-05-01 is editorial, but its purpose "
         "\"newsletter\" has another legal basis"},
        {"effective: 2026-05-01\nclass: editorial\nsummary: S\n",
         NEWSLETTER OFFERS "      - {id: b, name: B, country: US, data: name}\n",
         "2026-05-01.md:12:3: error: version 2026-05-01 is editorial, but its purpose \"offers\" "
         "has other recipients"},
        {"effective: 2026-05-01\nclass: editorial\nsummary: S\n",
         NEWSLETTER "  offers:\n    basis: consent\n",
         "2026-05-01.md:12:3: error: version 2026-05-01 is editorial, but its purpose \"offers\" "
         "has other recipients"},
        /* What answers were given to goes on being that. */
        {"effective: 2026-05-01\nclass: notify\nsummary: S\n",
         NEWSLETTER "  offers:\n    basis: consent\n    recipients:\n"
                    "      - {id: randur, name: Rändur 2, country: LV, data: name}\n",
         "2026-05-01.md:15:9: error: answers about recipient \"randur\" would stay valid for "
         "another recipient or other data"},
        {"effective: 2026-05-01\nclass: notify\nsummary: S\n",
         "  newsletter:\n    basis: legitimate-interests\n" OFFERS,
         "2026-05-01.md:10:3: error: answers to \"newsletter\" would stay valid under another "
         "legal basis"},
        {"effective: 2026-07-01\nclass: reconsent\nreconsent: [newsletter]\nsummary: S\n",
         "  newsletter:\n    basis: legitimate-interests\n" OFFERS, NULL},
        {"effective: 2026-05-01\nclass: notify\nsummary: S\n",
         "  newsletter:\n    basis: contract\n" OFFERS, NULL},
        /* Taken back. */
        {"effective: 2026-06-01\nretracted: 2026-05-01\nclass: notify\nsummary: S\n", NEWSLETTER,
         NULL},
        {"effective: 2026-06-01\nretracted: 2026-05-31\nclass: notify\nsummary: S\n", NEWSLETTER,
         NULL},
        {"effective: 2026-06-01\nretracted: 2026-06-01\nclass: notify\nsummary: S\n", NEWSLETTER,
         "2026-05-01.md:7:12: error: retracted 2026-06-01 is not between published 2026-05-01 and "
         "effective 2026-06-01"},
        {"effective: 2026-06-01\nretracted: 2026-04-30\nclass: notify\nsummary: S\n", NEWSLETTER,
         "2026-05-01.md:7:12: error: retracted 2026-04-30 is not between published 2026-05-01 and "
         "effective 2026-06-01"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *folder = folder_new();
        struct document document = {0};
        struct heard heard;

        add(folder, "2026-03-01", first, NEWSLETTER OFFERS);
        add(folder, "2026-05-01", rows[i].settings, rows[i].purposes);
        heard_init(&heard);
        if ((document_read(&document, folder, "doc", (struct date){"9999-12-31"},
                           &heard.findings) &&
             revision_order_check(&document, 30, &heard.findings)) != !rows[i].finding)
            wrong++;
        wrong += told(rows[i].settings, &heard, folder, rows[i].finding);
        document_release(&document);
        heard_release(&heard);
        folder_free(folder);
    }
    assert_int_equal(wrong, 0);
}

/* Three revisions with the days given, and what the days rule says of the last. */
static void overtaken(void **state)
{
    static const struct {
        const char *second, *third;
        bool fine;
    } rows[] = {
        {"effective: 2026-12-01\n", "effective: 2026-06-01\n", false},
        {"effective: 2026-12-01\n", "effective: 2026-12-01\n", true},
        {"effective: 2026-12-01\nretracted: 2026-05-10\n", "effective: 2026-06-01\n", true},
        {"effective: 2026-12-01\n", "effective: 2026-06-01\nretracted: 2026-05-20\n", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *folder = folder_new();
        char *second = mem_printf("%sclass: notify\nsummary: S\n", rows[i].second);
        char *third = mem_printf("%sclass: notify\nsummary: S\n", rows[i].third);
        struct document document = {0};
        struct heard heard;

        add(folder, "2026-03-01", "effective: 2026-03-01\nclass: notify\n", "");
        add(folder, "2026-05-01", second, "");
        add(folder, "2026-05-15", third, "");
        heard_init(&heard);
        assert_true(
            document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
        if (revision_order_check(&document, 30, &heard.findings) != rows[i].fine)
            fail_msg("%s%s", rows[i].second, rows[i].third);
        document_release(&document);
        heard_release(&heard);
        free(second);
        free(third);
        folder_free(folder);
    }
}

/* A retracted revision was announced until that day, and never counts again. */
static void retracted(void **state)
{
    static const struct {
        const char *day, *states, *newest; /* a letter per revision */
    } rows[] = {
        {"2026-05-01", "iaa", "2026-05-15"}, {"2026-05-09", "iaa", "2026-05-15"},
        {"2026-05-10", "ira", "2026-05-15"}, {"2026-06-01", "ira", "2026-05-15"},
        {"2026-07-01", "sri", "2026-05-15"},
    };
    char *folder = folder_new();
    struct document document = {0};
    struct heard heard;

    (void)state;
    add(folder, "2026-03-01", "effective: 2026-03-01\nclass: notify\n", "");
    add(folder, "2026-05-01", "effective: 2026-06-01\nretracted: 2026-05-10\nclass: notify\n", "");
    add(folder, "2026-05-15", "effective: 2026-07-01\nclass: notify\n", "");
    heard_init(&heard);
    assert_true(
        document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date day;

        assert_true(date_parse(str_of(rows[i].day), &day));
        for (size_t r = 0; r < document.count; r++)
            if ("aisr"[document_state(&document, &document.revisions[r], day)] != rows[i].states[r])
                fail_msg("%s on %s", document.revisions[r].id, rows[i].day);
        assert_string_equal(document_newest(&document, day)->id, rows[i].newest);
    }
    assert_ptr_equal(document_before(&document, &document.revisions[2]), &document.revisions[0]);
    assert_ptr_equal(document_before(&document, &document.revisions[1]), &document.revisions[0]);
    assert_null(document_before(&document, &document.revisions[0]));
    document_release(&document);
    heard_release(&heard);
    folder_free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules),
        cmocka_unit_test(overtaken),
        cmocka_unit_test(retracted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
