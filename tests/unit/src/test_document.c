/* Which revision comes first, which is in force, and what is no revision at all. */
#include "../fixtures/test.h"

#include "content/document.h"

/* Writes a revision of the document "doc": published on its id's day. */
static void add(const char *folder, const char *id, const char *effective)
{
    char *name = mem_printf("doc/%s.md", id);
    char *text = mem_printf("---\ntitle: %s\nlanguage: en\npublished: %.10s\neffective: %s\n"
                            "class: notify\nauthoritative: en\n---\n\nText.\n",
                            id, id, effective);

    free(folder_file(folder, name, text));
    free(text);
    free(name);
}

static struct date day(const char *iso)
{
    struct date date = {""};

    assert_true(date_parse(str_of(iso), &date));
    return date;
}

static void order(void **state)
{
    static const char *const sorted[] = {"2025-12-31",     "2026-11-22",   "2026-11-22.1",
                                         "2026-11-22.2",   "2026-11-22.9", "2026-11-22.10",
                                         "2026-11-22.999", "2026-11-23"};
    char *folder = folder_new();
    struct document document = {0};
    struct heard heard;

    (void)state;
    for (size_t i = 0; i < COUNT(sorted); i++)
        add(folder, sorted[(i * 5 + 3) % COUNT(sorted)], "2026-12-01");
    heard_init(&heard);
    assert_true(
        document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
    assert_int_equal(heard_differs("order", &heard, NULL), 0);
    assert_string_equal(document.id, "doc");
    assert_int_equal(document.count, COUNT(sorted));
    for (size_t i = 0; i < COUNT(sorted); i++) {
        assert_string_equal(document.revisions[i].id, sorted[i]);
        assert_string_equal(document.revisions[i].title, sorted[i]);
    }
    document_release(&document);
    document_release(&document);
    heard_release(&heard);
    folder_free(folder);
}

/* By day: announced, in force or superseded. */
static void states(void **state)
{
    static const struct {
        const char *day, *states, *in_force; /* a letter per revision */
    } rows[] = {
        {"2026-01-01", "aaaa", NULL},           {"2026-02-28", "aaaa", NULL},
        {"2026-03-01", "iaaa", "2026-03-01"},   {"2026-06-09", "iaaa", "2026-03-01"},
        {"2026-06-10", "ssia", "2026-05-02"},   {"2026-06-11", "ssia", "2026-05-02"},
        {"2026-07-01", "sssi", "2026-05-02.1"}, {"2036-07-01", "sssi", "2026-05-02.1"},
    };
    char *folder = folder_new();
    struct document document = {0};
    struct heard heard;

    (void)state;
    add(folder, "2026-03-01", "2026-03-01");
    add(folder, "2026-05-01", "2026-06-10");
    add(folder, "2026-05-02", "2026-06-10");
    add(folder, "2026-05-02.1", "2026-07-01");
    heard_init(&heard);
    assert_true(
        document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct revision *current = document_in_force(&document, day(rows[i].day));

        assert_string_equal(current ? current->id : "", rows[i].in_force ? rows[i].in_force : "");
        for (size_t r = 0; r < document.count; r++) {
            enum state is = document_state(&document, &document.revisions[r], day(rows[i].day));

            if ("ais"[is] != rows[i].states[r])
                fail_msg("%s on %s is %c", document.revisions[r].id, rows[i].day, "ais"[is]);
        }
    }
    document_release(&document);
    heard_release(&heard);
    folder_free(folder);
}

/* A revision that is not published yet is nobody's to see. */
static void drafts(void **state)
{
    char *folder = folder_new();
    struct document document = {0};
    struct heard heard;

    (void)state;
    add(folder, "2026-03-01", "2026-03-01");
    add(folder, "2026-05-01", "2026-06-01");
    heard_init(&heard);
    assert_true(
        document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
    document_set_day(&document, day("2026-04-30"));
    assert_int_equal(document.count, 1);
    assert_int_equal(document.drafts, 1);
    document_release(&document);
    assert_true(
        document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
    document_set_day(&document, day("2026-05-01"));
    assert_int_equal(document.count, 2);
    document_release(&document);
    heard_release(&heard);
    folder_free(folder);
}

static void not_revisions(void **state)
{
    static const char *const rows[] = {"2026-11-22",
                                       "2026-11-22b.md",
                                       "2026-11-22-2.md",
                                       "2026-11-31.md",
                                       "draft.md",
                                       "2026-11-22.0.md",
                                       "2026-11-22.txt",
                                       "published",
                                       "a",
                                       ".md"};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool hidden = rows[i][0] == '.' || strcmp(rows[i], "published") == 0; /* not looked at */
        char *folder = folder_new(), *name = mem_printf("doc/%s", rows[i]);
        char *path = folder_file(folder, name, "");
        char *wanted = mem_printf("%s: error: not the name of a version", path);
        struct document document = {0};
        struct heard heard;

        add(folder, "2026-11-22", "2026-11-22");
        heard_init(&heard);
        assert_int_equal(
            document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings),
            hidden);
        assert_int_equal(heard_differs(rows[i], &heard, hidden ? NULL : wanted), 0);
        document_release(&document);
        heard_release(&heard);
        free(wanted);
        free(path);
        free(name);
        folder_free(folder);
    }
}

/* What other programs leave beside the versions, hidden or not: passed over, and told. */
static void strays(void **state)
{
    static const char *const rows[] = {
        "2026-11-22.md~", "#2026-11-22.md#", ".#2026-11-22.md", ".2026-11-22.md.swp",
        ".DS_Store", "Thumbs.db", "thumbs.DB", "desktop.ini", "._2026-11-22.md",
        "2026-11-22 (Mari's conflicted copy 2026-12-01).md", "2026-11-22 (conflicted copy).md",
        "2026-11-22.sync-conflict-20261201-101112-ABCDEFG.md", "2026-11-22_BACKUP_17.md",
        "2026-11-22_LOCAL_17.md", "2026-11-22.md.orig", "2026-11-22.md.rej", "2026-11-22.md.bak",
        "2026-11-22 copy.md", "2026-11-22 copy 2.md", "2026-11-22 - Copy.md", "2026-11-22 (1).md",
        "Copy of 2026-11-22.md", ".~lock.2026-11-22.md#", "~$2026-11-22.md", "x.tmp",
        "2026-11-22.md.mine", "2026-11-22.md.crdownload", ".nfs0000000000000001"};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *folder = folder_new(), *name = mem_printf("doc/%s", rows[i]);
        char *path = folder_file(folder, name, "");
        char *wanted = mem_printf("%s: warning: ", path);
        struct document document = {0};
        struct heard heard;

        add(folder, "2026-11-22", "2026-11-22");
        heard_init(&heard);
        assert_true(
            document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
        assert_int_equal(document.count, 1);
        assert_int_equal(heard.findings.warnings, 1);
        assert_non_null(strstr(heard_text(&heard).data, wanted));
        assert_non_null(strstr(heard.text, "it is ignored"));
        document_release(&document);
        heard_release(&heard);
        free(wanted);
        free(path);
        free(name);
        folder_free(folder);
    }
}

static void no_revision(void **state)
{
    char *folder = folder_new(), *path = mem_printf("%s/doc", folder);
    char *wanted = mem_printf("%s: error: document \"doc\" has no version", path);

    (void)state;
    for (int there = 0; there < 2; there++) {
        struct document document = {0};
        struct heard heard;

        assert_true(!there || directory_make(path));
        heard_init(&heard);
        assert_false(
            document_read(&document, folder, "doc", (struct date){"9999-12-31"}, &heard.findings));
        assert_int_equal(heard_differs("none", &heard, wanted), 0);
        document_release(&document);
        heard_release(&heard);
    }
    free(wanted);
    free(path);
    folder_free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),         cmocka_unit_test(states),      cmocka_unit_test(drafts),
        cmocka_unit_test(not_revisions), cmocka_unit_test(strays), cmocka_unit_test(no_revision),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
