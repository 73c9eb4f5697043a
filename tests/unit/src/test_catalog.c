/* PO files: look-up, places, and what is wrong with a broken one. */
#include "../fixtures/test.h"

#include <sysexits.h>

#include "catalog/catalog.h"
#include "catalog/catalog_writer.h"

#define HEADER                                            \
    "msgid \"\"\nmsgstr \"\"\n\"MIME-Version: 1.0\\n\"\n" \
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n"

struct work {
    struct heard heard;
    char *folder, *path;
    struct catalog *catalog;
};

static void work_init(struct work *work, const char *text)
{
    heard_init(&work->heard);
    work->folder = folder_new();
    work->path = folder_file(work->folder, "a.po", text);
    work->catalog = catalog_read(work->path, NULL, &work->heard.findings);
}

static void work_release(struct work *work)
{
    catalog_free(work->catalog);
    heard_release(&work->heard);
    free(work->path);
    folder_free(work->folder);
}

static const char sound[] = HEADER "\n"
                                   "# a note\n"
                                   "#: a.md:title\n"
                                   "msgid \"one\"\n" /* line 9 */
                                   "msgstr \"üks\"\n"
                                   "\n"
                                   "#, fuzzy\n"
                                   "#| msgid \"twö\"\n"
                                   "msgid \"two\"\n" /* 14 */
                                   "msgstr \"kaks\"\n"
                                   "\n"
                                   "msgctxt \"month\"\n"
                                   "msgid \"one\"\n" /* 18 */
                                   "msgstr \"esimene\"\n"
                                   "\n"
                                   "msgctxt \"\"\n"
                                   "msgid \"four\"\n" /* 22 */
                                   "msgstr \"neli\"\n"
                                   "\n"
                                   "msgid \"\"\n"
                                   "\"a long \"\n" /* 26 */
                                   "\"one\\\\\\n\"\n"
                                   "\"of two lines, msgid \\\"\"\n"
                                   "msgstr \"\"\n"
                                   "\"pikk\"\n"
                                   "\n"
                                   "msgid \"three\"\n" /* 32 */
                                   "msgstr \"\"\n"
                                   "\n"
                                   "msgid \"blank\"\n" /* 35 */
                                   "msgstr \" \\n\\t\u3000\u00a0\"\n"
                                   "\n"
                                   "msgid \"to\u0308o\"\n" /* 38 */
                                   "msgstr \"jah\"\n"
                                   "\n"
                                   "#~ msgid \"old\"\n"
                                   "#~ msgstr \"vana\"\n"
                                   "\n"
                                   "#~ msgid \"last\"\n"
                                   "#~ msgstr \"viimane\"\n";

static void look_up(void **state)
{
    static const struct {
        const char *context, *msgid, *msgstr; /* msgstr NULL: it is not there */
        bool fuzzy;
        size_t line;
    } rows[] = {
        {NULL, "one", "üks", false, 9},
        {NULL, "two", "kaks", true, 14},
        {"month", "one", "esimene", false, 18},
        {NULL, "a long one\\\nof two lines, msgid \"", "pikk", false, 26},
        {NULL, "three", "", false, 32},
        {NULL, "blank", "", false, 35},    /* nobody would see it */
        {NULL, "two\u0303", NULL, false, 0},
        {NULL, "t\u00f6o", "jah", false, 38}, /* decomposed there, composed here */
        {NULL, "to\u0308o", "jah", false, 38},
        {NULL, "four", "neli", false, 22}, /* an empty context is none */
        {"month", "two", NULL, false, 0},
        {"day", "one", NULL, false, 0},
        {NULL, "old", NULL, false, 0},
        {NULL, "last", NULL, false, 0},
        {NULL, "twö", NULL, false, 0},
        {NULL, "One", NULL, false, 0},
        {NULL, "on", NULL, false, 0},
    };
    struct work work;

    (void)state;
    work_init(&work, sound);
    assert_non_null(work.catalog);
    assert_int_equal(heard_differs("sound", &work.heard, NULL), 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct entry *entry = catalog_find(work.catalog, rows[i].context, rows[i].msgid);

        if (!entry != !rows[i].msgstr)
            fail_msg("%s is %s", rows[i].msgid, entry ? entry->msgstr : "not there");
        if (!entry)
            continue;
        assert_string_equal(entry->msgstr, rows[i].msgstr);
        assert_int_equal(entry->fuzzy, rows[i].fuzzy);
        assert_int_equal(place_line(entry->place), rows[i].line);
    }
    assert_string_equal(catalog_place(work.catalog).source->path, work.path);
    assert_true(catalog_place(work.catalog).offset == PLACE_FILE);
    work_release(&work);
}

