#include "markdown_signs.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "markdown_numbers.h"

static const char *live_of(const struct spelling *spelling)
{
    return spelling->live.data;
}

static bool is_line_end(const struct spelling *spelling, size_t at)
{
    at += strspn(live_of(spelling) + at, " \t");
    return live_of(spelling)[at] == '\n' || !live_of(spelling)[at];
}

static bool is_letter_or_digit(char c)
{
    return isalnum((unsigned char)c) != 0;
}

/* A space that CommonMark takes for a letter. */
static bool is_odd_space(int32_t c)
{
    return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) || c == 0x202f || c == 0x205f ||
           c == 0x3000 || c == 0xfeff;
}

static size_t odd_spaces(struct str text)
{
    struct str rest = text;

    while (rest.len) {
        struct str next = rest;

        if (!is_odd_space(utf8_next(&next)))
            break;
        rest = next;
    }
    return text.len - rest.len;
}

/* The sign of a heading, an item or a quote. */
static size_t sign_len(const char *text)
{
    size_t hashes = strspn(text, "#"), digits = strspn(text, "0123456789");

    if (hashes)
        return hashes <= 6 ? hashes : 0;
    if (digits)
        return digits <= 9 && text[digits] && strchr(".)", text[digits]) ? digits + 1 : 0;
    return *text && strchr("-*+>", *text) ? 1 : 0;
}

static struct str rest_of_line(const struct spelling *spelling, size_t line, size_t at)
{
    return (struct str){live_of(spelling) + at, spelling_line_end(spelling, line) - at};
}

/* Where a number is that of a date, such a space keeps its parts on a line. */
static bool is_date(const struct spelling *spelling, size_t line, size_t behind)
{
    struct str words = rest_of_line(spelling, line, behind);
    size_t spaces = odd_spaces(words);

    return isdigit((unsigned char)live_of(spelling)[spelling->lines[line].start]) &&
           numbers_may_be_date((struct str){words.data + spaces, words.len - spaces}, "de");
}

/* Each of these finds the first behind the piece. */

static size_t line_behind(const struct spelling *spelling, const struct piece *piece)
{
    size_t n = 0;

    while (n < spelling->line_count && spelling->lines[n].start < piece->end)
        n++;
    return n;
}

/* A sign with such a space before or behind it. */
static bool find_odd_space(const struct spelling *spelling, struct piece *piece)
{
    for (size_t n = line_behind(spelling, piece); n < spelling->line_count; n++) {
        size_t start = spelling->lines[n].start;
        size_t before = odd_spaces(rest_of_line(spelling, n, start));
        size_t sign = sign_len(live_of(spelling) + start + before);
        size_t behind = start + before + sign;
        size_t odd = sign ? odd_spaces(rest_of_line(spelling, n, behind)) : 0;

        *piece = (struct piece){start, behind};
        if (sign && !is_date(spelling, n, behind) &&
            (odd || (before && live_of(spelling)[behind] == ' ')))
            return true;
    }
    return false;
}

/* ##Heading, and #Heading where a block begins. */
static bool find_hash(const struct spelling *spelling, struct piece *piece)
{
    for (size_t n = line_behind(spelling, piece); n < spelling->line_count; n++) {
        struct str line = rest_of_line(spelling, n, spelling->lines[n].start);
        size_t hashes = 0;
        int32_t c;

        while (hashes < line.len && line.data[hashes] == '#')
            hashes++;
        *piece = (struct piece){spelling->lines[n].start, spelling->lines[n].start + hashes};
        if (!hashes || hashes > 6 || hashes == line.len || (hashes == 1 && n > 0))
            continue;
        line = (struct str){line.data + hashes, line.len - hashes};
        c = utf8_next(&line);
        if (c >= 0x80 ? !is_odd_space(c) : isalpha(c) || (hashes > 1 && isdigit(c)))
            return true;
    }
    return false;
}

