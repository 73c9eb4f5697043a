/* A redline is sound: without what was added it is the old text, without what was removed the
 * new one.  And it is small: it marks what changed and nothing else. */
#include "../fixtures/test.h"

#include <ctype.h>
#include <glob.h>
#include <time.h>

#include "../fixtures/random_markdown.h"
#include "catalog/translate.h"
#include "redline/redline.h"

static const struct redline_words spoken = {.added = "added",
                                            .removed = "removed",
                                            .moved_here = "moved here",
                                            .moved_away = "moved away",
                                            .link = "link leads to",
                                            .split = "split here",
                                            .joined = "joined here",
                                            .deeper = "lower",
                                            .higher = "higher",
                                            .placed = "other form"};

/* With links from change to change. */
static void make_page(struct redline *redline, const char *old, const char *new,
                      const char *language)
{
    struct redline_options options = {.language = language, .words = spoken};

    options.words.next = "next";
    options.words.last = "back";
    redline_make(redline, old, new, &options);
}

/* Each change in the list has its element, and each element but the last leads on. */
static void require_links(const struct redline *redline)
{
    size_t ids = 0, links = 0;

    for (const char *at = redline->html.data; (at = strstr(at, " id=\"change-")); at++)
        assert_int_equal(strtoul(at + 12, NULL, 10), ++ids);
    for (const char *at = redline->html.data; (at = strstr(at, " href=\"#change-")); at++)
        assert_int_equal(strtoul(at + 15, NULL, 10), ++links + 1);
    assert_int_equal(ids, redline->change_count ? redline->change_count + 1 : 0);
    assert_int_equal(links, redline->change_count);
}

static void make(struct redline *redline, const char *old, const char *new, const char *language)
{
    struct redline_options options = {.language = language, .words = spoken};

    redline_make(redline, old, new, &options);
}

/* Reading a redline as a reader of one of the texts does.  A view has a line for each block:
 * what it stands in, what it is, its words with their markup.  What a change says aloud is left
 * out, and so is markup around nothing. */

struct view {
    struct buf out;
    char in[64], block[8]; /* a letter per container; the block's tag */
    struct buf chain, last, line;
    size_t hidden, said; /* how deep in what this reader does not see, and in what is said */
    const char *hide;
    bool goes_on; /* the block that ends does not, for this reader */
    char was[64]; /* what the block stands in for this reader, or "" */
};

/* Spaces at the end of a line, and the end of markup before them. */
static void trim_line(struct view *view)
{
    struct buf *line = &view->line;

    while (line->len && line->data[line->len - 1] == ' ')
        line->data[--line->len] = '\0';
    if (line->len > 1 && strcmp(line->data + line->len - 2, "{}") == 0)
        line->data[line->len -= 2] = '\0';
}

static void end_line(struct view *view)
{
    if (view->goes_on && view->line.len)
        return;
    trim_line(view);
    if (view->line.len)
        buf_addf(&view->out, "%s %s %s\n",
                 !*view->was                   ? view->in
                 : strcmp(view->was, "-") == 0 ? ""
                                               : view->was,
                 view->block, view->line.data);
    view->was[0] = '\0';
    buf_reset(&view->line);
    buf_reset(&view->last);
    strcpy(view->block, "p");
}

static void add_words(struct view *view, const char *text, size_t len)
{
    if (view->hidden || view->said || !len)
        return;
    if (strcmp(view->last.data, view->chain.data) != 0)
        buf_addf(&view->line, "{%s}", view->chain.data);
    view->goes_on = false;
    buf_reset(&view->last);
    buf_adds(&view->last, view->chain.data);
    for (size_t i = 0; i < len; i++)
        if (text[i] != '\n' || strcmp(view->block, "pre") == 0) /* else one behind a break */
            buf_addc(&view->line, text[i]);
}

static void leave_inline(struct view *view)
{
    while (view->chain.len && view->chain.data[--view->chain.len] != '<')
        ;
    view->chain.data[view->chain.len] = '\0';
}

static bool is_tag(const char *tag, const char *name)
{
    size_t len = strlen(name);

    return strncmp(tag, name, len) == 0 && !isalnum((unsigned char)tag[len]);
}

static void take_container(struct view *view, const char *name, bool closing)
{
    size_t len = strlen(view->in);

    end_line(view);
    if (closing)
        view->in[len - 1] = '\0';
    else if (len + 1 < sizeof view->in)
        memcpy(view->in + len, (char[]){name[0] == 'l' ? 'i' : name[0], '\0'}, 2);
}

/* The link whose words came last leads elsewhere for this reader: to what is named behind it. */
static void lead_elsewhere(struct view *view, const char *tag, size_t len)
{
    struct buf line = BUF_INIT;
    const char *last = NULL, *at;
    char *link;
    size_t link_len;

    for (at = view->line.data; (at = strstr(at, "<a href")); at++)
        last = at;
    assert_non_null(last);
    link_len = 1 + strcspn(last + 1, "<}");
    link = mem_dup(last, link_len);
    for (at = view->line.data; *at;) {
        bool is_it = strncmp(at, link, link_len) == 0;

        buf_add(&line, is_it ? "<" : at, 1);
        if (is_it)
            buf_add(&line, tag, len);
        at += is_it ? link_len : 1;
    }
    buf_release(&view->line);
    view->line = line;
    free(link);
}

/* What the reader of the old text is told of where a block began, ended and stood. */
static void take_note(struct view *view, const char *tag, size_t len)
{
    const char *was = memmem(tag, len, "data-was=\"", 10);

    if (was) {
        snprintf(view->was, sizeof view->was, "%.*s", (int)strcspn(was + 10, "\""), was + 10);
        if (!*view->was)
            strcpy(view->was, "-");
    } else if (memmem(tag, len, "\"break\"", 7) && view->hidden) {
        view->goes_on = true;
    } else if (memmem(tag, len, "\"break\"", 7)) {
        end_line(view);
    }
}

static void take_tag(struct view *view, const char *tag, size_t len)
{
    static const char *const containers[] = {"ul", "ol", "li", "blockquote", "table", "tr"};
    static const char *const blocks[] = {"p",  "h1",  "h2",  "h3", "h4", "h5",
                                         "h6", "pre", "div", "td", "th", "thead"};
    bool closing = *tag == '/';
    const char *name = tag + closing;

    for (size_t i = 0; i < COUNT(containers); i++)
        if (is_tag(name, containers[i])) {
            take_container(view, name, closing);
            return;
        }
    for (size_t i = 0; i < COUNT(blocks); i++)
        if (is_tag(name, blocks[i])) {
            end_line(view);
            snprintf(view->block, sizeof view->block, "%s",
                     closing || is_tag(name, "div") ? "p"
                     : is_tag(name, "th")           ? "td"
                                                    : blocks[i]);
            return;
        }
    if (is_tag(name, "ins") || is_tag(name, "del")) {
        if (is_tag(name, view->hide))
            view->hidden += closing ? (size_t)-1 : 1;
    } else if (is_tag(name, "span")) {
        view->said += closing ? (size_t)-1 : 1;
        if (!closing && is_tag("ins", view->hide))
            take_note(view, tag, len);
    } else if (is_tag(name, "hr")) {
        bool added = memmem(tag, len, "added", 5), removed = memmem(tag, len, "removed", 7);

        end_line(view);
        if (!(added && is_tag("ins", view->hide)) && !(removed && is_tag("del", view->hide)))
            buf_addf(&view->out, "%s hr\n", view->in);
    } else if (is_tag(name, "br") || is_tag(name, "img")) {
        add_words(view, tag, len);
    } else if (is_tag(name, "code") && strcmp(view->block, "pre") == 0) {
        return;
    } else if (closing) {
        leave_inline(view);
    } else {
        if (view->said && !view->hidden)
            lead_elsewhere(view, tag, len);
        buf_addf(&view->chain, "<%.*s", (int)len, tag);
    }
}

