/* Pipe tables, as in GitHub Flavored Markdown 0.29-gfm, section 4.10, and what our own need
 * besides: one spelling for what is frozen, places in the source, and words of warning.  Of the
 * specification's eight examples each has its row, in other words: its own number stands beside it.
 */
#include "../fixtures/test.h"

#include <time.h>

#include "../fixtures/random_markdown.h"
#include "catalog/message.h"
#include "markdown/pipes.h"

/* HTML */

/* Blocks alone, on one line: <thead> is HEAD, <tr> /, <th> !, <td> |, with l, c or r. */
static void draw(const char *html, struct buf *out)
{
    static const char *const rows[][2] = {
        {"<div class=\"table\"", "["},
        {"</div>", "]"},
        {"<table>", ""},
        {"</table>", ""},
        {"<thead>", ""},
        {"</thead>", ""},
        {"<tbody>", "="},
        {"</tbody>", ""},
        {"<tr>", "/"},
        {"</tr>", ""},
        {"<th scope=\"col\">", "!"},
        {"<th scope=\"col\" class=\"to-left\">", "l!"},
        {"<th scope=\"col\" class=\"to-center\">", "c!"},
        {"<th scope=\"col\" class=\"to-right\">", "r!"},
        {"</th>", ""},
        {"<td>", "|"},
        {"<td class=\"to-left\">", "l|"},
        {"<td class=\"to-center\">", "c|"},
        {"<td class=\"to-right\">", "r|"},
        {"</td>", ""},
        {"\n", ""},
    };

    while (*html) {
        size_t i = 0, len = 1;

        while (i < COUNT(rows) && strncmp(html, rows[i][0], strlen(rows[i][0])) != 0)
            i++;
        if (i < COUNT(rows)) {
            buf_adds(out, rows[i][1]);
            len = i ? strlen(rows[i][0]) : strcspn(html, ">") + 1;
        } else {
            buf_addc(out, *html);
        }
        html += len;
    }
}

