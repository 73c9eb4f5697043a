/* A leaf's message is first sought in the source itself, because editors and
 * translators know that spelling; it is taken only if it proves to mean the same. */
#include "markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { OPTIONS = CMARK_OPT_VALIDATE_UTF8 };

static cmark_node *parse(const char *text, size_t len)
{
    cmark_node *tree = cmark_parse_document(text, len, OPTIONS);

    if (!tree)
        mem_die(len);
    return tree;
}

/* CommonMark's line endings: a line feed, a carriage return, or the one behind the other. */
static bool begins_line(struct str text, size_t i)
{
    if (i == 0 || text.data[i - 1] == '\n')
        return true;
    return text.data[i - 1] == '\r' && (i == text.len || text.data[i] != '\n');
}

void markdown_parse(struct markdown *markdown, struct str text)
{
    *markdown = (struct markdown){.tree = parse(text.data, text.len), .text = text};
    for (size_t i = 0; i <= text.len; i++)
        if (begins_line(text, i)) {
            markdown->lines =
                mem_grow(markdown->lines, markdown->line_count, sizeof *markdown->lines);
            markdown->lines[markdown->line_count++] = text.data + i;
        }
    markdown->lines = mem_grow(markdown->lines, markdown->line_count, sizeof *markdown->lines);
    markdown->lines[markdown->line_count] = text.data + text.len;
}

void markdown_release(struct markdown *markdown)
{
    if (markdown->tree)
        cmark_node_free(markdown->tree);
    free(markdown->lines);
    *markdown = (struct markdown){0};
}

static bool is_leaf(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    return type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
}

/* Walking */

/* A block and the blocks around it, the outermost first; none stands for the document. */
struct level {
    const char *name;
    int number;                              /* among the blocks of its type beside it */
    int children[CMARK_NODE_LAST_BLOCK + 1]; /* of each type so far */
};

struct walk {
    const struct markdown *markdown;
    struct level levels[MARKDOWN_DEPTH + 2]; /* and one that is too deep */
    size_t depth;                            /* of the block the walk is at; 0: the document */
    struct buf path;
};

static void go_in(struct walk *walk, cmark_node *node)
{
    int number = ++walk->levels[walk->depth].children[cmark_node_get_type(node)];

    walk->levels[++walk->depth] =
        (struct level){.name = cmark_node_get_type_string(node), .number = number};
}

static const char *path_of(struct walk *walk)
{
    buf_reset(&walk->path);
    for (size_t i = 1; i <= walk->depth; i++)
        buf_addf(&walk->path, "%s%s%d", i > 1 ? "." : "", walk->levels[i].name,
                 walk->levels[i].number);
    return walk->path.data;
}

static cmark_node *item_around(cmark_node *node)
{
    while (node && cmark_node_get_type(node) != CMARK_NODE_ITEM)
        node = cmark_node_parent(node);
    return node;
}

static bool is_directive(const char *literal, struct str *key, struct str *value)
{
    struct str text = str_trim(str_of(literal));
    const char *colon;

    if (text.len < 7 || memcmp(text.data, "<!--", 4) != 0 ||
        memcmp(text.data + text.len - 3, "-->", 3) != 0)
        return false;
    text = str_trim((struct str){text.data + 4, text.len - 7});
    if (memmem(text.data, text.len, "-->", 3)) /* two comments, and words between them */
        return false;
    colon = memchr(text.data, ':', text.len);
    *key = text;
    *value = (struct str){"", 0};
    if (colon) {
        size_t len = (size_t)(colon - text.data);

        *key = str_trim((struct str){text.data, len});
        *value = str_trim((struct str){colon + 1, text.len - len - 1});
    }
    return true;
}

static size_t offset_of(const struct markdown *markdown, cmark_node *node)
{
    size_t line = (size_t)cmark_node_get_start_line(node);
    size_t column = (size_t)cmark_node_get_start_column(node);
    size_t offset;

    if (line < 1 || line > markdown->line_count)
        return 0;
    offset = (size_t)(markdown->lines[line - 1] - markdown->text.data) + (column ? column - 1 : 0);
    return offset < markdown->text.len ? offset : markdown->text.len;
}

/* libcmark does not tell the two kinds of code apart.  A fence stands in the source and not
 * in the code. */
static bool is_indented_code(const struct markdown *markdown, cmark_node *node)
{
    size_t offset = offset_of(markdown, node);
    struct str line = {markdown->text.data + offset, markdown->text.len - offset};
    const char *end = memchr(line.data, '\n', line.len), *code = cmark_node_get_literal(node);

    if (end)
        line.len = (size_t)(end - line.data);
    line = str_trim(line);
    return line.len < 3 || (memcmp(line.data, "```", 3) != 0 && memcmp(line.data, "~~~", 3) != 0) ||
           strncmp(code + strspn(code, " \t"), line.data, line.len) == 0;
}

