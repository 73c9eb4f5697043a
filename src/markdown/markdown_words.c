/* A leaf's message is first sought in the source itself, because editors and
 * translators know that spelling; it is taken only if it proves to mean the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "markdown_private.h"

static bool is_leaf(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    return type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING;
}

/* Text without a character that could mean anything but itself. */
bool markdown_is_plain_text(struct str words)
{
    static const bool means_more[256] = {
        ['\0'] = true, ['\n'] = true, ['\r'] = true, ['\\'] = true, ['`'] = true, ['*'] = true,
        ['_'] = true,  ['['] = true,  [']'] = true,  ['<'] = true,  ['&'] = true,
    };

    for (size_t i = 0; i < words.len; i++)
        if (means_more[(unsigned char)words.data[i]])
            return false;
    return true;
}

static void move_children(cmark_node *from, cmark_node *to)
{
    cmark_node *n;

    while ((n = cmark_node_first_child(from)))
        cmark_node_append_child(to, n);
}

/* Inline content alone, as HTML; soft breaks as spaces.  To be freed. */
static char *words_html(cmark_node *leaf)
{
    cmark_node *alone = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    char *html;

    move_children(leaf, alone);
    html = cmark_render_html(alone, CMARK_OPT_NOBREAKS);
    move_children(alone, leaf);
    cmark_node_free(alone);
    return html;
}

bool markdown_next_line(const char **words, struct str *line)
{
    while (**words) {
        const char *end = *words + strcspn(*words, "\r\n"), *behind;

        *line = str_trim((struct str){*words, (size_t)(end - *words)});
        *words = end + (*end != '\0');
        if (!line->len)
            continue; /* a blank line would end the paragraph */
        behind = line->data + line->len;
        if (end - behind >= 2 && *behind == ' ' && behind[1] == ' ')
            line->len += 2; /* a hard break */
        return true;
    }
    return false;
}

/* The leading x makes every line of the words a continuation, and continuation lines indented four
 * spaces open no block. */
void words_write(struct buf *text, const char *words)
{
    struct str line;

    buf_adds(text, "x");
    while (markdown_next_line(&words, &line)) {
        buf_adds(text, "\n    ");
        buf_addstr(text, line);
    }
}

static void drop_lead(cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph);

    if (cmark_node_next(first))
        cmark_node_free(cmark_node_next(first)); /* the soft break behind x */
    cmark_node_free(first);
}

void words_move(cmark_node *paragraph, cmark_node *leaf)
{
    drop_lead(paragraph);
    move_children(paragraph, leaf);
}

cmark_node *markdown_words_tree(const char *words, enum emphasis_help help)
{
    struct buf text = BUF_INIT;
    cmark_node *document;

    words_write(&text, words);
    document = markdown_tree(buf_str(&text), help);
    buf_release(&text);
    drop_lead(cmark_node_first_child(document));
    return document;
}

/* Whether a leaf is nothing but these words: most are, and need no parser to prove it. */
static bool is_just(cmark_node *leaf, struct str words)
{
    for (cmark_node *n = cmark_node_first_child(leaf); n; n = cmark_node_next(n)) {
        bool soft_break = cmark_node_get_type(n) == CMARK_NODE_SOFTBREAK;
        struct str part;

        if (!soft_break && cmark_node_get_type(n) != CMARK_NODE_TEXT)
            return false;
        part = str_of(soft_break ? " " : cmark_node_get_literal(n));
        if (part.len > words.len || memcmp(part.data, words.data, part.len) != 0)
            return false;
        words = (struct str){words.data + part.len, words.len - part.len};
    }
    return words.len == 0;
}

static bool words_mean(cmark_node *leaf, struct str words)
{
    cmark_node *document;
    char *ours, *theirs;
    bool same;

    if (markdown_is_plain_text(words) && str_trim(words).len == words.len)
        return is_just(leaf, words);
    document = markdown_words_tree(words.data, EMPHASIS_EAST_ASIAN);
    ours = words_html(leaf);
    theirs = words_html(cmark_node_first_child(document));
    same = strcmp(ours, theirs) == 0;
    free(ours);
    free(theirs);
    cmark_node_free(document);
    return same;
}

/* cmark spells a hard break as two spaces, which editors of PO files cannot see, and now and
 * then keeps the spaces behind one, which would not come back by themselves. */
static void add_respelled(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.len - i > 2 && memcmp(text.data + i, "  \n", 3) == 0) {
            i += 2;
            buf_adds(out, "\\\n");
            if (i + 1 < text.len && text.data[i + 1] == ' ') {
                buf_adds(out, "&#32;");
                i++;
            }
        } else {
            buf_addc(out, text.data[i]);
        }
}

static bool add_plain(cmark_node *leaf, struct buf *out)
{
    for (cmark_node *n = cmark_node_first_child(leaf); n; n = cmark_node_next(n))
        if (cmark_node_get_type(n) != CMARK_NODE_TEXT)
            return false;
    markdown_plain_leaf(leaf, out);
    if (markdown_is_plain_text(buf_str(out)))
        return true;
    buf_reset(out);
    return false;
}

