/* Where the tables of a text are.  cmark 0.30 has none: to it they are paragraphs, which go on
 * where a table ends, at an indented line or a "2." for example.  So each line of a table is given
 * to cmark as an empty heading: both stand in a list or a quote, begin behind a paragraph and end
 * with their line alike.  The lines that it then finds where a table has them are the table's. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "markdown_private.h"
#include "pipes.h"

/* What is behind a table can be read only when its end is known, and can hold the next one.  A
 * text with more of these than that behind one another, without a blank line, has no tables. */
enum { ROUNDS_MAX = 16 };

/* How many cells rows may lack, together: a wide head and many short rows would be a page without
 * end. */
enum { MISSING_MAX = 100000 };

enum line_kind { LINE_OTHER, LINE_HEAD, LINE_DELIMITER, LINE_ROW };

struct line {
    enum line_kind kind;
    bool delimits;            /* it may be a delimiter row, as far as is known */
    struct str content;       /* without what it stands in */
    struct cmark_node *block; /* the heading in its place */
};

struct search {
    struct markdown *markdown;
    struct line *lines;
    struct buf text; /* as cmark is to read it */
};

/* Lines */

/* A line that goes on with a block, without the signs of quotes. */
static struct str content_of(const struct markdown *markdown, size_t n)
{
    struct str line = {markdown->lines[n], (size_t)(markdown->lines[n + 1] - markdown->lines[n])};

    while (line.len && strchr("\r\n", line.data[line.len - 1]))
        line.len--;
    while (line.len && strchr(" \t>", *line.data))
        line.data++, line.len--;
    return line;
}

static bool may_have_tables(struct search *search)
{
    const struct markdown *markdown = search->markdown;
    bool may = false;

    if (!memchr(markdown->text.data, '-', markdown->text.len))
        return false;
    search->lines = mem_alloc((markdown->line_count + 1) * sizeof *search->lines);
    for (size_t n = 0; n < markdown->line_count; n++) {
        struct line *line = &search->lines[n];

        line->content = content_of(markdown, n);
        line->delimits = n && pipes_delimits(line->content);
        may |= line->delimits;
    }
    return may;
}

static void write_text(struct search *search)
{
    const struct markdown *markdown = search->markdown;
    struct buf *out = &search->text;

    buf_reset(out);
    for (size_t n = 0; n < markdown->line_count; n++) {
        const struct line *line = &search->lines[n];
        const char *start = markdown->lines[n], *end = markdown->lines[n + 1];

        if (line->kind != LINE_OTHER) {
            buf_add(out, start, (size_t)(line->content.data - start));
            buf_addc(out, '#');
            start = line->content.data + line->content.len;
        }
        buf_add(out, start, (size_t)(end - start));
    }
}

/* Looking */

/* A line that is a paragraph, or would be one but for a table. */
static bool is_row(const struct line *line)
{
    return !line->kind && pipes_count(line->content) && !words_begin_block(line->content);
}

/* A table whose head is on a line. */
static void mark_table(struct search *search, size_t head)
{
    struct line *lines = search->lines;
    size_t columns = pipes_count(lines[head].content), missing = 0;

    lines[head].kind = LINE_HEAD;
    lines[head + 1].kind = LINE_DELIMITER;
    for (size_t n = head + 2; n < search->markdown->line_count && is_row(&lines[n]); n++) {
        size_t cells = pipes_count(lines[n].content);

        missing += cells < columns ? columns - cells : 0;
        if (missing > MISSING_MAX)
            break;
        lines[n].kind = LINE_ROW;
    }
}

/* Lines are counted from 0 here, and from 1 in cmark. */
static bool look_in(struct search *search, cmark_node *paragraph)
{
    size_t first = (size_t)cmark_node_get_start_line(paragraph) - 1;
    size_t last = (size_t)cmark_node_get_end_line(paragraph) - 1;
    struct line *lines = search->lines;
    bool found = false;

    for (size_t n = first + 1; n <= last && n < search->markdown->line_count; n++) {
        if (!lines[n].delimits || lines[n].kind || lines[n - 1].kind)
            continue;
        if (n - 1 == first) { /* behind the sign of an item */
            const char *start = search->markdown->lines[first];
            const char *end = lines[first].content.data + lines[first].content.len;

            start += cmark_node_get_start_column(paragraph) - 1;
            lines[first].content = (struct str){start, (size_t)(end - start)};
        }
        if (pipes_count(lines[n - 1].content) != pipes_count(lines[n].content))
            continue;
        mark_table(search, n - 1);
        found = true;
    }
    return found;
}

static bool look(struct search *search)
{
    cmark_iter *walk = cmark_iter_new(search->markdown->tree);
    bool found = false;

    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);

        if (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING)
            continue;
        if (cmark_node_get_end_line(node) > cmark_node_get_start_line(node))
            found |= look_in(search, node);
        cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(walk);
    return found;
}

