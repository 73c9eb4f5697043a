#include "columns.h"

#include <stdlib.h>

#include "base/mem.h"
#include "diff.h"

static bool is_row(const struct outline_block *block)
{
    return block->kind == BLOCK_HEAD || block->kind == BLOCK_ROW;
}

struct passage *side_cells(const struct side *side, size_t row, size_t *count)
{
    const struct outline_block *block = &side->outline.blocks[row];
    size_t from = side->first[row], columns = side->outline.containers[block->container].columns;
    struct passage *cells = mem_alloc((columns + 1) * sizeof *cells);

    *count = 0;
    for (size_t t = from; t < side->first[row + 1]; t++)
        if (side->tokens[t].ends_cell) {
            cells[(*count)++] = (struct passage){from, t};
            from = t + 1;
        }
    return cells;
}

/* Tables */

/* Rows of an old table, one behind the other, that are partners of rows of a new one. */
struct couple {
    size_t old, new; /* the tables */
    size_t rows, at; /* how many, and which couple it was at first */
};

struct matching {
    struct pairing *pairing;
    const struct outline *old, *new;
    struct couple *couples;
    size_t count;
    size_t *new_of, *old_of;     /* per table: its partner, or OUTLINE_NONE */
    size_t *old_head, *new_head; /* per table: its first row */
};

static void find_heads(const struct outline *outline, size_t *heads)
{
    for (size_t b = 0; b < outline->block_count; b++)
        if (outline->blocks[b].kind == BLOCK_HEAD)
            heads[outline->blocks[b].container] = b;
}

static void find_couples(struct matching *matching)
{
    for (size_t b = 0; b < matching->old->block_count; b++) {
        size_t partner = matching->pairing->new_of[b], old, new;
        struct couple *last = matching->count ? &matching->couples[matching->count - 1] : NULL;

        if (partner == OUTLINE_NONE || !is_row(&matching->old->blocks[b]))
            continue;
        old = matching->old->blocks[b].container;
        new = matching->new->blocks[partner].container;
        if (last && last->old == old && last->new == new) {
            last->rows++;
            continue;
        }
        matching->couples = mem_grow(matching->couples, matching->count, sizeof *matching->couples);
        matching->couples[matching->count] = (struct couple){old, new, 1, matching->count};
        matching->count++;
    }
}

static int by_rows(const void *a, const void *b)
{
    const struct couple *x = a, *y = b;

    return x->rows != y->rows ? (x->rows < y->rows) - (x->rows > y->rows)
                              : (x->at > y->at) - (x->at < y->at);
}

/* Those that share most rows first. */
static void match_tables(struct matching *matching)
{
    if (matching->count)
        qsort(matching->couples, matching->count, sizeof *matching->couples, by_rows);
    for (size_t i = 0; i < matching->count; i++) {
        const struct couple *couple = &matching->couples[i];

        if (matching->new_of[couple->old] != OUTLINE_NONE ||
            matching->old_of[couple->new] != OUTLINE_NONE)
            continue;
        matching->new_of[couple->old] = couple->new;
        matching->old_of[couple->new] = couple->old;
    }
}

/* Rows whose tables are no partners are no partners either; one that is the same has moved. */
static void part_rows(const struct matching *matching)
{
    struct pairing *pairing = matching->pairing;

    for (size_t b = 0; b < matching->old->block_count; b++) {
        const struct outline_block *block = &matching->old->blocks[b];
        size_t partner = pairing->new_of[b];

        if (partner == OUTLINE_NONE || !is_row(block) ||
            matching->new_of[block->container] == matching->new->blocks[partner].container)
            continue;
        pairing->new_of[b] = pairing->old_of[partner] = OUTLINE_NONE;
        if (block->kind == BLOCK_ROW && pairing->old->keys[b] == pairing->new->keys[partner]) {
            pairing->moved_to[b] = partner;
            pairing->moved_from[partner] = b;
        }
    }
}

