#include "markdown_spelling.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipes.h"

enum { DESTINATION_DEPTH = 32 }; /* of brackets in an address; cmark's own bound */

/* What is not markup */

void spelling_silence(struct spelling *spelling, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (spelling->live.data[i] != '\n')
            spelling->live.data[i] = SPELLING_INERT;
}

/* Each of these returns the offset behind what begins at `at`, or `at`: nothing does. */

static size_t behind_escape(const char *text, size_t at)
{
    return ispunct((unsigned char)text[at + 1]) ? at + 2 : at;
}

static size_t behind_code(const char *text, size_t at)
{
    size_t ticks = strspn(text + at, "`");

    for (const char *end = text + at + ticks; (end = strchr(end, '`'));) {
        size_t run = strspn(end, "`");

        end += run;
        if (run == ticks)
            return (size_t)(end - text);
    }
    return at;
}

static size_t behind_tag(const char *text, size_t at)
{
    size_t len = strcspn(text + at + 1, "<>\n");

    if (!isalpha((unsigned char)text[at + 1]) && !strchr("/!?", text[at + 1]))
        return at;
    return text[at + 1 + len] == '>' ? at + 1 + len + 1 : at;
}

static size_t behind_destination(const char *text, size_t at)
{
    int depth = 0;

    if (text[at] == '<') {
        at += strcspn(text + at, ">\n");
        return text[at] == '>' ? at + 1 : at;
    }
    for (; text[at] && !isspace((unsigned char)text[at]); at++) {
        depth += (text[at] == '(') - (text[at] == ')');
        if (depth < 0 || depth > DESTINATION_DEPTH)
            break;
        at += text[at] == '\\' && ispunct((unsigned char)text[at + 1]);
    }
    return at;
}

static size_t behind_title(const char *text, size_t at)
{
    char end = text[at] == '(' ? ')' : text[at];

    if (!text[at] || !strchr("\"'(", text[at]))
        return at;
    for (at++; text[at] && text[at] != end; at++)
        at += text[at] == '\\' && text[at + 1];
    return text[at] ? at + 1 : at;
}

/* From "](" to ")". */
static size_t behind_target(const char *text, size_t at)
{
    static const char spaces[] = " \t\n";
    size_t end = at + 2;

    if (text[at + 1] != '(')
        return at;
    end += strspn(text + end, spaces);
    end = behind_destination(text, end);
    end += strspn(text + end, spaces);
    end = behind_title(text, end);
    end += strspn(text + end, spaces);
    return text[end] == ')' ? end + 1 : at;
}

static const struct {
    char first;
    size_t (*behind)(const char *text, size_t at);
} inert[] = {{'\\', behind_escape}, {'`', behind_code}, {'<', behind_tag}, {']', behind_target}};

static void find_live(struct spelling *spelling)
{
    const char *text = spelling->text.data;

    buf_addstr(&spelling->live, buf_str(&spelling->text));
    for (size_t at = 0; at < spelling->text.len;) {
        size_t end = at;

        for (size_t i = 0; i < sizeof inert / sizeof *inert && end == at; i++)
            if (text[at] == inert[i].first)
                end = inert[i].behind(text, at);
        spelling_silence(spelling, at, end);
        at = end > at ? end : text[at] == '`' ? at + strspn(text + at, "`") : at + 1;
    }
}

/* What is shown */

static void add_shown(struct spelling *spelling, const char *text, bool linked)
{
    buf_adds(&spelling->shown, text);
    if (!linked)
        buf_adds(&spelling->unlinked, text);
}

static void find_shown(struct spelling *spelling, cmark_node *leaf)
{
    static const char code[] = {SPELLING_INERT, '\0'};
    cmark_iter *walk = cmark_iter_new(leaf);
    cmark_event_type step;
    int links = 0;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);

        if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
            links += step == CMARK_EVENT_ENTER ? 1 : -1;
        else if (type == CMARK_NODE_TEXT)
            add_shown(spelling, cmark_node_get_literal(node), links > 0);
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            add_shown(spelling, "\n", links > 0);
        else if (type == CMARK_NODE_CODE)
            add_shown(spelling, code, links > 0);
    }
    cmark_iter_free(walk);
}

/* A paragraph's range includes the definitions of links before it, which are not shown. */
static void silence_definitions(struct spelling *spelling)
{
    for (size_t n = 0; n < spelling->line_count; n++) {
        size_t start = spelling->lines[n].start, end = spelling_line_end(spelling, n);

        if (spelling->text.data[start] != '[' || spelling->shown.data[0] == '[' ||
            !memmem(spelling->text.data + start, end - start, "]:", 2))
            return;
        spelling_silence(spelling, start, end);
    }
}

/* Lines */