static void blocks(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        /* the specification's examples */
        {"| one | two |\n| --- | --- |\n| three | four |\n", "[/!one!two=/|three|four]"}, /* 198 */
        {"| ab | cdefghi |\n:-: | -----------:\nx | y\n", "[/c!abr!cdefghi=/c|xr|y]"},    /* 199 */
        {"| o\\|ne  |\n| ---- |\n| b `\\|` az |\n| b **\\|** im |\n",
         "[/!o|ne=/|b <code>|</code> az/|b <strong>|</strong> im]"}, /* 200 */
        {"| one | two |\n| --- | --- |\n| three | four |\n> quote\n",
         "[/!one!two=/|three|four]<blockquote><p>quote</p></blockquote>"}, /* 201 */
        {"| one | two |\n| --- | --- |\n| three | four |\nfive\n\nsix\n",
         "[/!one!two=/|three|four/|five|]<p>six</p>"},                                     /* 202 */
        {"| one | two |\n| --- |\n| three |\n", "<p>| one | two | | --- | | three |</p>"}, /* 203 */
        {"| one | two |\n| --- | --- |\n| three |\n| four | five | six |\n",
         "[/!one!two=/|three|/|four|five]"},               /* 204 */
        {"| one | two |\n| --- | --- |\n", "[/!one!two]"}, /* 205 */
        /* rows */
        {"a|b\n-|-\nc|d", "[/!a!b=/|c|d]"},
        {"|a|b\n|-|-\n|c|d\n", "[/!a!b=/|c|d]"},
        {"a|b|\n-|-|\nc|d|\n", "[/!a!b=/|c|d]"},
        {"  |  a|b  |  \n   | - | - |\n |c|d\n", "[/!a!b=/|c|d]"},
        {"|a|\n|-|\n|b|\n", "[/!a=/|b]"},
        {"a\n:-\nb\n", "[/l!a=/l|b]"},
        {"a\n-|\nb\n", "[/!a=/|b]"},
        {"a\n---\nb\n", "<h2>a</h2><p>b</p>"}, /* an underline, as ever */
        {"|a|b|\n|---|---|\n||\n| |d|\n|c| |\n", "[/!a!b=/||/||d/|c|]"},
        {"||b|\n|-|-|\n", "[/|!b]"}, /* a head without words heads nothing */
        {"|a|b|\r\n|-|-|\r\n|c|d|\r\n", "[/!a!b=/|c|d]"},
        {"|a|b|\r|-|-|\r|c|d|", "[/!a!b=/|c|d]"},
        {"|\ta\t|\tb\t|\n|\t-\t|\t-\t|\n", "[/!a!b]"},
        {"|a|b|\n|-|-|\n|c\\|d|e\\\\|f|\n", "[/!a!b=/|c|d|e|f]"}, /* two backslashes do not help */
        {"|a|b|\n|-|-|\n|`c|d`|\n", "[/!a!b=/|`c|d`]"},
        {"|a|b|\n|-|-|\n|`c\\|d`|<http://e?\\|>|\n",
         "[/!a!b=/|<code>c|d</code>|<a href=\"http://e?%7C\">http://e?|</a>]"},
        {"|a|\n|-|\n|[b][c]|\n|![d][c]|\n\n[c]: /e\\|f 'g|h'\n",
         "[/!a=/|<a href=\"/e%7Cf\" title=\"g|h\">b</a>"
         "/|<img src=\"/e%7Cf\" alt=\"d\" title=\"g|h\" />]"},
        {"|a|\n|-|\n|*b|\n|c*|\n", "[/!a=/|*b/|c*]"}, /* markup ends with its cell */
        {"|a|\n|-|\n|&copy; \\* # - <b>|\n", "[/!a=/|© * # - <!-- raw HTML omitted -->]"},
        {"|a|\n|-|\n|同意**「強調」**です|\n", "[/!a=/|同意<strong>「強調」</strong>です]"},
        {"|a|\n|-|\n|b\\\\|\n", "[/!a=/|b|]"},
        /* no delimiter row */
        {"|a|b|\n|-|-|x\n", "<p>|a|b| |-|-|x</p>"},
        {"|a|b|\n|-||\n", "<p>|a|b| |-||</p>"},
        {"|a|b|\n|:|-|\n", "<p>|a|b| |:|-|</p>"},
        {"|a|b|\n|- -|-|\n", "<p>|a|b| |- -|-|</p>"},
        {"|a|b|\n|::-|-|\n", "<p>|a|b| |::-|-|</p>"},
        {"|a|b|\n\n|-|-|\n", "<p>|a|b|</p><p>|-|-|</p>"},
        {"|-|-|\n|a|b|\n", "<p>|-|-| |a|b|</p>"},
        {"|-|-|\n|-|-|\n|-|-|\n", "[/!-!-=/|-|-]"},
        {"|\n|-|\n", "<p>| |-|</p>"},
        {"```\n|a|\n|-|\n```\n", "<pre><code>|a||-|</code></pre>"},
        {"    |a|\n    |-|\n", "<pre><code>|a||-|</code></pre>"},
        {"|a|\n    |-|\n", "<p>|a| |-|</p>"},
        {"<div>\n|a|\n|-|\n", "<!-- raw HTML omitted -->"},
        {"# a|b\n-|-\n", "<h1>a|b</h1><p>-|-</p>"},
        /* around it; the head is the last line of the paragraph before it */
        {"x\n|a|b|\n|-|-|\n", "<p>x</p>[/!a!b]"},
        {"x\ny | z\n-|-\n", "<p>x</p>[/!y!z]"},
        {"x\n     y | z\n-|-\n", "<p>x</p>[/!y!z]"},
        {"x\n===\n:-:\n", "<h1>x</h1><p>:-:</p>"},
        {"x\n===\n- |\n", "<h1>x</h1><ul><li>|</li></ul>"},
        {"|a|\n|-|\n|b|\n---\n:-:\n", "[/!a=/|b]<hr /><p>:-:</p>"},
        {"[x]: /y\n|a|\n|-|\n|[x]|\n", "[/!a=/|<a href=\"/y\">x</a>]"},
        {"# x\n|a|\n|-|\n# y\n", "<h1>x</h1>[/!a]<h1>y</h1>"},
        {"|a|\n|-|\n---\n", "[/!a]<hr />"},
        {"|a|\n|-|\n===\n", "[/!a=/|===]"},
        {"|a|\n|-|\n- b\n", "[/!a]<ul><li>b</li></ul>"},
        {"|a|\n|-|\n2. b\n", "[/!a]<ol start=\"2\"><li>b</li></ol>"}, /* never in a paragraph */
        {"|a|\n|-|\n    b\n", "[/!a]<pre><code>b</code></pre>"},
        {"|a|\n|-|\n```\nb\n", "[/!a]<pre><code>b</code></pre>"},
        {"|a|\n|-|\n<b>\n", "[/!a]<!-- raw HTML omitted -->"},
        {"|a|\n|-|\n[b]: /c\n\n[b]\n", "[/!a=/|[b]: /c]<p>[b]</p>"},
        {"|a|\n|-|\n|\nb\n", "[/!a]<p>| b</p>"},
        {"|a|\n|-|\n|b|\n \t\n|c|\n", "[/!a=/|b]<p>|c|</p>"},
        {"|a|\n|-|\n\n|b|\n|-|\n", "[/!a][/!b]"},
        {"|a|\n|-|\n1. |b|\n   |-|\n2) c|d\n   -|-\n", /* one behind the other */
         "[/!a]<ol><li>[/!b]</li></ol><ol start=\"2\"><li>[/!c!d]</li></ol>"},
        /* in lists and quotes */
        {"> |a|\n> |-|\n> |b|\n", "<blockquote>[/!a=/|b]</blockquote>"},
        {"> |a|\n> |-|\n|b|\n", "<blockquote>[/!a]</blockquote><p>|b|</p>"}, /* not lazy */
        {"> |a|\n|-|\n", "<blockquote><p>|a| |-|</p></blockquote>"},
        {"> x\n|a|\n|-|\n", "<blockquote><p>x |a| |-|</p></blockquote>"},
        {"> x\n|a|\n> |-|\n", "<blockquote><p>x</p>[/!a]</blockquote>"},
        {"> > x\n> |a|\n> |-|\n",
         "<blockquote><blockquote><p>x |a| |-|</p></blockquote></blockquote>"},
        {"> > x\n|a|\n> |-|\n",
         "<blockquote><blockquote><p>x |a| |-|</p></blockquote></blockquote>"},
        {"|a|\n      |-|\n |b|\n      - |\nc\n d|\n -|\n", /* only the last is one */
         "<p>|a| |-| |b| - | c</p>[/!d]"},
        {"- x\n|a|\n|-|\n", "<ul><li>x |a| |-|</li></ul>"},
        {"> > a|b\n> >-|-\n>>c\n> d\n",
         "<blockquote><blockquote>[/!a!b=/|c|]</blockquote><p>d</p></blockquote>"},
        {"- |a|\n  |-|\n  |b|\n- c\n", "<ul><li>[/!a=/|b]</li><li>c</li></ul>"},
        {"- |a|\n|-|\n", "<ul><li>|a| |-|</li></ul>"},
        {"1. x\n   |a|\n   |-|\n   |b|\n2. y\n", "<ol><li>x[/!a=/|b]</li><li>y</li></ol>"},
        {"1. x\n\n   |a|\n   |-|\n\n   y\n", "<ol><li><p>x</p>[/!a]<p>y</p></li></ol>"},
        {"-\t|a|\n\t|-|\n\t|b|\n", "<ul><li>[/!a=/|b]</li></ul>"},
        {"- > 1. |a|\n  >    |-|\n  >    |b|\n",
         "<ul><li><blockquote><ol><li>[/!a=/|b]</li></ol></blockquote></li></ul>"},
        {"- x\n  - |a|\n    |-|\n  |b|\n", "<ul><li>x<ul><li>[/!a]</li></ul>|b|</li></ul>"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf html = BUF_INIT, drawn = BUF_INIT;
        struct markdown markdown;

        markdown_parse(&markdown, str_of(rows[i].text));
        markdown_html(&markdown, &html);
        draw(html.data, &drawn);
        wrong += differs(rows[i].text, buf_str(&drawn), rows[i].wanted);
        markdown_release(&markdown);
        buf_release(&html);
        buf_release(&drawn);
    }
    assert_int_equal(wrong, 0);
}

