/* A table in a tree: a custom block of rows, custom blocks as well, whose cells are custom inlines
 * around their words.  Each points at the text that it was made of: a table at its delimiter row, a
 * row at the first cell that it has too many, a cell at its words; NULL where there is no such
 * text. */
#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "markdown_private.h"
#include "pipes.h"

/* How long a table's name is, about, in bytes. */
enum { NAME_LEN = 100 };

static const char table_tag[] = "<div class=\"table\" tabindex=\"0\">\n<table>";

static bool is_custom_block(cmark_node *node)
{
    return node && cmark_node_get_type(node) == CMARK_NODE_CUSTOM_BLOCK;
}

bool markdown_is_cell(struct cmark_node *leaf)
{
    return cmark_node_get_type(leaf) == CMARK_NODE_CUSTOM_INLINE &&
           is_custom_block(cmark_node_parent(leaf));
}

bool markdown_in_one_table(struct cmark_node *leaf, struct cmark_node *other)
{
    return markdown_is_cell(leaf) && markdown_is_cell(other) &&
           cmark_node_parent(cmark_node_parent(leaf)) ==
               cmark_node_parent(cmark_node_parent(other));
}

bool table_is_row(cmark_node *block)
{
    return is_custom_block(block) && is_custom_block(cmark_node_parent(block));
}

/* Making */

cmark_node *table_new(struct str delimiters)
{
    cmark_node *table = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);

    cmark_node_set_user_data(table, (void *)delimiters.data);
    return table;
}

void table_add_row(cmark_node *table, struct str text, size_t columns)
{
    cmark_node *row = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    struct str rest = pipes_begin(text), source;

    for (size_t c = 0; c < columns; c++) {
        cmark_node *cell = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);

        if (pipes_next(&rest, &source) && source.len)
            cmark_node_set_user_data(cell, (void *)source.data);
        cmark_node_append_child(row, cell);
    }
    if (pipes_next(&rest, &source)) /* GFM passes it over */
        cmark_node_set_user_data(row, (void *)source.data);
    cmark_node_append_child(table, row);
}

static void set_tags(cmark_node *node, const char *enter, const char *leave)
{
    cmark_node_set_on_enter(node, enter);
    cmark_node_set_on_exit(node, leave);
}

/* A head without words is not a head. */
static void set_cell_tags(cmark_node *cell, bool in_head, enum pipes_alignment alignment)
{
    static const char *const classes[] = {"", " class=\"to-left\"", " class=\"to-center\"",
                                          " class=\"to-right\""};
    bool is_head = in_head && cmark_node_get_user_data(cell);
    char *tag = mem_printf("<%s%s>", is_head ? "th scope=\"col\"" : "td", classes[alignment]);

    set_tags(cell, tag, is_head ? "</th>\n" : "</td>\n");
    free(tag);
}

static void set_row_tags(cmark_node *row, struct str delimiters)
{
    bool in_head = !cmark_node_previous(row);
    bool begins = !in_head && !cmark_node_previous(cmark_node_previous(row));
    struct str delimiter;

    set_tags(row,
             in_head  ? "<thead>\n<tr>"
             : begins ? "<tbody>\n<tr>"
                      : "<tr>",
             in_head                 ? "</tr>\n</thead>"
             : !cmark_node_next(row) ? "</tr>\n</tbody>"
                                     : "</tr>");
    for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) {
        pipes_next(&delimiters, &delimiter);
        set_cell_tags(cell, in_head, pipes_alignment_of(delimiter));
    }
}

void table_set_tags(cmark_node *table, struct str delimiters)
{
    set_tags(table, table_tag, "</table>\n</div>");
    for (cmark_node *row = cmark_node_first_child(table); row; row = cmark_node_next(row))
        set_row_tags(row, pipes_begin(delimiters));
}

/* Words */