static bool ends_in_hard_break(struct str line)
{
    size_t backslashes = 0;

    while (backslashes < line.len && line.data[line.len - 1 - backslashes] == '\\')
        backslashes++;
    return backslashes % 2 || (line.len > 1 && memcmp(line.data + line.len - 2, "  ", 2) == 0);
}

/* `place` and `origin` are those of the line with its indentation. */
static void add_line(struct spelling *spelling, struct str line, struct place place, size_t origin)
{
    struct spelling_line *last;
    size_t indent = 0;

    while (indent < line.len && (line.data[indent] == ' ' || line.data[indent] == '\t'))
        indent++;
    if (spelling->line_count)
        buf_addc(&spelling->text, '\n');
    spelling->lines = mem_grow(spelling->lines, spelling->line_count, sizeof *spelling->lines);
    last = &spelling->lines[spelling->line_count++];
    *last = (struct spelling_line){.start = spelling->text.len,
                                   .place = {place.source, place.offset + indent},
                                   .origin = origin + indent,
                                   .is_broken_off = true};
    buf_add(&spelling->text, line.data + indent, line.len - indent);
}

/* Whether a line is broken off is known once the one before it is. */
static void find_breaks(struct spelling *spelling)
{
    for (size_t n = 1; n < spelling->line_count; n++) {
        size_t start = spelling->lines[n - 1].start;

        spelling->lines[n].is_broken_off = ends_in_hard_break(
            (struct str){spelling->text.data + start, spelling_line_end(spelling, n - 1) - start});
    }
}

size_t spelling_line_end(const struct spelling *spelling, size_t line)
{
    return line + 1 < spelling->line_count ? spelling->lines[line + 1].start - 1
                                           : spelling->text.len;
}

struct place spelling_place(const struct spelling *spelling, size_t offset)
{
    size_t n = spelling->line_count - 1;
    struct place place;

    while (n && spelling->lines[n].start > offset)
        n--;
    offset -= spelling->lines[n].start;
    if (spelling->map)
        return spelling->map->place(spelling->map->where, spelling->lines[n].origin + offset);
    place = spelling->lines[n].place;
    place.offset += offset;
    return place;
}

static const struct spelling none = {
    .text = BUF_INIT, .live = BUF_INIT, .shown = BUF_INIT, .unlinked = BUF_INIT};

static void add_source_line(struct spelling *spelling, const struct markdown *markdown,
                            struct str line, struct place text)
{
    text.offset += (size_t)(line.data - markdown->text.data);
    add_line(spelling, line, text, 0);
}

/* The text of a cell, with the backslashes before its pipes. */
static struct str cell_line(const struct markdown *markdown, cmark_node *cell)
{
    size_t offset = markdown_offset(markdown, cell);

    return pipes_cell(
        (struct str){markdown->text.data + offset, markdown->text.len - offset});
}

static void add_leaf_lines(struct spelling *spelling, const struct markdown *markdown,
                           cmark_node *leaf, struct place text)
{
    size_t last = markdown_last_line(markdown, leaf);

    for (size_t n = (size_t)cmark_node_get_start_line(leaf); n <= last; n++)
        add_source_line(spelling, markdown, markdown_line(markdown, leaf, n), text);
    if (!spelling->line_count)
        add_line(spelling, (struct str){"", 0}, text, 0);
}

void spelling_of_leaf(struct spelling *spelling, const struct markdown *markdown, cmark_node *leaf,
                      struct place text)
{
    *spelling = none;
    if (markdown_is_cell(leaf))
        add_source_line(spelling, markdown, cell_line(markdown, leaf), text);
    else
        add_leaf_lines(spelling, markdown, leaf, text);
    find_breaks(spelling);
    find_live(spelling);
    find_shown(spelling, leaf);
    silence_definitions(spelling);
}

void spelling_of_words(struct spelling *spelling, const char *words, cmark_node *leaf,
                       const struct place_map *map)
{
    *spelling = none;
    spelling->map = map;
    for (const char *line = words, *end;; line = end + 1) {
        end = line + strcspn(line, "\n");
        add_line(spelling, (struct str){line, (size_t)(end - line)}, (struct place){NULL, 0},
                 (size_t)(line - words));
        if (!*end)
            break;
    }
    find_breaks(spelling);
    find_live(spelling);
    if (leaf) {
        find_shown(spelling, leaf);
    } else {
        buf_addstr(&spelling->shown, buf_str(&spelling->live));
        buf_addstr(&spelling->unlinked, buf_str(&spelling->live));
    }
}

void spelling_release(struct spelling *spelling)
{
    buf_release(&spelling->text);
    buf_release(&spelling->live);
    buf_release(&spelling->shown);
    buf_release(&spelling->unlinked);
    free(spelling->lines);
    *spelling = none;
}