/* What helps those who cannot see it, or only a part at once. */
static void html(void **state)
{
    static const char text
        [] = "| A *b* | \"c\" | |\n|---|--:|---|\n| d | |\n",
    wanted[] =
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"A b, &quot;c&quot;\">\n"
        "<table>\n<thead>\n<tr>\n<th scope=\"col\">A <em>b</em></th>\n"
        "<th scope=\"col\" class=\"to-right\">&quot;c&quot;</th>\n<td></td>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>d</td>\n<td class=\"to-right\"></td>\n<td></td>\n</tr>\n</tbody>\n"
        "</table>\n</div>\n";
    struct buf html = BUF_INIT;
    struct markdown markdown;

    (void)state;
    markdown_parse(&markdown, str_of(text));
    markdown_html(&markdown, &html);
    assert_string_equal(html.data, wanted);
    markdown_release(&markdown);
    buf_release(&html);
}

/* What is frozen has one spelling, which reads back as the same table. */
static void spelling(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"a|b\n-|-\nc\n", "| a | b |\n| --- | --- |\n| c |  |\n"},
        {"|a|b|c|d|\n|:-|:----:|---:|-|\n", "| a | b | c | d |\n| :-- | :-: | --: | --- |\n"},
        {"|`a\\|b`|c\\|d|\n|-|-|\n|[f][g]|\\||\n\n[g]: /h|i\n",
         "| `a\\|b` | c\\|d |\n| --- | --- |\n| [f](/h\\|i) | \\| |\n"},
        {"|-|1.|# a|> b|\n|-|-|-|-|\n", "| - | 1. | # a | > b |\n| --- | --- | --- | --- |\n"},
        {"|a\\\\|\n|-|\n|`b\\\\|`|\n", "| a\\| |\n| --- |\n| `b\\\\|` |\n"},
        {"|\\\\a|\n|-|\n", "| \\\\a |\n| --- |\n"},
        {"x\n|a|\n|-|\n", "x\n\n| a |\n| --- |\n"},
        {"> |a|\n> |-|\n> |b|\n\nc\n", "> | a |\n> | --- |\n> | b |\n\nc\n"},
        {"- |a|\n  |-|\n- x\n  b|c\n  -|-\n",
         "  - | a |\n    | --- |\n  - x\n    | b | c |\n    | --- | --- |\n"},
        {"1. |a|\n   |-|\n\n   x\n", "1.  | a |\n    | --- |\n    \n    x\n"},
        {"||\n|-|\n||\n", "|  |\n| --- |\n|  |\n"},
        {"a \\| b  \n|-|-|\n", "a | b  \n\\|-|-|\n"}, /* no table, and it stays none */
        {"a\\\n:-:|-\n\nb\\\n:c\n", "a  \n\\:-:|-\n\nb  \n\\:c\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT, again = BUF_INIT;
        struct markdown markdown, back;

        markdown_parse(&markdown, str_of(rows[i].text));
        markdown_commonmark(&markdown, &text);
        wrong += differs(rows[i].text, buf_str(&text), rows[i].wanted);
        markdown_parse(&back, buf_str(&text));
        if (!markdown_same(&markdown, &back))
            wrong++, print_error("%s does not read back\n", rows[i].text);
        markdown_commonmark(&back, &again);
        wrong += differs(rows[i].text, buf_str(&again), text.data);
        markdown_release(&markdown);
        markdown_release(&back);
        buf_release(&text);
        buf_release(&again);
    }
    assert_int_equal(wrong, 0);
}

