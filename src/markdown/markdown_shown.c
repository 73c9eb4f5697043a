/* cmark tells in which column each inline node begins.  It counts the bytes of a paragraph
 * without the indentation of its lines, and begins again behind each soft line break. */
#include "markdown_shown.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "markdown_private.h"

static const char code_sign[] = "\xef\xbf\xbc"; /* U+FFFC */

/* The words as cmark counts their columns, with the marks of east_asian.h. */
struct words_layout {
    struct buf content;
    size_t *origin; /* for each byte and for the end: its offset in the words */
    bool is_marked;
};

/* `bytes`: as many as will be added, at most. */
static void layout_init(struct words_layout *layout, size_t bytes)
{
    *layout = (struct words_layout){.content = BUF_INIT,
                                    .origin = mem_alloc((bytes + 1) * sizeof(size_t))};
}

static void add_byte(struct words_layout *layout, char byte, size_t origin)
{
    layout->origin[layout->content.len] = origin;
    buf_addc(&layout->content, byte);
}

static void lay_out_lines(struct words_layout *layout, const char *words)
{
    const char *rest = words;
    struct str line;

    while (markdown_next_line(&rest, &line)) {
        if (layout->content.len)
            add_byte(layout, '\n', (size_t)(line.data - words) - 1);
        for (size_t i = 0; i < line.len; i++)
            add_byte(layout, line.data[i], (size_t)(line.data + i - words));
    }
    layout->origin[layout->content.len] = strlen(words);
}

/* A mark is where the character behind it is. */
static void lay_out_marks(struct words_layout *layout, const struct words_layout *plain,
                          struct str marked)
{
    for (size_t i = 0, from = 0; i < marked.len;) {
        size_t len = emphasis_mark_len((struct str){marked.data + i, marked.len - i});

        for (size_t k = 0; k < (len ? len : 1); k++)
            add_byte(layout, marked.data[i + k], plain->origin[from]);
        i += len ? len : 1;
        from += len == 0;
    }
    layout->origin[layout->content.len] = plain->origin[plain->content.len];
    layout->is_marked = true;
}

static void words_layout_release(struct words_layout *layout)
{
    free(layout->origin);
    buf_release(&layout->content);
}

static void words_lay_out(struct words_layout *layout, const char *words, enum emphasis_help help)
{
    struct words_layout plain;
    struct buf marked = BUF_INIT;

    layout_init(&plain, strlen(words));
    lay_out_lines(&plain, words);
    if (emphasis_mark(buf_str(&plain.content), help, &marked)) {
        layout_init(layout, marked.len);
        lay_out_marks(layout, &plain, buf_str(&marked));
        words_layout_release(&plain);
    } else {
        *layout = plain;
    }
    buf_release(&marked);
}

struct reading {
    struct markdown_shown *shown;
    const struct words_layout *layout;
    size_t line; /* in the layout, where the line begins whose columns cmark counts */
    size_t done; /* in the layout, behind what has been read */
};

static void add_at(struct markdown_shown *shown, const char *bytes, size_t len, size_t origin)
{
    for (size_t i = 0; i < len; i++)
        shown->at[shown->text.len + i] = origin;
    buf_add(&shown->text, bytes, len);
}

static size_t origin_of(const struct words_layout *layout, size_t at)
{
    return layout->origin[at < layout->content.len ? at : layout->content.len];
}

/* Where a node begins in the layout. */
static size_t begin(const struct reading *reading, cmark_node *node)
{
    int column = cmark_node_get_start_column(node);
    size_t at = column > 0 ? reading->line + (size_t)column - 1 : reading->done;

    return at < reading->layout->content.len ? at : reading->layout->content.len;
}

/* Text: it runs beside its spelling, which has a backslash or a reference here and there. */

static size_t reference_len(struct str spelling)
{
    enum { LONGEST = 40 };
    const char *end = memchr(spelling.data, ';', spelling.len < LONGEST ? spelling.len : LONGEST);
    size_t len = end ? (size_t)(end - spelling.data) + 1 : 0;

    if (len < 3 || spelling.data[0] != '&')
        return 0;
    for (size_t i = 1; i + 1 < len; i++)
        if (!isalnum((unsigned char)spelling.data[i]) && (i > 1 || spelling.data[i] != '#'))
            return 0;
    return len;
}

