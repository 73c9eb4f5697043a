/* A row of a table, cell by cell: its columns are those of both texts, so that what only one of
 * them has is a column that came or went. */
#include <stdlib.h>

#include "redline_private.h"

bool redline_is_row(const struct alignment *alignment, const struct aligned *aligned)
{
    enum outline_block_kind kind = aligned_block(alignment, aligned)->kind;

    return kind == BLOCK_HEAD || kind == BLOCK_ROW;
}

static const struct nesting_container *table_of(const struct aligned *aligned)
{
    return &aligned->path.node[aligned->path.depth - 1];
}

static const struct columns *columns_of(const struct alignment *alignment,
                                        const struct aligned *aligned)
{
    return &alignment->columns[table_of(aligned)->id];
}

/* Runs */

static struct passage *cells_of(const struct side *side, size_t row)
{
    size_t count;

    return row == OUTLINE_NONE ? NULL : side_cells(side, row, &count);
}

/* `old` and `new` are the row's cells in either text, or NULL. */
static void add_cell(const struct alignment *alignment, const struct column *column, bool same,
                     const struct passage *old, const struct passage *new, struct runs *runs)
{
    bool is_old = old && column->old != OUTLINE_NONE, is_new = new && column->new != OUTLINE_NONE;

    if (is_new && same)
        redline_add(runs, UNCHANGED, alignment->new, new[column->new]);
    else if (is_old && is_new)
        redline_compare(runs, alignment, old[column->old], new[column->new]);
    else if (is_old)
        redline_add(runs, REMOVED, alignment->old, old[column->old]);
    else if (is_new)
        redline_add(runs, ADDED, alignment->new, new[column->new]);
}

void redline_row_runs(const struct alignment *alignment, const struct aligned *aligned,
                      struct runs *runs)
{
    const struct columns *columns = columns_of(alignment, aligned);
    struct passage *old = cells_of(alignment->old, aligned->old);
    struct passage *new = cells_of(alignment->new, aligned->new);

    for (runs->column = 0; runs->column < columns->count; runs->column++)
        add_cell(alignment, &columns->column[runs->column], aligned->status == BLOCK_SAME, old, new,
                 runs);
    free(old);
    free(new);
}

/* Writing */

/* Those of the next cell; `at` is behind them then. */
static struct runs take_cell(const struct runs *runs, size_t column, size_t *at)
{
    struct runs cell = {&runs->run[*at], 0, column};

    while (*at < runs->count && runs->run[*at].column == column)
        ++*at, cell.count++;
    return cell;
}

static void open_cell(const struct nesting_container *table, const struct column *column,
                      const char *tag, struct buf *out)
{
    static const char *const alignments[] = {"", "to-left", "to-center", "to-right"};
    const char *change = column->old == OUTLINE_NONE   ? "added"
                         : column->new == OUTLINE_NONE ? "removed"
                                                       : "";
    const char *alignment =
        column->new == OUTLINE_NONE ? "" : alignments[table->container->alignments[column->new]];

    buf_addf(out, "<%s", tag);
    if (*change || *alignment)
        buf_addf(out, " class=\"%s%s%s\"", change, *change && *alignment ? " " : "", alignment);
    buf_addc(out, '>');
}

void redline_write_cells(const struct alignment *alignment, const struct aligned *aligned,
                         const struct runs *runs, const struct redline_words *words,
                         struct buf *out)
{
    const struct columns *columns = columns_of(alignment, aligned);
    bool in_head = aligned_block(alignment, aligned)->kind == BLOCK_HEAD;

    for (size_t c = 0, at = 0; c < columns->count; c++) {
        struct runs cell = take_cell(runs, c, &at);
        bool is_head = in_head && cell.count;

        open_cell(table_of(aligned), &columns->column[c], is_head ? "th scope=\"col\"" : "td", out);
        redline_write(&cell, UNCHANGED, words, out);
        buf_adds(out, is_head ? "</th>\n" : "</td>\n");
    }
}

void redline_write_line(const struct alignment *alignment, const struct aligned *aligned,
                        const struct runs *runs, enum change hidden, struct buf *out)
{
    const struct columns *columns = columns_of(alignment, aligned);
    bool first = true;

    for (size_t c = 0, at = 0; c < columns->count; c++) {
        struct runs cell = take_cell(runs, c, &at);

        if ((hidden == ADDED ? columns->column[c].old : columns->column[c].new) == OUTLINE_NONE)
            continue;
        if (!first)
            buf_adds(out, " | ");
        first = false;
        redline_write(&cell, hidden, NULL, out);
    }
}