/* The words of one side; `hide` is "ins" or "del". */
static char *view_of(const char *html, const char *hide)
{
    struct view view = {.out = BUF_INIT,
                        .chain = BUF_INIT,
                        .last = BUF_INIT,
                        .line = BUF_INIT,
                        .block = "p",
                        .hide = hide};

    while (*html) {
        size_t len = strcspn(html, "<");
        bool layout = len && strspn(html, "\n") == len && strcmp(view.block, "pre") != 0;

        if (!layout) /* else a line end behind a tag */
            add_words(&view, html, len);
        html += len;
        if (*html) {
            len = strcspn(html, ">");
            take_tag(&view, html + 1, len - 1);
            html += len + 1;
        }
    }
    end_line(&view);
    assert_int_equal(view.hidden, 0);
    assert_int_equal(view.said, 0);
    assert_int_equal(view.chain.len, 0);
    assert_string_equal(view.in, "");
    buf_release(&view.chain);
    buf_release(&view.last);
    buf_release(&view.line);
    return buf_detach(&view.out);
}

/* What the old text's reader is not told: what level a heading had, whether items had numbers. */
static char *without_looks(char *view)
{
    for (char *line = view; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char *at = line;

        for (; *at != ' ' && *at != '\n'; at++)
            *at = *at == 'u' || *at == 'o' ? 'l' : *at;
        if (at[0] == ' ' && at[1] == 'h' && isdigit((unsigned char)at[2]))
            at[2] = 'N';
    }
    return view;
}

/* Items as boxes, which a view is not told of: how many have something in them;
 * SIZE_MAX where those of one list do not rise, or one comes twice. */
static size_t items_of(const char *html)
{
    struct {
        bool full;
        long value, last; /* of an item, or -1; of the last item of a list */
    } open[256] = {{false, -1, -1}};
    size_t depth = 0, count = 0, spans = 0;

    for (; *html; html++) {
        const char *name = html + 1 + (html[1] == '/');

        if (*html != '<') {
            open[depth].full |= !spans && !isspace((unsigned char)*html);
            continue;
        }
        if (is_tag(name, "span")) /* what is said */
            spans += html[1] == '/' ? (size_t)-1 : 1;
        else if (!is_tag(name, "li") && !is_tag(name, "ol") && !is_tag(name, "ul"))
            open[depth].full |= is_tag(name, "hr") || is_tag(name, "img");
        else if (html[1] != '/') {
            const char *value = memmem(html, strcspn(html, ">"), "value=\"", 7);

            assert_true(++depth < COUNT(open));
            open[depth].full = false;
            open[depth].value = value ? strtol(value + 7, NULL, 10) : -1;
            open[depth].last = -1;
        } else if (open[depth--].full) {
            open[depth].full = true;
            count += is_tag(name, "li");
            if (open[depth + 1].value >= 0) {
                if (open[depth + 1].value <= open[depth].last)
                    return SIZE_MAX;
                open[depth].last = open[depth + 1].value;
            }
        }
        html += strcspn(html, ">");
    }
    return count;
}

/* The end of the element that begins at `from`. */
static const char *element_end(const char *from)
{
    char name[16] = "";
    size_t depth = 0;

    memcpy(name, from + 1, strcspn(from + 1, " >"));
    if (strcmp(name, "hr") == 0)
        return strchr(from, '>') + 1;
    for (;; from = strchr(from + 1, '<')) {
        depth += is_tag(from + 1, name);
        if (from[1] == '/' && is_tag(from + 2, name) && --depth == 0)
            return strchr(from, '>') + 1;
    }
}

/* One side of a redline by its classes, as its header promises. */
static char *without(const char *html, const char *element, const char *const classes[2])
{
    struct buf out = BUF_INIT;

    while (*html) {
        const char *class = memmem(html, strcspn(html, ">"), " class=\"", 8);
        bool dropped = *html == '<' && is_tag(html + 1, element);

        dropped = dropped && strncmp(html, "<ins><span class=\"break\"", 24) != 0;
        for (size_t i = 0; *html == '<' && class && i < 2; i++)
            dropped |= strncmp(class + 8, classes[i], strlen(classes[i])) == 0;
        if (dropped)
            html = element_end(html);
        else
            buf_addc(&out, *html++);
    }
    return buf_detach(&out);
}

/* Letters and digits alone: what cmark shows, our flat view must not lose. */
static char *letters(const char *html)
{
    struct buf out = BUF_INIT;

    for (; *html; html++)
        if (*html == '<')
            html += strcspn(html, ">");
        else if (strncmp(html, "&#39;", 5) == 0) /* cmark leaves it as it is */
            buf_addc(&out, '\''), html += 4;
        else if (!isspace((unsigned char)*html))
            buf_addc(&out, *html);
    return buf_detach(&out);
}

static char *plain_view(const char *text, const char *language, size_t *items)
{
    struct redline redline;
    struct markdown markdown;
    struct buf html = BUF_INIT;
    char *view, *ours, *theirs;

    make(&redline, text, text, language);
    assert_null(strstr(redline.html.data, "<ins>"));
    assert_null(strstr(redline.html.data, "<del>"));
    assert_int_equal(redline.row_count + redline.words_added + redline.words_removed, 0);
    markdown_parse(&markdown, str_of(text));
    markdown_html(&markdown, &html);
    ours = letters(redline.html.data);
    theirs = letters(html.data);
    for (size_t i = 0; ours[i] || theirs[i]; i++)
        if (ours[i] != theirs[i])
            fail_msg("not '%.60s' but '%.60s'", ours + i, theirs + i);
    *items = items_of(redline.html.data);
    assert_int_equal(*items, items_of(html.data));
    view = view_of(redline.html.data, "ins");
    free(ours);
    free(theirs);
    markdown_release(&markdown);
    buf_release(&html);
    redline_release(&redline);
    return view;
}

/* `old_view` is the old text's plain_view() without_looks(). */
static void require_sound_from(const char *old, const char *old_view, const char *new,
                               const char *language)
{
    static const char *const comes[] = {"added", "moved-here"}, *const goes[] = {"removed",
                                                                                 "moved-away"};
    struct redline redline;
    char *old_html, *new_html, *new_view, *views[4];
    size_t items;

    new_view = plain_view(new, language, &items);
    make_page(&redline, old, new, language);
    require_links(&redline);
    old_html = without(redline.html.data, "ins", comes);
    new_html = without(redline.html.data, "del", goes);
    views[0] = without_looks(view_of(redline.html.data, "ins"));
    views[1] = without_looks(view_of(old_html, "ins"));
    views[2] = view_of(redline.html.data, "del");
    views[3] = view_of(new_html, "del");
    for (size_t i = 0; i < COUNT(views); i++) {
        if (strcmp(views[i], i < 2 ? old_view : new_view) != 0)
            print_error("--- old\n%s\n--- new\n%s\n--- redline\n%s\n", old, new, redline.html.data);
        assert_string_equal(views[i], i < 2 ? old_view : new_view);
        free(views[i]);
    }
    if (items_of(new_html) != items)
        print_error("--- old\n%s\n--- new\n%s\n--- redline\n%s\n", old, new, redline.html.data);
    assert_int_equal(items_of(new_html), items);
    free(old_html);
    free(new_html);
    free(new_view);
    redline_release(&redline);
}