void words_respell(cmark_node *leaf, struct buf *out)
{
    char *text;
    cmark_node *document, *paragraph;

    if (add_plain(leaf, out))
        return;
    document = cmark_node_new(CMARK_NODE_DOCUMENT);
    paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    /* The words are lent to a paragraph of their own and then come back. */
    cmark_node_append_child(document, paragraph);
    move_children(leaf, paragraph);
    text = cmark_render_commonmark(document, CMARK_OPT_NOBREAKS, 0);
    move_children(paragraph, leaf);
    cmark_node_free(document);
    add_respelled(out, str_trim(str_of(text)));
    free(text);
}

bool markdown_words(const struct markdown *markdown, struct cmark_node *leaf, struct buf *out)
{
    if (markdown_is_cell(leaf))
        table_cell_source(markdown, leaf, out);
    else
        markdown_source(markdown, leaf, SIZE_MAX, out);
    if (words_mean(leaf, buf_str(out)))
        return true;
    buf_reset(out);
    words_respell(leaf, out);
    return words_mean(leaf, buf_str(out));
}

static void clear(cmark_node *leaf)
{
    cmark_node *n;

    while ((n = cmark_node_first_child(leaf)))
        cmark_node_free(n);
}

static void set_plain(cmark_node *leaf, struct str words)
{
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    char *literal = mem_dup(words.data, words.len);

    cmark_node_set_literal(text, literal);
    cmark_node_append_child(leaf, text);
    free(literal);
}

static void set_parsed(cmark_node *leaf, const char *words, enum emphasis_help help)
{
    cmark_node *document = markdown_words_tree(words, help);

    move_children(cmark_node_first_child(document), leaf);
    cmark_node_free(document);
}

/* A cell is one line. */
static void join_hard_breaks(cmark_node *cell)
{
    cmark_iter *walk = cmark_iter_new(cell);
    cmark_node *hard = NULL;

    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        if (hard) { /* behind the walk by now */
            cmark_node_replace(hard, cmark_node_new(CMARK_NODE_SOFTBREAK));
            cmark_node_free(hard);
        }
        hard = cmark_iter_get_node(walk);
        if (cmark_node_get_type(hard) != CMARK_NODE_LINEBREAK)
            hard = NULL;
    }
    cmark_iter_free(walk);
}

void markdown_set_words(struct cmark_node *leaf, const char *words, bool stars_are_meant)
{
    struct str trimmed = str_trim(str_of(words));

    clear(leaf);
    if (markdown_is_plain_text(trimmed))
        set_plain(leaf, trimmed);
    else
        set_parsed(leaf, words, stars_are_meant ? EMPHASIS_ANY : EMPHASIS_EAST_ASIAN);
    if (markdown_is_cell(leaf))
        join_hard_breaks(leaf);
}

void markdown_plain_leaf(struct cmark_node *leaf, struct buf *out)
{
    cmark_iter *walk = cmark_iter_new(leaf);

    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);

        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            buf_adds(out, cmark_node_get_literal(node));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            buf_addc(out, ' ');
    }
    cmark_iter_free(walk);
}

bool markdown_is_plain(struct cmark_node *item)
{
    for (cmark_node *n = cmark_node_first_child(item); n; n = cmark_node_next(n)) {
        cmark_node_type type = cmark_node_get_type(n);

        if (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HTML_BLOCK)
            return false;
    }
    return true;
}

void markdown_plain(struct cmark_node *item, struct buf *out)
{
    for (cmark_node *n = cmark_node_first_child(item); n; n = cmark_node_next(n))
        if (is_leaf(n)) {
            if (out->len)
                buf_addc(out, ' ');
            markdown_plain_leaf(n, out);
        }
}

/* Most words need no parser to prove that they do not. */
static bool may_open_block(const char *words)
{
    for (; *words; words += *words == '\n') {
        words += strspn(words, " \t");
        if (*words && strchr("#>-+*=`~<[0123456789", *words))
            return true;
        words += strcspn(words, "\n");
    }
    return false;
}

bool words_begin_block(struct str line)
{
    char *words = mem_dup(line.data, line.len);
    cmark_node *document, *first;
    bool begins = false;

    if (may_open_block(words)) {
        document = cmark_parse_document(words, line.len, CMARK_OPT_VALIDATE_UTF8);
        first = cmark_node_first_child(document);
        begins = first && cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH;
        cmark_node_free(document);
    }
    free(words);
    return begins;
}

/* Numbers at the beginning of lines are those of dates and ordinals. */
static void add_without_numbers(struct buf *out, const char *words)
{
    while (*words) {
        size_t digits, len = strcspn(words, "\n") + (words[strcspn(words, "\n")] == '\n');
        size_t spaces = strspn(words, " \t");

        digits = strspn(words + spaces, "0123456789");
        buf_add(out, words, spaces + digits);
        if (digits && words[spaces + digits] && strchr(".)", words[spaces + digits]))
            buf_addc(out, '\\');
        buf_add(out, words + spaces + digits, len - spaces - digits);
        words += len;
    }
}

bool markdown_opens_block(const char *words)
{
    struct buf text = BUF_INIT;
    cmark_node *document, *first;
    bool opens;

    if (!may_open_block(words))
        return false;
    add_without_numbers(&text, words);
    document = markdown_tree(buf_str(&text), EMPHASIS_EAST_ASIAN);
    first = cmark_node_first_child(document);
    opens = !first || cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH || cmark_node_next(first);
    cmark_node_free(document);
    buf_release(&text);
    return opens;
}
