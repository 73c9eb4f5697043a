#include "outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "markdown_private.h"

/* Markup within markup: all that is open is written again where a change begins. */
enum { STYLE_DEPTH = 32 };

/* Containers */

static void set_columns(struct outline_container *container, cmark_node *table)
{
    struct str delimiters = pipes_begin(table_delimiters(table)), cell;

    while (pipes_next(&delimiters, &cell)) {
        container->alignments =
            mem_grow(container->alignments, container->columns, sizeof *container->alignments);
        container->alignments[container->columns++] = pipes_alignment_of(cell);
    }
}

static size_t add_container(struct outline *outline, cmark_node *node, size_t parent)
{
    struct outline_container container = {.parent = parent};

    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        container.kind =
            cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? IN_NUMBERS : IN_BULLETS;
        container.tight = cmark_node_get_list_tight(node);
        container.number = cmark_node_get_list_start(node) - 1;
        container.delimiter = cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ')' : '.';
        break;
    case CMARK_NODE_ITEM:
        container.kind = IN_ITEM;
        container.number = ++outline->containers[parent].number;
        break;
    case CMARK_NODE_CUSTOM_BLOCK:
        container.kind = IN_TABLE;
        set_columns(&container, node);
        break;
    default:
        container.kind = IN_QUOTE;
    }
    outline->containers =
        mem_grow(outline->containers, outline->container_count, sizeof *outline->containers);
    outline->containers[outline->container_count] = container;
    return outline->container_count++;
}

/* Inlines */

static size_t add_style(struct outline *outline, size_t parent, char *open, const char *close)
{
    outline->styles = mem_grow(outline->styles, outline->style_count, sizeof *outline->styles);
    outline->styles[outline->style_count] =
        (struct outline_style){.parent = parent,
                               .open = open,
                               .close = mem_dups(close),
                               .link = outline->styles[parent].link};
    return outline->style_count++;
}

static void add_piece(struct outline *outline, const char *text, size_t style, bool atom)
{
    struct outline_block *block = &outline->blocks[outline->block_count - 1];
    struct outline_piece *last = block->count ? &outline->pieces[outline->piece_count - 1] : NULL;
    size_t len = strlen(text);

    if (!len)
        return;
    if (last && !atom && !last->atom && last->style == style) {
        last->len += len;
    } else {
        outline->pieces = mem_grow(outline->pieces, outline->piece_count, sizeof *outline->pieces);
        outline->pieces[outline->piece_count++] =
            (struct outline_piece){outline->text.len, len, style, atom};
        block->count++;
    }
    buf_add(&outline->text, text, len);
}

/* Spaces in a row are one, as a page shows them, also where markup begins or ends in between. */
static void add_text(struct outline *outline, const char *text, size_t style)
{
    const struct outline_block *block = &outline->blocks[outline->block_count - 1];
    const struct outline_piece *last =
        block->count ? &outline->pieces[outline->piece_count - 1] : NULL;
    bool spaced = last && !last->atom && !outline->styles[last->style].is_code &&
                  outline->text.data[outline->text.len - 1] == ' ';
    struct buf squeezed = BUF_INIT;

    for (; *text; text++) {
        if (*text != ' ' || !spaced)
            buf_addc(&squeezed, *text);
        spaced = *text == ' ';
    }
    add_piece(outline, squeezed.data, style, false);
    buf_release(&squeezed);
}

/* What cmark makes of a link or an image, up to the end of its tag: it knows which addresses
 * are safe, and how to write them. */
static char *opening_tag(cmark_node *node)
{
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node *alone = cmark_node_new(cmark_node_get_type(node));
    char *html, *tag;

    cmark_node_set_url(alone, cmark_node_get_url(node));
    cmark_node_set_title(alone, cmark_node_get_title(node));
    cmark_node_append_child(paragraph, alone);
    html = cmark_render_html(paragraph, CMARK_OPT_DEFAULT);
    tag = mem_dup(html + strlen("<p>"), strcspn(html + strlen("<p>"), ">") + 1);
    free(html);
    cmark_node_free(paragraph);
    return tag;
}

static char *image(cmark_node *node)
{
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    struct buf plain = BUF_INIT;
    cmark_node *alone = cmark_node_new(CMARK_NODE_IMAGE), *text = cmark_node_new(CMARK_NODE_TEXT);
    char *html, *tag;

    markdown_plain_leaf(node, &plain);
    cmark_node_set_url(alone, cmark_node_get_url(node));
    cmark_node_set_title(alone, cmark_node_get_title(node));
    cmark_node_set_literal(text, plain.data);
    cmark_node_append_child(alone, text);
    cmark_node_append_child(paragraph, alone);
    html = cmark_render_html(paragraph, CMARK_OPT_DEFAULT);
    tag = mem_dup(html + strlen("<p>"), strlen(html) - strlen("<p></p>\n"));
    free(html);
    cmark_node_free(paragraph);
    buf_release(&plain);
    return tag;
}

static bool is_style(cmark_node_type type)
{
    return type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK;
}

/* `tag` has no address where a page would not follow it. */
static char *address_of(cmark_node *link, const char *tag)
{
    const char *url = strstr(tag, "href=\"\"") ? "" : cmark_node_get_url(link);
    const char *title = cmark_node_get_title(link);

    return *title ? mem_printf("%s \"%s\"", url, title) : mem_dups(url);
}

static size_t add_link(struct outline *outline, cmark_node *node, size_t parent)
{
    char *tag = opening_tag(node);
    size_t style = add_style(outline, parent, tag, "</a>");

    outline->styles[style].link = style;
    outline->styles[style].address = address_of(node, tag);
    return style;
}