static void require_sound(const char *old, const char *new, const char *language)
{
    size_t items;
    char *old_view = without_looks(plain_view(old, language, &items));

    require_sound_from(old, old_view, new, language);
    free(old_view);
}

/* Examples */

/* What is said aloud would hide what is shown. */
static void silence(struct buf *html)
{
    char *from;

    while ((from = strstr(html->data, "<span class=\"said\">"))) {
        char *to = strstr(from, "</span>") + strlen("</span>");

        memmove(from, to, strlen(to) + 1);
    }
    html->len = strlen(html->data);
}

static void examples(void **state)
{
    static const struct {
        const char *language, *old, *new, *html;
    } rows[] = {
        {"en", "A text.", "A text.", "<p>A text.</p>\n"},
        {"en", "We keep it for a year.", "We keep it for two years.",
         "<p class=\"changed\">We keep it for <del>a year</del><ins>two years</ins>.</p>\n"},
        {"en", "We do not sell data.", "We do not, and will not, sell data.",
         "<p class=\"changed\">We do not<ins>, and will not,</ins> sell data.</p>\n"},
        {"en", "We keep the list of names for as long as the law asks us to.",
         "We keep every record that auditors want of them for as long as the law asks us to.",
         "<p class=\"changed\">We keep <del>the list of names</del><ins>every record that auditors "
         "want of them</ins> for as long as the law asks us to.</p>\n"},
        {"en", "Alpha one two three four five six\n\nBeta one two three red green blue",
         "Beta one two three red green black\n\nGamma one two three red pink lime",
         "<p class=\"removed\"><del>Alpha one two three four five six</del></p>\n"
         "<p class=\"changed\">Beta one two three red green <del>blue</del><ins>black</ins></p>\n"
         "<p class=\"added\"><ins>Gamma one two three red pink lime</ins></p>\n"},
        {"en",
         "The controller stores your data and uses it for the purposes of the contract with you.",
         "You have the right to object to the processing and to the transfer of your data.",
         "<p class=\"removed\"><del>The controller stores your data and uses it for the "
         "purposes of the contract with you.</del></p>\n"
         "<p class=\"added\"><ins>You have the right to object to the processing and to the "
         "transfer of your data.</ins></p>\n"},
        {"en", "Two  spaces *or * more.", "Two spaces *or * more.",
         "<p>Two spaces *or * more.</p>\n"},
        {"en", "A [ link ](u) of  one", "A [ link ](u)  of one",
         "<p>A <a href=\"u\">link </a>of one</p>\n"},
        {"en", "Run `a  b`.", "Run `a b`.",
         "<p class=\"changed\">Run <code>a<del>  </del><ins> </ins>b</code>.</p>\n"},
        {"en", "[b a](u) x", "[c a](u) x",
         "<p class=\"changed\"><a href=\"u\"><del>b</del><ins>c</ins> a</a> x</p>\n"},
        {"en", "Say **b a *d* x** y", "Say q **c a *e* x** y",
         "<p class=\"changed\">Say <del><strong>b</strong></del><ins>q <strong>c</strong></ins>"
         "<strong> a <del><em>d</em></del><ins><em>e</em></ins> x</strong> y</p>\n"},
        {"en", "[a](u)[b](u)", "[a](u)[b](u)", "<p><a href=\"u\">a</a><a href=\"u\">b</a></p>\n"},
        {"en", "We keep it for a year. Then.", "We keep it for long.",
         "<p class=\"changed\">We keep it for <del>a year. Then</del><ins>long</ins>.</p>\n"},
        {"en", "We keep it for a year.", "We keep it for a month. Or so",
         "<p class=\"changed\">We keep it for a <del>year.</del><ins>month. Or so</ins></p>\n"},
        {"en", "One.\n\nTwo.", "One.\n\nNew words.\n\nTwo.",
         "<p>One.</p>\n<p class=\"added\"><ins>New words.</ins></p>\n<p>Two.</p>\n"},
        {"en", "- a one\n- b two\n- c three", "- b two\n- a one\n- c three",
         "<ul>\n<li class=\"moved-away\"><del>a one</del></li>\n<li>b two</li>\n"
         "<li class=\"moved-here\"><ins>a one</ins></li>\n<li>c three</li>\n</ul>\n"},
        {"en", "- Alpha beta gamma delta eta\n  - n1\n  - n2",
         "- Quite other words\n  - n1\n  - n2",
         "<ul>\n<li><div class=\"removed\"><del>Alpha beta gamma delta eta</del></div>\n"
         "<div class=\"added\"><ins>Quite other words</ins></div>\n"
         "<ul>\n<li>n1</li>\n<li>n2</li>\n</ul>\n</li>\n</ul>\n"},
        {"en", "- Alpha beta\n  - n1", "- - n1",
         "<ul>\n<li><div class=\"removed\"><del>Alpha beta</del></div>\n"
         "<ul>\n<li>n1</li>\n</ul>\n</li>\n</ul>\n"},
        {"en", "1. foo\n   ```\n   x\n   ```\n   baz\n2. q",
         "1. foo\n   ```\n   x\n   ```\n   baz\n2. q",
         "<ol>\n<li value=\"1\">foo<pre><code>x\n</code></pre>\nbaz</li>\n<li value=\"2\">q</li>\n"
         "</ol>\n"},
        {"en", "- one\n  <!-- a -->\n  two", "- one\n  <!-- b -->\n  two",
         "<ul>\n<li>one<div>two</div>\n</li>\n</ul>\n"},
        {"en", "1. Alpha one\n2. Beta two\n3. Gamma three",
         "1. Alpha one\n   - new words here\n2. Gamma three",
         "<ol>\n<li value=\"1\">Alpha one<ul>\n<li class=\"added\"><ins>new words here</ins></li>\n"
         "</ul>\n</li>\n<li class=\"removed\" value=\"2\"><del>Beta two</del></li>\n"
         "<li value=\"2\">Gamma three</li>\n</ol>\n"},
        {"en", "1. Alpha\n\n2. Pay pay pay\n\n   Beta", "1. Alpha\n\n   Query quest\n\n2. Beta",
         "<ol>\n<li value=\"1\"><p>Alpha</p>\n<p class=\"added\"><ins>Query "
         "quest</ins></p>\n</li>\n"
         "<li value=\"2\"><p class=\"removed\"><del>Pay pay pay</del></p>\n<p>Beta</p>\n</li>\n"
         "</ol>\n"},
        {"en", "1. Alpha\n\n2. Pay pay pay pay pay\n\n   Beta",
         "1. Alpha\n\n2. Query quest\n\n3. Beta",
         "<ol>\n<li value=\"1\"><p>Alpha</p>\n</li>\n"
         "<li value=\"2\"><p class=\"added\"><ins>Query quest</ins></p>\n</li>\n"
         "<li value=\"3\"><p class=\"removed\"><del>Pay pay pay pay "
         "pay</del></p>\n<p>Beta</p>\n</li>\n"
         "</ol>\n"},
        {"en", "1. one\n2. two\n3. tri\n4. four\n5. five\n6. six",
         "1. one\n2. two\n\nPara\n\n3. four\n4. six",
         "<ol>\n<li value=\"1\">one</li>\n<li value=\"2\">two</li>\n"
         "<li class=\"removed\" value=\"3\"><del>tri</del></li>\n</ol>\n"
         "<p class=\"added\"><ins>Para</ins></p>\n<ol>\n<li value=\"3\">four</li>\n"
         "<li class=\"removed\" value=\"5\"><del>five</del></li>\n<li value=\"4\">six</li>\n"
         "</ol>\n"},
        {"en", "- 10 EUR\n- a month", "- 12 USD\n- a month",
         "<ul>\n<li class=\"changed\"><del>10 EUR</del><ins>12 USD</ins></li>\n<li>a month</li>\n"
         "</ul>\n"},
        {"et", "## Õigus tühistada", "## õigus TÜHISTADA",
         "<h2 class=\"changed\"><del>Õigus tühistada</del><ins>õigus TÜHISTADA</ins></h2>\n"},
        {"en", "1. Alpha one\n\n2. Out\n\n3. Beta two", "1. Alpha one\n\n   Beta two",
         "<ol>\n<li value=\"1\"><p>Alpha one</p>\n<p class=\"added\"><ins>Beta "
         "two</ins></p>\n</li>\n"
         "<li value=\"2\"><p class=\"removed\"><del>Out</del></p>\n</li>\n"
         "<li value=\"3\"><p class=\"removed\"><del>Beta two</del></p>\n</li>\n</ol>\n"},
        {"en", "1. a one\n2. b two", "1. a one\n2. new words\n3. b two",
         "<ol>\n<li value=\"1\">a one</li>\n<li class=\"added\" value=\"2\"><ins>new words</ins>"
         "</li>\n<li value=\"3\">b two</li>\n</ol>\n"},
        {"en", "1. a one\n2. old words\n3. b two", "1. a one\n2. b two",
         "<ol>\n<li value=\"1\">a one</li>\n<li class=\"removed\" value=\"2\"><del>old words</del>"
         "</li>\n<li value=\"2\">b two</li>\n</ol>\n"},
        {"en", "See [our page](https://a.example/).", "See [our page](https://b.example/).",
         "<p class=\"changed\">See <a href=\"https://b.example/\">our page</a>"
         "<span class=\"address\"> [link leads to: "
         "<del><a href=\"https://a.example/\">https://a.example/</a></del> "
         "<ins><a href=\"https://b.example/\">https://b.example/</a></ins>]</span>.</p>\n"},
        {"en", "The [law **of** 1](a) says", "The [law **of** 1](b) said",
         "<p class=\"changed\">The <a href=\"b\">law <strong>of</strong> 1</a>"
         "<span class=\"address\"> [link leads to: <del><a href=\"a\">a</a></del> "
         "<ins><a href=\"b\">b</a></ins>]</span> <del>says</del><ins>said</ins></p>\n"},
        {"en", "See [it](a 'T & U') now", "See [it](a) now",
         "<p class=\"changed\">See <a href=\"a\">it</a><span class=\"address\"> [link leads to: "
         "<del><a href=\"a\" title=\"T &amp; U\">a &quot;T &amp; U&quot;</a></del> "
         "<ins><a href=\"a\">a</a></ins>]</span> now</p>\n"},
        {"en", "See [it](javascript:x) now", "See [it](y) now",
         "<p class=\"changed\">See <a href=\"y\">it</a><span class=\"address\"> [link leads to: "
         "<del><a href=\"\">–</a></del> <ins><a href=\"y\">y</a></ins>]</span> now</p>\n"},
        {"en", "In the [old terms](a) of it", "In the [new terms](b) of it",
         "<p class=\"changed\">In the <del><a href=\"a\">old terms"
         "<span class=\"address\"> (a)</span></a></del><ins><a href=\"b\">new terms<span "
         "class=\"address\"> (b)</span></a></ins> "
         "of it</p>\n"},
        {"en", "Write us at <a@example.com> on any day.", "Write us at <b@example.com> on any day.",
         "<p class=\"changed\">Write us at <del><a "
         "href=\"mailto:a@example.com\">a@example.com</a></del>"
         "<ins><a href=\"mailto:b@example.com\">b@example.com</a></ins> on any day.</p>\n"},
        {"en", "In the [old terms](a) of it", "In the [new terms](a) of it",
         "<p class=\"changed\">In the <a href=\"a\"><del>old</del><ins>new</ins> terms</a> of "
         "it</p>\n"},
        {"en", "- [one](a)\n- [two](b)", "- [one](b)\n- [two](a)",
         "<ul>\n<li class=\"changed\"><a href=\"b\">one</a><span class=\"address\"> [link leads "
         "to: <del><a href=\"a\">a</a></del> <ins><a href=\"b\">b</a></ins>]</span></li>\n"
         "<li class=\"changed\"><a href=\"a\">two</a><span class=\"address\"> [link leads to: "
         "<del><a href=\"b\">b</a></del> <ins><a href=\"a\">a</a></ins>]</span></li>\n</ul>\n"},
        {"en", "[a b](u) c d e", "[a](v) [b](w) c d e",
         "<p class=\"changed\"><del><a href=\"u\">a b<span class=\"address\"> (u)</span></a></del>"
         "<ins><a href=\"v\">a<span class=\"address\"> (v)</span></a> <a href=\"w\">b"
         "<span class=\"address\"> (w)</span></a></ins> c d e</p>\n"},
        {"en", "A [b](u) c d e", "A b c d e",
         "<p class=\"changed\">A <del><a href=\"u\">b</a></del><ins>b</ins> c d e</p>\n"},
        {"en", "See **our old page** now.", "See **our new page** now.",
         "<p class=\"changed\">See <strong>our <del>old</del><ins>new</ins> page</strong> "
         "now.</p>\n"},
        {"en", "# Our title\n\nText.", "# Our new title\n\nText.",
         "<h1 class=\"changed\">Our <ins>new </ins>title</h1>\n<p>Text.</p>\n"},
        {"en", "# Our title\n\nText.", "## Our title\n\nText.",
         "<h2 class=\"changed\"><span class=\"note\">[lower] </span>Our "
         "title</h2>\n<p>Text.</p>\n"},
        {"en", "- one\n- two", "1. one\n2. new\n3. two",
         "<ol>\n<li class=\"renumbered\" value=\"1\"><span class=\"number\"><del>•</del> "
         "<ins>1.</ins> "
         "</span>one</li>\n"
         "<li class=\"added\" value=\"2\"><ins>new</ins></li>\n"
         "<li class=\"renumbered\" value=\"3\"><span class=\"number\"><del>•</del> <ins>3.</ins> "
         "</span>two</li>\n</ol>\n"},
        {"en", "We keep orders for a year. We keep logs for a week.",
         "We keep orders for a year.\n\nWe keep logs for a week.",
         "<p class=\"changed\">We keep orders for a year. <ins><span class=\"break\">¶ [split "
         "here]</span></ins></p>\n<p class=\"changed\">We keep logs for a week.</p>\n"},
        {"en", "We keep orders for a year.\n\nWe keep logs for a week.",
         "We keep orders for two years. We keep logs for a week.",
         "<p class=\"changed\">We keep orders for <del>a year</del><ins>two years</ins>. "
         "<del><span class=\"break\">¶ [joined here]</span></del>We keep logs for a week.</p>\n"},
        {"en", "Orders are kept for a year. Logs are kept for a week. Mail is kept for two days.",
         "Orders are kept for a year.\n\nLogs are kept for a month.\n\nMail is kept for two days.",
         "<p class=\"changed\">Orders are kept for a year. <ins><span class=\"break\">¶ [split "
         "here]</span></ins></p>\n<p class=\"changed\">Logs are kept for a "
         "<del>week</del><ins>month"
         "</ins>. <ins><span class=\"break\">¶ [split here]</span></ins></p>\n"
         "<p class=\"changed\">Mail is kept for two days.</p>\n"},
        {"en", "1. name and address\n2. age", "1. name and\n2. address\n3. age",
         "<ol>\n<li class=\"changed\" value=\"1\">name and <ins><span class=\"break\">¶ [split "
         "here]</span></ins></li>\n<li class=\"changed renumbered\" value=\"2\"><span "
         "class=\"number\">"
         "<ins>2.</ins> </span>address</li>\n<li value=\"3\">age</li>\n</ol>\n"},
        {"en", "- *name* and\n- address\n- age", "- *name* and address\n- age",
         "<ul>\n<li class=\"changed\"><em>name</em> and <del><span class=\"break\">¶ [joined here]"
         "</span></del><span class=\"number\"><del>•</del> </span>address</li>\n<li>age</li>\n"
         "</ul>\n"},
        {"ja", "注文を保存します。記録を保存します。", "注文を保存します。\n\n記録を保存します。",
         "<p class=\"changed\">注文を保存します。<ins><span class=\"break\">¶ [split here]</span>"
         "</ins></p>\n<p class=\"changed\">記録を保存します。</p>\n"},
        {"en", "- We use:\n  - your name\n  - your age", "- We use:\n- your name\n- your size",
         "<ul>\n<li>We use:</li>\n<li class=\"changed\"><span class=\"note\" "
         "data-was=\"lili\">[higher] "
         "</span>your name</li>\n<li><ul>\n<li class=\"removed\"><del>your "
         "age</del></li>\n</ul>\n</li>\n"
         "<li class=\"added\"><ins>your size</ins></li>\n</ul>\n"},
        {"en", "- We use:\n- your name", "- We use:\n  - your name",
         "<ul>\n<li>We use:<ul>\n<li class=\"changed\"><span class=\"note\" "
         "data-was=\"li\">[lower] "
         "</span>your name</li>\n</ul>\n</li>\n</ul>\n"},
        {"en", "> Your name stays here", "- Your name stays here",
         "<ul>\n<li class=\"changed\"><span class=\"note\" data-was=\"b\">[other form] </span>Your "
         "name "
         "stays here</li>\n</ul>\n"},
        {"en", "Orders are kept for a year, not longer.\n\n# B\n\nEnd.",
         "# B\n\nEnd.\n\nOrders are kept for two years, not longer.",
         "<p class=\"moved-away\"><del>Orders are kept for a year, not "
         "longer.</del></p>\n<h1>B</h1>\n"
         "<p>End.</p>\n<p class=\"moved-here\"><ins>Orders are kept for <del>a year</del><ins>two "
         "years</ins>, not longer.</ins></p>\n"},
        {"en", "A\\\nb", "A\\\nc", "<p class=\"changed\">A<br />\n<del>b</del><ins>c</ins></p>\n"},
        {"en", "Run `a b`.", "Run `a c`.",
         "<p class=\"changed\">Run <code>a <del>b</del><ins>c</ins></code>.</p>\n"},
        {"en", "Text & <b>tags</b>.", "Text & \"quotes\".",
         "<p class=\"changed\">Text &amp; <del>tags</del><ins>&quot;quotes&quot;</ins>.</p>\n"},
        {"et", "Säilitame andmeid kaks aastat.", "Säilitame andmeid kolm aastat.",
         "<p class=\"changed\">Säilitame andmeid <del>kaks</del><ins>kolm</ins> aastat.</p>\n"},
        {"ja", "お客様の情報を2年間保存します。", "お客様の情報を3年間保存します。",
         "<p class=\"changed\">お客様の情報を<del>2</del><ins>3</ins>年間保存します。</p>\n"},
        {"ja", "第三者に提供しません。", "同意がない限り第三者に提供しません。",
         "<p class=\"changed\"><ins>同意がない限り</ins>第三者に提供しません。</p>\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct redline redline;

        make(&redline, rows[i].old, rows[i].new, rows[i].language);
        silence(&redline.html);
        wrong += differs(rows[i].new, buf_str(&redline.html), rows[i].html);
        redline_release(&redline);
        require_sound(rows[i].old, rows[i].new, rows[i].language);
    }
    assert_int_equal(wrong, 0);
}

/* What nobody can see is no change. */
static void invisible(void **state)
{
    static const struct {
        const char *language, *old, *new;
        bool differs;
    } rows[] = {
        {"et", "R\xc3\xa4ni s\xc3\xb5num", "Ra\xcc\x88ni so\xcc\x83num", false},
        {"ja", "\xe3\x81\x8c\xe3\x81\x90", "\xe3\x81\x8b\xe3\x82\x99\xe3\x81\x8f\xe3\x82\x99",
         false},
        {"ko", "\xea\xb0\x81", "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", false},
        {"en", "For 30 days",
         "For 30\xc2\xa0"
         "days",
         false},
        {"en", "For 30 days",
         "For 30\xe2\x80\xaf"
         "days",
         false},
        {"en", "For 30 days", "For  \xc2\xa0 30 days", false},
        {"en", "For *30* days",
         "For\xc2\xa0*30*\xc2\xa0"
         "days",
         false},
        {"ja", "\xe4\xb8\x80\xe3\x80\x80\xe4\xba\x8c", "\xe4\xb8\x80 \xe4\xba\x8c", false},
        {"en", "A name.",
         "\xc2\xa0"
         "A name.\xe2\x80\xaf",
         false},
        {"en", "# Heading", "#  Heading\xc2\xa0", false},
        {"en", "a co-owner", "a co\xe2\x80\x91owner", false},
        {"et", "sideandmed",
         "side\xc2\xad"
         "andmed",
         false},
        {"en", "Some words",
         "Some wor\xe2\x80\x8b"
         "ds",
         false},
        {"en", "Some words", "\xef\xbb\xbfSome\xe2\x81\xa0 words", false},
        {"en", "Some words", "Some words\xe2\x80\x8f", false},
        {"en", "A \xe2\x9c\x89 sent", "A \xe2\x9c\x89\xef\xb8\x8f sent", false},
        {"en", "![a b](c)",
         "![a\xc2\xa0"
         "b](c)",
         false},
        {"en", "[a b](c 'd e')",
         "[a\xc2\xa0"
         "b](c 'd\xc2\xa0"
         "e')",
         false},
        {"en", "Run `a b`.",
         "Run `a\xc2\xa0"
         "b`.",
         false},
        {"en", "    a  b\n\nx", "    a\xc2\xa0 b\n\nx", false},
        {"en", "Some\xe2\x80\x8c words", "Some words", false},
        {"fa", "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4", "\xd9\x85\xdb\x8c\xd8\xb4", true},
        {"en", "A \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
         "A \xf0\x9f\x91\xa9\xf0\x9f\x91\xa7", true},
        {"en", "pay 10",
         "pay \xe2\x80\xae"
         "10",
         true},
        {"en", "data", "d\xd0\xb0ta", true},
        {"en", "A,b", "A, b", true},
        {"ja",
         "\xe7\xac\xac"
         "1",
         "\xe7\xac\xac\xef\xbc\x91", true},
        {"en", "    a  b\n\nx", "    a b\n\nx", true},
        {"en", "      a\n\nx", "    a\n\nx", true},
        {"en", "One\n\n***\n\nTwo", "One\n\nTwo", true},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct redline redline;

        make(&redline, rows[i].old, rows[i].new, rows[i].language);
        if ((redline.change_count > 0) != rows[i].differs) {
            print_error("%s: %s", rows[i].new, redline.html.data);
            wrong++;
        }
        redline_release(&redline);
    }
    assert_int_equal(wrong, 0);
}

/* What a redline says of the labels of items: "-1. +5.; " where one is told. */
static char *labels_of(const char *html)
{
    static const char begin[] = "<span class=\"number\">";
    struct buf out = BUF_INIT;

    while ((html = strstr(html, begin))) {
        const char *end = strstr(html += strlen(begin), " </span>");

        for (; html < end; html++)
            if (*html == '<') {
                buf_adds(&out, strncmp(html, "<del", 4) == 0   ? "-"
                               : strncmp(html, "<ins", 4) == 0 ? "+"
                                                               : "");
                html += strcspn(html, ">");
            } else {
                buf_addc(&out, *html);
            }
        buf_adds(&out, "; ");
    }
    return buf_detach(&out);
}

/* Numbers that are others, and not only because another item came or went. */
static void numbers(void **state)
{
    static const struct {
        const char *old, *new, *labels;
    } rows[] = {
        {"1. apple\n2. pear", "4. apple\n5. pear", "-1. +4.; -2. +5.; "},
        {"1. apple\n2. pear", "1) apple\n2) pear", "-1. +1); -2. +2); "},
        {"1. apple\n2. pear\n3. plum", "1. apple\n2. pear\n\nBut:\n\n1. plum", "-3. +1.; "},
        {"1. apple\n2. pear\n3. plum", "1. apple\n2. pear\n\nBut:\n\n3. plum", ""},
        {"1. apple\n\nBut:\n\n1. pear\n2. plum", "1. apple\n2. pear\n3. plum",
         "-1. +2.; -2. +3.; "},
        {"1. apple\n\nBut:\n\n2. pear\n3. plum", "1. apple\n2. pear\n3. plum", ""},
        {"1. apple\n2. pear\n3. plum", "1. apple\n2. plum", ""},
        {"1. apple\n2. plum", "1. apple\n2. pear\n3. plum", ""},
        {"2. apple\n3. plum", "1. pear\n2. apple\n3. plum", ""},
        {"1. apple\n2. pear\n\nBut:\n\n3. plum\n4. fig", "1. pear\n\nBut:\n\n2. plum\n3. fig", ""},
        {"1. apple\n2. pear\n\nBut:\n\n1. plum", "1. pear\n\nBut:\n\n1. plum", ""},
        {"1. apple\n2. pear\n\nBut:\n\n1. plum", "1. pear\n\nBut:\n\n2. plum", "-1. +2.; "},
        {"1. apple\n2. pear\n3. plum", "1. plum\n2. apple\n3. pear", ""},
        {"1. apple\n2. pear", "4. apple\n5. fig\n6. pear", "-1. +4.; -2. +6.; "},
        {"- apple\n- pear", "1. apple\n2. pear", "-• +1.; -• +2.; "},
        {"1. apple\n2. pear", "- apple\n- pear", "-1. +•; -2. +•; "},
        {"- apple\n- pear", "* apple\n* pear", ""},
        {"- apple\n- pear", "- apple\n\n- pear", ""},
        {"1. In:\n\n   1. apple\n   2. pear", "1. In:\n\n   3. apple\n   4. pear",
         "-1. +3.; -2. +4.; "},
        {"1. In:\n   1. apple\n2. pear", "3. In:\n   1. apple\n4. pear", "-1. +3.; -2. +4.; "},
        {"1. Alpha one\n\n   Beta two", "1. Alpha one\n\n2. Beta two", "+2.; "},
        {"1. Alpha one\n\n2. Beta two", "1. Alpha one\n\n   Beta two", "-2.; "},
        {"1. Alpha one\n\n   Beta two\n\n   Two", "1. Alpha one\n\n2. Beta two\n\n   Two", "+2.; "},
        {"- Alpha one\n\n  Beta two", "- Alpha one\n\n- Beta two", "+•; "},
        {"1. Alpha\n\n2. Out\n\n   Beta", "1. Alpha\n\n   Beta", "-2.; "},
        {"1. In:\n   1. apple\n   2. fig\n2. pear", "1. In:\n2. apple\n3. fig\n4. pear",
         "-1. +2.; -2. +3.; "},
        {"0. apple", "1. apple", "-0. +1.; "},
        {"> 1. apple\n> 2. pear", "> 2. apple\n> 3. pear", "-1. +2.; -2. +3.; "},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct redline redline;
        char *labels;

        make(&redline, rows[i].old, rows[i].new, "en");
        silence(&redline.html);
        labels = labels_of(redline.html.data);
        wrong += differs(rows[i].new, str_of(labels), rows[i].labels);
        assert_true(!*rows[i].labels || redline.change_count);
        redline_release(&redline);
        free(labels);
        require_sound(rows[i].old, rows[i].new, "en");
    }
    assert_int_equal(wrong, 0);
}

/* What is said, counted and set side by side. */
static void told(void **state)
{
    struct redline redline;

    (void)state;
    make(&redline, "# Days\n\nFor *one* day.\n\n- first item\n- second item\n\nGone.",
         "# Days\n\nFor two days.\n\n- second item\n- first item\n\n> Quite new & good.", "en");
    assert_non_null(strstr(redline.html.data, "<ins><span class=\"said\">[added: </span>two days"
                                              "<span class=\"said\">]</span></ins>"));
    assert_non_null(strstr(redline.html.data, "[moved here: </span>"));
    assert_non_null(strstr(redline.html.data, "[moved away: </span>"));
    assert_int_equal(redline.words_added, 2 + 3);
    assert_int_equal(redline.words_removed, 2 + 1);
    assert_int_equal(redline.blocks_changed, 1);
    assert_int_equal(redline.blocks_added, 1);
    assert_int_equal(redline.blocks_removed, 1);
    assert_int_equal(redline.blocks_moved, 1);
    assert_int_equal(redline.row_count, 5);
    assert_string_equal(redline.rows[0].heading, "Days");
    assert_string_equal(redline.rows[0].before, "For <del><em>one</em> day</del>.");
    assert_string_equal(redline.rows[0].after, "For <ins>two days</ins>.");
    redline_release(&redline);
}

static void repeat(struct buf *out, const char *words, int times)
{
    while (times-- > 0)
        buf_adds(out, words);
}

/* What has changed though its words have not. */
static void looks(void **state)
{
    static const struct {
        const char *old, *new, *after;
    } rows[] = {
        {"# A title\n\nText.", "## A title\n\nText.",
         "<span class=\"note\">[lower] </span>A title"},
        {"## A title\n\nText.", "# A title\n\nText.",
         "<span class=\"note\">[higher] </span>A title"},
        {"- one\n- two", "1. one\n\n- two", "<ins>1.</ins> one"},
        {"One and all.", "> One and all.", "<span class=\"note\">[other form] </span>One and all."},
        {"One and all.", "- One and all.", "<span class=\"note\">[other form] </span>One and all."},
        {"- a\n- b c\n", "- a\n  - b c\n", "<span class=\"note\">[lower] </span>b c"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct redline redline;

        make(&redline, rows[i].old, rows[i].new, "en");
        assert_int_equal(redline.row_count, 1);
        assert_int_equal(redline.blocks_changed, 1);
        assert_int_equal(redline.words_added + redline.words_removed, 0);
        assert_string_equal(redline.rows[0].after, rows[i].after);
        redline_release(&redline);
    }
}

/* The list of changes: a letter for each kind, and its words. */
static void listed(void **state)
{
    static const char letters[] = "cardmlsjLn@-";
    static const struct {
        const char *old, *new, *list;
    } rows[] = {
        {"A b c.", "A b c.", ""},
        {"We keep names for a year.", "We keep names for two years and a day.",
         "c …two years and a day.; "},
        {"We keep old names for a year.", "We keep names for a year.", "c …old; "},
        {"One.", "One.\n\nTwo more.", "a Two more.; "},
        {"One.\n\nTwo more.", "One.", "r Two more.; "},
        {"- one\n- two\n- tri", "- two\n- tri\n- one", "l one; d one; "},
        {"Each of the seven words stays.\n\n# B\n\nEnd.",
         "# B\n\nEnd.\n\nEach of the eight words stays.",
         "l Each of the seven words stays.; m …eight words stays.; "},
        {"Names are kept. Logs are not.", "Names are kept.\n\nLogs are not.",
         "s Names are kept.; "},
        {"Names are kept.\n\nLogs are not.", "Names are kept. Logs are not.",
         "j Names are kept.; "},
        {"# B", "## B", "L B; "},
        {"1. one\n2. two\n3. tri", "4. one\n5. two\n6. tri", "n one; "},
        {"1. one\n2. two\n\nB\n\n1. tri", "4. one\n5. two\n\nB\n\n2. tri", "n one; n tri; "},
        {"1. one\n2. old words\n3. tri", "4. one\n5. new words\n6. tri",
         "n one; c …new words; n tri; "},
        {"See [it](a).", "See [it](b).", "@ See it.; "},
        {"One.\n\n---\n\nTwo.", "One.\n\nTwo.", "- ; "},
        {"| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |\n| e | f |",
         "a e | f; "},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct redline redline;
        struct buf list = BUF_INIT;

        make_page(&redline, rows[i].old, rows[i].new, "en");
        require_links(&redline);
        for (size_t c = 0; c < redline.change_count; c++)
            buf_addf(&list, "%c %s; ", letters[redline.changes[c].kind], redline.changes[c].words);
        wrong += differs(rows[i].new, buf_str(&list), rows[i].list);
        buf_release(&list);
        redline_release(&redline);
    }
    assert_int_equal(wrong, 0);
}

/* A table needs no heading of a thousand words. */
static void long_heading(void **state)
{
    struct buf old = BUF_INIT, new = BUF_INIT;
    struct redline redline;

    (void)state;
    buf_adds(&old, "# a");
    repeat(&old, "\xc3\xb5", 1000);
    buf_addstr(&new, buf_str(&old));
    buf_adds(&old, "\n\nOne word.");
    buf_adds(&new, "\n\nOne other word.");
    make(&redline, old.data, new.data, "et");
    assert_int_equal(redline.row_count, 1);
    assert_int_equal(strlen(redline.rows[0].heading), 199 + strlen("…"));
    redline_release(&redline);
    buf_release(&old);
    buf_release(&new);
}

/* Small changes in a long text */

static char *long_policy(void)
{
    struct random_markdown random = {.state = 7};
    struct buf text = BUF_INIT;

    for (int paragraph = 0, word = 0; word < 10000; paragraph++) {
        buf_adds(&text, paragraph % 5 == 4 ? "- " : "");
        for (int n = 0; n < 80; n++, word++)
            buf_addf(&text, "%s%d ", &"abcdefghij"[random_below(&random, 10)], word);
        buf_adds(&text, "\n\n");
    }
    return buf_detach(&text);
}

static void one_word(void **state)
{
    char *old = long_policy();

    (void)state;
    for (int word = 13; word < 10000; word += 1111) {
        char *number = mem_printf("%d ", word), *at = strstr(old, number), *new;
        struct redline redline;

        while (at > old && isdigit((unsigned char)at[-1])) /* the end of a longer one */
            at = strstr(at + 1, number);
        new = mem_printf("%.*sX%s", (int)(at - old), old, at + strlen(number) - 1);
        make(&redline, old, new, "en");
        assert_int_equal(redline.words_added, 1);
        assert_int_equal(redline.words_removed, 1);
        assert_int_equal(redline.blocks_changed, 1);
        assert_int_equal(redline.row_count, 1);
        redline_release(&redline);
        free(new);
        free(number);
    }
    free(old);
}

static void two_items(void **state)
{
    struct buf old = BUF_INIT, new = BUF_INIT;
    struct redline redline;

    (void)state;
    for (int i = 0; i < 300; i++) {
        int swapped = i == 20 ? 250 : i == 250 ? 20 : i;

        buf_addf(&old, "%d. item %d has words of its own\n", i + 1, i);
        buf_addf(&new, "%d. item %d has words of its own\n", i + 1, swapped);
    }
    make(&redline, old.data, new.data, "en");
    assert_int_equal(redline.blocks_moved, 2);
    assert_int_equal(redline.row_count, 4);
    assert_int_equal(redline.words_added + redline.words_removed + redline.blocks_changed, 0);
    redline_release(&redline);
    require_sound(old.data, new.data, "en");
    buf_release(&old);
    buf_release(&new);
}

/* What no policy is, and what is sent all the same */

/* The processor's time, in seconds. */
static double time_for(const struct buf *old, const struct buf *new)
{
    clock_t start = clock();
    struct redline redline;

    make(&redline, old->data, new->data, "en");
    redline_release(&redline);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void long_and_short(void **state)
{
    struct buf old = BUF_INIT, new = BUF_INIT;

    (void)state;
    repeat(&old, "alpha beta gamma delta ", 40000);
    repeat(&new, "alpha beta gamma\n\n", 60000);
    assert_true(time_for(&old, &new) < 5);
    buf_release(&old);
    buf_release(&new);
}

static void deep_markup(void **state)
{
    struct buf old = BUF_INIT, new = BUF_INIT;

    (void)state;
    repeat(&old, "*a **b ", 16000);
    buf_addstr(&new, buf_str(&old));
    buf_adds(&old, "x");
    buf_adds(&new, "y");
    repeat(&old, "** a*", 16000);
    repeat(&new, "** a*", 16000);
    assert_true(time_for(&old, &new) < 5);
    buf_release(&old);
    buf_release(&new);
}

/* Every paragraph has another word, and some are new: too many to weigh each with each. */
static void many_changes(void **state)
{
    struct buf old = BUF_INIT, new = BUF_INIT;
    struct redline redline;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        buf_addf(&old, "word%d of many others in w%d\n\n", i, i * 7);
        if (i % 300 == 299)
            buf_adds(&new, "Something wholly other stands here\n\n");
        buf_addf(&new, "word%d of many others but w%d\n\n", i, i * 7);
    }
    make(&redline, old.data, new.data, "en");
    assert_int_equal(redline.blocks_changed, 3000);
    assert_int_equal(redline.blocks_added, 10);
    assert_int_equal(redline.blocks_removed + redline.blocks_moved, 0);
    redline_release(&redline);
    buf_release(&old);
    buf_release(&new);
}

/* Soundness over real texts and random edits */

static void neighbours(void **state)
{
    char *folder = test_data("policies"), *pattern = mem_printf("%s/*/*.md", folder);
    glob_t found;
    struct buf old = BUF_INIT;
    size_t pairs = 0;

    (void)state;
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            struct buf new = BUF_INIT;

            assert_true(file_read(found.gl_pathv[i], &new));
            if (i) {
                require_sound(old.data, new.data, "en");
                pairs++;
            }
            buf_release(&old);
            old = new;
        }
        globfree(&found);
    }
    print_message("# %zu pairs of neighbours\n", pairs);
    buf_release(&old);
    free(pattern);
    free(folder);
}

