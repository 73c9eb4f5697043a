/* What was meant to be a table, or a row of one, and is not. */
#include <string.h>

#include "markdown_private.h"
#include "pipes.h"

bool markdown_cuts_table(const struct markdown *markdown, struct cmark_node *block)
{
    size_t line = (size_t)cmark_node_get_start_line(block);
    cmark_node *before = cmark_node_previous(block), *behind = cmark_node_next(block);

    return before && cmark_node_get_type(before) == CMARK_NODE_CUSTOM_BLOCK && line > 1 &&
           table_line(markdown, line - 2).len && behind &&
           cmark_node_get_type(behind) == CMARK_NODE_PARAGRAPH &&
           pipes_count(table_line(markdown, (size_t)cmark_node_get_start_line(behind) - 1)) > 1;
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
        struct str line = table_line(markdown, n);

        if (!(n == first && is_between_pipes(line)) &&
            !(pipes_delimits(line) && memchr(line.data, '|', line.len)))
            continue;
        *offset = (size_t)(line.data - markdown->text.data);
        return true;
    }
    return false;
}