/* Whatever stands in the cells, what is frozen is the same table, spelled the same again. */
static void round_trips(void **state)
{
    const char *seed = getenv("TEST_SEED");
    struct random_markdown random = {seed ? strtoull(seed, NULL, 10) : 20261130, true};
    size_t tables = 0, unread = 0;

    (void)state;
    print_message("TEST_SEED=%llu\n", (unsigned long long)random.state);
    for (int n = 0; n < 500; n++) {
        struct buf source = BUF_INIT, text = BUF_INIT, again = BUF_INIT;
        struct markdown markdown, back;

        random_table(&random, "", &source);
        markdown_parse(&markdown, buf_str(&source));
        markdown_commonmark(&markdown, &text);
        markdown_parse(&back, buf_str(&text));
        markdown_commonmark(&back, &again);
        tables += markdown.table_count;
        assert_int_equal(back.table_count, markdown.table_count);
        if (!markdown_same(&markdown, &back) || !str_equal(buf_str(&text), buf_str(&again)))
            unread++;
        markdown_release(&markdown);
        markdown_release(&back);
        buf_release(&source);
        buf_release(&text);
        buf_release(&again);
    }
    print_message("%zu tables, %zu of them with markup that cmark spells otherwise\n", tables,
                  unread);
    assert_true(unread * 50 < tables);
}

