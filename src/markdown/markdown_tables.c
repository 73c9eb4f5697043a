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
 * text where that goes on and on has no tables. */
enum { ROUNDS_MAX = 32 };

/* How many cells rows may lack, together: a wide head and many short rows would be a page without
 * end. */
enum { MISSING_MAX = 100000 };

enum line_kind { LINE_OTHER, LINE_HEAD, LINE_DELIMITER, LINE_ROW };

struct line {
    enum line_kind kind;
    bool delimits;            /* it may be a delimiter row, as far as is known */
    size_t first;             /* of a head: the line that its paragraph began with */
    struct str content;       /* without what it stands in */
    struct cmark_node *block; /* the heading in its place */
};

struct search {
    struct markdown *markdown;
    struct line *lines;
    struct buf text; /* as cmark is to read it */
};

/* Lines */

struct str table_line(const struct markdown *markdown, size_t n)
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

        line->content = table_line(markdown, n);
        line->delimits = n && pipes_delimits(line->content);
        may |= line->delimits;
    }
    return may;
}

/* A head that goes on with a paragraph stands where its delimiter row does, however far it is
 * indented, and if a quote's sign is left out before it. */
static void write_line(const struct search *search, size_t n, struct buf *out)
{
    const struct line *line = &search->lines[n];
    size_t as = line->kind == LINE_HEAD && line->first < n ? n + 1 : n;
    const char *start = search->markdown->lines[as];

    buf_add(out, start, (size_t)(search->lines[as].content.data - start));
    buf_addc(out, '#');
}

static void write_text(struct search *search)
{
    const struct markdown *markdown = search->markdown;

    buf_reset(&search->text);
    for (size_t n = 0; n < markdown->line_count; n++) {
        const struct line *line = &search->lines[n];
        const char *start = markdown->lines[n];

        if (line->kind != LINE_OTHER) {
            write_line(search, n, &search->text);
            start = line->content.data + line->content.len;
        }
        buf_add(&search->text, start, (size_t)(markdown->lines[n + 1] - start));
    }
}

/* Looking */

/* A line that is a paragraph, or would be one but for a table. */
static bool is_row(const struct line *line)
{
    return !line->kind && pipes_count(line->content) && !words_begin_block(line->content);
}

/* A table whose head is on a line of the paragraph that began with another. */
static void mark_table(struct search *search, size_t head, size_t first)
{
    struct line *lines = search->lines;
    size_t columns = pipes_count(lines[head].content), missing = 0;

    lines[head].kind = LINE_HEAD;
    lines[head].first = first;
    lines[head + 1].kind = LINE_DELIMITER;
    for (size_t n = head + 2; n < search->markdown->line_count && is_row(&lines[n]); n++) {
        size_t cells = pipes_count(lines[n].content);

        missing += cells < columns ? columns - cells : 0;
        if (missing > MISSING_MAX)
            break;
        lines[n].kind = LINE_ROW;
    }
}

static bool is_underline(struct str line)
{
    size_t signs = 0;

    line = str_trim(line);
    while (signs < line.len && line.data[signs] == line.data[0])
        signs++;
    return line.len && signs == line.len && strchr("=-", line.data[0]);
}

/* Behind the last line of words; cmark counts a line too many where a heading has an underline. */
static size_t end_of(const struct search *search, cmark_node *node)
{
    size_t end = (size_t)cmark_node_get_end_line(node);

    if (end > search->markdown->line_count)
        end = search->markdown->line_count;
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
        while (end > 1 && !is_underline(search->lines[--end].content))
            ;
    return end;
}

/* The line that a paragraph begins with, behind the sign of an item. */
static struct str first_line(const struct search *search, size_t first, cmark_node *paragraph)
{
    const struct line *line = &search->lines[first];
    const char *start = search->markdown->lines[first] + cmark_node_get_start_column(paragraph) - 1;

    return (struct str){start, (size_t)(line->content.data + line->content.len - start)};
}

/* Marks the first table in a paragraph: what is behind it is another one's by then.  Lines are
 * counted from 0 here, and from 1 in cmark. */
static bool look_in(struct search *search, cmark_node *paragraph)
{
    size_t first = (size_t)cmark_node_get_start_line(paragraph) - 1;
    size_t end = end_of(search, paragraph);
    struct line *lines = search->lines;

    for (size_t n = first + 1; n < end; n++) {
        if (!lines[n].delimits || lines[n].kind || lines[n - 1].kind)
            continue;
        if (n - 1 == first)
            lines[first].content = first_line(search, first, paragraph);
        if (pipes_count(lines[n - 1].content) != pipes_count(lines[n].content))
            continue;
        mark_table(search, n - 1, first);
        return true;
    }
    return false;
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

/* Whether a head stands where its paragraph did: that one ends with the line above, unless
 * definitions are all it was.  Else the head went on with a paragraph in a quote or an item that
 * its own line is not in. */
static bool stays(const struct search *search, size_t head)
{
    const struct line *line = &search->lines[head];
    cmark_node *before = line->block ? cmark_node_previous(line->block) : NULL;

    return !before || line->first == head ||
           (size_t)cmark_node_get_end_line(before) <= line->first ||
           (cmark_node_get_type(before) == CMARK_NODE_PARAGRAPH &&
            (size_t)cmark_node_get_end_line(before) == head);
}

/* What is on a line belongs to no table, nor does what is below it. */
static void cut(struct search *search, size_t n)
{
    do
        search->lines[n++].kind = LINE_OTHER;
    while (n < search->markdown->line_count && search->lines[n].kind > LINE_HEAD);
}

/* Takes out what does not stand in a table.  What does not stand below something like that may do
 * so when that is out. */
static bool prove(struct search *search)
{
    struct line *lines = search->lines;
    bool proved = true;

    find_blocks(search);
    for (size_t n = 0; n < search->markdown->line_count; n++) {
        if (lines[n].kind <= LINE_HEAD ||
            (follows(&lines[n]) && (lines[n].kind == LINE_ROW || stays(search, n - 1))))
            continue;
        if (lines[n].kind == LINE_DELIMITER)
            lines[n].delimits = !proved;
        cut(search, lines[n].kind == LINE_DELIMITER ? n - 1 : n);
        proved = false;
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