/* The kind of event that a block is; false: none. */
static bool describe(const struct walk *walk, cmark_node *node, struct markdown_event *event)
{
    if (walk->depth > MARKDOWN_DEPTH) {
        event->kind = MARKDOWN_TOO_DEEP;
        return true;
    }
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        event->kind = MARKDOWN_LEAF;
        return true;
    case CMARK_NODE_HTML_BLOCK:
        event->kind = is_directive(cmark_node_get_literal(node), &event->key, &event->value)
                          ? MARKDOWN_DIRECTIVE
                          : MARKDOWN_RAW_HTML;
        return true;
    case CMARK_NODE_CODE_BLOCK:
        event->kind = MARKDOWN_INDENTED_CODE;
        return is_indented_code(walk->markdown, node);
    default:
        return false;
    }
}

static bool holds_blocks(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM;
}

void markdown_walk(const struct markdown *markdown,
                   void (*take)(void *context, const struct markdown_event *event), void *context)
{
    cmark_iter *iter = cmark_iter_new(markdown->tree);
    struct walk walk = {.markdown = markdown, .path = BUF_INIT};
    cmark_event_type step;

    while ((step = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        struct markdown_event event = {.node = node};
        bool told;

        if (cmark_node_get_type(node) == CMARK_NODE_DOCUMENT)
            continue;
        if (step == CMARK_EVENT_EXIT) {
            walk.depth--;
            continue;
        }
        go_in(&walk, node);
        told = describe(&walk, node, &event);
        if (!told && holds_blocks(node))
            continue;
        /* On to the block's end, so that `take` may replace its words. */
        cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        event.item = item_around(node);
        event.offset = offset_of(markdown, node);
        event.path = path_of(&walk);
        if (told)
            take(context, &event);
        walk.depth--;
    }
    cmark_iter_free(iter);
    buf_release(&walk.path);
}

void markdown_strip(struct markdown *markdown)
{
    cmark_iter *walk = cmark_iter_new(markdown->tree);
    cmark_event_type event;

    while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);

        if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
            cmark_node_unlink(node);
            cmark_node_free(node);
        }
    }
    cmark_iter_free(walk);
}

/* Words */

/* Inline content alone, as HTML; soft breaks as spaces. */
static void words_html(cmark_node *leaf, struct buf *out)
{
    for (cmark_node *n = cmark_node_first_child(leaf); n; n = cmark_node_next(n)) {
        char *html = cmark_render_html(n, CMARK_OPT_NOBREAKS);

        buf_adds(out, html);
        free(html);
    }
}

/* A document whose only paragraph holds the words.  The leading x makes every line of
 * them a continuation, and continuation lines indented four spaces open no block. */
static cmark_node *parse_words(const char *words)
{
    struct buf text = BUF_INIT;
    cmark_node *document, *first;
    const char *end;

    buf_adds(&text, "x");
    for (; *words; words = end + (*end != '\0')) {
        struct str line;

        end = words + strcspn(words, "\r\n");
        line = str_trim((struct str){words, (size_t)(end - words)});
        if (!line.len)
            continue; /* a blank line would end the paragraph */
        buf_adds(&text, "\n    ");
        buf_addstr(&text, line);
    }
    document = parse(text.data, text.len);
    buf_release(&text);
    first = cmark_node_first_child(cmark_node_first_child(document));
    if (cmark_node_next(first))
        cmark_node_free(cmark_node_next(first)); /* the soft break behind x */
    cmark_node_free(first);
    return document;
}

static bool words_mean(cmark_node *leaf, const char *words)
{
    cmark_node *document = parse_words(words);
    struct buf ours = BUF_INIT, theirs = BUF_INIT;
    bool same;

    words_html(leaf, &ours);
    words_html(cmark_node_first_child(document), &theirs);
    same = str_equal(buf_str(&ours), buf_str(&theirs));
    buf_release(&ours);
    buf_release(&theirs);
    cmark_node_free(document);
    return same;
}

/* A line without the markers of the block quotes around the leaf. */
static struct str without_prefixes(cmark_node *node, struct str line)
{
    cmark_node *parent = cmark_node_parent(node);

    if (parent)
        line = without_prefixes(parent, line);
    if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE) {
        struct str quote = str_trim(line);

        if (quote.len && quote.data[0] == '>')
            return (struct str){quote.data + 1, quote.len - 1};
    }
    return line;
}

/* Whether a line ends in a hard break; its backslash is taken away. */
static bool take_hard_break(struct str *line, const char *line_end)
{
    size_t backslashes = 0;

    while (backslashes < line->len && line->data[line->len - 1 - backslashes] == '\\')
        backslashes++;
    line->len -= backslashes % 2;
    return backslashes % 2 ||
           (line_end - (line->data + line->len) >= 2 && line->data[line->len] == ' ');
}

static struct str without_hashes(struct str line)
{
    size_t i = 0, end;