/* Messages */

struct cutting {
    struct heard heard;
    struct revision revision;
    struct article article;
};

static void cutting_init(struct cutting *cutting, const char *text)
{
    *cutting = (struct cutting){.revision = {.body = 0}};
    heard_init(&cutting->heard);
    assert_true(
        source_set(&cutting->revision.source, "x.md", str_of(text), &cutting->heard.findings));
    assert_true(article_cut(&cutting->article, &cutting->revision, &cutting->heard.findings));
}

static void cutting_release(struct cutting *cutting)
{
    article_release(&cutting->article);
    source_release(&cutting->revision.source);
    heard_release(&cutting->heard);
}

/* LINE PATH MSGID [CONTEXT] (NOTE) - for each */
static void messages(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"x\n\n|a|b|\n|-|-|\n|c||\n| |d|\n",
         "1 paragraph1 x\n3 table1.row1.cell1 a\n3 table1.row1.cell2 b\n"
         "5 table1.row2.cell1 c\n6 table1.row3.cell2 d\n"},
        {"|`a\\|b`|c \\| d|\n|-|-|\n",
         "1 table1.row1.cell1 `a|b`\n1 table1.row1.cell2 c | d\n"}, /* pipes are mere characters */
        {"|[a][b]|\n|-|\n\n[b]: /c\n\n1. |d|\n   |-|\n",
         "1 table1.row1.cell1 [a](/c)\n6 list1.item1.table1.row1.cell1 d\n"},
        {"<!-- note: n -->\n<!-- context: c -->\n|a|b|\n|-|-|\n|d|e|\n\nf\n",
         "3 table1.row1.cell1 a [c] (n)\n3 table1.row1.cell2 b [c] (n)\n"
         "5 table1.row2.cell1 d [c] (n)\n5 table1.row2.cell2 e [c] (n)\n7 paragraph1 f\n"},
        {"<!-- note: n -->\n|a|\n|-|\n\n|b|\n|-|\n",
         "2 table1.row1.cell1 a (n)\n5 table2.row1.cell1 b\n"},
        {"<!-- skip -->\n|a|\n|-|\n|b|\n\nc\n",
         "2 table1.row1.cell1 a -\n4 table1.row2.cell1 b -\n6 paragraph1 c\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf drawn = BUF_INIT;
        struct cutting cutting;

        cutting_init(&cutting, rows[i].text);
        for (size_t m = 0; m < cutting.article.message_count; m++) {
            const struct message *message = &cutting.article.messages[m];

            buf_addf(&drawn, "%zu %s %s", place_line(message->place), message->path,
                     message->msgid);
            buf_addf(&drawn, message->context ? " [%s]" : "", message->context);
            buf_addf(&drawn, message->note ? " (%s)" : "", message->note);
            buf_adds(&drawn, message->skipped ? " -\n" : "\n");
        }
        wrong += differs(rows[i].text, buf_str(&drawn), rows[i].wanted);
        wrong += heard_differs(rows[i].text, &cutting.heard, NULL);
        buf_release(&drawn);
        cutting_release(&cutting);
    }
    assert_int_equal(wrong, 0);
}

