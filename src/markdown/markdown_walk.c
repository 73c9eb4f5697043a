/* Walks the blocks of a tree, and reads the directives in comments. */
#include <stdlib.h>
#include <string.h>

#include "markdown_private.h"

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
    const char *section;                     /* the id of the last heading, or NULL */
    struct buf path;
};

static const char *name_of(cmark_node *node)
{
    if (markdown_is_cell(node))
        return "cell";
    if (cmark_node_get_type(node) == CMARK_NODE_CUSTOM_BLOCK)
        return table_is_row(node) ? "row" : "table";
    return cmark_node_get_type_string(node);
}

static void go_in(struct walk *walk, cmark_node *node)
{
    cmark_node_type type =
        markdown_is_cell(node) ? CMARK_NODE_CUSTOM_BLOCK : cmark_node_get_type(node);
    int number = ++walk->levels[walk->depth].children[type];

    walk->levels[++walk->depth] = (struct level){.name = name_of(node), .number = number};
}

static const char *path_of(struct walk *walk)
{
    buf_reset(&walk->path);
    if (walk->section)
        buf_adds(&walk->path, walk->section);
    for (size_t i = 1; i <= walk->depth; i++) {
        if (walk->path.len)
            buf_addc(&walk->path, '.');
        buf_adds(&walk->path, walk->levels[i].name);
        buf_addn(&walk->path, (size_t)walk->levels[i].number);
    }
    return walk->path.data;
}

/* Below a heading that has an id, blocks are counted again: what is added elsewhere does not rename
 * them.  One within a list or a quote has no blocks below it. */
static void begin_section(struct walk *walk, cmark_node *node)
{
    const char *id = walk->depth == 1 && markdown_is_heading(node) ? markdown_id(node) : NULL;

    if (!id)
        return;
    walk->section = id;
    memset(walk->levels[0].children, 0, sizeof walk->levels[0].children);
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

/* What a block of HTML is; a line that begins with a comment is one, with all that stands on it. */
static int html_kind(struct markdown_event *event)
{
    const char *literal = cmark_node_get_literal(event->node);
    struct str text = str_trim(str_of(literal));

    if (is_directive(literal, &event->key, &event->value))
        return MARKDOWN_DIRECTIVE;
    return text.len > 4 && memcmp(text.data, "<!--", 4) == 0 &&
                   memmem(text.data + 4, text.len - 4, "-->", 3)
               ? MARKDOWN_COMMENTED_WORDS
               : MARKDOWN_RAW_HTML;
}

/* Rows and cells know themselves where they stand (markdown_cells.c). */
size_t markdown_offset(const struct markdown *markdown, cmark_node *node)
{
    bool in_table = markdown_is_cell(node) || table_is_row(node);
    const char *start = in_table ? cmark_node_get_user_data(node) : NULL;
    size_t line = (size_t)cmark_node_get_start_line(node);
    size_t column = (size_t)cmark_node_get_start_column(node);
    size_t offset;

    if (start)
        return (size_t)(start - markdown->text.data);
    if (line < 1 || line > markdown->line_count)
        return 0;
    offset = (size_t)(markdown->lines[line - 1] - markdown->text.data) + (column ? column - 1 : 0);
    return offset < markdown->text.len ? offset : markdown->text.len;
}

/* libcmark does not tell the two kinds of code apart.  A fence stands in the source and not
 * in the code. */
static bool is_indented_code(const struct markdown *markdown, cmark_node *node)
{
    size_t offset = markdown_offset(markdown, node);
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
    case CMARK_NODE_CUSTOM_INLINE: /* a cell; one without words is nothing to speak of */
        event->kind = MARKDOWN_LEAF;
        return cmark_node_first_child(node);
    case CMARK_NODE_CUSTOM_BLOCK:
        event->kind = MARKDOWN_LONG_ROW;
        return table_is_row(node) && cmark_node_get_user_data(node);
    case CMARK_NODE_HTML_BLOCK:
        event->kind = html_kind(event);
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

    return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM ||
           type == CMARK_NODE_CUSTOM_BLOCK;
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
        bool told, goes_in;

        if (cmark_node_get_type(node) == CMARK_NODE_DOCUMENT)
            continue;
        if (step == CMARK_EVENT_EXIT) {
            walk.depth--;
            continue;
        }
        go_in(&walk, node);
        told = describe(&walk, node, &event);
        goes_in = holds_blocks(node) && (!told || event.kind == MARKDOWN_LONG_ROW);
        if (!goes_in) /* on to the block's end, so that `take` may replace its words */
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        if (told) {
            event.item = item_around(node);
            event.offset = markdown_offset(markdown, node);
            event.path = path_of(&walk);
            take(context, &event);
        }
        begin_section(&walk, node);
        walk.depth -= !goes_in;
    }
    cmark_iter_free(iter);
    buf_release(&walk.path);
}

struct cmark_node *markdown_next_block(struct cmark_node *directive)
{
    cmark_node *next = cmark_node_next(directive);

    while (next && cmark_node_get_type(next) == CMARK_NODE_HTML_BLOCK)
        next = cmark_node_next(next);
    return next;
}

bool markdown_is_within(struct cmark_node *leaf, struct cmark_node *block)
{
    while (leaf && leaf != block)
        leaf = cmark_node_parent(leaf);
    return leaf;
}