/* Proving */

static void find_blocks(const struct search *search)
{
    cmark_iter *walk = cmark_iter_new(search->markdown->tree);

    for (size_t n = 0; n < search->markdown->line_count; n++)
        search->lines[n].block = NULL;
    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);

        if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
            search->lines[cmark_node_get_start_line(node) - 1].block = node;
    }
    cmark_iter_free(walk);
}

static bool follows(const struct line *line)
{
    return line->block && line[-1].block && cmark_node_next(line[-1].block) == line->block;
}

/* What is on a line belongs to no table, nor does what is below it. */
static void cut(struct search *search, size_t n)
{
    do
        search->lines[n++].kind = LINE_OTHER;
    while (n < search->markdown->line_count && search->lines[n].kind > LINE_HEAD);
}

/* Takes out what does not stand in a table. */
static bool prove(struct search *search)
{
    struct line *lines = search->lines;
    bool proved = true;

    find_blocks(search);
    for (size_t n = 0; n < search->markdown->line_count; n++) {
        if (lines[n].kind <= LINE_HEAD || follows(&lines[n]))
            continue;
        proved = false;
        if (lines[n].kind == LINE_DELIMITER) {
            lines[n].delimits = false;
            cut(search, n - 1);
        } else {
            cut(search, n);
        }
    }
    return proved;
}

static void parse(struct search *search)
{
    cmark_node_free(search->markdown->tree);
    write_text(search);
    search->markdown->tree = markdown_tree(buf_str(&search->text), EMPHASIS_EAST_ASIAN);
}

static void search_tables(struct search *search)
{
    for (int round = 0; !prove(search) || look(search); round++) {
        for (size_t n = 0; round == ROUNDS_MAX && n < search->markdown->line_count; n++)
            search->lines[n] = (struct line){.kind = LINE_OTHER};
        parse(search);
    }
}

/* What is none */

bool markdown_cuts_table(const struct markdown *markdown, struct cmark_node *block)
{
    size_t line = (size_t)cmark_node_get_start_line(block);
    cmark_node *before = cmark_node_previous(block);

    return before && cmark_node_get_type(before) == CMARK_NODE_CUSTOM_BLOCK && line > 1 &&
           content_of(markdown, line - 2).len;
}

/* A row as most write it. */
static bool is_between_pipes(struct str line)
{
    line = str_trim(line);
    return line.len && line.data[0] == '|' && line.data[line.len - 1] == '|' &&
           pipes_count(line) > 1;
}

bool markdown_looks_like_table(const struct markdown *markdown, struct cmark_node *leaf,
                               size_t *offset)
{
    size_t first = (size_t)cmark_node_get_start_line(leaf) - 1;
    size_t last = (size_t)cmark_node_get_end_line(leaf);

    if (cmark_node_get_type(leaf) != CMARK_NODE_PARAGRAPH)
        return false;
    for (size_t n = first; n < last && n < markdown->line_count; n++) {
        struct str line = content_of(markdown, n);

        if (!(n == first && is_between_pipes(line)) &&
            !(pipes_delimits(line) && memchr(line.data, '|', line.len)))
            continue;
        *offset = (size_t)(line.data - markdown->text.data);
        return true;
    }
    return false;
}

/* Building */

static void build_table(struct search *search, size_t head)
{
    struct line *lines = search->lines;
    struct markdown *markdown = search->markdown;
    struct str delimiters = lines[head + 1].content;
    cmark_node *table = table_new(delimiters);
    size_t columns = pipes_count(delimiters);

    cmark_node_insert_before(lines[head].block, table);
    for (size_t n = head; n < markdown->line_count && (n == head || lines[n].kind > LINE_HEAD);
         n++) {
        if (lines[n].kind != LINE_DELIMITER)
            table_add_row(table, lines[n].content, columns);
        cmark_node_free(lines[n].block);
    }
    table_set_tags(table, delimiters);
    markdown->tables = mem_grow(markdown->tables, markdown->table_count, sizeof *markdown->tables);
    markdown->tables[markdown->table_count++] = table;
}

void tables_parse(struct markdown *markdown)
{
    struct search search = {.markdown = markdown, .text = BUF_INIT};

    markdown->tree = markdown_tree(markdown->text, EMPHASIS_EAST_ASIAN);
    if (may_have_tables(&search)) {
        search_tables(&search);
        for (size_t n = 0; n < markdown->line_count; n++)
            if (search.lines[n].kind == LINE_HEAD)
                build_table(&search, n);
        if (markdown->table_count)
            tables_fill(markdown, buf_str(&search.text));
    }
    buf_release(&search.text);
    free(search.lines);
}
