/* A tree as a whole: parsed, changed where it stands, rendered. */
#include "markdown.h"

#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "markdown_private.h"

/* Parsing */

static bool is_url_bearer(cmark_node_type type)
{
    return type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
}

/* Calls `set` with a property of a node as it is without marks. */
static void unmark(cmark_node *node, const char *value, int (*set)(cmark_node *, const char *))
{
    struct buf plain = BUF_INIT;

    emphasis_unmark(str_of(value), &plain);
    if (plain.len != strlen(value))
        set(node, plain.data);
    buf_release(&plain);
}

static void unmark_node(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (cmark_node_get_literal(node))
        unmark(node, cmark_node_get_literal(node), cmark_node_set_literal);
    if (type == CMARK_NODE_CODE_BLOCK)
        unmark(node, cmark_node_get_fence_info(node), cmark_node_set_fence_info);
    if (is_url_bearer(type)) {
        unmark(node, cmark_node_get_url(node), cmark_node_set_url);
        unmark(node, cmark_node_get_title(node), cmark_node_set_title);
    }
}

static void unmark_tree(cmark_node *tree)
{
    cmark_iter *walk = cmark_iter_new(tree);

    while (cmark_iter_next(walk) != CMARK_EVENT_DONE)
        unmark_node(cmark_iter_get_node(walk));
    cmark_iter_free(walk);
}

/* Takes the soft breaks out that stand between characters of scripts without spaces. */
static void join_lines(cmark_node *tree)
{
    cmark_iter *walk = cmark_iter_new(tree);
    cmark_node *soft_break = NULL;
    struct str before = {"", 0};

    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);

        if (type == CMARK_NODE_SOFTBREAK) {
            soft_break = node;
        } else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            struct str after = str_of(cmark_node_get_literal(node));

            if (soft_break && east_asian_joins(before, after)) /* behind the walk by now */
                cmark_node_free(soft_break);
            soft_break = NULL;
            before = after;
        } else if (type <= CMARK_NODE_LAST_BLOCK || type == CMARK_NODE_LINEBREAK) {
            soft_break = NULL;
        }
    }
    cmark_iter_free(walk);
}

cmark_node *markdown_tree(struct str text, enum emphasis_help help)
{
    struct buf marked = BUF_INIT;
    bool is_marked = emphasis_mark(text, help, &marked) > 0;
    struct str source = is_marked ? buf_str(&marked) : text;
    cmark_node *tree = cmark_parse_document(source.data, source.len, CMARK_OPT_VALIDATE_UTF8);

    if (!tree)
        mem_die(source.len);
    if (is_marked)
        unmark_tree(tree);
    if (east_asian_may_join(text))
        join_lines(tree);
    buf_release(&marked);
    return tree;
}

static void add_line(struct markdown *markdown, const char *start)
{
    markdown->lines = mem_grow(markdown->lines, markdown->line_count, sizeof *markdown->lines);
    markdown->lines[markdown->line_count++] = start;
}

/* CommonMark's line endings: a line feed, a carriage return, or the one behind the other. */
static void index_lines(struct markdown *markdown)
{
    const char *end = markdown->text.data + markdown->text.len;

    add_line(markdown, markdown->text.data);
    for (const char *at = markdown->text.data; at < end; at++) {
        at += strcspn(at, "\r\n");
        if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
            at++;
        if (at < end)
            add_line(markdown, at + 1);
    }
    add_line(markdown, end);
    markdown->line_count--;
}

static void index_headings(struct markdown *markdown)
{
    cmark_iter *walk = cmark_iter_new(markdown->tree);
    cmark_event_type step;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);

        if (step != CMARK_EVENT_ENTER)
            continue;
        if (markdown_is_heading(node)) {
            markdown->headings =
                mem_grow(markdown->headings, markdown->heading_count, sizeof *markdown->headings);
            markdown->headings[markdown->heading_count++] = node;
        }
        if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) /* no heading is inside */
            cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(walk);
}

void markdown_parse(struct markdown *markdown, struct str text)
{
    *markdown = (struct markdown){.text = text};
    index_lines(markdown);
    tables_parse(markdown);
    index_headings(markdown);
}

void markdown_release(struct markdown *markdown)
{
    if (markdown->tree)
        cmark_node_free(markdown->tree);
    free(markdown->headings);
    free(markdown->tables);
    free(markdown->lines);
    *markdown = (struct markdown){0};
}

/* Changing */

void markdown_remove(struct cmark_node *block)
{
    cmark_node_free(block);
}

void markdown_wrap(struct cmark_node *leaf, const char *before, const char *after)
{
    cmark_node *wrapper = cmark_node_new(CMARK_NODE_CUSTOM_INLINE), *n;

    cmark_node_set_on_enter(wrapper, before);
    cmark_node_set_on_exit(wrapper, after);
    while ((n = cmark_node_first_child(leaf)))
        cmark_node_append_child(wrapper, n);
    cmark_node_append_child(leaf, wrapper);
}

static void add_phrase(void *context, struct str phrase)
{
    cmark_node *text = context;
    cmark_node *before = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node *may_break = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    char *words = mem_dup(phrase.data, phrase.len);

    cmark_node_set_literal(before, words);
    cmark_node_set_on_enter(may_break, "<wbr>");
    cmark_node_insert_before(text, before);
    cmark_node_insert_before(text, may_break);
    free(words);
}

