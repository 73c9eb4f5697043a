#include "pipes.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static struct str behind_spaces(struct str text)
{
    while (text.len && is_space(*text.data))
        text.data++, text.len--;
    return text;
}

struct str pipes_begin(struct str row)
{
    row = behind_spaces(row);
    return row.len && *row.data == '|' ? (struct str){row.data + 1, row.len - 1} : row;
}

struct str pipes_cell(struct str text)
{
    size_t len = 0;

    text = behind_spaces(text);
    while (len < text.len && text.data[len] != '\n' && text.data[len] != '\r' &&
           (text.data[len] != '|' || (len && text.data[len - 1] == '\\')))
        len++;
    while (len && is_space(text.data[len - 1]))
        len--;
    return (struct str){text.data, len};
}

/* Behind the last pipe, nothing but spaces is no cell. */
bool pipes_next(struct str *rest, struct str *cell)
{
    *rest = behind_spaces(*rest);
    if (!rest->len)
        return false;
    *cell = pipes_cell(*rest);
    *rest = behind_spaces((struct str){rest->data + cell->len, rest->len - cell->len});
    if (rest->len)
        *rest = (struct str){rest->data + 1, rest->len - 1};
    return true;
}

size_t pipes_count(struct str row)
{
    struct str rest = pipes_begin(row), cell;
    size_t count = 0;

    while (pipes_next(&rest, &cell))
        count++;
    return count;
}

static bool is_dashes(struct str cell)
{
    size_t i = cell.len && cell.data[0] == ':', dashes = i;

    while (i < cell.len && cell.data[i] == '-')
        i++;
    dashes = i - dashes;
    i += i < cell.len && cell.data[i] == ':';
    return dashes && i == cell.len;
}

bool pipes_delimits(struct str row)
{
    struct str rest = pipes_begin(row), cell;
    bool delimits = memchr(row.data, '|', row.len) || memchr(row.data, ':', row.len);
    size_t count = 0;

    while (delimits && pipes_next(&rest, &cell)) {
        delimits = is_dashes(cell);
        count++;
    }
    return delimits && count;
}

enum pipes_alignment pipes_alignment_of(struct str cell)
{
    bool left = cell.data[0] == ':', right = cell.data[cell.len - 1] == ':';

    return left && right ? ALIGN_CENTER : left ? ALIGN_LEFT : right ? ALIGN_RIGHT : ALIGN_NONE;
}

void pipes_unescape(struct str cell, struct buf *out)
{
    for (size_t i = 0; i < cell.len; i++)
        if (cell.data[i] != '\\' || i + 1 == cell.len || cell.data[i + 1] != '|')
            buf_addc(out, cell.data[i]);
}

void pipes_escape(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '|')
            buf_addc(out, '\\');
        buf_addc(out, text.data[i]);
    }
}
