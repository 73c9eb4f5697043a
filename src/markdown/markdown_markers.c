/* A sort of sign is a form: what stands before the number, which number, what stands behind it.
 * Forms are tried in order. */
#include "markdown_markers.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

/* What a sign counts with. */
enum number {
    NOTHING,
    DIGITS,  /* 12, also full-width */
    LETTERS, /* a letter of any script, or a Roman number: a, iv, XII */
    EITHER,
    ORDINALS, /* 一, 十二, ア, イ: one or two characters of Chinese and Japanese */
    PARTS,    /* 3.1, 3.1.2, 4.a */
};

static const struct form {
    const char *before;
    enum number number;
    const char *behind[4];
    enum behind { ANYTHING, SPACE, LETTER } then; /* a SPACE may be the end of the line */
    bool doubtful; /* prose may have it where a line happens to begin */
} forms[] = {
    {"(", EITHER, {")"}, ANYTHING, true},
    {"[", DIGITS, {"]"}, ANYTHING, true},
    {"（", EITHER, {"）"}, ANYTHING, false},
    {"(", ORDINALS, {")"}, ANYTHING, false},
    {"（", ORDINALS, {"）"}, ANYTHING, false},
    {"", EITHER, {")", "\\)", "）"}, SPACE, true},
    {"", ORDINALS, {"、", "．", "）", ")"}, ANYTHING, false},
    {"", ORDINALS, {"", "."}, SPACE, true},
    {"", DIGITS, {"、", "．", "）"}, ANYTHING, false},
    {"第", DIGITS, {"条", "項", "章", "号"}, ANYTHING, true},
    {"第", ORDINALS, {"条", "項", "章", "号"}, ANYTHING, true},
    {"", PARTS, {"", ".", ")"}, SPACE, true},
    {"", DIGITS, {".", "\\.", "\\)"}, SPACE, true},
    {"", DIGITS, {".º", "º", ".ª", "ª"}, SPACE, true},
    {"", LETTERS, {".", "\\."}, SPACE, true},
    {"§", NOTHING, {""}, ANYTHING, true},
    {"Art. ", DIGITS, {"", ".", ":"}, SPACE, true},
    {"Article ", DIGITS, {"", ".", ":"}, SPACE, true},
    {"Artikel ", DIGITS, {"", ".", ":"}, SPACE, true},
    {"Section ", DIGITS, {"", ".", ":"}, SPACE, true},
    {"Clause ", DIGITS, {"", ".", ":"}, SPACE, true},
    {"–", NOTHING, {""}, SPACE, true},
    {"—", NOTHING, {""}, SPACE, true},
    {"―", NOTHING, {""}, SPACE, true},
    {"--", NOTHING, {""}, SPACE, true},
    {"", DIGITS, {".", ")"}, LETTER, true},
    {"-", NOTHING, {""}, LETTER, true},
    {"+", NOTHING, {""}, LETTER, true},
    {"→", NOTHING, {""}, SPACE, true},
};

/* Signs of lists that count nothing and are nothing else. */
static const char *const bullets[] = {"•", "‣", "⁃",  "∙", "●", "○", "◦",  "■", "□",  "▪", "▫", "◆",
                                      "◇", "►", "▶",  "▸", "➢", "➤", "✓",  "✔", "✅",  "☑", "☐", "★",
                                      "☆", "※", "・", "･", "·", "⇒", "－", "−", "＊", "＋"};

static bool begins(struct str text, const char *with)
{
    return text.len >= strlen(with) && memcmp(text.data, with, strlen(with)) == 0;
}

static struct str rest_of(struct str text, size_t len)
{
    return (struct str){text.data + len, text.len - len};
}

/* Numbers: each returns its length, or 0 */

static size_t span(struct str text, bool (*holds)(int32_t c), size_t most)
{
    struct str rest = text;

    for (size_t count = 0; rest.len; count++) {
        struct str next = rest;

        if (!holds(utf8_next(&next)))
            break;
        if (count == most)
            return 0;
        rest = next;
    }
    return text.len - rest.len;
}