/* Calls `take` for each cell that has words in the text, in order. */
static void each_cell(const struct markdown *markdown,
                      void (*take)(void *context, cmark_node *cell), void *context)
{
    for (size_t t = 0; t < markdown->table_count; t++)
        for (cmark_node *row = cmark_node_first_child(markdown->tables[t]); row;
             row = cmark_node_next(row))
            for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell))
                if (cmark_node_get_user_data(cell))
                    take(context, cell);
}

void table_cell_source(const struct markdown *markdown, cmark_node *cell, struct buf *out)
{
    const char *start = cmark_node_get_user_data(cell);
    const char *end = markdown->text.data + markdown->text.len;

    pipes_unescape(pipes_cell((struct str){start, (size_t)(end - start)}), out);
}

const char *table_cell_place(cmark_node *cell, size_t offset)
{
    struct str source = pipes_cell(str_of(cmark_node_get_user_data(cell)));
    size_t at = 0;

    for (; at + 1 < source.len; at++) {
        if (source.data[at] == '\\' && source.data[at + 1] == '|')
            at++;
        if (!offset--)
            break;
    }
    return source.data + at;
}

struct filling {
    const struct markdown *markdown;
    struct buf text;
    cmark_node *paragraph; /* the next one */
};

static void add_source(void *context, cmark_node *cell)
{
    struct filling *filling = context;
    struct buf source = BUF_INIT;

    table_cell_source(filling->markdown, cell, &source);
    words_write(&filling->text, source.data);
    buf_adds(&filling->text, "\n\n");
    buf_release(&source);
}

static void take_words(void *context, cmark_node *cell)
{
    struct filling *filling = context;

    words_move(filling->paragraph, cell);
    filling->paragraph = cmark_node_next(filling->paragraph);
}

void tables_fill(const struct markdown *markdown, struct str around)
{
    struct filling filling = {markdown, BUF_INIT, NULL};
    cmark_node *document;

    each_cell(markdown, add_source, &filling);
    if (memchr(filling.text.data, '[', filling.text.len)) /* perhaps a reference */
        buf_addstr(&filling.text, around);
    document = markdown_tree(buf_str(&filling.text), EMPHASIS_EAST_ASIAN);
    filling.paragraph = cmark_node_first_child(document);
    each_cell(markdown, take_words, &filling);
    cmark_node_free(document);
    buf_release(&filling.text);
}

struct str table_delimiters(cmark_node *table)
{
    const char *row = cmark_node_get_user_data(table);

    return (struct str){row, strcspn(row, "\r\n")};
}

/* HTML.  A table can be scrolled, from the keyboard as well, so it needs a name, and has no other
 * words for one than its head's. */

static void write_name(cmark_node *table, struct buf *out)
{
    cmark_node *head = cmark_node_first_child(table);

    for (cmark_node *cell = cmark_node_first_child(head); cell && out->len < NAME_LEN;
         cell = cmark_node_next(cell)) {
        struct buf words = BUF_INIT;

        markdown_plain_leaf(cell, &words);
        if (words.len && out->len)
            buf_adds(out, ", ");
        buf_addstr(out, buf_str(&words));
        buf_release(&words);
    }
}

static void set_name(cmark_node *table)
{
    struct buf name = BUF_INIT, tag = BUF_INIT;

    write_name(table, &name);
    buf_adds(&tag, "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
    html_text(&tag, buf_str(&name));
    buf_adds(&tag, "\">\n<table>");
    cmark_node_set_on_enter(table, name.len ? tag.data : table_tag);
    buf_release(&tag);
    buf_release(&name);
}

char *tables_html(const struct markdown *markdown)
{
    char *html;

    for (size_t t = 0; t < markdown->table_count; t++)
        set_name(markdown->tables[t]);
    html = cmark_render_html(markdown->tree, CMARK_OPT_NOBREAKS);
    for (size_t t = 0; t < markdown->table_count; t++)
        cmark_node_set_on_enter(markdown->tables[t], table_tag);
    return html;
}
