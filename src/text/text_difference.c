/* What became of a text, on one line of a terminal: […-old-]{+new+}…, around the first change. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "redline/redline.h"
#include "text_private.h"

/* Adds the character that a reference of html_text() stands for; returns its length. */
static size_t add_character(const char *html, struct buf *out)
{
    static const struct {
        const char *reference;
        char character;
    } rows[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strncmp(html, rows[i].reference, strlen(rows[i].reference)) == 0) {
            buf_addc(out, rows[i].character);
            return strlen(rows[i].reference);
        }
    buf_addc(out, *html);
    return 1;
}

/* A redline without its markup. */
static void add_redline(const char *html, struct buf *out)
{
    static const struct {
        const char *tag, *mark;
    } marks[] = {{"<del>", "[-"}, {"</del>", "-]"}, {"<ins>", "{+"}, {"</ins>", "+}"}};

    while (*html) {
        size_t skip = *html == '<' ? strcspn(html, ">") + 1 : 1;

        if (*html == '&')
            skip = add_character(html, out);
        else if (*html != '<')
            buf_addc(out, *html == '\n' ? ' ' : *html);
        for (size_t i = 0; *html == '<' && i < sizeof marks / sizeof *marks; i++)
            if (strncmp(html, marks[i].tag, strlen(marks[i].tag)) == 0)
                buf_adds(out, marks[i].mark);
        html += skip;
    }
}

/* Two texts but for the beginning and the end that they share, in whole characters. */
struct middle {
    size_t head; /* what they share at the beginning, in bytes */
    struct str before, after;
};

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static struct middle middle_of(const char *before, const char *after)
{
    size_t before_len = strlen(before), after_len = strlen(after), head = 0, tail = 0;
    size_t most = before_len < after_len ? before_len : after_len;

    while (head < most && before[head] == after[head])
        head++;
    while (head && (is_inside_character(before[head]) || is_inside_character(after[head])))
        head--;
    while (tail < most - head && before[before_len - tail - 1] == after[after_len - tail - 1])
        tail++;
    while (tail && is_inside_character(before[before_len - tail]))
        tail--;
    return (struct middle){head,
                           {before + head, before_len - head - tail},
                           {after + head, after_len - head - tail}};
}

/* The source's own characters, markup and all. */
static void add_source(const char *before, const char *after, struct buf *out)
{
    struct middle middle = middle_of(before, after);

    buf_add(out, before, middle.head);
    if (middle.before.len)
        buf_addf(out, "[-%.*s-]", (int)middle.before.len, middle.before.data);
    if (middle.after.len)
        buf_addf(out, "{+%.*s+}", (int)middle.after.len, middle.after.data);
    buf_adds(out, middle.before.data + middle.before.len);
    for (size_t i = 0; i < out->len; i++)
        out->data[i] = out->data[i] == '\n' ? ' ' : out->data[i];
}

/* The first characters of a text, at most four, by code and name. */
static void add_names(struct str text, struct buf *out)
{
    char name[128];

    if (!text.len)
        buf_adds(out, "nothing");
    for (int i = 0; text.len && i < 4; i++) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t c = utf8_next(&text);

        u_charName(c, U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
        buf_addf(out, "%sU+%04X %s", i ? " + " : "", (unsigned)c, U_SUCCESS(status) ? name : "");
    }
}

/* What looks the same is distinguished by the names of its characters. */
static char *names_of(const char *before, const char *after)
{
    struct middle middle = middle_of(before, after);
    struct buf out = BUF_INIT;

    buf_adds(&out, " (");
    add_names(middle.before, &out);
    buf_adds(&out, ", now ");
    add_names(middle.after, &out);
    buf_addc(&out, ')');
    return buf_detach(&out);
}

/* A part of a long line around the first change. */
static char *excerpt(const struct buf *line, const char *behind)
{
    enum { AROUND = 60, LONGEST = 400 };
    size_t remove = strcspn(line->data, "["), add = strcspn(line->data, "{");
    size_t from, len;
    struct str part;

    while (line->data[remove] && line->data[remove + 1] != '-')
        remove += 1 + strcspn(line->data + remove + 1, "[");
    while (line->data[add] && line->data[add + 1] != '+')
        add += 1 + strcspn(line->data + add + 1, "{");
    from = remove < add ? remove : add;
    from = from > AROUND ? from - AROUND : 0;
    while (from < line->len && is_inside_character(line->data[from]))
        from++;
    len = line->len - from < LONGEST ? line->len - from : LONGEST;
    while (len && is_inside_character(line->data[from + len]))
        len--;
    part = str_trim((struct str){line->data + from, len});
    return mem_printf("%s%.*s%s%s", from ? "…" : "", (int)part.len, part.data,
                      from + len < line->len ? "…" : "", behind);
}

/* Whether the first words that changed are the same words: only their markup changed. */
static bool changes_markup(const char *line)
{
    const char *was = strstr(line, "[-"), *is = was ? strstr(was, "-]{+") : NULL;
    size_t len = is ? (size_t)(is - was - 2) : 0;

    return is && strncmp(is + 4, was + 2, len) == 0 && strncmp(is + 4 + len, "+}", 2) == 0;
}

char *text_difference(const char *before, const char *after)
{
    struct redline_options options = {.language = "en"};
    struct redline redline;
    struct buf line = BUF_INIT;
    char *names, *part;

    redline_make(&redline, before, after, &options);
    names = redline.change_count ? mem_dups("") : names_of(before, after);
    add_redline(redline.html.data, &line);
    if ((!redline.words_added && !redline.words_removed) || changes_markup(line.data)) {
        buf_reset(&line);
        add_source(before, after, &line);
    }
    part = excerpt(&line, names);
    redline_release(&redline);
    buf_release(&line);
    free(names);
    return part;
}
