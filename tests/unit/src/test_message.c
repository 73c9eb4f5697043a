/* Cutting a revision into messages, notes for translators, and marks of purposes. */
#include "../fixtures/test.h"

#include "catalog/message.h"

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

/* LINE PATH: MSGID [CONTEXT] (NOTE), and - where it is for no translator */
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
        if (message->skipped)
            buf_adds(out, " -");
        buf_adds(out, "\n");
    }
}

#define MAY_DIFFER "Links to other sites may lead to pages in your language."
#define PURPOSES "purposes:\n  a: {basis: consent}\n  b: {basis: contract}\n"

static void cut(void **state)
{
    static const struct {
        const char *front, *body, *wanted; /* the body begins in line 9, or 12 with purposes */
    } rows[] = {
        {"", "", "2 title: The title\n"},
        {"", "\na\nb\n\n## c\n\n- d\n\n  e\n- f\n\n> g\n",
         "2 title: The title\n10 paragraph1: a b\n13 c.heading: c\n"
         "15 c.list1.item1.paragraph1: d\n17 c.list1.item1.paragraph2: e\n"
         "18 c.list1.item2.paragraph1: f\n20 c.block_quote1.paragraph1: g\n"},
        /* Counted below the nearest heading with an id. */
        {"", "a\n\n## Õigused\n\nb\n\n- c\n\n### §\n\nd\n\n<!-- id: who -->\n## Õigused\n\ne\n\n> ## f\n>\n> g\n\nh\n",
         "2 title: The title\n9 paragraph1: a\n11 oigused.heading: Õigused\n13 oigused.paragraph1: b\n"
         "15 oigused.list1.item1.paragraph1: c\n17 oigused.heading1: §\n19 oigused.paragraph2: d\n"
         "22 who.heading: Õigused\n24 who.paragraph1: e\n26 f.heading: f\n"
         "28 who.block_quote1.paragraph1: g\n30 who.paragraph2: h\n"},
        {"", "<!-- note: for x -->\na\n\nb\n",
         "2 title: The title\n10 paragraph1: a (for x)\n12 paragraph2: b\n"},
        {"", "<!-- context: month -->\n<!-- note: two\nlines -->\nMay\n\nMay\n",
         "2 title: The title\n12 paragraph1: May [month] (two\nlines)\n14 paragraph2: May\n"},
        {"", "1. <!-- note: x -->\n   a\n   <!-- context: y -->\n2. b\n",
         "2 title: The title\n10 list1.item1.paragraph1: a (x)\n"
         "12 list1.item2.paragraph1: b [y]\n"}, /* what follows, wherever it is */
        {"", "<!-- note: -->\na\n\n***\n\n```\ncode\n```\n",
         "2 title: The title\n10 paragraph1: a\n"},
        {"", "<!-- note: kept -->\n***\n\na\n",
         "2 title: The title\n12 paragraph1: a (kept)\n"},
        {"", "<!-- skip -->\na\n\nb\n\n<!-- skip -->\n<!-- note: x -->\n- c\n  - d\n- e\n\nf\n",
         "2 title: The title\n10 paragraph1: a -\n12 paragraph2: b\n"
         "16 list1.item1.paragraph1: c (x) -\n17 list1.item1.list1.item1.paragraph1: d -\n"
         "18 list1.item2.paragraph1: e -\n20 paragraph3: f\n"},
        {"", "<!-- links: may-differ -->\n- [a](https://b.example)\n- [c](#d) e\n\n[f](//g)\n",
         "2 title: The title\n"
         "10 list1.item1.paragraph1: [a](https://b.example) (" MAY_DIFFER ")\n"
         "11 list1.item2.paragraph1: [c](#d) e\n13 paragraph1: [f](//g)\n"},
        {"", "<!-- links: may-differ -->\n<!-- note: x -->\n<mailto:a@b.example>\n",
         "2 title: The title\n11 paragraph1: <mailto:a@b.example> (x\n" MAY_DIFFER ")\n"},
        {"", "<!-- links: may-differ -->\n\n| [a](//b) |\n| --- |\n| [c](//d) |\n",
         "2 title: The title\n11 table1.row1.cell1: [a](//b) (" MAY_DIFFER ")\n"
         "13 table1.row2.cell1: [c](//d) (" MAY_DIFFER ")\n"},
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

/* Ids of headings; the first line of what is said. */
static void anchors(void **state)
{
    static const struct {
        const char *body, *wanted, *said;
    } rows[] = {
        {"## One\n\n### Teine pealkiri\n", "one teine-pealkiri", NULL},
        {"## !\n", "", NULL},
        {"<!-- id: first -->\n## One\n\n## Two\n", "first two", NULL},
        {"## One\n\n## One\n\n## one\n", "one one-2 one-3",
         "11:1: warning: two headings have the id \"one\""},
        {"## One\n\n## One 2\n\n## One\n", "one one-2 one-3",
         "13:1: warning: two headings have the id \"one\""},
        {"## Main\n\n## About us\n", "section-main section-about-us", NULL},
        {"> - ## a *b*\n", "a-b", NULL},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf drawn = BUF_INIT;
        struct work work;
        char *said = NULL;

        work_init(&work, "", rows[i].body);
        assert_true(work.fine);
        if (rows[i].said)
            said = mem_printf("%s:%s", work.path, rows[i].said);
        for (size_t a = 0; a < work.article.anchor_count; a++)
            buf_addf(&drawn, "%s%s", a ? " " : "", work.article.anchors[a].id);
        wrong += differs(rows[i].body, buf_str(&drawn), rows[i].wanted);
        wrong += heard_differs(rows[i].body, &work.heard, said);
        free(said);
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

/* States the other purpose, and takes two lines. */
#define B "- y\n  <!-- purpose: b -->\n"

/* A comment to oneself is told, and is no part of the text. */
static void reminders(void **state)
{
    static const struct {
        const char *body, *wanted;
    } rows[] = {
        {"<!-- TODO: ask legal -->\nText.\n", "9:1: warning: a reminder to yourself"},
        {"<!-- TODO ask legal -->\n\nText.\n", "9:1: warning: a reminder to yourself"},
        {"<!-- TODO -->\nText.\n", "9:1: warning: a reminder to yourself"},
        {"<!-- todo(mari): ask -->\nText.\n", "9:1: warning: a reminder to yourself"},
        {"<!-- FIXME the number -->\nText.\n", "9:1: warning: a reminder to yourself"},
        {"<!-- TBD. -->\nText.\n", "9:1: warning: a reminder to yourself"},
        {"<!--\nXXX: two\nlines\n-->\nText.\n", "9:1: warning: a reminder to yourself"},
        {"Text.\n\n<!-- TODO: more -->\n", "11:1: warning: a reminder to yourself"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf words = BUF_INIT;
        struct work work;
        char *wanted;

        work_init(&work, "", rows[i].body);
        wanted = mem_printf("%s:%s", work.path, rows[i].wanted);
        assert_true(work.fine);
        assert_int_equal(work.heard.findings.warnings, 1);
        assert_non_null(strstr(heard_text(&work.heard).data, wanted));
        markdown_commonmark(&work.article.markdown, &words);
        assert_string_equal(words.data, "Text.\n");
        buf_release(&words);
        free(wanted);
        work_release(&work);
    }
}

static void faults(void **state)
{
    static const struct {
        const char *front, *body, *wanted; /* behind FILE: */
        size_t errors;
    } rows[] = {
        {PURPOSES, "- x\n  <!-- purpose: a -->\n",
         "10:3: error: purpose \"b\" is not stated in the text", 1},
        {PURPOSES, "", "9:3: error: purpose \"a\" is not stated in the text", 2},
        {PURPOSES,
         "- x\n  <!-- purpose: a -->\n- y\n  <!-- purpose: b -->\n- z\n  <!-- purpose: a -->\n",
         "17:3: error: purpose \"a\" is stated twice", 1},
        {PURPOSES,
         "- x\n  <!-- purpose: a -->\n- y\n  <!-- purpose: b -->\n  <!-- purpose: b -->\n",
         "16:3: error: purpose \"b\" is stated twice", 1},
        {PURPOSES, "- x\n  <!-- purpose: a -->\n  <!-- purpose: b -->\n",
         "14:3: error: purpose \"b\" shares its item with another", 2},
        {PURPOSES, B "- x\n  <!-- purpose: a -->\n  - z\n",
         "15:3: error: purpose \"a\" is in an item that has more than paragraphs", 2},
        {PURPOSES, B "- <!-- purpose: a -->\n  x\n\n  > z\n",
         "14:3: error: purpose \"a\" is in an item that has more than paragraphs", 2},
        {PURPOSES, B "- <!-- purpose: a -->\n  x\n  ```\n  z\n  ```\n",
         "14:3: error: purpose \"a\" is in an item that has more than paragraphs", 2},
        {PURPOSES, B "- # x\n  <!-- purpose: a -->\n",
         "15:3: error: purpose \"a\" is in an item that has more than paragraphs", 2},
        {PURPOSES, B "- x\n  > <!-- purpose: a -->\n",
         "15:5: error: purpose \"a\" is in an item that has more than paragraphs", 2},
        {PURPOSES, B "- <!-- purpose: a -->\n",
         "14:3: error: purpose \"a\" is stated without words", 2},
        {PURPOSES, "- x\n  <!-- purpose: a -->\n\n<!-- purpose: b -->\n",
         "15:1: error: purpose \"b\" is not inside a list item", 2},
        {"", "- x\n  <!-- purpose: c -->\n", "10:3: error: purpose \"c\" is not declared", 1},
        {"", "- x\n  <!-- purpose: -->\n", "10:3: error: purpose \"\" is not declared", 1},
        {"", "<!-- purposes: a -->\n", "9:1: error: unknown comment \"purposes\"", 1},
        {"", "<!-- to do -->\n", "9:1: error: unknown comment \"to do\"", 1},
        {"", "<!-- todos: x -->\n", "9:1: error: unknown comment \"todos\"", 1},
        {"", "<!-- Note: x -->\n", "9:1: error: unknown comment \"Note\"", 1},
        {"", "õ\n\n<div>x</div>\n", "11:1: error: raw HTML never reaches a page", 1},
        {"", "<!-- note: x --> legal words\n", "9:1: error: raw HTML never reaches a page", 1},
        {"", "<!-- note: x --> words <!-- y -->\n", "9:1: error: raw HTML never reaches a page", 1},
        {"", "<!-- note: oops\n\nlegal words\n\n<!-- note: next -->\nx\n",
         "9:1: error: a comment inside a comment", 1},
        {"", "<!-- oops <!-- note: x -->\nx\n", "9:1: error: a comment inside a comment", 1},
        {"", "<!-- oops\n\nlegal words\n", "9:1: error: raw HTML never reaches a page", 1},
        {"", "a\n\nDear <your name>, hello\n",
         "11:6: error: raw HTML never reaches a page: <your name>", 1},
        {"", "- a <!-- note: x --> b\n",
         "9:5: error: raw HTML never reaches a page: <!-- note: x -->", 1},
        {"", "# <b>a</b>\n", "9:3: error: raw HTML never reaches a page: <b>", 1},
        {"", "[a](javascript:b)\n", "9:1: error: a link to javascript:b is not safe", 1},
        {"", "[a](java&#115;cript:b)\n", "9:1: error: a link to javascript:b is not safe", 1},
        {"", "[a]\n\n[a]: <data:b>\n", "9:1: error: a link to data:b is not safe", 1},
        {"", "<ftp://a>\n", "9:1: error: a link to ftp://a is not safe", 1},
        {"", "*x ![a](b.png)*\n", "9:4: error: pictures do not reach a page: b.png", 1},
        {"", "![a](https://tracker.example/p.gif)\n",
         "9:1: error: pictures do not reach a page: https://tracker.example/p.gif", 1},
        {"", "![](data:image/png,a)\n", "9:1: error: pictures do not reach a page: data:image/png,a",
         1},
        {"", "[a]()\n", "9:1: error: a link to \"\" has no address", 1},
        {"", "[a](<>)\n", "9:1: error: a link to \"\" has no address", 1},
        {"", "[a][b]\n\n[b]: <>\n", "9:1: error: a link to \"\" has no address", 1},
        {"", "[](/a)\n", "9:1: error: the link to /a has no words", 1},
        {"", "[ ](/a)\n", "9:1: error: the link to /a has no words", 1},
        {"", "[&nbsp;&#8203;](/a)\n", "9:1: error: the link to /a has no words", 1},
        {"", "a [**](mailto:)\n", "9:3: error: a link to mailto: has no mailbox", 1},
        {"", "- a <http:/example.com>\n", "9:5: error: a link to http:/example.com has no host", 1},
        {"", "a\n\n    code\n", "11:5: error: four spaces make code, which is not translated", 1},
        {"", "\tcode\n", "9:2: error: four spaces make code, which is not translated", 1},
        {"", "- a\n\n      ```\n", "11:7: error: four spaces make code, which is not translated",
         1},
        {"", "    <!-- note: x -->\n", "9:5: error: four spaces make code, which is not translated",
         1},
        {"", "<!-- note: a -->\n<!-- note: b -->\nx\n",
         "10:1: error: a second \"note\" for the same block", 1},
        {"", "<!-- context: a -->\n\n<!-- note: b -->\n<!-- context: a -->\nx\n",
         "12:1: error: a second \"context\" for the same block", 1},
        {"", "- a\n  <!-- note: b -->\n", "10:3: error: a \"note\" with no block after it", 1},
        {"", "<!-- context: b -->\n\n***\n", "9:1: error: a \"context\" with no block after it", 1},
        {"", "a\n\n<!-- links: may-differ -->\n", "11:1: error: a \"links\" with no block after it",
         1},
        {"", "<!-- links: differ -->\n<https://b.example>\n",
         "9:1: error: a \"links\" without may-differ", 1},
        {"", "<!-- links: may-differ -->\n[b](#c) [d](e)\n",
         "9:1: error: a \"links\" with no link to another site after it", 1},
        {"", "<!-- links: may-differ -->\na\n\n<!-- links: may-differ -->\n<https://b.example>\n",
         "9:1: error: a \"links\" with no link to another site after it", 1},
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

/* Each fault of a paragraph, where it stands: the rest of the first lines of findings. */
static void all_faults(void **state)
{
    static const struct {
        const char *body, *wanted;
    } rows[] = {
        {"one\ntwo <i>x</i>\n[y](ftp:z) <b>\n",
         ":10:5: error: raw HTML never reaches a page: <i>\n"
         ":11:1: error: a link to ftp:z is not safe\n"
         ":11:12: error: raw HTML never reaches a page: <b>\n"},
        {"> - õ\n>   同 <i>\n> lazy <u>\n", ":10:7: error: raw HTML never reaches a page: <i>\n"
                                            ":11:8: error: raw HTML never reaches a page: <u>\n"},
        {"a\\\nb <i>\n", ":10:3: error: raw HTML never reaches a page: <i>\n"},
        {"a  \n  b <i>\n", ":10:5: error: raw HTML never reaches a page: <i>\n"},
        {"x [y][z] <i>\n\n[z]: u\n", ":9:10: error: raw HTML never reaches a page: <i>\n"},
        {"a <i>\nb\n-\n", ":9:3: error: raw HTML never reaches a page: <i>\n"},
        {"one &amp two\nthree & lt; four\n", ":9:5: warning: &amp is shown as it is\n"
                                             ":10:7: warning: & lt; is shown as it is\n"},
        {"| a |\n|---|\n| `x\\|y` <i> |\n", ":11:10: error: raw HTML never reaches a page: <i>\n"},
        {"AT&T, Q&A; R & D\n", ""},
        {"a\n&#x202e; &#1; &#xfffe;\n",
         ":10:1: warning: the invisible character U+202E changes the direction of the text around "
         "it\n"
         ":10:10: error: the character U+0001 cannot be shown on a page\n"
         ":10:15: error: the character U+FFFE cannot be shown on a page\n"},
        {"~~~ &#xFFFF;\nx\n~~~\n\n[y][z]\n\n[z]: u '&#xFDD0;'\n",
         ":9:5: error: the character U+FFFF cannot be shown on a page\n"
         ":15:9: error: the character U+FDD0 cannot be shown on a page\n"},
        {"&#0; &#xd800; &#1114112; &#x11;1 &#99999999;\n",
         ":9:1: error: the character U+0000 cannot be shown on a page\n"
         ":9:6: error: the character U+D800 cannot be shown on a page\n"
         ":9:15: error: the character U+110000 cannot be shown on a page\n"
         ":9:26: error: the character U+0011 cannot be shown on a page\n"
         ":9:34: warning: &#99999999; is shown as it is\n"},
        {"`&#1;` \\&#1;\n", ":9:9: warning: &#1; is shown as it is\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;
        struct buf said = BUF_INIT;
        struct str text;

        work_init(&work, "", rows[i].body);
        text = heard_text(&work.heard);
        for (const char *at = text.data; at < text.data + text.len; at = strchr(at, '\n') + 1)
            if (strncmp(at, work.path, strlen(work.path)) == 0)
                buf_add(&said, at + strlen(work.path), strcspn(at, "\n") + 1 - strlen(work.path));
        wrong += differs(rows[i].body, buf_str(&said), rows[i].wanted);
        buf_release(&said);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

/* A space that keeps blocks apart is no message. */
static void blank_paragraphs(void **state)
{
    static const char *const rows[] = {"\u00a0\n", "&nbsp;\n", "\u3000\u200b\n", "&#160; &ensp;\n"};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;
        char *body = mem_printf("a\n\n%s\nb\n", rows[i]);

        work_init(&work, "", body);
        assert_true(work.fine);
        assert_int_equal(work.article.message_count, 3); /* with the title */
        assert_string_equal(work.article.messages[2].msgid, "b");
        work_release(&work);
        free(body);
    }
}

/* What may stand in the text, with no finding. */
static void harmless(void **state)
{
    static const char *const rows[] = {
        "[a](http://x) [a](HTTPS://x) [a](mailto:x@y.z) [a](tel:1) <x@y.z>\n",
        "[a](x) [a](/x) [a](#x) [a](?x:y) [`a`](/x) [a](x/y:z)\n",
        "Dear \\<your name>, 1 < 2, &lt;b> `<b>`\n",
        "```\n    code\n```\n",
        "~~~ c\n```\n~~~\n",
        "1.  A\n\n    ```\n    code\n    ```\n",
        "> ```\n> code\n",
        "- ```\n",
        "<!-- note: > a < b ! -->\nx\n",
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;

        work_init(&work, "", rows[i]);
        assert_true(work.fine);
        wrong += heard_differs(rows[i], &work.heard, NULL);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

/* Quotes within quotes, each of two blocks: a quote or item, and what is in it. */
static void nesting(void **state)
{
    static const size_t depths[] = {99, 100, 200000};

    (void)state;
    for (size_t i = 0; i < COUNT(depths); i++) {
        bool fine = depths[i] < MARKDOWN_DEPTH;
        struct buf text = BUF_INIT;
        struct work work;
        char *wanted;

        for (size_t d = 0; d < depths[i]; d++)
            buf_addc(&text, '>');
        buf_adds(&text, "a\n\nb\n");
        work_init(&work, "", text.data);
        wanted = mem_printf("%s:9:101: error: nested too deep to be translated", work.path);
        assert_int_equal(work.fine, fine);
        assert_int_equal(heard_differs("nesting", &work.heard, fine ? NULL : wanted), 0);
        assert_int_equal(work.heard.findings.errors, !fine);
        assert_string_equal(work.article.messages[work.article.message_count - 1].path,
                            "paragraph1");
        free(wanted);
        work_release(&work);
        buf_release(&text);
    }
}

/* The front matter is no Markdown. */
static void plain_words(void **state)
{
    static const struct {
        const char *front, *said; /* behind FILE: */
    } rows[] = {
        {"summary: What **changes** now\n",
         "8:10: warning: Markdown in the front matter is shown as it is"},
        {"summary: See [here](https://a.example)\n",
         "8:10: warning: Markdown in the front matter is shown as it is"},
        {"summary: '`code`'\n",
         "8:10: warning: Markdown in the front matter is shown as it is"},
        {"summary: 5 * 3, snake_case_name, [1], A & B, 2 < 3\n", NULL},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;
        char *wanted;

        work_init(&work, rows[i].front, "a\n");
        wanted = rows[i].said ? mem_printf("%s:%s", work.path, rows[i].said) : NULL;
        wrong += heard_differs(rows[i].front, &work.heard, wanted);
        free(wanted);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

static void turned_text(void **state)
{
    struct work work;

    (void)state;
    work_init(&work, "", "a \u202eb\u202c\n");
    assert_true(work.fine);
    assert_int_equal(work.heard.findings.warnings, 2);
    assert_non_null(strstr(heard_text(&work.heard).data,
                           "9:3: warning: the invisible character U+202E changes "
                           "the direction of the text around it"));
    work_release(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut),      cmocka_unit_test(anchors), cmocka_unit_test(marks),   cmocka_unit_test(faults), cmocka_unit_test(reminders),
        cmocka_unit_test(all_faults), cmocka_unit_test(blank_paragraphs),
        cmocka_unit_test(harmless), cmocka_unit_test(nesting), cmocka_unit_test(turned_text),
        cmocka_unit_test(plain_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