/* Puts the phrases of a text node in its place; there is no break behind the last one. */
static void split_text(cmark_node *text)
{
    struct str words = str_of(cmark_node_get_literal(text));

    if (!words.len)
        return;
    east_asian_phrases(words, add_phrase, text);
    cmark_node_free(cmark_node_previous(text));
    cmark_node_free(text);
}

void markdown_break_phrases(struct cmark_node *leaf)
{
    cmark_iter *walk = cmark_iter_new(leaf);
    cmark_node *last = NULL;

    cmark_consolidate_text_nodes(leaf);
    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        if (last)
            split_text(last);
        last = cmark_node_get_type(cmark_iter_get_node(walk)) == CMARK_NODE_TEXT
                   ? cmark_iter_get_node(walk)
                   : NULL;
    }
    cmark_iter_free(walk);
}

/* Ids */

bool markdown_is_heading(struct cmark_node *leaf)
{
    return cmark_node_get_type(leaf) == CMARK_NODE_HEADING;
}

void markdown_set_id(struct cmark_node *heading, const char *id)
{
    cmark_node_set_user_data(heading, (void *)id);
}

const char *markdown_id(struct cmark_node *heading)
{
    return cmark_node_get_user_data(heading);
}

/* Behind the next tag of a heading.  Text cannot look like a tag: it is escaped. */
static const char *behind_tag(const char *html, int level)
{
    for (html = strchr(html, '<'); html[1] != 'h' || html[2] != '0' + level || html[3] != '>';)
        html = strchr(html + 1, '<');
    return html + 3;
}

/* Adds rendered HTML up to a heading's tag, and the tag with its id. */
static const char *add_heading(cmark_node *heading, const char *html, struct buf *out)
{
    const char *id = cmark_node_get_user_data(heading);
    const char *end = behind_tag(html, cmark_node_get_heading_level(heading));

    buf_add(out, html, (size_t)(end - html));
    if (id) {
        buf_adds(out, " id=\"");
        html_text(out, str_of(id));
        buf_adds(out, "\"");
    }
    return end;
}

/* Rendering */

void markdown_html(const struct markdown *markdown, struct buf *out)
{
    char *html = tables_html(markdown);
    const char *rest = html;

    for (size_t i = 0; i < markdown->heading_count; i++)
        rest = add_heading(markdown->headings[i], rest, out);
    buf_adds(out, rest);
    free(html);
}

static bool same_html(cmark_node *a, cmark_node *b)
{
    char *x = cmark_render_html(a, CMARK_OPT_NOBREAKS);
    char *y = cmark_render_html(b, CMARK_OPT_NOBREAKS);
    bool same = strcmp(x, y) == 0;

    free(x);
    free(y);
    return same;
}

bool markdown_same(const struct markdown *a, const struct markdown *b)
{
    return same_html(a->tree, b->tree);
}

bool markdown_same_leaf(struct cmark_node *a, struct cmark_node *b)
{
    return same_html(a, b);
}

/* The next list of a tree, or NULL behind the last one. */
static cmark_node *next_list(cmark_iter *walk)
{
    cmark_event_type step;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE)
        if (step == CMARK_EVENT_ENTER &&
            cmark_node_get_type(cmark_iter_get_node(walk)) == CMARK_NODE_LIST)
            return cmark_iter_get_node(walk);
    return NULL;
}

static void list_mark(cmark_node *list, struct buf *out)
{
    if (list && cmark_node_get_list_type(list) == CMARK_ORDERED_LIST)
        buf_addf(out, "%d%c", cmark_node_get_list_start(list),
                 cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ')' : '.');
    else if (list)
        buf_addc(out, '-');
}

bool markdown_lists_differ(const struct markdown *a, const struct markdown *b, struct buf *before,
                           struct buf *after)
{
    cmark_iter *old = cmark_iter_new(a->tree), *new = cmark_iter_new(b->tree);
    bool differ = false, more = true;

    while (!differ && more) {
        cmark_node *was = next_list(old), *is = next_list(new);

        buf_reset(before);
        buf_reset(after);
        list_mark(was, before);
        list_mark(is, after);
        differ = !str_equal(buf_str(before), buf_str(after));
        more = was && is;
    }
    cmark_iter_free(old);
    cmark_iter_free(new);
    return differ;
}

void markdown_commonmark(const struct markdown *markdown, struct buf *out)
{
    char *text = tables_commonmark(markdown);

    buf_adds(out, text);
    free(text);
}

void markdown_leaf_text(struct cmark_node *leaf, struct buf *out)
{
    char *text;

    if (markdown_is_cell(leaf)) {
        words_respell(leaf, out);
        return;
    }
    text = cmark_render_commonmark(leaf, CMARK_OPT_NOBREAKS, 0);
    buf_adds(out, text);
    free(text);
}

void markdown_text(struct buf *out, struct str text)
{
    size_t digits = 0; /* at the beginning: the number of an ordered list's item? */

    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];

        if (c && (strchr("\\`*_[]<>#&!+-=~|", c) || (digits && i == digits && strchr(".)", c))))
            buf_addc(out, '\\');
        buf_addc(out, c == '\n' || c == '\r' ? ' ' : c); /* a new line could end the block */
    }
}