static void broken(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        /* the places are the library's, which at times means the next line */
        {HEADER "\nmsgid \"a\nmsgstr \"b\"\n", ":8:1: error: end-of-line within string"},
        {HEADER "\nmsgid \"a\"\n", ":7:1: error: missing 'msgstr' section"},
        {HEADER "\nmsgid \"a\"\nmsgid \"b\"\nmsgstr \"\"\n",
         ":7:1: error: missing 'msgstr' section"},
        {HEADER "\nmessage \"a\"\nmsgstr \"b\"\n", ":7:1: error: keyword \"message\" unknown"},
        {HEADER "\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n",
         ":10:1: error: duplicate message definition"},
        {HEADER "\nmsgid \"a\\q\"\nmsgstr \"b\"\n", ":7:10: error: invalid control sequence"},
        {"\xc3\xb5\n\xff", ":2:1: error: byte 0xFF is not UTF-8"},
        {"\xef\xbb\xbf" HEADER, ":1:1: error: the file begins with a byte order mark"},
        {HEADER "\nmsgid \"a\"\nmsgstr \"b\\377\"\n",
         ":8:10: error: a character written as a number"},
        {HEADER "\nmsgid \"a\"\nmsgstr \"b\\000c\"\n",
         ":8:10: error: a character written as a number"},
        {HEADER "\nmsgid \"a\"\nmsgstr \"\"\n\"b\\\\\\x00c\"\n",
         ":9:5: error: a character written as a number"},
        {HEADER "\nmsgid \"a\"\nmsgstr \"b\xef\xbf\xbe\"\n",
         ":8:10: error: U+FFFE is not a character"},
        {"msgid \"a\"\nmsgstr \"b\"\n",
         ":1:1: error: the header does not say that the file is UTF-8"},
        {"msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n",
         ":3:1: error: the header does not say that the file is UTF-8"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;
        char *wanted;

        work_init(&work, rows[i].text);
        wanted = mem_printf("%s%s", work.path, rows[i].wanted);
        assert_null(work.catalog);
        wrong += heard_differs(rows[i].text, &work.heard, wanted);
        assert_int_equal(work.heard.findings.status, EX_DATAERR);
        assert_non_null(strstr(work.heard.text, "= remedy: "));
        free(wanted);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

/* The header names the language of the folder. */
static void languages(void **state)
{
    static const struct {
        const char *header, *language, *wanted; /* wanted NULL: it is right */
    } rows[] = {
        {"\"Language: et\\n\"\n", NULL, NULL},
        {"\"Language: et\\n\"\n", "et", NULL},
        {"\"Language: pt_BR\\n\"\n", "pt-BR", NULL},
        {"\"Language: ja\\n\"\n", "et",
         ":6:1: error: the header says that the language is \"ja\", not \"et\""},
        {"\"Language: pt_BR\\n\"\n", "pt",
         ":6:1: error: the header says that the language is \"pt_BR\", not \"pt\""},
        {"\"Language: \\n\"\n", "et",
         ":6:1: error: the header says that the language is \"\", not \"et\""},
        {"", "et", ":1:1: error: the header says that the language is \"\", not \"et\""},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = mem_printf("%s%s\nmsgid \"a\"\nmsgstr \"b\"\n", HEADER, rows[i].header);
        struct work work;
        char *wanted;

        work_init(&work, text);
        assert_non_null(work.catalog);
        catalog_free(work.catalog);
        work.catalog = catalog_read(work.path, rows[i].language, &work.heard.findings);
        wanted = rows[i].wanted ? mem_printf("%s%s", work.path, rows[i].wanted) : NULL;
        wrong += heard_differs(rows[i].header, &work.heard, wanted);
        assert_int_equal(!work.catalog, wanted != NULL);
        free(wanted);
        free(text);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

/* As many plural forms as CLDR has, in a file that has messages with plurals and in one without. */
static void plurals(void **state)
{
    static const struct {
        const char *language, *header;
        bool has_plurals;
        const char *wanted, *remedy; /* NULL: it is right */
    } rows[] = {
        {"et", "nplurals=2; plural=(n != 1);", true, NULL, NULL},
        {"et", NULL, false, NULL, NULL},
        {"et", NULL, true,
         ":1:1: warning: the header does not say how many plural forms \"et\" has",
         "write \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\" in the header"},
        {"ja", "nplurals=2; plural=(n != 1);", false,
         ":7:1: warning: the header gives \"ja\" 2 plural forms, CLDR 1",
         "write \"Plural-Forms: nplurals=1; plural=0;\\n\" in the header"},
        {"en-GB", "nplurals=1; plural=0;", false,
         ":7:1: warning: the header gives \"en-GB\" 1 plural form, CLDR 2",
         "write \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\" in the header"},
        {"et", "none", false, ":7:1: warning: the header gives \"et\" 0 plural forms, CLDR 2",
         "write \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\" in the header"},
        {"pl", "nplurals=3; plural=(n==1 ? 0 : 2);", false, NULL, NULL},
        {"pl", "nplurals=4; plural=(n==1 ? 0 : 2);", false,
         ":7:1: warning: the header gives \"pl\" 4 plural forms, CLDR 3",
         "write \"Plural-Forms: nplurals=3; plural=n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % "
         "100 < 12 || n % 100 > 14) ? 1 : 2;\\n\" in the header"},
        {"kw", "nplurals=4; plural=(n==1 ? 0 : 2);", false,
         ":7:1: warning: the header gives \"kw\" 4 plural forms, CLDR 6",
         "write the line \"Plural-Forms: nplurals=6; plural=…;\\n\" that CLDR's plural rules"},
        {"fr", "nplurals=2; plural=(n > 1);", false, NULL, NULL},
        {"fr", "nplurals=3; plural=(n > 1);", false, NULL, NULL},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *forms =
            rows[i].header ? mem_printf("\"Plural-Forms: %s\\n\"\n", rows[i].header) : mem_dups("");
        char *text = mem_printf("%s\"Language: %.2s%s\\n\"\n%s\nmsgid \"a\"\n%s", HEADER,
                                rows[i].language, rows[i].language[2] ? "_GB" : "", forms,
                                rows[i].has_plurals
                                    ? "msgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[1] \"d\"\n"
                                    : "msgstr \"b\"\n");
        struct work work;
        char *wanted;

        work_init(&work, text);
        catalog_free(work.catalog);
        work.catalog = catalog_read(work.path, rows[i].language, &work.heard.findings);
        assert_non_null(work.catalog);
        wanted = rows[i].wanted ? mem_printf("%s%s", work.path, rows[i].wanted) : NULL;
        wrong += heard_differs(rows[i].language, &work.heard, wanted);
        if (wanted && !strstr(work.heard.text, rows[i].remedy))
            wrong += differs(rows[i].language, heard_text(&work.heard), rows[i].remedy);
        free(wanted);
        free(text);
        free(forms);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

/* Bytes of a msgstr, and where they stand. */
static void places(void **state)
{
    static const struct {
        const char *msgid, *part;
        size_t line, column; /* of the part's first byte */
    } rows[] = {
        {"one", "a", 8, 9},          {"one", "b", 8, 14},          {"one", "c", 8, 16},
        {"two\nlines", "d", 12, 2},  {"two\nlines", "e", 13, 4},   {"two\nlines", "f", 15, 5},
        {"three", "g", 18, 13},      {"four", "h", 22, 9},
    };
    struct work work;

    (void)state;
    work_init(&work, HEADER "\n"
                            "msgid \"one\"\n" /* 7 */
                            "msgstr \"a\\\"\\\\bõc\"\n"
                            "\n"
                            "msgid \"two\\nlines\"\n" /* 10 */
                            "msgstr \"\"\n"
                            "\"d\\n\"\n"
                            "\"\\te\"\n"
                            "\"\"\n"
                            "  \" f\"\n"
                            "\n"
                            "msgid \"three\"\n" /* 17 */
                            "msgstr \"õ同\\ng\"\n"
                            "\n"
                            "msgctxt \"x\"\n"
                            "msgid \"four\"\n"
                            "msgstr \"h\"\n");
    assert_non_null(work.catalog);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *context = strcmp(rows[i].msgid, "four") == 0 ? "x" : NULL;
        const struct entry *entry = catalog_find(work.catalog, context, rows[i].msgid);
        struct place wanted, is;

        assert_non_null(entry);
        is = entry_place(entry, (size_t)(strstr(entry->msgstr, rows[i].part) - entry->msgstr));
        wanted = place_at_line(is.source, rows[i].line, rows[i].column);
        if (is.offset != wanted.offset)
            fail_msg("%s is at %zu, not %zu", rows[i].part, is.offset, wanted.offset);
    }
    work_release(&work);
}

/* What msgfmt refuses. */
static void line_feeds(void **state)
{
    static const char *const rows[][2] = {
        {"msgid \"a\"\nmsgstr \"b\\n\"\n",
         ":8:10: warning: message and translation do not both end with a line feed"},
        {"msgid \"a\\n\"\nmsgstr \"b\"\n",
         ":8:9: warning: message and translation do not both end with a line feed"},
        {"msgid \"a\"\nmsgstr \"\\nb\"\n",
         ":8:9: warning: message and translation do not both begin with a line feed"},
        {"msgid \"a\\n\"\nmsgstr \"b\\n\"\n", NULL},
        {"#, fuzzy\nmsgid \"a\"\nmsgstr \"b\\n\"\n", NULL},
        {"msgid \"a\"\nmsgstr \"\"\n", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = mem_printf("%s\n%s", HEADER, rows[i][0]), *wanted;
        struct work work;

        work_init(&work, text);
        assert_non_null(work.catalog);
        wanted = rows[i][1] ? mem_printf("%s%s", work.path, rows[i][1]) : NULL;
        assert_int_equal(heard_differs(rows[i][0], &work.heard, wanted), 0);
        free(wanted);
        free(text);
        work_release(&work);
    }
}

static void missing(void **state)
{
    struct heard heard;

    (void)state;
    heard_init(&heard);
    assert_null(catalog_read("/nowhere/a.po", NULL, &heard.findings));
    assert_int_equal(heard_differs("missing", &heard,
                                   "/nowhere/a.po: error: cannot read: No such file or directory"),
                     0);
    assert_int_equal(heard.findings.status, EX_NOINPUT);
    heard_release(&heard);
    catalog_free(NULL);
}

static void written(void **state)
{
    static const char wanted[] = "#. a note\n"
                                 "#. another\n"
                                 "#: a.md:title b.md:title\n"
                                 "msgid \"one\"\n"
                                 "msgstr \"\"\n"
                                 "\n"
                                 "#: a.md:list1.item1.paragraph1\n"
                                 "msgctxt \"month\"\n"
                                 "msgid \"one\"\n"
                                 "msgstr \"\"\n"
                                 "\n"
                                 "#: a.md:paragraph1\n"
                                 "msgid \"\"\n"
                                 "\"õ \\\"\\\\\\n\"\n"
                                 "\"b\"\n"
                                 "msgstr \"\"\n";
    struct catalog_writer *writer = catalog_writer_new();
    struct work work;
    struct buf text = BUF_INIT;
    char *path;

    (void)state;
    work_init(&work, HEADER);
    path = mem_printf("%s/b/c/a.pot", work.folder);
    catalog_writer_add(writer, NULL, "one", "a note", "a.md:title");
    catalog_writer_add(writer, "month", "one", NULL, "a.md:list1.item1.paragraph1");
    catalog_writer_add(writer, NULL, "õ \"\\\nb", NULL, "a.md:paragraph1");
    catalog_writer_add(writer, NULL, "one", "another", "b.md:title");
    catalog_writer_add(writer, NULL, "one", "a note", "b.md:title");
    assert_true(catalog_writer_write(writer, path, &work.heard.findings));
    catalog_writer_free(writer);
    assert_int_equal(heard_differs("written", &work.heard, NULL), 0);
    assert_true(file_read(path, &text));
    assert_non_null(strstr(text.data, "charset=UTF-8\\n"));
    assert_int_equal(differs("written", str_of(strstr(text.data, "\n\n") + 2), wanted), 0);
    catalog_free(work.catalog);
    work.catalog = catalog_read(path, NULL, &work.heard.findings); /* and can be read again */
    assert_non_null(work.catalog);
    assert_non_null(catalog_find(work.catalog, "month", "one"));
    buf_release(&text);
    free(path);
    work_release(&work);
}

static void not_written(void **state)
{
    struct catalog_writer *writer = catalog_writer_new();
    struct work work;
    char *below;

    (void)state;
    work_init(&work, HEADER);
    below = mem_printf("%s/a.pot", work.path);
    catalog_writer_add(writer, NULL, "one", NULL, "a.md:title");
    assert_false(catalog_writer_write(writer, below, &work.heard.findings));
    catalog_writer_free(writer);
    assert_non_null(
        strstr(heard_text(&work.heard).data, "a.po/a.pot: error: cannot write: Not a directory\n"));
    assert_int_equal(work.heard.findings.status, EX_CANTCREAT);
    free(below);
    work_release(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_up), cmocka_unit_test(languages),   cmocka_unit_test(plurals),
        cmocka_unit_test(places), cmocka_unit_test(line_feeds),  cmocka_unit_test(broken),      cmocka_unit_test(missing),
        cmocka_unit_test(written), cmocka_unit_test(not_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