static size_t begin_style(struct outline *outline, cmark_node *node, size_t parent)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_EMPH:
        return add_style(outline, parent, mem_dups("<em>"), "</em>");
    case CMARK_NODE_STRONG:
        return add_style(outline, parent, mem_dups("<strong>"), "</strong>");
    default:
        return add_link(outline, node, parent);
    }
}

static void add_words(struct outline *outline, cmark_node *node, size_t style)
{
    char *html;

    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_text(outline, cmark_node_get_literal(node), style);
        break;
    case CMARK_NODE_SOFTBREAK:
        add_text(outline, " ", style);
        break;
    case CMARK_NODE_LINEBREAK:
        add_piece(outline, "<br />\n", style, true);
        break;
    case CMARK_NODE_CODE:
        style = add_style(outline, style, mem_dups("<code>"), "</code>");
        outline->styles[style].is_code = true;
        add_piece(outline, cmark_node_get_literal(node), style, false);
        break;
    case CMARK_NODE_IMAGE:
        html = image(node);
        add_piece(outline, html, style, true);
        free(html);
        break;
    default: /* raw HTML */
        break;
    }
}

/* Without recursion: markup can be nested as deep as a line is long.  What is deeper than
 * STYLE_DEPTH keeps its words and loses its markup. */
static void add_inlines(struct outline *outline, cmark_node *leaf)
{
    cmark_iter *walk = cmark_iter_new(leaf);
    cmark_event_type step;
    size_t style = 0, depth = 0;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);

        if (node == leaf)
            continue;
        if (is_style(type) && step == CMARK_EVENT_ENTER)
            style = depth++ < STYLE_DEPTH ? begin_style(outline, node, style) : style;
        else if (is_style(type))
            style = --depth < STYLE_DEPTH ? outline->styles[style].parent : style;
        else
            add_words(outline, node, style);
        if (type == CMARK_NODE_IMAGE) /* its words are in its tag */
            cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(walk);
}

/* Blocks */

static struct outline_block *add_block(struct outline *outline, enum outline_block_kind kind,
                                       size_t container)
{
    outline->blocks = mem_grow(outline->blocks, outline->block_count, sizeof *outline->blocks);
    outline->blocks[outline->block_count] =
        (struct outline_block){.kind = kind, .container = container, .first = outline->piece_count};
    return &outline->blocks[outline->block_count++];
}

/* What links lead to, as in outline_make(). */
struct leading {
    char *(*lead)(void *context, const char *url);
    void *context;
};

static void add_leaf(struct outline *outline, cmark_node *leaf, const struct leading *leading)
{
    if (leading->lead)
        markdown_links(leaf, leading->lead, leading->context);
    add_inlines(outline, leaf);
}

static void add_table(struct outline *outline, cmark_node *table, size_t container,
                      const struct leading *leading)
{
    enum outline_block_kind kind = BLOCK_HEAD;

    for (cmark_node *row = cmark_node_first_child(table); row; row = cmark_node_next(row)) {
        add_block(outline, kind, container);
        kind = BLOCK_ROW;
        for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) {
            add_leaf(outline, cell, leading);
            add_piece(outline, "|", 0, true);
        }
    }
}

/* How deep trees go is bounded where they are cut (MARKDOWN_DEPTH); what is deeper is no
 * policy, and is passed over. */
static void add_blocks(struct outline *outline, cmark_node *parent, size_t container, int depth,
                       const struct leading *leading)
{
    for (cmark_node *n = cmark_node_first_child(parent); n; n = cmark_node_next(n))
        switch (cmark_node_get_type(n)) {
        case CMARK_NODE_PARAGRAPH:
            add_block(outline, BLOCK_PARAGRAPH, container);
            add_leaf(outline, n, leading);
            break;
        case CMARK_NODE_HEADING:
            add_block(outline, BLOCK_HEADING, container)->level = cmark_node_get_heading_level(n);
            add_leaf(outline, n, leading);
            break;
        case CMARK_NODE_CODE_BLOCK:
            add_block(outline, BLOCK_CODE, container);
            add_piece(outline, cmark_node_get_literal(n), 0, false);
            break;
        case CMARK_NODE_THEMATIC_BREAK:
            add_block(outline, BLOCK_RULE, container);
            break;
        case CMARK_NODE_CUSTOM_BLOCK:
            add_table(outline, n, add_container(outline, n, container), leading);
            break;
        case CMARK_NODE_HTML_BLOCK:
            break;
        default:
            if (depth < 2 * MARKDOWN_DEPTH)
                add_blocks(outline, n, add_container(outline, n, container), depth + 1, leading);
        }
}

size_t *outline_nobody(size_t count)
{
    size_t *numbers = mem_alloc((count + 1) * sizeof *numbers);

    for (size_t i = 0; i < count; i++)
        numbers[i] = OUTLINE_NONE;
    return numbers;
}

bool outline_is_row(enum outline_block_kind kind)
{
    return kind == BLOCK_HEAD || kind == BLOCK_ROW;
}

void outline_make(struct outline *outline, const struct markdown *markdown,
                  char *(*lead)(void *context, const char *url), void *context)
{
    *outline = (struct outline){.text = BUF_INIT};
    add_style(outline, 0, mem_dups(""), "");
    add_blocks(outline, markdown->tree, OUTLINE_NONE, 0, &(struct leading){lead, context});
}

void outline_release(struct outline *outline)
{
    for (size_t i = 0; i < outline->style_count; i++) {
        free(outline->styles[i].open);
        free(outline->styles[i].close);
        free(outline->styles[i].address);
    }
    for (size_t i = 0; i < outline->container_count; i++)
        free(outline->containers[i].alignments);
    free(outline->styles);
    free(outline->pieces);
    free(outline->containers);
    free(outline->blocks);
    buf_release(&outline->text);
    *outline = (struct outline){.text = BUF_INIT};
}
