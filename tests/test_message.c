/* Cutting a revision into messages, notes for translators, and marks of purposes. */
#include "test.h"

#include "message.h"

struct work {
    struct heard heard;
    char *folder, *path;
    struct revision revision;
    struct article article;
    bool fine;
};

/* `front` is what the front matter says besides what it must. */
static void work_init(struct work *work, const char *front, const char *body)
{
    char *text = mem_printf("---\ntitle: The title\nlanguage: en\npublished: 2026-11-22\n"
                            "effective: 2026-11-22\nclass: notify\nauthoritative: en\n%s---\n%s",
                            front, body);

    *work = (struct work){.folder = folder_new()};
    heard_init(&work->heard);
    work->path = folder_file(work->folder, "2026-11-22.md", text);
    assert_true(revision_read(&work->revision, work->path, "2026-11-22", &work->heard.findings));
    work->fine = article_cut(&work->article, &work->revision, &work->heard.findings);
    free(text);
}

static void work_release(struct work *work)
{
    article_release(&work->article);
    article_release(&work->article);
    revision_release(&work->revision);
    heard_release(&work->heard);
    free(work->path);
    folder_free(work->folder);
}

/* LINE PATH: MSGID [CONTEXT] (NOTE) */
static void draw(const struct work *work, struct buf *out)
{
    for (size_t i = 0; i < work->article.message_count; i++) {
        const struct message *message = &work->article.messages[i];

        assert_ptr_equal(message->words, message->msgid);
        buf_addf(out, "%zu %s: %s", place_line(message->place), message->path, message->msgid);
        if (message->context)
            buf_addf(out, " [%s]", message->context);
        if (message->note)
            buf_addf(out, " (%s)", message->note);
        buf_adds(out, "\n");
    }
}

#define PURPOSES "purposes:\n  a: {basis: consent}\n  b: {basis: contract}\n"

