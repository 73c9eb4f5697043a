/* Words taken from blocks and put back. */
#include "../fixtures/test.h"

#include "base/html.h"
#include "markdown/markdown.h"

/* The leaves of a text, one after another. */
struct leaves {
    const struct markdown *markdown;
    const char *put; /* words for every leaf, or NULL: the words it has */
    struct buf out;
    size_t count, refused;
};

static void take_words(void *context, const struct markdown_event *event)
{
    struct leaves *leaves = context;
    struct buf words = BUF_INIT;

    if (event->kind != MARKDOWN_LEAF)
        return;
    if (!markdown_words(leaves->markdown, event->node, &words))
        leaves->refused++;
    buf_addf(&leaves->out, "%s%s", leaves->count++ ? " | " : "", words.data);
    buf_release(&words);
}

static void put_words(void *context, const struct markdown_event *event)
{
    struct leaves *leaves = context;
    struct buf words = BUF_INIT;

    if (event->kind != MARKDOWN_LEAF)
        return;
    if (leaves->put)
        buf_adds(&words, leaves->put);
    else if (!markdown_words(leaves->markdown, event->node, &words))
        leaves->refused++;
    markdown_set_words(event->node, words.data, false);
    buf_release(&words);
}

/* Cutting every leaf out and putting the same words back changes nothing. */
static bool comes_back(struct str text, const char *row)
{
    struct markdown markdown;
    struct leaves leaves = {&markdown, NULL, BUF_INIT, 0, 0};
    struct buf html = BUF_INIT, wanted = BUF_INIT;
    bool same;

    markdown_parse(&markdown, text);
    markdown_html(&markdown, &wanted);
    markdown_walk(&markdown, put_words, &leaves);
    markdown_html(&markdown, &html);
    same = !leaves.refused && str_is(buf_str(&html), wanted.data);
    if (!same && row)
        print_error("%s: %zu refused\n--- is\n%s--- should be\n%s", row, leaves.refused, html.data,
                    wanted.data);
    buf_release(&html);
    buf_release(&wanted);
    markdown_release(&markdown);
    return same;
}

