#include "layout.h"

#include <string.h>

#include "base/plain.h"
#include "base/utf8.h"

static void pad(struct buf *out, int columns)
{
    while (columns-- > 0)
        buf_addc(out, ' ');
}

static int width_of(struct str text)
{
    int columns = 0;

    while (text.len)
        columns += utf8_columns(utf8_next(&text));
    return columns;
}

/* What may not begin a line, or not end one. */
static bool is_one_of(int32_t character, const char *list)
{
    struct str rest = str_of(list);

    while (rest.len)
        if (utf8_next(&rest) == character)
            return true;
    return false;
}

static bool may_break(int32_t before, int32_t after)
{
    if (before == ' ' || after == ' ')
        return before == ' ' && after != ' ';
    return (utf8_is_wide(before) || utf8_is_wide(after)) &&
           !is_one_of(after, "、。，．・：；！？）」』】〉》〕ー々") &&
           !is_one_of(before, "（「『【〈《〔");
}

/* How many bytes of the text go on a line of so many columns: at least a character. */
static size_t fit(struct str text, int room)
{
    struct str rest = text;
    int32_t before = -1;
    size_t place = 0; /* of the last break */

    while (rest.len) {
        size_t at = text.len - rest.len;
        int32_t character = utf8_next(&rest);

        if (at && may_break(before, character))
            place = at;
        room -= utf8_columns(character);
        if (room < 0 && character != ' ' && at)
            return place ? place : at;
        before = character;
    }
    return text.len;
}

static void add_paragraph(struct buf *out, int column, struct str text)
{
    for (bool first = true; first || text.len; first = false) {
        size_t len = fit(text, LAYOUT_WIDTH - column);
        size_t shown = len;

        while (shown && text.data[shown - 1] == ' ')
            shown--;
        if (!first && shown)
            pad(out, column);
        buf_add(out, text.data, shown);
        buf_addc(out, '\n');
        text.data += len;
        text.len -= len;
    }
}

static void add_text(struct buf *out, int margin, const char *label, int column, struct str text)
{
    bool first = true;

    do {
        const char *end = text.len ? memchr(text.data, '\n', text.len) : NULL;
        struct str line = {text.data, end ? (size_t)(end - text.data) : text.len};

        if (first) {
            pad(out, margin);
            buf_adds(out, label);
            if (line.len)
                pad(out, column - margin - width_of(str_of(label)));
        } else if (line.len) {
            pad(out, column);
        }
        add_paragraph(out, column, line);
        first = false;
        text.data += line.len + (end != NULL);
        text.len -= line.len + (end != NULL);
    } while (text.len);
}

void layout_add(struct buf *out, int margin, const char *label, int column, struct str text)
{
    struct buf plain = BUF_INIT;

    plain_add(&plain, text);
    add_text(out, margin, label, column, buf_str(&plain));
    buf_release(&plain);
}

void layout_heading(struct buf *out, char rule, const char *heading)
{
    buf_addf(out, "\n%s\n", heading);
    for (int i = width_of(str_of(heading)); i > 0; i--)
        buf_addc(out, rule);
    buf_adds(out, "\n\n");
}
