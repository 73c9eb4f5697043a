/* The words of a leaf as spelled in the source, and their places. */
#include <string.h>

#include "markdown_private.h"

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

struct str markdown_line(const struct markdown *markdown, cmark_node *leaf, size_t n)
{
    size_t column = (size_t)cmark_node_get_start_column(leaf);
    const char *start = markdown->lines[n - 1], *end = markdown->lines[n];
    struct str line = {start, (size_t)(end - start)};

    while (line.len && (line.data[line.len - 1] == '\n' || line.data[line.len - 1] == '\r'))
        line.len--;
    if (n > (size_t)cmark_node_get_start_line(leaf))
        return without_prefixes(leaf, line);
    if (column - 1 > line.len)
        return line;
    return (struct str){line.data + column - 1, line.len - (column - 1)};
}

/* The last line of a leaf's words.  Underlines of headings do not count, and where one ends its
 * container, cmark says that it ends a line later still. */
size_t markdown_last_line(const struct markdown *markdown, cmark_node *leaf)
{
    size_t first = (size_t)cmark_node_get_start_line(leaf);
    size_t last = (size_t)cmark_node_get_end_line(leaf);

    if (last > markdown->line_count)
        last = markdown->line_count;
    if (!markdown_is_heading(leaf) || last == first)
        return last;
    while (last > first) {
        struct str line = str_trim(markdown_line(markdown, leaf, last--));
        size_t signs = 0;

        while (signs < line.len && line.data[signs] == line.data[0])
            signs++;
        if (line.len && signs == line.len && strchr("=-", line.data[0]))
            break;
    }
    return last;
}

const char *markdown_source(const struct markdown *markdown, cmark_node *leaf, size_t wanted,
                            struct buf *out)
{
    size_t first = (size_t)cmark_node_get_start_line(leaf);
    size_t last = markdown_last_line(markdown, leaf);
    bool heading = markdown_is_heading(leaf), hard = false;

    for (size_t n = first; n <= last; n++) {
        struct str line = markdown_line(markdown, leaf, n);
        const char *end = line.data + line.len;

        line = str_trim(line);
        if (heading)
            line = without_hashes(line);
        if (n > first && hard)
            buf_adds(out, "\\\n");
        else if (n > first && !east_asian_joins(buf_str(out), line))
            buf_addc(out, ' ');
        hard = n < last && take_hard_break(&line, end);
        if (wanted < out->len + line.len)
            return line.data + (wanted > out->len ? wanted - out->len : 0);
        buf_addstr(out, line);
    }
    return NULL;
}

/* Where the words at an offset stand in the source of a leaf that spells others otherwise. */
static const char *find_spelled(struct str source, const char *words, size_t offset)
{
    size_t len = strcspn(words + offset, " \n");
    const char *found = len ? memmem(source.data, source.len, words + offset, len) : NULL;

    return found ? found : source.data;
}

static const char *place_in_lines(const struct markdown *markdown, cmark_node *leaf,
                                  const char *words, size_t offset)
{
    size_t last = markdown_last_line(markdown, leaf);
    struct str source = markdown_line(markdown, leaf, (size_t)cmark_node_get_start_line(leaf));
    struct buf sliced = BUF_INIT;
    const char *at = NULL;

    source.len = (size_t)(markdown->lines[last] - source.data);
    markdown_source(markdown, leaf, SIZE_MAX, &sliced);
    if (strcmp(sliced.data, words) != 0) {
        at = find_spelled(source, words, offset);
    } else {
        buf_reset(&sliced);
        at = markdown_source(markdown, leaf, offset, &sliced);
    }
    buf_release(&sliced);
    return at ? at : source.data;
}

size_t markdown_place(const struct markdown *markdown, struct cmark_node *leaf, const char *words,
                      size_t offset)
{
    const char *at = markdown_is_cell(leaf) ? table_cell_place(leaf, offset)
                                            : place_in_lines(markdown, leaf, words, offset);

    return (size_t)(at - markdown->text.data);
}