static void pair_heads(const struct matching *matching)
{
    struct pairing *pairing = matching->pairing;

    for (size_t t = 0; t < matching->old->container_count; t++)
        if (matching->new_of[t] != OUTLINE_NONE) {
            size_t old = matching->old_head[t], new = matching->new_head[matching->new_of[t]];

            pairing->new_of[old] = new;
            pairing->old_of[new] = old;
            pairing_stay(pairing, old, new);
        }
}

/* Columns */

/* Words as a number, whatever their markup. */
static uint32_t number_of(const struct side *side, struct passage words, struct intern *numbers)
{
    struct buf key = BUF_INIT;
    uint32_t number;

    for (size_t t = words.from; t < words.to; t++)
        buf_add(&key, &side->tokens[t].word, sizeof side->tokens[t].word);
    number = intern(numbers, buf_str(&key));
    buf_release(&key);
    return number;
}

static uint32_t *numbers_of(const struct side *side, size_t row, size_t *count,
                            struct intern *numbers)
{
    struct passage *cells = side_cells(side, row, count);
    uint32_t *list = mem_alloc((*count + 1) * sizeof *list);

    for (size_t c = 0; c < *count; c++)
        list[c] = number_of(side, cells[c], numbers);
    free(cells);
    return list;
}

static void add_column(struct columns *columns, size_t old, size_t new)
{
    columns->column = mem_grow(columns->column, columns->count, sizeof *columns->column);
    columns->column[columns->count++] = (struct column){old, new};
    columns->differ |= old == OUTLINE_NONE || new == OUTLINE_NONE;
}

/* As many on both sides: they were renamed. */
static void add_between(struct columns *columns, size_t old, size_t old_to, size_t new,
                        size_t new_to)
{
    if (old_to - old == new_to - new) {
        while (old < old_to)
            add_column(columns, old++, new ++);
        return;
    }
    while (old < old_to)
        add_column(columns, old++, OUTLINE_NONE);
    while (new < new_to)
        add_column(columns, OUTLINE_NONE, new ++);
}

/* The columns of two tables, by their heads. */
static void match_columns(const struct matching *matching, size_t old_table, size_t new_table,
                          struct columns *columns)
{
    const struct pairing *pairing = matching->pairing;
    struct intern numbers = INTERN_INIT;
    size_t old_count, new_count, old = 0, new = 0;
    uint32_t *a = numbers_of(pairing->old, matching->old_head[old_table], &old_count, &numbers);
    uint32_t *b = numbers_of(pairing->new, matching->new_head[new_table], &new_count, &numbers);
    struct diff diff;

    diff_make(&diff, a, old_count, b, new_count);
    for (size_t r = 0; r < diff.count; r++) {
        const struct diff_run *run = &diff.runs[r];

        add_between(columns, old, run->a_at, new, run->b_at);
        add_between(columns, run->a_at, run->a_at + run->len, run->b_at, run->b_at + run->len);
        old = run->a_at + run->len;
        new = run->b_at + run->len;
    }
    add_between(columns, old, old_count, new, new_count);
    diff_release(&diff);
    intern_release(&numbers);
    free(a);
    free(b);
}

/* Of a table without a partner: all its rows are of one text. */
static void own_columns(struct columns *columns, size_t count)
{
    for (size_t c = 0; c < count; c++)
        add_column(columns, c, c);
}

/* Rows */

/* Rows of a table that have no partner yet, and the words of one column as numbers. */
struct rows {
    size_t *row;
    uint32_t *names;
    size_t count;
};

static void add_row(struct rows *rows, const struct side *side, size_t row, size_t column,
                    struct intern *numbers)
{
    size_t count;
    struct passage *cells = side_cells(side, row, &count);

    if (cells[column].from < cells[column].to) {
        rows->row = mem_grow(rows->row, rows->count, sizeof *rows->row);
        rows->names = mem_grow(rows->names, rows->count, sizeof *rows->names);
        rows->row[rows->count] = row;
        rows->names[rows->count++] = number_of(side, cells[column], numbers);
    }
    free(cells);
}