/* The first line of what is said. */
static void findings(void **state)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"|a|b|\n|-|-|\n|c|d|\n", NULL},
        {"|a|b|\n|-|-|\n|c|\n", NULL},
        {"|a|\n|-|\n\n|b|\n|-|\n", NULL},
        {"> |a|b|\n> |-|-|\n> |c| d|e|\n",
         "x.md:3:9: warning: this row has more cells than the table has columns: the rest of it is "
         "not shown"},
        {"|a|b|\n|-|-|\n|c|d||\n", /* an empty one is no better: a | too many */
         "x.md:3:6: warning: this row has more cells than the table has columns: the rest of it is "
         "not shown"},
        {"|a|b|\n|-|\n|c|d|\n", "x.md:1:1: warning: this looks like a table, and is shown as text"},
        {"- a|b\n  -|-|-\n", "x.md:2:3: warning: this looks like a table, and is shown as text"},
        {"|-|-|\n|a|b|\n", "x.md:1:1: warning: this looks like a table, and is shown as text"},
        {"|a|b|\n|-|-|\n\n|c|d|\n",
         "x.md:4:1: warning: this looks like a table, and is shown as text"},
        {"|a|b|\n|-|-|\n<!-- note: n -->\n|c|d|\n",
         "x.md:3:1: warning: a comment ends the table above it"},
        {"|a|b|\n|-|-|\n\n<!-- note: n -->\nc\n", NULL},
        {"|a|b|\n|-|-|\n<!-- note: n -->\nc\n", NULL},
        {"|a|\n|-|\n|b <!-- note: n -->|\n",
         "x.md:3:4: warning: raw HTML never reaches a page: <!-- note: n -->"},
        {"|a|\n|-|\n|b<br>c|\n", "x.md:3:3: warning: raw HTML never reaches a page: <br>"},
        {"|a|b|\n|-|-|\n|c|[d](javascript:e)|\n",
         "x.md:3:4: warning: a link to javascript:e is not safe"},
        {"a | b\n\nc -- d\n", NULL},
        {"|x| is a size\n", NULL},
        {"a\n-:-\n", NULL},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct cutting cutting;

        cutting_init(&cutting, rows[i].text);
        wrong += heard_differs(rows[i].text, &cutting.heard, rows[i].said);
        cutting_release(&cutting);
    }
    assert_int_equal(wrong, 0);
}

