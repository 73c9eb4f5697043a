#include "wording.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "base/characters.h"
#include "base/mem.h"
#include "base/utf8.h"

void wording_report(const struct wording *wording, enum severity severity, size_t offset,
                    const char *remedy, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    finding(wording->findings, severity, wording->map.place(wording->map.where, offset), remedy,
            "%s", text.data);
    buf_release(&text);
}

size_t wording_count(const struct markdown_shown *shown, struct str text)
{
    const char *end = shown->text.data + shown->text.len;
    size_t count = 0;

    for (const char *at = shown->text.data;
         text.len && (at = memmem(at, (size_t)(end - at), text.data, text.len)); at += text.len)
        count++;
    return count;
}

bool wording_is_blank(const struct markdown_shown *shown, const struct markdown_piece *piece)
{
    return character_all_blank(
        (struct str){shown->text.data + piece->from, piece->to - piece->from});
}

/* Markup */

/* Whether it is the end of what has been reported. */
static bool is_reported_end(const struct wording *wording, const struct markdown_piece *html)
{
    if (strncmp(html->text, "</", 2) != 0)
        return false;
    for (const struct markdown_piece *before = wording->shown.pieces; before < html; before++)
        if (before->kind == PIECE_HTML && before->text[1] == html->text[2])
            return true;
    return false;
}

static void check_html(const struct wording *wording, const struct markdown_piece *html)
{
    if (!is_reported_end(wording, html))
        wording_report(wording, wording->severity, html->start,
                       strncmp(html->text, "<!--", 4) == 0
                           ? "put the comment on a line of its own, before the block or the whole "
                             "table"
                           : "write \\< or &lt; for <, or use Markdown",
                       "raw HTML never reaches a page: %s", html->text);
}

/* Whether links that lead there have words. */
static bool has_words(const struct markdown_shown *shown, const char *address)
{
    for (size_t i = 0; shown && i < shown->count; i++)
        if (shown->pieces[i].kind == PIECE_LINK && strcmp(shown->pieces[i].text, address) == 0 &&
            !wording_is_blank(shown, &shown->pieces[i]))
            return true;
    return false;
}

/* A link that a translation leaves without words is an error whatever the text is for. */
static void check_link(const struct wording *wording, const struct markdown_piece *link,
                       const struct markdown_shown *like)
{
    const struct address_fault *wrong = address_fault(link->text);

    if (wrong)
        wording_report(wording, wording->severity, link->start, wrong->remedy, "a link to %s %s",
                       *link->text ? link->text : "\"\"", wrong->text);
    else if (wording_is_blank(&wording->shown, link))
        wording_report(wording, has_words(like, link->text) ? FINDING_ERROR : wording->severity,
                       link->start, "write between [ and ] where it leads",
                       "the link to %s has no words", link->text);
}

static void check_piece(const struct wording *wording, const struct markdown_piece *piece,
                        const struct markdown_shown *like)
{
    if (piece->kind == PIECE_HTML)
        check_html(wording, piece);
    else if (piece->kind == PIECE_LINK)
        check_link(wording, piece, like);
    else if (piece->kind == PIECE_IMAGE && !like) /* one that was added is reported as such */
        wording_report(wording, wording->severity, piece->start,
                       "say in words what it shows, or link to the page that shows it",
                       "pictures do not reach a page: %s", piece->text);
}

/* References that are broken */

/* What follows an ampersand, as a keyboard for East Asian text may write it as well. */
struct reference {
    char name[40]; /* or # and digits */
    size_t len;
    bool spaced;    /* a space follows the ampersand */
    bool ends;      /* with a semicolon */
    int32_t behind; /* the character behind it */
    size_t bytes;   /* of it all, with the ampersand */
};

static int32_t next_ascii(struct str *text)
{
    int32_t c = text->len ? utf8_next(text) : -1;

    return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c == 0x3000 || c == 0xa0 ? ' ' : c;
}

static bool is_name_character(int32_t c, size_t at)
{
    return c > 0 && c < 0x80 && (isalnum((int)c) || (c == '#' && !at));
}

/* Reads what a text begins with; false: no ampersand and name. */
static bool read_reference(struct str text, struct reference *reference)
{
    struct str rest = text, behind;

    *reference = (struct reference){0};
    if (next_ascii(&rest) != '&')
        return false;
    behind = rest;
    reference->spaced = next_ascii(&behind) == ' ';
    if (reference->spaced)
        rest = behind;
    for (behind = rest; is_name_character(reference->behind = next_ascii(&behind), reference->len);
         rest = behind) {
        if (reference->len == sizeof reference->name)
            return false;
        reference->name[reference->len++] = (char)reference->behind;
    }
    reference->ends = reference->behind == ';';
    reference->bytes = text.len - (reference->ends ? behind : rest).len;
    return reference->len > 1;
}

static bool is_among(const struct reference *reference, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == reference->len &&
            strncasecmp(*names, reference->name, reference->len) == 0)
            return true;
    return false;
}

/* Whether it was meant as a reference, unlike in AT&T or "print & copy".  `glued`: it directly
 * follows a letter. */
static bool is_broken(const struct reference *reference, bool glued)
{
    static const char *const always[] = {"amp", "lt", "gt", "quot", "apos", "nbsp", NULL};
    static const char *const alone[] = {
        "copy",  "reg",   "trade", "euro",  "pound",  "sect",  "para",   "deg",   "shy",   "ndash",
        "mdash", "laquo", "raquo", "lsquo", "rsquo",  "ldquo", "rdquo",  "sbquo", "bdquo", "bull",
        "ensp",  "emsp",  "zwnj",  "zwj",   "hellip", "times", "middot", NULL};
    bool number = reference->name[0] == '#' && (isdigit((unsigned char)reference->name[1]) ||
                                                (reference->name[1] | 0x20) == 'x');

    if (number || is_among(reference, always))
        return reference->ends ||
               (reference->behind != '=' && reference->behind != '_' &&
                !isupper((unsigned char)reference->name[1]) && (!reference->spaced || number));
    if (reference->name[0] == '#' || reference->spaced)
        return false;
    return reference->ends ? !glued
                           : !glued && reference->behind != '=' && is_among(reference, alone);
}

static bool is_inside_address(const struct markdown_shown *shown, size_t at)
{
    const char *text = shown->text.data;
    size_t start = at;

    while (start && !strchr(" \n\t", text[start - 1]))
        start--;
    return memmem(text + start, at - start, "://", 3) != NULL;
}

void wording_check_plain(const struct wording *wording, const struct markdown_shown *like)
{
    const struct buf *text = &wording->shown.text;
    struct reference found;

    for (size_t at = 0, len; at < text->len; at += len) {
        struct str rest = {text->data + at, text->len - at};

        len = 1;
        if ((*rest.data != '&' && (unsigned char)*rest.data != 0xef) ||
            !read_reference(rest, &found) ||
            !is_broken(&found, at && isalnum((unsigned char)text->data[at - 1])) ||
            is_inside_address(&wording->shown, at))
            continue;
        len = rest.len = found.bytes;
        if (!like || !wording_count(like, rest))
            wording_report(wording, FINDING_WARNING, wording->shown.at[at],
                           "write it as in &amp;: & first, ; last, nothing between; or the "
                           "character itself",
                           "%.*s is shown as it is", (int)len, rest.data);
    }
}

void wording_check(const struct wording *wording, const struct markdown_shown *like)
{
    for (size_t i = 0; i < wording->shown.count; i++)
        check_piece(wording, &wording->shown.pieces[i], like);
    wording_check_plain(wording, like);
}
