/* Translations put into an article: what they may be, and what is said of those that may not. */
#include "../fixtures/test.h"

#include "catalog/translate.h"

/* An article of one text, and a catalogue. */
struct work {
    struct heard heard;
    char *folder;
    struct revision revision;
    struct article article;
    struct catalog *catalog;
};

static void add_string(struct buf *out, const char *keyword, const char *text)
{
    buf_addf(out, "%s \"", keyword);
    for (; *text; text++)
        if (*text == '\n')
            buf_adds(out, "\\n");
        else
            buf_addf(out, "%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
    buf_adds(out, "\"\n");
}

static struct catalog *catalog_of_entries(struct work *work, const char *entries)
{
    char *text = mem_printf(
        "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n%s", entries);
    char *path = folder_file(work->folder, "x.po", text);
    struct catalog *catalog = catalog_read(path, NULL, &work->heard.findings);

    assert_non_null(catalog);
    assert_int_equal(remove(path), 0);
    free(path);
    free(text);
    return catalog;
}

static struct catalog *catalog_of(struct work *work, const char *msgid, const char *msgstr)
{
    struct buf entry = BUF_INIT;
    struct catalog *catalog;

    add_string(&entry, "msgid", msgid);
    add_string(&entry, "msgstr", msgstr);
    catalog = catalog_of_entries(work, entry.data);
    buf_release(&entry);
    return catalog;
}

static void work_init(struct work *work, const char *text)
{
    *work = (struct work){.folder = folder_new()};
    heard_init(&work->heard);
    assert_true(
        source_set(&work->revision.source, "x.md", str_of(text), &work->heard.findings));
    assert_true(article_cut(&work->article, &work->revision, &work->heard.findings));
    work->article.severity = FINDING_ERROR; /* as for a text that is published */
}

static void work_release(struct work *work)
{
    catalog_free(work->catalog);
    article_release(&work->article);
    source_release(&work->revision.source);
    heard_release(&work->heard);
    folder_free(work->folder);
}

static const char *html_of(const struct work *work, struct buf *html)
{
    buf_reset(html);
    markdown_html(&work->article.markdown, html);
    return html->data;
}

/* One message, its translation, the HTML, and what is said first: severity and text. */
static void translations(void **state)
{
    static const struct {
        const char *text, *msgstr, *html, *said;
    } rows[] = {
        {"a", "b", "<p>b</p>\n", ""},
        {"a **b** `c`", "`c` **d** e", "<p><code>c</code> <strong>d</strong> e</p>\n", ""},
        {"# a", "b", "<h1 id=\"a\">b</h1>\n", ""},
        /* Emphasis that is meant, whatever stands beside it. */
        {"**Right.** Next", "**Õigus.**Järgmine", "<p><strong>Õigus.</strong>Järgmine</p>\n",
         "warning: the translation lacks a space after **"},
        {"**Right** is", "**「権利」**です", "<p><strong>「権利」</strong>です</p>\n", ""},
        {"a*b", "**「権利」**です*", "<p><strong>「権利」</strong>です*</p>\n",
         "warning: the translation has strong emphasis (**), which the message does not have"},
        {"a", "**Õigus.**Järgmine", "<p>**Õigus.**Järgmine</p>\n",
         "error: the translation has a star that is shown (*), which the message does not have"},
        {"*a*", "b", "<p>b</p>\n", "warning: the translation lacks emphasis (*)"},
        {"a", "snake_case", "<p>snake_case</p>\n",
         "error: the translation has an underscore that is shown (_), which the message does not "
         "have"},
        {"a_b*c", "d", "<p>d</p>\n", ""},
        /* Links, images, code. */
        {"[a](b)", "[c](b)", "<p><a href=\"b\">c</a></p>\n", ""},
        {"[a](b)", "[c](d)", "<p><a href=\"d\">c</a></p>\n",
         "error: the translation has the link d, which the message does not have"},
        {"[a](b)", "c", "<p>c</p>\n", "error: the translation lacks the link b"},
        {"[a](b) [a](b)", "[c](b)", "<p><a href=\"b\">c</a></p>\n",
         "error: the translation lacks the link b"},
        {"![a](b 'c')", "![d](b 'e')", "<p><img src=\"b\" alt=\"d\" title=\"e\" /></p>\n",
         "warning: pictures do not reach a page: b"},
        {"`a`", "`b`", "<p><code>b</code></p>\n",
         "error: the translation has the code `b`, which the message does not have"},
        /* Hostile ones. */
        {"a", "- 1. x", "<p>- 1. x</p>\n",
         "warning: this would be a list, a heading or the like; it is shown as plain text"},
        {"a", "# x", "<p># x</p>\n",
         "warning: this would be a list, a heading or the like; it is "
         "shown as plain text"},
        {"1\\. a", "1. x", "<p>1. x</p>\n", ""},
        {"# 1. a", "1. x", "<h1 id=\"1-a\">1. x</h1>\n", ""}, /* the message does so itself */
        {"a", "<script>x</script>", "<p><!-- raw HTML omitted -->x<!-- raw HTML omitted --></p>\n",
         "error: raw HTML never reaches a page: <script>"},
        {"a", "x</article>", "<p>x<!-- raw HTML omitted --></p>\n",
         "error: raw HTML never reaches a page: </article>"},
        {"a", "[x](javascript:alert)", "<p><a href=\"\">x</a></p>\n",
         "error: a link to javascript:alert is not safe"},
        {"a", "x\n\ny", "<p>x y</p>\n", "error: the translation has more than one paragraph"},
        {"a", "x\n \t\ny", "<p>x y</p>\n", "error: the translation has more than one paragraph"},
        {"a", "\xee\x80\x80", "<p>\xee\x80\x80</p>\n", ""},
        {"a", "{{x}}", "<p>{{x}}</p>\n",
         "warning: \"{{x}}\" is shown as it is: placeholders of other programs are not filled in"},
        /* Dates and ordinals are what they are. */
        {"On 4 July 2027", "4. juulil 2027", "<p>4. juulil 2027</p>\n", ""},
        {"in 2026", "2026. aastal", "<p>2026. aastal</p>\n", ""},
        {"five: b", "5) b", "<p>5) b</p>\n", ""},
        {"Since 1 May", "Alates\n1. maist", "<p>Alates 1. maist</p>\n", ""},
        /* What the message has not, or has as well. */
        {"a", "~~b~~", "<p>~~b~~</p>\n",
         "warning: \"~~b~~\" is shown as it is: strike-through is not supported"},
        {"a 2", "b[^2]", "<p>b[^2]</p>\n",
         "warning: \"[^2]\" is shown as it is: footnotes are not supported"},
        {"a", "kirjutage a@b.ee", "<p>kirjutage a@b.ee</p>\n",
         "warning: \"a@b.ee\" is shown as it is: an address by itself is not a link"},
        {"a", "［b］（https://c.d/）", "<p>［b］（https://c.d/）</p>\n",
         "warning: \"］（https://c.d/\" is shown as it is: this is not a link"},
        {"a", "b `c", "<p>b `c</p>\n",
         "warning: \"`\" is shown as it is: this does not begin or end code"},
        {"a", "(a) b;\n(b) c", "<p>(a) b; (b) c</p>\n",
         "warning: lines that begin with list signs are shown as one paragraph"},
        {"one of 2", "（1）甲\n（2）乙", "<p>（1）甲（2）乙</p>\n",
         "warning: lines that begin with list signs are shown as one paragraph"},
        {"a", "(a) b;\\\n(b) c", "<p>(a) b;<br />\n(b) c</p>\n", ""},
        {"a", "<% x %>", "<p>&lt;% x %&gt;</p>\n",
         "warning: \"<% x %>\" is shown as it is: placeholders of other programs are not "
         "filled in"},
        {"a", "\u202ex", "<p>\u202ex</p>\n",
         "warning: the invisible character U+202E changes the direction of the text around it"},
        {"a", "[b]: c", "<p>[b]: c</p>\n",
         "warning: this would be a list, a heading or the like; "
         "it is shown as plain text"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf html = BUF_INIT;
        struct work work;
        struct str said;
        const char *colon;

        work_init(&work, rows[i].text);
        work.catalog = catalog_of(&work, work.article.messages[0].msgid, rows[i].msgstr);
        assert_non_null(work.catalog);
        translate(&work.article, work.catalog, FINDING_ERROR, &work.heard.findings);
        wrong += differs(rows[i].msgstr, str_of(html_of(&work, &html)), rows[i].html);
        said = heard_text(&work.heard);
        said.len = (size_t)(strchrnul(said.data, '\n') - said.data);
        colon = memmem(said.data, said.len, ": ", 2);
        if (colon)
            said = (struct str){colon + 2, said.len - (size_t)(colon + 2 - said.data)};
        wrong += differs(rows[i].msgstr, said, rows[i].said);
        buf_release(&html);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

/* An article speaks one language after another and can go back to its own. */
static void again(void **state)
{
    static const char source[] = "<p>a <em>b</em></p>\n<ul>\n<li>c</li>\n</ul>\n";
    struct buf html = BUF_INIT;
    struct work work;
    struct catalog *other;

    (void)state;
    work_init(&work, "a *b*\n\n<!-- skip -->\n- c\n");
    work.catalog = catalog_of(&work, "a *b*", "d *e*");
    other = catalog_of(&work, "x", "y");
    assert_string_equal(html_of(&work, &html), source);
    assert_true(translate(&work.article, work.catalog, FINDING_ERROR, &work.heard.findings));
    assert_string_equal(html_of(&work, &html),
                        "<p>d <em>e</em></p>\n<ul>\n<li>c</li>\n</ul>\n");
    assert_int_equal(untranslated_count(&work.article), 0);
    assert_true(translate(&work.article, other, FINDING_WARNING, &work.heard.findings));
    assert_string_equal(html_of(&work, &html), source);
    assert_int_equal(untranslated_count(&work.article), 1);
    assert_true(work.article.messages[0].untranslated);
    assert_false(work.article.messages[1].untranslated); /* nobody is to translate it */
    assert_true(translate(&work.article, NULL, FINDING_ERROR, &work.heard.findings));
    assert_string_equal(html_of(&work, &html), source);
    assert_int_equal(untranslated_count(&work.article), 0);
    assert_false(translate(&work.article, other, FINDING_ERROR, &work.heard.findings));
    catalog_free(other);
    buf_release(&html);
    work_release(&work);
}

/* A fuzzy or empty entry is none. */
static void lacking(void **state)
{
    static const char *const rows[] = {"#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n",
                                       "msgid \"a\"\nmsgstr \"\"\n", "msgid \"a\"\nmsgstr \" \"\n",
                                       "msgctxt \"c\"\nmsgid \"a\"\nmsgstr \"b\"\n",
                                       "#~ msgid \"a\"\n#~ msgstr \"b\"\n"};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf html = BUF_INIT;
        struct work work;

        work_init(&work, "a");
        work.catalog = catalog_of_entries(&work, rows[i]);
        assert_true(translate(&work.article, work.catalog, FINDING_WARNING, &work.heard.findings));
        assert_int_equal(untranslated_count(&work.article), 1);
        assert_int_equal(work.heard.findings.warnings, 1);
        assert_string_equal(html_of(&work, &html), "<p>a</p>\n");
        buf_release(&html);
        work_release(&work);
    }
}

#define NOTE "# Translator's note: "

/* What readers are told, of a text of two equal paragraphs and another. */
static void notes(void **state)
{
    static const struct {
        const char *entries, *wanted; /* wanted: each note behind a slash */
    } rows[] = {
        {NOTE "one\nmsgid \"a\"\nmsgstr \"x\"\n", "/one"},
        {"# for translators\n" NOTE " one \n#: x.md\nmsgid \"a\"\nmsgstr \"x\"\n", "/one"},
        {NOTE "two\nmsgid \"b\"\nmsgstr \"x\"\n\n" NOTE "one\nmsgid \"a\"\nmsgstr \"x\"\n",
         "/one/two"},
        {"#. Translator's note: one\nmsgid \"a\"\nmsgstr \"x\"\n", ""},
        {NOTE "\nmsgid \"a\"\nmsgstr \"x\"\n", ""},
        {NOTE "one\n#, fuzzy\nmsgid \"a\"\nmsgstr \"x\"\n", ""},
        {NOTE "one\nmsgid \"c\"\nmsgstr \"x\"\n", ""},
        {NOTE "one\n#~ msgid \"c\"\n#~ msgstr \"x\"\n\nmsgid \"a\"\nmsgstr \"x\"\n", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf got = BUF_INIT;
        struct work work;
        json_t *list, *item;
        size_t n;

        work_init(&work, "a\n\na\n\nb\n");
        work.catalog = catalog_of_entries(&work, rows[i].entries);
        translate(&work.article, work.catalog, FINDING_WARNING, &work.heard.findings);
        list = translators_notes(&work.article, work.catalog);
        json_array_foreach(list, n, item) buf_addf(&got, "/%s", json_string_value(item));
        assert_string_equal(got.len ? got.data : "", rows[i].wanted);
        json_decref(list);
        buf_release(&got);
        work_release(&work);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(translations),
        cmocka_unit_test(again),
        cmocka_unit_test(lacking),
        cmocka_unit_test(notes),
    };

    return cmocka_run_group_tests_name("translate", tests, NULL, NULL);
}