/* Whatever a translator writes, the table is the same, and so is what is frozen of it. */
static void translations(void **state)
{
    static const struct {
        const char *words, *wanted; /* for the cell b */
    } rows[] = {
        {"c", "| c |"},
        {"c|d", "| c\\|d |"},
        {"c\\|d", "| c\\|d |"},
        {"c\\\\|d", "| c\\\\\\|d |"},
        {"`c|d`", "| `c\\|d` |"},
        {"`c\\|d`", "| `c\\\\|d` |"},
        {"c\nd", "| c d |"},
        {"c\n\n| d |\n| - |", "| c \\| d \\| \\| - \\| |"},
        {"c\\\nd", "| c d |"},
        {"c  \nd", "| c d |"},
        {"*c\\\nd*", "| *c d* |"},
        {"|", "| \\| |"},
        {"| --- |", "| \\| --- \\| |"},
        {"c\\", "| c\\\\ |"},
        {"# c", "| # c |"},
        {"```", "| \\`\\`\\` |"},
        {"[c](/d|e)", "| [c](/d\\|e) |"},
        {"<!-- c", "| \\<\\!-- c |"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT;
        struct cutting cutting;
        struct markdown back;
        char *wanted = mem_printf("| a |\n| :-: |\n%s\n", rows[i].wanted);

        cutting_init(&cutting, "|a|\n|:-:|\n|b|\n");
        markdown_set_words(cutting.article.messages[1].leaf, rows[i].words, false);
        markdown_commonmark(&cutting.article.markdown, &text);
        wrong += differs(rows[i].words, buf_str(&text), wanted);
        markdown_parse(&back, buf_str(&text));
        if (!markdown_same(&cutting.article.markdown, &back))
            wrong++, print_error("%s does not read back\n", rows[i].words);
        markdown_release(&back);
        cutting_release(&cutting);
        buf_release(&text);
        free(wanted);
    }
    assert_int_equal(wrong, 0);
}

/* Size */

static void repeat(struct buf *out, const char *part, size_t times)
{
    while (times--)
        buf_adds(out, part);
}

/* How long a table of rows times columns takes, in seconds, there and back. */
static double seconds(size_t columns, size_t rows, const char *cell)
{
    struct buf text = BUF_INIT, html = BUF_INIT, again = BUF_INIT;
    struct cutting cutting;
    clock_t start;

    repeat(&text, "|a", columns);
    buf_adds(&text, "\n");
    repeat(&text, "|-", columns);
    for (size_t r = 0; r < rows; r++) {
        buf_adds(&text, "\n");
        repeat(&text, cell, columns);
    }
    start = clock();
    cutting_init(&cutting, text.data);
    assert_int_equal(cutting.article.message_count, columns * (rows + 1));
    markdown_html(&cutting.article.markdown, &html);
    markdown_commonmark(&cutting.article.markdown, &again);
    cutting_release(&cutting);
    buf_release(&text);
    buf_release(&html);
    buf_release(&again);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void size(void **state)
{
    static const struct {
        size_t columns, rows;
        const char *cell;
    } shapes[] = {{5, 1500, "|b c"},
                  {10000, 1, "|b"},
                  {1, 10000, "|*b*"},
                  {2, 5000, "|[b]"},
                  {100, 100, "|\\|"}};

    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        bool wide = shapes[i].columns > shapes[i].rows;
        double once = seconds(shapes[i].columns, shapes[i].rows, shapes[i].cell);
        double eight = seconds(shapes[i].columns * (wide ? 8 : 1), shapes[i].rows * (wide ? 1 : 8),
                               shapes[i].cell);

        print_message("%zu columns, %zu rows: %.3f s; eight times that: %.3f s\n",
                      shapes[i].columns, shapes[i].rows, once, eight);
        assert_true(eight < 32 * once + 0.1); /* 64 would be a square's */
    }
}

/* Rows that lack cells get them, but not without end. */
static void missing_cells(void **state)
{
    struct buf text = BUF_INIT, html = BUF_INIT;
    struct markdown markdown;

    (void)state;
    repeat(&text, "|a", 10000);
    buf_adds(&text, "\n");
    repeat(&text, "|-", 10000);
    repeat(&text, "\n|b", 10000);
    markdown_parse(&markdown, buf_str(&text));
    markdown_html(&markdown, &html);
    assert_true(html.len < 10 * 1024 * 1024);
    assert_non_null(strstr(html.data, "</table>\n</div>\n<p>|b"));
    markdown_release(&markdown);
    buf_release(&text);
    buf_release(&html);
}

/* Tables each of which is known only when the one before it is, up to a bound. */
static void chained(void **state)
{
    static const struct {
        size_t count, found;
    } rows[] = {{1, 1}, {2, 2}, {6, 6}, {100, 0}};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT;
        struct markdown markdown;

        for (size_t depth = rows[i].count; depth > 0; depth--) {
            repeat(&text, ">", depth);
            buf_adds(&text, "|a|\n");
            repeat(&text, ">", depth);
            buf_adds(&text, "|-|\n");
        }
        markdown_parse(&markdown, buf_str(&text));
        assert_int_equal(markdown.table_count, rows[i].found);
        markdown_release(&markdown);
        buf_release(&text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks),       cmocka_unit_test(html),          cmocka_unit_test(spelling),
        cmocka_unit_test(round_trips),  cmocka_unit_test(messages),      cmocka_unit_test(findings),
        cmocka_unit_test(translations), cmocka_unit_test(missing_cells), cmocka_unit_test(chained),
        cmocka_unit_test(size),
    };

    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
