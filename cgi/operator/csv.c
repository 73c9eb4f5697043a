#include "csv.h"

#include <string.h>

static const char *const formula_starts[] = {
    "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20",
};

static bool is_formula(const char *text)
{
    for (size_t i = 0; i < sizeof formula_starts / sizeof *formula_starts; i++)
        if (strncmp(text, formula_starts[i], strlen(formula_starts[i])) == 0)
            return true;
    return false;
}

static void add_cell(struct buf *out, const char *text)
{
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;

    if (quoted)
        buf_addc(out, '"');
    if (is_formula(text))
        buf_addc(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buf_addc(out, '"');
        buf_addc(out, *text);
    }
    if (quoted)
        buf_addc(out, '"');
}

void csv_line(struct buf *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_addc(out, ',');
        add_cell(out, cells[i] ? cells[i] : "");
    }
    buf_adds(out, "\r\n");
}