    while (i < line.len && line.data[i] == '#')
        i++;
    if (i < line.len && line.data[i] != ' ' && line.data[i] != '\t')
        return line;
    line = str_trim((struct str){line.data + i, line.len - i});
    for (end = line.len; end && line.data[end - 1] == '#';)
        end--;
    if (end == 0 || line.data[end - 1] == ' ' || line.data[end - 1] == '\t')
        line = str_trim((struct str){line.data, end});
    return line;
}

/* The lines of the source, joined; whether they mean the same is for the caller to see. */
static void slice(const struct markdown *markdown, cmark_node *leaf, struct buf *out)
{
    size_t first = (size_t)cmark_node_get_start_line(leaf);
    size_t last = (size_t)cmark_node_get_end_line(leaf);
    size_t column = (size_t)cmark_node_get_start_column(leaf);
    bool heading = cmark_node_get_type(leaf) == CMARK_NODE_HEADING;

    if (heading && last > first)
        last--; /* the underline */
    for (size_t n = first; n <= last && n <= markdown->line_count; n++) {
        const char *start = markdown->lines[n - 1], *end = markdown->lines[n];
        struct str line = {start, (size_t)(end - start)};
        bool more = n < last, hard;

        while (line.len && (line.data[line.len - 1] == '\n' || line.data[line.len - 1] == '\r'))
            line.len--;
        end = line.data + line.len;
        if (n == first && column - 1 <= line.len)
            line = (struct str){line.data + column - 1, line.len - (column - 1)};
        else if (n > first)
            line = without_prefixes(leaf, line);
        line = str_trim(line);
        if (heading)
            line = without_hashes(line);
        hard = more && take_hard_break(&line, end);
        buf_addstr(out, line);
        if (more)
            buf_adds(out, hard ? "\\\n" : " ");
    }
}

/* cmark spells a hard break as two spaces, which editors of PO files cannot see. */
static void add_respelled(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.len - i > 2 && memcmp(text.data + i, "  \n", 3) == 0) {
            buf_adds(out, "\\\n");
            i += 2;
        } else {
            buf_addc(out, text.data[i]);
        }
}

/* cmark's own spelling of the words. */
static void respell(cmark_node *leaf, struct buf *out)
{
    char *text;
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);

    /* The words are lent to a paragraph of their own and then come back. */
    cmark_node_append_child(document, paragraph);
    for (cmark_node *n; (n = cmark_node_first_child(leaf));) {
        cmark_node_unlink(n);
        cmark_node_append_child(paragraph, n);
    }
    text = cmark_render_commonmark(document, CMARK_OPT_NOBREAKS, 0);
    for (cmark_node *n; (n = cmark_node_first_child(paragraph));) {
        cmark_node_unlink(n);
        cmark_node_append_child(leaf, n);
    }
    cmark_node_free(document);
    add_respelled(out, str_trim(str_of(text)));
    free(text);
}

bool markdown_words(const struct markdown *markdown, struct cmark_node *leaf, struct buf *out)
{
    slice(markdown, leaf, out);
    if (words_mean(leaf, out->data))
        return true;
    buf_reset(out);
    respell(leaf, out);
    return words_mean(leaf, out->data);
}

void markdown_set_words(struct cmark_node *leaf, const char *words)
{
    cmark_node *document = parse_words(words);
    cmark_node *paragraph = cmark_node_first_child(document), *n;

    while ((n = cmark_node_first_child(leaf)))
        cmark_node_free(n);
    while ((n = cmark_node_first_child(paragraph))) {
        cmark_node_unlink(n);
        cmark_node_append_child(leaf, n);
    }
    cmark_node_free(document);
}

static void add_plain(cmark_node *leaf, struct buf *out)
{
    cmark_iter *walk = cmark_iter_new(leaf);

    if (out->len)
        buf_addc(out, ' ');
    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);

        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            buf_adds(out, cmark_node_get_literal(node));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            buf_addc(out, ' ');
    }
    cmark_iter_free(walk);
}

bool markdown_is_plain(struct cmark_node *item)
{
    for (cmark_node *n = cmark_node_first_child(item); n; n = cmark_node_next(n)) {
        cmark_node_type type = cmark_node_get_type(n);

        if (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HTML_BLOCK)
            return false;
    }
    return true;
}

void markdown_plain(struct cmark_node *item, struct buf *out)
{
    for (cmark_node *n = cmark_node_first_child(item); n; n = cmark_node_next(n))
        if (is_leaf(n))
            add_plain(n, out);
}

/* Rendering */

void markdown_html(const struct markdown *markdown, struct buf *out)
{
    char *html = cmark_render_html(markdown->tree, CMARK_OPT_DEFAULT);

    buf_adds(out, html);
    free(html);
}

void markdown_commonmark(const struct markdown *markdown, struct buf *out)
{
    char *text = cmark_render_commonmark(markdown->tree, CMARK_OPT_NOBREAKS, 0);

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