static void pair_rows(struct pairing *pairing, const struct rows *old, const struct rows *new)
{
    struct diff diff;

    diff_make(&diff, old->names, old->count, new->names, new->count);
    for (size_t r = 0; r < diff.count; r++)
        for (size_t k = 0; k < diff.runs[r].len; k++) {
            size_t a = old->row[diff.runs[r].a_at + k], b = new->row[diff.runs[r].b_at + k];

            pairing->new_of[a] = b;
            pairing->old_of[b] = a;
        }
    diff_release(&diff);
}

static bool is_row_of(const struct outline *outline, size_t block, size_t table)
{
    return block < outline->block_count && outline->blocks[block].container == table;
}

/* Pairs rows by name between two that are partners already, or the end of the table; returns the
 * former. */
static size_t pair_gap(const struct matching *matching, size_t table, size_t row, size_t *new_row,
                       const struct column *column)
{
    struct pairing *pairing = matching->pairing;
    struct intern numbers = INTERN_INIT;
    struct rows old = {NULL, NULL, 0}, new = {NULL, NULL, 0};

    for (; is_row_of(matching->old, row, table) && pairing->new_of[row] == OUTLINE_NONE; row++)
        if (pairing->moved_to[row] == OUTLINE_NONE)
            add_row(&old, pairing->old, row, column->old, &numbers);
    for (; is_row_of(matching->new, *new_row, matching->new_of[table]) &&
           pairing->old_of[*new_row] == OUTLINE_NONE;
         ++*new_row)
        if (pairing->moved_from[*new_row] == OUTLINE_NONE)
            add_row(&new, pairing->new, *new_row, column->new, &numbers);
    pair_rows(pairing, &old, &new);
    intern_release(&numbers);
    free(old.row);
    free(old.names);
    free(new.row);
    free(new.names);
    return row;
}

/* The first column that both have names the rows. */
static void name_rows(const struct matching *matching, size_t table, const struct columns *columns)
{
    size_t row = matching->old_head[table], c = 0;
    size_t new_row = matching->new_head[matching->new_of[table]];

    while (c < columns->count &&
           (columns->column[c].old == OUTLINE_NONE || columns->column[c].new == OUTLINE_NONE))
        c++;
    if (c == columns->count)
        return;
    while (is_row_of(matching->old, row, table)) {
        new_row++; /* behind a pair */
        row = pair_gap(matching, table, row + 1, &new_row, &columns->column[c]);
    }
}

/* All */

static void make_all(const struct matching *matching, struct columns *columns)
{
    size_t new_count = matching->new->container_count;

    for (size_t t = 0; t < new_count; t++)
        if (matching->old_of[t] == OUTLINE_NONE)
            own_columns(&columns[t], matching->new->containers[t].columns);
    for (size_t t = 0; t < matching->old->container_count; t++) {
        size_t partner = matching->new_of[t];

        own_columns(&columns[new_count + t], matching->old->containers[t].columns);
        if (partner == OUTLINE_NONE)
            continue;
        match_columns(matching, t, partner, &columns[partner]);
        name_rows(matching, t, &columns[partner]);
    }
}

struct columns *columns_make(struct pairing *pairing)
{
    const struct outline *old = &pairing->old->outline, *new = &pairing->new->outline;
    size_t count = old->container_count + new->container_count;
    struct columns *columns = mem_alloc((count + 1) * sizeof *columns);
    struct matching matching = {.pairing = pairing,
                                .old = old,
                                .new = new,
                                .new_of = outline_nobody(old->container_count),
                                .old_of = outline_nobody(new->container_count),
                                .old_head = outline_nobody(old->container_count),
                                .new_head = outline_nobody(new->container_count)};

    find_heads(old, matching.old_head);
    find_heads(new, matching.new_head);
    find_couples(&matching);
    match_tables(&matching);
    part_rows(&matching);
    pair_heads(&matching);
    make_all(&matching, columns);
    free(matching.couples);
    free(matching.new_of);
    free(matching.old_of);
    free(matching.old_head);
    free(matching.new_head);
    return columns;
}

void columns_free(struct columns *columns, size_t count)
{
    for (size_t c = 0; columns && c < count; c++)
        free(columns[c].column);
    free(columns);
}