static bool spells_ampersand(struct str reference)
{
    static const char *const spellings[] = {"&amp;", "&AMP;", "&#38;", "&#x26;", "&#X26;"};

    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (str_is(reference, spellings[i]))
            return true;
    return false;
}

/* How many bytes of the spelling stand for the next character of the text, or before it. */
static size_t spelling_of(const struct words_layout *layout, struct str spelling, char next,
                          bool *before)
{
    size_t mark = layout->is_marked ? emphasis_mark_len(spelling) : 0, len;

    *before = mark > 0;
    if (mark)
        return mark;
    len = reference_len(spelling);
    if (spelling.data[0] != next)
        *before = spelling.data[0] == '\\' || !len;
    else if (!len || !spells_ampersand((struct str){spelling.data, len}))
        len = 0;
    return len ? len : 1;
}

/* Where a text begins in the layout; of a lone backquote cmark tells the column behind it. */
static size_t begin_text(const struct reading *reading, cmark_node *node)
{
    const struct buf *content = &reading->layout->content;
    size_t begins = begin(reading, node), at = begins;
    char first = *cmark_node_get_literal(node);

    if (at < content->len && strchr("\\&", content->data[at]))
        return at;
    while (at > reading->done && content->data[at] != first)
        at--;
    return content->data[at] == first ? at : begins;
}

static void add_text(struct reading *reading, cmark_node *node)
{
    const struct buf *content = &reading->layout->content;
    struct str rest = str_of(cmark_node_get_literal(node));
    size_t at = begin_text(reading, node);

    while (rest.len) {
        struct str character = rest;
        size_t len = 1;
        bool before = false;

        if (at < content->len)
            len = spelling_of(reading->layout, (struct str){content->data + at, content->len - at},
                              *rest.data, &before);
        if (before && at < content->len) {
            at += len;
            continue;
        }
        utf8_next(&rest);
        character.len -= rest.len;
        add_at(reading->shown, character.data, character.len, origin_of(reading->layout, at));
        at += len > 1 ? len : character.len;
    }
    reading->done = at;
}

/* Markup */

static struct markdown_piece *add_piece(struct reading *reading, enum markdown_piece_kind kind,
                                        cmark_node *node, const char *text)
{
    struct markdown_shown *shown = reading->shown;
    struct markdown_piece *piece;

    shown->pieces = mem_grow(shown->pieces, shown->count, sizeof *shown->pieces);
    piece = &shown->pieces[shown->count++];
    *piece = (struct markdown_piece){.kind = kind,
                                     .start = origin_of(reading->layout, begin(reading, node)),
                                     .from = shown->text.len,
                                     .to = shown->text.len,
                                     .text = mem_dups(text ? text : ""),
                                     .title = mem_dups("")};
    return piece;
}

/* Of an address in < and > cmark places the text, but not the link. */
static size_t link_start(const struct reading *reading, cmark_node *node)
{
    cmark_node *text = cmark_node_first_child(node);
    size_t at = text ? begin(reading, text) : 0;

    at = at && reading->layout->content.data[at - 1] == '<' ? at - 1 : begin(reading, node);
    return origin_of(reading->layout, at);
}

static void add_link(struct reading *reading, enum markdown_piece_kind kind, cmark_node *node)
{
    struct markdown_piece *piece = add_piece(reading, kind, node, cmark_node_get_url(node));
    const char *title = cmark_node_get_title(node);

    piece->start = link_start(reading, node);
    free(piece->title);
    piece->title = mem_dups(title ? title : "");
}

static void add_code(struct reading *reading, cmark_node *node)
{
    struct markdown_piece *piece =
        add_piece(reading, PIECE_CODE, node, cmark_node_get_literal(node));

    add_at(reading->shown, code_sign, sizeof code_sign - 1, piece->start);
    piece->to = reading->shown->text.len;
}