static bool is_digit(int32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

static bool is_roman(int32_t c)
{
    return c > 0 && c < 0x80 && strchr("ivxlcIVXLC", c);
}

/* Scripts that write with spaces; the others have ordinals. */
static bool is_letter(int32_t c)
{
    return u_isalpha(c) && !utf8_is_wide(c);
}

static bool is_ordinal(int32_t c)
{
    return (c >= 0x30a2 && c <= 0x30f3) || (c >= 0xff71 && c <= 0xff9d) ||
           (c >= 0x4e00 && c <= 0x9fff && u_getNumericValue(c) > 0);
}

static size_t letters(struct str text)
{
    size_t roman = span(text, is_roman, 5);

    return roman ? roman : span(text, is_letter, 1);
}

static size_t parts(struct str text)
{
    size_t len = span(text, is_digit, 3), count = 0;

    while (len && begins(rest_of(text, len), ".")) {
        size_t more = span(rest_of(text, len + 1), is_digit, 3);

        if (!more && count == 0)
            more = span(rest_of(text, len + 1), is_letter, 1);
        if (!more)
            break;
        len += 1 + more;
        count++;
    }
    return count ? len : 0;
}

static size_t number_len(enum number number, struct str text)
{
    switch (number) {
    case DIGITS:
        return span(text, is_digit, 3);
    case LETTERS:
        return letters(text);
    case EITHER:
        return span(text, is_digit, 3) ? span(text, is_digit, 3) : letters(text);
    case ORDINALS:
        return span(text, is_ordinal, 2);
    case PARTS:
        return parts(text);
    default:
        return 0;
    }
}

static bool is_followed(struct str rest, enum behind by)
{
    int32_t c = rest.len ? utf8_next(&rest) : ' ';

    return by == ANYTHING || (by == LETTER ? u_isalpha(c) != 0
                                           : c == ' ' || c == '\t' || c == '\n' ||
                                                 u_charType(c) == U_SPACE_SEPARATOR);
}

static bool has_form(const struct form *form, struct str line)
{
    size_t len;

    if (!begins(line, form->before))
        return false;
    line = rest_of(line, strlen(form->before));
    len = number_len(form->number, line);
    if (!len && form->number != NOTHING)
        return false;
    line = rest_of(line, len);
    for (size_t i = 0; i < 4 && form->behind[i]; i++)
        if (begins(line, form->behind[i]) &&
            is_followed(rest_of(line, strlen(form->behind[i])), form->then))
            return true;
    return false;
}

/* ①, ⑴, ⒈, ㊀, ❶ */
static bool is_enclosed(struct str line)
{
    int32_t c = line.len ? utf8_next(&line) : -1;

    return (c >= 0x2460 && c <= 0x24ff) || (c >= 0x2776 && c <= 0x2793) ||
           (c >= 0x3220 && c <= 0x32b0);
}

/* Sorts: forms, then bullets, then enclosed numbers. */
enum {
    FORMS = sizeof forms / sizeof *forms,
    BULLETS = sizeof bullets / sizeof *bullets,
    NONE = -1
};

static int sort_of(struct str line)
{
    for (size_t i = 0; i < FORMS; i++)
        if (has_form(&forms[i], line))
            return (int)i;
    for (size_t i = 0; i < BULLETS; i++)
        if (begins(line, bullets[i]))
            return (int)(FORMS + i);
    return is_enclosed(line) ? FORMS + BULLETS : NONE;
}

static struct str line_at(const struct spelling *spelling, size_t n)
{
    size_t at = spelling->lines[n].start;

    return (struct str){spelling->text.data + at, spelling_line_end(spelling, n) - at};
}

/* Whether a list may begin in a line: the first, or behind a colon. */
static bool may_begin(const struct spelling *spelling, size_t n)
{
    struct str before = n ? str_trim(line_at(spelling, n - 1)) : (struct str){":", 1};

    return before.len && (before.data[before.len - 1] == ':' ||
                          (before.len > 3 && memcmp(before.data + before.len - 3, "：", 3) == 0));
}

static bool is_doubtful(int sort)
{
    return sort < FORMS && forms[sort].doubtful;
}

bool markers_run_together(const struct spelling *spelling, size_t *start)
{
    size_t first[FORMS + BULLETS + 1] = {0}; /* the first line of each sort, from 1; 0: none */
    int last = NONE;

    for (size_t n = 0; n < spelling->line_count; n++) {
        int sort = sort_of(line_at(spelling, n));
        bool again = sort != NONE && (first[sort] || last == sort);

        if (again && !spelling->lines[n].is_broken_off) {
            *start = spelling->lines[first[sort] ? first[sort] - 1 : n - 1].start;
            return true;
        }
        if (sort != NONE && !first[sort] && (!is_doubtful(sort) || may_begin(spelling, n)))
            first[sort] = n + 1;
        last = sort;
    }
    return false;
}