/* A text of the project's own, in a language. */
static char *own_text(const char *source, const char *catalog_path, const char *language)
{
    struct revision revision = {.body = 0};
    struct article article;
    struct catalog *catalog = NULL;
    struct buf text = BUF_INIT;
    struct heard heard;

    heard_init(&heard);
    assert_true(revision_read_file(&revision, source, &heard.findings));
    assert_true(article_cut(&article, &revision, &heard.findings));
    if (catalog_path)
        assert_non_null(catalog = catalog_read(catalog_path, language, &heard.findings));
    assert_true(translate(&article, catalog, FINDING_ERROR, &heard.findings));
    markdown_commonmark(&article.markdown, &text);
    article_release(&article);
    revision_release(&revision);
    catalog_free(catalog);
    heard_release(&heard);
    return buf_detach(&text);
}

static size_t character_at(struct random_markdown *random, const struct buf *text)
{
    size_t at = random_below(random, text->len + 1);

    while (at < text->len && ((unsigned char)text->data[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static void splice(struct buf *text, size_t from, size_t to, const char *words)
{
    struct buf out = BUF_INIT;

    buf_add(&out, text->data, from);
    buf_adds(&out, words);
    buf_add(&out, text->data + to, text->len - to);
    buf_release(text);
    *text = out;
}

static size_t line_end(const struct buf *text, size_t at)
{
    const char *end = memchr(text->data + at, '\n', text->len - at);

    return end ? (size_t)(end - text->data) + 1 : text->len;
}

/* Puts words in the place of others, where these come next. */
static void splice_next(struct buf *text, size_t from, const char *others, const char *words)
{
    const char *at = strstr(text->data + from, others);

    if (at)
        splice(text, (size_t)(at - text->data), (size_t)(at - text->data) + strlen(others), words);
}

static void edit(struct random_markdown *random, struct buf *text)
{
    size_t at = character_at(random, text), to = character_at(random, text);
    size_t from = line_end(text, at), end = line_end(text, from);
    char *line = mem_dup(text->data + from, end - from);

    switch (random_below(random, 10)) {
    case 6: /* a paragraph cut */
        splice_next(text, at, " ", "\n\n");
        break;
    case 7: /* two made one */
        splice_next(text, at, "\n\n", " ");
        break;
    case 8: /* a line moved in */
        splice(text, from, from, "  ");
        break;
    case 9: /* a link led elsewhere */
        splice_next(text, at, "](", "](x");
        break;
    case 0: /* words in */
        splice(text, at, at, random_word(random));
        break;
    case 1: /* words out */
        if (to > at && to - at < 60)
            splice(text, at, to, "");
        break;
    case 2: /* words for others */
        if (to > at && to - at < 60)
            splice(text, at, to, random_word(random));
        break;
    case 3: /* a line out */
        splice(text, from, end, "");
        break;
    case 4: /* a line again, elsewhere */
        to = line_end(text, to);
        splice(text, to, to, line);
        break;
    default: /* a line moved */
        splice(text, from, end, "");
        to = line_end(text, random_below(random, text->len + 1));
        splice(text, to, to, line);
    }
    free(line);
}

static void edits(void **state)
{
    static const struct {
        const char *language, *source, *catalog;
    } texts[] = {
        {"et", "content/privacy-policy/2026-11-22.md", NULL},
        {"ja", "content/privacy-policy/2026-11-22.md", "locale/ja/LC_MESSAGES/privacy-policy.po"},
        {"en", "tests/site/content/privacy-policy/2026-03-01.md", NULL},
        {"ja", "tests/site/content/privacy-policy/2026-03-01.md",
         "tests/site/locale/ja/LC_MESSAGES/privacy-policy.po"},
    };
    const char *seed = getenv("TEST_SEED"), *count = getenv("TEST_DOCUMENTS");
    struct random_markdown random = {.state = seed ? strtoull(seed, NULL, 10) : 4};
    size_t rounds = (count ? strtoull(count, NULL, 10) : 2400) / COUNT(texts);

    (void)state;
    for (size_t t = 0; t < COUNT(texts); t++) {
        char *old = own_text(texts[t].source, texts[t].catalog, texts[t].language);
        size_t items;
        char *old_view = without_looks(plain_view(old, texts[t].language, &items));

        for (size_t n = 0; n < rounds; n++) {
            struct buf new = BUF_INIT;

            buf_adds(&new, old);
            for (uint64_t k = 1 + random_below(&random, 5); k-- > 0;)
                edit(&random, &new);
            require_sound_from(old, old_view, new.data, texts[t].language);
            buf_release(&new);
        }
        free(old);
        free(old_view);
    }
    print_message("# %zu random edits, TEST_SEED=%s\n", rounds * COUNT(texts), seed ? seed : "4");
}

static void random_pairs(void **state)
{
    struct random_markdown random = {.state = 5};

    (void)state;
    for (int n = 0; n < 500; n++) {
        struct buf old = BUF_INIT, new = BUF_INIT;

        random_document(&random, &old);
        if (n % 2)
            random_document(&random, &new);
        else
            buf_addstr(&new, buf_str(&old));
        for (int k = 0; k < 3; k++)
            edit(&random, &new);
        require_sound(old.data, new.data, "en");
        buf_release(&old);
        buf_release(&new);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),     cmocka_unit_test(told),
        cmocka_unit_test(one_word),     cmocka_unit_test(two_items),
        cmocka_unit_test(neighbours),   cmocka_unit_test(edits),
        cmocka_unit_test(random_pairs), cmocka_unit_test(long_and_short),
        cmocka_unit_test(long_heading), cmocka_unit_test(many_changes),
        cmocka_unit_test(looks),        cmocka_unit_test(deep_markup),
        cmocka_unit_test(listed),       cmocka_unit_test(invisible),
        cmocka_unit_test(numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