/* Columns begin again behind the break, except one that is spelled with a backslash. */
static void add_break(struct reading *reading, cmark_node *node, bool hard)
{
    const struct buf *content = &reading->layout->content;
    size_t at = reading->done;

    while (at < content->len && content->data[at] != '\n')
        at++;
    reading->done = at;
    if (hard)
        add_piece(reading, PIECE_BREAK, node, "");
    add_at(reading->shown, hard ? "\n" : " ", 1, origin_of(reading->layout, at));
    reading->done = at < content->len ? at + 1 : at;
    if (!hard || !at || content->data[at - 1] != '\\')
        reading->line = reading->done;
}

static void enter(struct reading *reading, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_text(reading, node);
        break;
    case CMARK_NODE_CODE:
        add_code(reading, node);
        break;
    case CMARK_NODE_LINK:
        add_link(reading, PIECE_LINK, node);
        break;
    case CMARK_NODE_IMAGE:
        add_link(reading, PIECE_IMAGE, node);
        break;
    case CMARK_NODE_STRONG:
        add_piece(reading, PIECE_STRONG, node, "");
        break;
    case CMARK_NODE_EMPH:
        add_piece(reading, PIECE_EMPHASIS, node, "");
        break;
    case CMARK_NODE_HTML_INLINE:
        add_piece(reading, PIECE_HTML, node, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        add_break(reading, node, cmark_node_get_type(node) == CMARK_NODE_LINEBREAK);
        break;
    default:
        break;
    }
}

static bool holds_words(cmark_node_type type)
{
    return type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE || type == CMARK_NODE_STRONG ||
           type == CMARK_NODE_EMPH;
}

static void read_tree(struct reading *reading, cmark_node *tree)
{
    struct markdown_shown *shown = reading->shown;
    size_t *open = NULL, depth = 0; /* pieces that the walk is inside of */
    cmark_iter *walk = cmark_iter_new(tree);
    cmark_event_type step;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        bool holds = holds_words(cmark_node_get_type(node));

        if (step == CMARK_EVENT_ENTER) {
            enter(reading, node);
            if (holds) {
                open = mem_grow(open, depth, sizeof *open);
                open[depth++] = shown->count - 1;
            }
        } else if (holds) {
            shown->pieces[open[--depth]].to = shown->text.len;
        }
    }
    cmark_iter_free(walk);
    free(open);
}

void markdown_show_plain(struct markdown_shown *shown, const char *words)
{
    size_t len = strlen(words);

    *shown = (struct markdown_shown){.text = BUF_INIT, .at = mem_alloc((len + 1) * sizeof(size_t))};
    buf_add(&shown->text, words, len);
    for (size_t i = 0; i <= len; i++)
        shown->at[i] = i;
}

void markdown_show(struct markdown_shown *shown, const char *words, bool stars_are_meant)
{
    struct words_layout layout;
    struct reading reading = {.shown = shown, .layout = &layout};
    enum emphasis_help help = stars_are_meant ? EMPHASIS_ANY : EMPHASIS_EAST_ASIAN;
    cmark_node *tree;

    if (markdown_is_plain_text(str_of(words))) {
        markdown_show_plain(shown, words);
        return;
    }
    words_lay_out(&layout, words, help);
    /* Nothing is shown in more than three times the bytes that spell it. */
    *shown = (struct markdown_shown){
        .text = BUF_INIT, .at = mem_alloc((3 * layout.content.len + 4) * sizeof(size_t))};
    tree = markdown_words_tree(words, help);
    read_tree(&reading, tree);
    shown->at[shown->text.len] = strlen(words);
    cmark_node_free(tree);
    words_layout_release(&layout);
}

void markdown_shown_release(struct markdown_shown *shown)
{
    for (size_t i = 0; i < shown->count; i++) {
        free(shown->pieces[i].text);
        free(shown->pieces[i].title);
    }
    free(shown->pieces);
    free(shown->at);
    buf_release(&shown->text);
    *shown = (struct markdown_shown){.text = BUF_INIT};
}
