/* Inline content that changes what a visitor reads or where a click leads, in the source
 * and in translations. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "markdown_private.h"

/* Relative where nothing before the path ends in a colon (RFC 3986, section 4.2). */
static bool is_safe(const char *url)
{
    static const char *const schemes[] = {"http", "https", "mailto", "tel"};
    size_t len = strcspn(url, ":/?#");

    if (url[len] != ':')
        return true;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strlen(schemes[i]) == len && strncasecmp(schemes[i], url, len) == 0)
            return true;
    return false;
}

static const char *url_of(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    return type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE ? cmark_node_get_url(node) : NULL;
}

static bool check_node(cmark_node *node, struct place place, enum severity severity,
                       struct findings *findings)
{
    const char *url = url_of(node);

    if (url && !is_safe(url)) {
        finding(findings, severity, place,
                "use http:, https:, mailto: or tel:, or a path of this site",
                "a link to %s is not safe", url);
        return false;
    }
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE) {
        const char *html = cmark_node_get_literal(node);

        finding(findings, severity, place,
                strncmp(html, "<!--", 4) == 0
                    ? "put the comment on a line of its own, before the block or the whole table"
                    : "write \\< or &lt; for <, or use Markdown",
                "raw HTML never reaches a page: %s", html);
        return false;
    }
    return true;
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
    while (ok && (step = cmark_iter_next(walk)) != CMARK_EVENT_DONE)
        if (step == CMARK_EVENT_ENTER)
            ok = check_node(cmark_iter_get_node(walk), place, severity, findings);
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
