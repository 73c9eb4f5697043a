/* Inline content that changes what a visitor reads or where a click leads, in the source
 * and in translations. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "address.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "markdown_private.h"

static bool has_words(cmark_node *link)
{
    struct buf words = BUF_INIT;
    struct str rest;
    bool has = false;

    markdown_plain_leaf(link, &words);
    for (rest = buf_str(&words); rest.len && !has;) {
        int32_t c = utf8_next(&rest);

        has = c > ' ' && !u_isUWhiteSpace(c) && u_charType(c) != U_FORMAT_CHAR;
    }
    buf_release(&words);
    return has;
}

static bool check_link(cmark_node *link, struct place place, enum severity severity,
                       struct findings *findings)
{
    const char *url = cmark_node_get_url(link);
    const struct address_fault *wrong = address_fault(url);

    if (wrong) {
        finding(findings, severity, place, wrong->remedy, "a link to %s %s", *url ? url : "\"\"",
                wrong->text);
        return false;
    }
    if (has_words(link))
        return true;
    finding(findings, severity, place, "write between [ and ] where it leads",
            "the link to %s has no words", url);
    return false;
}

static bool check_node(cmark_node *node, struct place place, enum severity severity,
                       struct findings *findings)
{
    const char *html;

    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LINK:
        return check_link(node, place, severity, findings);
    case CMARK_NODE_IMAGE:
        finding(findings, severity, place,
                "say in words what it shows, or link to the page that shows it",
                "pictures do not reach a page: %s", cmark_node_get_url(node));
        return false;
    case CMARK_NODE_HTML_INLINE:
        html = cmark_node_get_literal(node);
        finding(findings, severity, place,
                strncmp(html, "<!--", 4) == 0
                    ? "put the comment on a line of its own, before the block or the whole table"
                    : "write \\< or &lt; for <, or use Markdown",
                "raw HTML never reaches a page: %s", html);
        return false;
    default:
        return true;
    }
}

/* Most leaves are, and need no walk. */
static bool is_one_text(cmark_node *leaf)
{
    cmark_node *first = cmark_node_first_child(leaf);

    return first && !cmark_node_next(first) && cmark_node_get_type(first) == CMARK_NODE_TEXT;
}

bool markdown_check(struct cmark_node *leaf, struct place place, enum severity severity,
                    struct findings *findings)
{
    cmark_iter *walk;
    cmark_event_type step;
    bool ok = true;

    if (is_one_text(leaf))
        return true;
    walk = cmark_iter_new(leaf);
    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE)
        if (step == CMARK_EVENT_ENTER)
            ok &= check_node(cmark_iter_get_node(walk), place, severity, findings);
    cmark_iter_free(walk);
    return ok;
}

void markdown_links(struct cmark_node *leaf, char *(*lead)(void *context, const char *url),
                    void *context)
{
    cmark_iter *walk;
    cmark_event_type step;

    if (is_one_text(leaf))
        return;
    walk = cmark_iter_new(leaf);
    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        char *address;

        if (step != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_LINK)
            continue;
        address = lead(context, cmark_node_get_url(node));
        if (address)
            cmark_node_set_url(node, address);
        free(address);
    }
    cmark_iter_free(walk);
}

/* Marks */

static const char *const mark_names[] = {
    [MARK_LINK] = "the link %s",
    [MARK_IMAGE] = "the image %s",
    [MARK_CODE] = "the code `%s`",
    [MARK_STRONG] = "strong emphasis (**)",
    [MARK_EMPHASIS] = "emphasis (*)",
    [MARK_STAR] = "a star that is shown (*)",
    [MARK_UNDERSCORE] = "an underscore that is shown (_)",
};

void markdown_mark_name(const struct markdown_mark *mark, struct buf *out)
{
    const char *name = mark_names[mark->kind], *slot = strstr(name, "%s");

    buf_add(out, name, slot ? (size_t)(slot - name) : strlen(name));
    if (slot)
        buf_addf(out, "%s%s", mark->text, slot + 2);
}

static void add_mark(struct markdown_marks *marks, enum markdown_mark_kind kind, const char *text)
{
    marks->mark = mem_grow(marks->mark, marks->count, sizeof *marks->mark);
    marks->mark[marks->count].kind = kind;
    marks->mark[marks->count++].text = mem_dups(text);
}

static void add_shown(struct markdown_marks *marks, const char *text)
{
    for (; (text = strpbrk(text, "*_")); text++)
        add_mark(marks, *text == '*' ? MARK_STAR : MARK_UNDERSCORE, "");
}

static void add_node(struct markdown_marks *marks, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LINK:
        add_mark(marks, MARK_LINK, cmark_node_get_url(node));
        break;
    case CMARK_NODE_IMAGE:
        add_mark(marks, MARK_IMAGE, cmark_node_get_url(node));
        break;
    case CMARK_NODE_CODE:
        add_mark(marks, MARK_CODE, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_STRONG:
        add_mark(marks, MARK_STRONG, "");
        break;
    case CMARK_NODE_EMPH:
        add_mark(marks, MARK_EMPHASIS, "");
        break;
    case CMARK_NODE_TEXT:
        add_shown(marks, cmark_node_get_literal(node));
        break;
    default:
        break;
    }
}

static int by_mark(const void *a, const void *b)
{
    const struct markdown_mark *x = a, *y = b;

    return x->kind != y->kind ? (x->kind > y->kind) - (x->kind < y->kind)
                              : strcmp(x->text, y->text);
}

static void add_nodes(struct markdown_marks *marks, cmark_node *leaf)
{
    cmark_iter *walk = cmark_iter_new(leaf);
    cmark_event_type step;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE)
        if (step == CMARK_EVENT_ENTER)
            add_node(marks, cmark_iter_get_node(walk));
    cmark_iter_free(walk);
}

void markdown_marks(struct cmark_node *leaf, struct markdown_marks *marks)
{
    *marks = (struct markdown_marks){0};
    if (is_one_text(leaf))
        add_node(marks, cmark_node_first_child(leaf));
    else
        add_nodes(marks, leaf);
    if (marks->count)
        qsort(marks->mark, marks->count, sizeof *marks->mark, by_mark);
}

void markdown_marks_release(struct markdown_marks *marks)
{
    for (size_t i = 0; i < marks->count; i++)
        free(marks->mark[i].text);
    free(marks->mark);
    *marks = (struct markdown_marks){0};
}

const struct markdown_mark *markdown_marks_beyond(const struct markdown_marks *marks,
                                                  const struct markdown_marks *others)
{
    size_t i = 0, o = 0;

    while (i < marks->count) {
        int order = o < others->count ? by_mark(&marks->mark[i], &others->mark[o]) : -1;

        if (order < 0)
            return &marks->mark[i];
        i += order == 0;
        o++;
    }
    return NULL;
}