static void cut(void **state)
{
    static const struct {
        const char *front, *body, *wanted; /* the body begins in line 9, or 12 with purposes */
    } rows[] = {
        {"", "", "2 title: The title\n"},
        {"", "\na\nb\n\n# c\n\n- d\n\n  e\n- f\n\n> g\n",
         "2 title: The title\n10 paragraph1: a b\n13 heading1: c\n"
         "15 list1.item1.paragraph1: d\n17 list1.item1.paragraph2: e\n"
         "18 list1.item2.paragraph1: f\n20 block_quote1.paragraph1: g\n"},
        {"", "<!-- note: for x -->\na\n\nb\n",
         "2 title: The title\n10 paragraph1: a (for x)\n12 paragraph2: b\n"},
        {"", "<!-- context: month -->\n<!-- note: two\nlines -->\nMay\n\nMay\n",
         "2 title: The title\n12 paragraph1: May [month] (two\nlines)\n14 paragraph2: May\n"},
        {"", "1. <!-- note: x -->\n   a\n   <!-- context: y -->\n2. b\n",
         "2 title: The title\n10 list1.item1.paragraph1: a (x)\n"
         "12 list1.item2.paragraph1: b [y]\n"}, /* what follows, wherever it is */
        {"", "<!-- note: -->\na\n\n#\n\n***\n\n    code\n",
         "2 title: The title\n10 paragraph1: a\n"},
        {"", "<!-- note: kept -->\n#\n\na\n", "2 title: The title\n12 paragraph1: a (kept)\n"},
        {PURPOSES, "1. x\n   <!-- purpose: a -->\n2. <!-- purpose: b -->\n   y\n",
         "2 title: The title\n12 list1.item1.paragraph1: x\n15 list1.item2.paragraph1: y\n"},
        {"purposes:\n  a:\n    basis: consent\n    recipients:\n"
         "      - {id: z, name: Z Ltd, country: EE, data: name and age}\n"
         "      - {id: y, name: Y Ltd, country: JP, data: e-mail}\n",
         "- x\n  <!-- purpose: a -->\n",
         "2 title: The title\n12 purposes.a.z: name and age\n13 purposes.a.y: e-mail\n"
         "15 list1.item1.paragraph1: x\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf drawn = BUF_INIT;
        struct work work;

        work_init(&work, rows[i].front, rows[i].body);
        assert_true(work.fine);
        draw(&work, &drawn);
        wrong += differs(rows[i].body, buf_str(&drawn), rows[i].wanted);
        wrong += heard_differs(rows[i].body, &work.heard, NULL);
        buf_release(&drawn);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

static void marks(void **state)
{
    struct buf label = BUF_INIT;
    struct work work;

    (void)state;
    work_init(&work, PURPOSES,
              "- first\n  - *nested*\n    item\n    <!-- purpose: b -->\n- second\n\n"
              "  more\n\n  <!-- purpose: a -->\n");
    assert_true(work.fine);
    assert_int_equal(work.article.mark_count, 2);
    assert_string_equal(work.article.marks[0].purpose->id, "b"); /* in the order of the text */
    assert_string_equal(work.article.marks[1].purpose->id, "a");
    markdown_plain(work.article.marks[0].item, &label);
    assert_string_equal(label.data, "nested item");
    buf_reset(&label);
    markdown_plain(work.article.marks[1].item, &label);
    assert_string_equal(label.data, "second more");
    buf_release(&label);
    work_release(&work);
}

static void faults(void **state)
{
    static const struct {
        const char *front, *body, *wanted; /* behind FILE: */
        size_t errors;
    } rows[] = {
        {PURPOSES, "- x\n  <!-- purpose: a -->\n",
         "10:3: error: purpose \"b\" is stated nowhere in the text", 1},
        {PURPOSES, "", "9:3: error: purpose \"a\" is stated nowhere in the text", 2},
        {PURPOSES,
         "- x\n  <!-- purpose: a -->\n  <!-- purpose: b -->\n- y\n  <!-- purpose: a -->\n",
         "16:3: error: purpose \"a\" is stated twice", 1},
        {PURPOSES, "- x\n  <!-- purpose: a -->\n  <!-- purpose: b -->\n  <!-- purpose: b -->\n",
         "15:3: error: purpose \"b\" is stated twice", 1},
        {PURPOSES, "- x\n  <!-- purpose: a -->\n\n<!-- purpose: b -->\n",
         "15:1: error: purpose \"b\" is not inside a list item", 2},
        {"", "- x\n  <!-- purpose: c -->\n", "10:3: error: purpose \"c\" is not declared", 1},
        {"", "- x\n  <!-- purpose: -->\n", "10:3: error: purpose \"\" is not declared", 1},
        {"", "<!-- purposes: a -->\n", "9:1: error: unknown comment \"purposes\"", 1},
        {"", "<!-- to do -->\n", "9:1: error: unknown comment \"to do\"", 1},
        {"", "<!-- Note: x -->\n", "9:1: error: unknown comment \"Note\"", 1},
        {"", "õ\n\n<div>x</div>\n", "11:1: error: raw HTML never reaches a page", 1},
        {"", "<!-- note: x --> legal words\n", "9:1: error: raw HTML never reaches a page", 1},
        {"", "<!-- note: x --> words <!-- y -->\n", "9:1: error: raw HTML never reaches a page", 1},
        {"", "> - a\n>   <!-- \033[2J -->\n", "10:5: error: unknown comment \"?[2J\"", 1},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;
        char *wanted;

        work_init(&work, rows[i].front, rows[i].body);
        wanted = mem_printf("%s:%s", work.path, rows[i].wanted);
        assert_false(work.fine);
        wrong += heard_differs(rows[i].body, &work.heard, wanted);
        if (work.heard.findings.errors != rows[i].errors)
            print_error("%s\n%s", rows[i].body, work.heard.text), wrong++;
        assert_non_null(strstr(work.heard.text, "= remedy: "));
        free(wanted);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut),
        cmocka_unit_test(marks),
        cmocka_unit_test(faults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