/* A line of two or more runs of = or -, as below the heads of columns. */
static bool find_rule(const struct spelling *spelling, struct piece *piece)
{
    for (size_t n = line_behind(spelling, piece); n < spelling->line_count; n++) {
        struct str line = rest_of_line(spelling, n, spelling->lines[n].start);
        size_t at = 0, runs = 0;

        while (at < line.len) {
            size_t spaces = strspn(line.data + at, " +"),
                   run = strspn(line.data + at + spaces, "=-");

            if (run < 2)
                break;
            at += spaces + run;
            runs++;
        }
        *piece = (struct piece){spelling->lines[n].start, spelling->lines[n].start + line.len};
        if (runs > 1 && is_line_end(spelling, spelling->lines[n].start + at))
            return true;
    }
    return false;
}

/* A backtick that begins or ends no code; within a word, as in l`eau, it stands for something else.
 */
static bool find_backtick(const struct spelling *spelling, struct piece *piece)
{
    const char *live = live_of(spelling);

    for (size_t at = piece->end; (at += strcspn(live + at, "`")), live[at];) {
        size_t run = strspn(live + at, "`");
        bool inside = at && (is_letter_or_digit(live[at - 1]) || live[at - 1] & 0x80) &&
                      (is_letter_or_digit(live[at + run]) || live[at + run] & 0x80);

        *piece = (struct piece){at, at + run};
        if (!inside)
            return true;
        at += run;
    }
    return false;
}

/* The length of an address that other dialects make a link of, at its beginning. */
static size_t bare_len(const char *text)
{
    static const char *const beginnings[] = {"http://", "https://", "www."};

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        size_t head = strlen(beginnings[i]), len = head;

        if (strncasecmp(text, beginnings[i], head) != 0)
            continue;
        while (text[len] > ' ' && text[len] < 0x7f && !strchr("<>\"`", text[len]))
            len++;
        while (len > head && strchr(".,:;!?'*_)]}", text[len - 1]))
            len--;
        return len > head && is_letter_or_digit(text[head]) ? len : 0;
    }
    return 0;
}

static bool is_mailbox_character(char c)
{
    return is_letter_or_digit(c) || (c && strchr(".-_+", c));
}

/* The address around an @. */
static bool mailbox_around(const char *text, size_t at, struct piece *piece)
{
    size_t dot;

    *piece = (struct piece){at, at + 1};
    while (piece->start && is_mailbox_character(text[piece->start - 1]))
        piece->start--;
    while (is_letter_or_digit(text[piece->end]) ||
           (text[piece->end] && strchr(".-", text[piece->end])))
        piece->end++;
    while (!is_letter_or_digit(text[piece->end - 1]) && piece->end > at + 1)
        piece->end--;
    for (dot = piece->end; dot > at + 1 && text[dot - 1] != '.';)
        dot--;
    return piece->start < at && dot > at + 2 && piece->end - dot > 1;
}

static bool find_bare(const struct spelling *spelling, struct piece *piece)
{
    const char *live = live_of(spelling);

    for (size_t at = piece->end; at < spelling->live.len; at++) {
        bool is_start = !at || !is_letter_or_digit(live[at - 1]);

        *piece = (struct piece){at, at + (is_start ? bare_len(live + at) : 0)};
        if ((piece->end > at || (live[at] == '@' && mailbox_around(live, at, piece))) &&
            memmem(spelling->unlinked.data, spelling->unlinked.len, live + piece->start,
                   piece->end - piece->start))
            return true;
    }
    return false;
}

const struct sign_kind sign_kinds[SIGN_KINDS] = {
    {find_odd_space, "the space beside this sign is not one that Markdown recognises",
     "write an ordinary space"},
    {find_hash, "a heading needs a space after its signs",
     "write a space there; write \\# to show a sign"},
    {find_rule, "this is not a table here", "write a pipe table: | a | b |, then |---|---|"},
    {find_backtick, "this does not begin or end code",
     "write one on each side of the code; write \\` to show a sign"},
    {find_bare, "an address by itself is not a link",
     "write it between < and >; write \\: or \\@ where no link is meant"},
};