static void words(void **state)
{
    static const struct {
        const char *text, *wanted; /* the words of its leaves */
    } rows[] = {
        {"", ""},
        {"a\n", "a"},
        {"a", "a"},
        {"  a  \n\n\n b\n", "a | b"},
        /* breaks */
        {"a\nb\n  c\n", "a b c"},
        {"a  \nb\n", "a\\\nb"},
        {"a     \n   b\n", "a\\\nb"},
        {"a\\\nb\\\nc\n", "a\\\nb\\\nc"},
        {"a\\\\\nb\n", "a\\\\ b"},
        {"a\\\\  \nb\n", "a\\\\\\\nb"},
        {"a \nb\n", "a b"},
        {"[a]  \nb\n\n[a]: c\n", "[a](c)\\\nb"},
        {"a\r\nb  \r\nc\r\n", "a b\\\nc"},
        {"a\rb  \rc\r", "a b\\\nc"},
        {"a\\", "a\\"},
        {"同意\nします\n", "同意します"},
        {"同意\nOK\nです\n", "同意 OK です"},
        {"동의\n합니다\n", "동의 합니다"}, /* Korean writes spaces */
        {"*同意*\nします\n", "*同意*します"},
        {"「同意」\n**します**。\n終\n", "「同意」**します**。終"},
        {"`同意\nします`\n", "`同意 します`"},
        /* headings */
        {"# a\n## b ##\n### c #\\#\n#\n", "a | b | c #\\# | "},
        {"#\ta\t#\n", "a"},
        {"#5 bolt\n", "#5 bolt"},
        {"# a # b\n", "a # b"},
        {"a\n===\nb\nc\n---\n", "a | b c"},
        {"  a  \n  b\n  -\n", "a\\\nb"},
        {"> a\n> ===\n", "a"},
        /* containers */
        {"> a\n> b\n", "a b"},
        {"> a\nb\n", "a b"},
        {">a\n>   b\n", "a b"},
        {"> > a\n> > b\n>c\n", "a b c"},
        {"> - a\n>   b\n> - c\n", "a b | c"},
        {"> a\n> \\> b\n", "a \\> b"},
        {"- a\n  b\n- c\n", "a b | c"},
        {"- a\nb\n", "a b"},
        {"1. a\n   - b\n     c\n     1) d\n2. e\n\n   f\n", "a | b c | d | e | f"},
        {"- > a\n  > b\n", "a b"},
        {"10) a\n    b\n", "a b"},
        {"-\ta\n\tb\n", "a b"},
        {"- # a\n- b\n  ---\n", "a | b"},
        {"-   a\n\n    b\n", "a | b"},
        {"<!-- x -->\na\n", "a"},
        {"<!-- x -->\n\na\n", "a"},
        {"    code\n\n```\ncode\n```\n***\na\n", "a"},
        /* links: a reference goes with its definition */
        {"[a](b)\n", "[a](b)"},
        {"[a]\n\n[a]: http://b \"c\"\n", "[a](http://b \"c\")"},
        {"[a][b] [b][]\n\n[b]: <x y>\n", "[a](x%20y) [b](x%20y)"},
        {"![a][b]\n\n[b]: c\n", "![a](c)"},
        {"[a]\n", "[a]"},
        {"[a](b\n'c')\n", "[a](b 'c')"},
        {"<http://a.b/c> <d@e.f>\n", "<http://a.b/c> <d@e.f>"},
        /* code, entities, escapes */
        {"`a`\n", "`a`"},
        {"``a`b``\n", "``a`b``"},
        {"`a\nb`\n", "`a b`"},
        {"`a\\\nb`\n", "`a\\\nb`"}, /* not a hard break: shown as it is */
        {"`a  \nb`\n", "`a   b`"},  /* nor here: its spaces count */
        {"a &amp; b &copy; &#35; &\n", "a &amp; b &copy; &#35; &"},
        {"\\* a \\& \\\\ \\a\n", "\\* a \\& \\\\ \\a"},
        {"*a\nb* **c**__d__\n", "*a b* **c**__d__"},
        {"*a  \nb*\n", "*a\\\nb*"},
        {"**「強調」**です\n", "**「強調」**です"},
        {"a\u00a0b\u200bc\u3000\n", "a\u00a0b\u200bc\u3000"},
        /* what would open a block if it stood alone */
        {"1\\. x\n", "1\\. x"},
        {"a\n1\\. x\n", "a 1\\. x"},
        {"\\# x\n", "\\# x"},
        {"\\- x\n", "\\- x"},
        {"\\> x\n", "\\> x"},
        {"a\n    b\n", "a b"},
        {"\\<script> x\n", "\\<script> x"},
        {"- a\n\n  ---\n", "a"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markdown markdown;
        struct leaves leaves = {&markdown, NULL, BUF_INIT, 0, 0};

        markdown_parse(&markdown, str_of(rows[i].text));
        markdown_walk(&markdown, take_words, &leaves);
        wrong += differs(rows[i].text, buf_str(&leaves.out), rows[i].wanted);
        wrong += leaves.refused + !comes_back(str_of(rows[i].text), rows[i].text);
        buf_release(&leaves.out);
        markdown_release(&markdown);
    }
    assert_int_equal(wrong, 0);
}

/* Words by a translator, put into a paragraph, a heading, a list item and a quote. */
static void hostile_words(void **state)
{
    static const char frame[] = "a\n\n# b\n\n1. c\n2. d\n\n> e\n";
    static const struct {
        const char *words, *html; /* inline */
    } rows[] = {
        {"plain", "plain"},
        {"*a* `b` [c](d)", "<em>a</em> <code>b</code> <a href=\"d\">c</a>"},
        {"", ""},
        {"\n", ""},
        {"1. x", "1. x"},
        {"- x", "- x"},
        {"# x", "# x"},
        {"a\n# x", "a # x"},
        {"a\n\n# x", "a # x"},
        {"a\n\nb\n\n\n", "a b"},
        {"---", "---"},
        {"a\n---", "a ---"},
        {"a\n===", "a ==="},
        {"***", "***"},
        {"> x", "&gt; x"},
        {"a\n> x", "a &gt; x"},
        {"    x", "x"},
        {"\tx\n\t\ty", "x y"},
        {"```\nx\n```", "<code>x</code>"},
        {"~~~\nx", "~~~ x"},
        {"[a]: b", "[a]: b"},
        {"[a]: b\n\n[a]", "[a]: b [a]"},
        {"<script>alert(1)</script>", "<!-- raw HTML omitted -->alert(1)<!-- raw HTML omitted -->"},
        {"<div>\n\nx", "<!-- raw HTML omitted --> x"},
        {"<!-- purpose: y -->", "<!-- raw HTML omitted -->"},
        {"[x](javascript:alert(1))", "<a href=\"\">x</a>"},
        {"a\\\nb", "a<br />\nb"},
        {"a\\", "a\\"},
        {"a\r\nb", "a b"},
        {"a\r\r# x", "a # x"},
        {"a\r# x\r> y", "a # x &gt; y"},
        {"\r1. x", "1. x"},
        {"\f# x", "# x"},
        {"x\v\f", "x"},
        {"{{x}} <%x%> &lt;", "{{x}} &lt;%x%&gt; &lt;"},
        {"\u202e同意\u2028", "\u202e同意\u2028"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markdown markdown;
        struct leaves leaves = {&markdown, rows[i].words, BUF_INIT, 0, 0};
        struct buf html = BUF_INIT;
        const char *h = rows[i].html;
        char *wanted = mem_printf("<p>%s</p>\n<h1>%s</h1>\n<ol>\n<li>%s</li>\n<li>%s</li>\n</ol>\n"
                                  "<blockquote>\n<p>%s</p>\n</blockquote>\n",
                                  h, h, h, h, h);

        markdown_parse(&markdown, str_of(frame));
        markdown_walk(&markdown, put_words, &leaves);
        markdown_html(&markdown, &html);
        wrong += differs(rows[i].words, buf_str(&html), wanted);
        free(wanted);
        buf_release(&html);
        markdown_release(&markdown);
    }
    assert_int_equal(wrong, 0);
}

static void draw_event(void *context, const struct markdown_event *event)
{
    static const char *const kinds[] = {"leaf", "directive", "html", "commented", "code",
                                        "deep"};
    struct leaves *leaves = context;

    buf_addf(&leaves->out, "%s@%zu %s%s", kinds[event->kind], event->offset, event->path,
             event->item ? " in item" : "");
    if (event->kind == MARKDOWN_DIRECTIVE) {
        buf_adds(&leaves->out, " (");
        buf_addstr(&leaves->out, event->key);
        buf_adds(&leaves->out, ")(");
        buf_addstr(&leaves->out, event->value);
        buf_adds(&leaves->out, ")");
    }
    buf_adds(&leaves->out, "\n");
}

static void events(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"a\n\n# b\n\nc\n", "leaf@0 paragraph1\nleaf@3 heading1\nleaf@8 paragraph2\n"},
        {"- a\n- b\n\n  c\n\n1. d\n",
         "leaf@2 list1.item1.paragraph1 in item\nleaf@6 list1.item2.paragraph1 in item\n"
         "leaf@11 list1.item2.paragraph2 in item\nleaf@17 list2.item1.paragraph1 in item\n"},
        {"> a\n", "leaf@2 block_quote1.paragraph1\n"},
        {"õ\n\nb\n", "leaf@0 paragraph1\nleaf@4 paragraph2\n"},
        {"a\r\n\r\nb\r\n", "leaf@0 paragraph1\nleaf@5 paragraph2\n"},
        {"a\r\rb\r", "leaf@0 paragraph1\nleaf@3 paragraph2\n"},
        {"<!-- purpose: x -->\n", "directive@0 html_block1 (purpose)(x)\n"},
        {"<!--note:a: b\nc-->\n", "directive@0 html_block1 (note)(a: b\nc)\n"},
        {"<!-- skip -->\n", "directive@0 html_block1 (skip)()\n"},
        {"<!---->\n", "directive@0 html_block1 ()()\n"},
        {"- a\n  <!-- x: y -->\n", "leaf@2 list1.item1.paragraph1 in item\n"
                                   "directive@6 list1.item1.html_block1 in item (x)(y)\n"},
        {"<!-- x: y --> z\n", "commented@0 html_block1\n"},
        {"<!-- x: y --> <b>z</b> <!-- -->\n", "commented@0 html_block1\n"}, /* z is not lost */
        {"<div>\n", "html@0 html_block1\n"},
        {"<!-->\n", "html@0 html_block1\n"},
        {"***\n\n    a\n\n```\nb\n```\n\n    c\n\n***\nd\n",
         "code@9 code_block1\ncode@27 code_block3\nleaf@34 paragraph1\n"},
        {"> - a\n>\n>   b\n> - c\n\n> d\n", "leaf@4 block_quote1.list1.item1.paragraph1 in item\n"
                                            "leaf@12 block_quote1.list1.item1.paragraph2 in item\n"
                                            "leaf@18 block_quote1.list1.item2.paragraph1 in item\n"
                                            "leaf@23 block_quote2.paragraph1\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markdown markdown;
        struct leaves leaves = {&markdown, NULL, BUF_INIT, 0, 0};

        markdown_parse(&markdown, str_of(rows[i].text));
        markdown_walk(&markdown, draw_event, &leaves);
        wrong += differs(rows[i].text, buf_str(&leaves.out), rows[i].wanted);
        buf_release(&leaves.out);
        markdown_release(&markdown);
    }
    assert_int_equal(wrong, 0);
}

struct directives {
    struct cmark_node *node[8];
    size_t count;
};

static void take_directive(void *context, const struct markdown_event *event)
{
    struct directives *directives = context;

    if (event->kind == MARKDOWN_DIRECTIVE)
        directives->node[directives->count++] = event->node;
}

static void removed(void **state)
{
    static const struct {
        const char *text, *html, *commonmark;
    } rows[] = {
        {"<!-- a: b -->\nx\n\n<div>\n\n*y*\nz\n\n</div>\n",
         "<p>x</p>\n<!-- raw HTML omitted -->\n<p><em>y</em> z</p>\n<!-- raw HTML omitted -->\n",
         "x\n\n<div>\n\n*y* z\n\n</div>\n"},
        {"<!-- a: b -->\n", "", "\n"},
        {"1. <!-- note: x -->\n   y\n   <!-- purpose: z -->\n2. a\n",
         "<ol>\n<li>y</li>\n<li>a</li>\n</ol>\n", "1.  y\n2.  a\n"},
        {"a <b>c</b>\n", "<p>a <!-- raw HTML omitted -->c<!-- raw HTML omitted --></p>\n",
         "a <b>c</b>\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markdown markdown;
        struct directives directives = {.count = 0};
        struct buf html = BUF_INIT, commonmark = BUF_INIT;

        markdown_parse(&markdown, str_of(rows[i].text));
        markdown_walk(&markdown, take_directive, &directives);
        for (size_t d = 0; d < directives.count; d++)
            markdown_remove(directives.node[d]);
        markdown_html(&markdown, &html);
        markdown_commonmark(&markdown, &commonmark);
        wrong += differs(rows[i].text, buf_str(&html), rows[i].html);
        wrong += differs(rows[i].text, buf_str(&commonmark), rows[i].commonmark);
        buf_release(&html);
        buf_release(&commonmark);
        markdown_release(&markdown);
    }
    assert_int_equal(wrong, 0);
}

static void take_plain(void *context, const struct markdown_event *event)
{
    struct leaves *leaves = context;

    if (!leaves->out.len && event->item)
        markdown_plain(event->item, &leaves->out);
}

static void plain(void **state)
{
    static const char *const rows[][2] = {
        {"- a *b* [c](d) `e` ![f](g)\n", "a b c e f"},
        {"- a\n  b\\\n  c\n\n  d\n", "a b c d"},
        {"- a\n  - b\n\n  c\n", "a c"}, /* a nested list is not its own */
        {"- &amp; \\* <b>x</b>\n", "& * x"},
        {"- # a\n\n  b\n", "a b"},
        {"- > a\n", ""},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markdown markdown;
        struct leaves leaves = {&markdown, NULL, BUF_INIT, 0, 0};

        markdown_parse(&markdown, str_of(rows[i][0]));
        markdown_walk(&markdown, take_plain, &leaves);
        wrong += differs(rows[i][0], buf_str(&leaves.out), rows[i][1]);
        buf_release(&leaves.out);
        markdown_release(&markdown);
    }
    assert_int_equal(wrong, 0);
}

/* Text escaped for CommonMark is shown as it is. */
static void escaped(void **state)
{
    static const char *const rows[] = {
        "a",
        "*a* _b_ `c`",
        "[a](b) ![c](d)",
        "<b>&amp;</b>",
        "\\",
        "# a",
        "+ a",
        "- a",
        "1. a",
        "1) a",
        "2026",
        "3.14",
        "12.",
        "a 1. b",
        "> a",
        "---",
        "===",
        "~~~",
        "a|b",
        "<http://a>",
        "{{x}} \"",
        "同意 õ",
        "a\\*",
        "!",
        "[a]: b",
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT, wanted = BUF_INIT, html = BUF_INIT;
        struct markdown markdown;

        markdown_text(&text, str_of(rows[i]));
        markdown_parse(&markdown, buf_str(&text));
        markdown_html(&markdown, &html);
        buf_adds(&wanted, "<p>");
        html_text(&wanted, str_of(rows[i]));
        buf_adds(&wanted, "</p>\n");
        wrong += differs(rows[i], buf_str(&html), wanted.data);
        markdown_release(&markdown);
        buf_release(&text);
        buf_release(&html);
        buf_release(&wanted);
    }
    assert_int_equal(wrong, 0);
}

static void escaped_on_one_line(void **state)
{
    struct buf text = BUF_INIT;

    (void)state;
    markdown_text(&text, str_of("a\n\n1. b\r\n- c"));
    assert_string_equal(text.data, "a  1. b  \\- c");
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),         cmocka_unit_test(hostile_words),
        cmocka_unit_test(events),        cmocka_unit_test(removed),
        cmocka_unit_test(plain),
        cmocka_unit_test(escaped),       cmocka_unit_test(escaped_on_one_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
