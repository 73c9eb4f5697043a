/* A tree as CommonMark, by cmark but for its tables, which have one spelling: a pipe on either side
 * of each cell, and a space beside each. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "markdown_private.h"
#include "pipes.h"

/* Tables */

static void write_row(cmark_node *row, struct buf *out)
{
    buf_addc(out, '|');
    for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) {
        struct buf words = BUF_INIT;

        words_respell(cell, &words);
        buf_addc(out, ' ');
        pipes_escape(buf_str(&words), out);
        buf_adds(out, " |");
        buf_release(&words);
    }
}

static void write_delimiters(struct str delimiters, struct buf *out)
{
    static const char *const cells[] = {" --- |", " :-- |", " :-: |", " --: |"};
    struct str cell;

    buf_adds(out, "\n|");
    for (delimiters = pipes_begin(delimiters); pipes_next(&delimiters, &cell);)
        buf_adds(out, cells[pipes_alignment_of(cell)]);
}

static void write_table(cmark_node *table, struct buf *out)
{
    cmark_node *row = cmark_node_first_child(table);

    write_row(row, out);
    write_delimiters(table_delimiters(table), out);
    while ((row = cmark_node_next(row))) {
        buf_addc(out, '\n');
        write_row(row, out);
    }
}

/* A paragraph that cmark writes as it is. */
static cmark_node *paragraph_of(cmark_node *table)
{
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node *words = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    struct buf text = BUF_INIT;

    write_table(table, &text);
    cmark_node_set_on_enter(words, text.data);
    cmark_node_append_child(paragraph, words);
    buf_release(&text);
    return paragraph;
}

/* Lines behind a hard break.  To cmark a line of pipes and dashes is text; to who reads it back it
 * would make a table of the paragraph. */

struct guards {
    cmark_node **guard; /* the escaped character that the text behind it began with */
    size_t count;
};

static void guard_text(struct guards *guards, cmark_node *text)
{
    char *words = mem_dups(cmark_node_get_literal(text));
    cmark_node *guard = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);

    cmark_node_set_on_enter(guard, *words == '|' ? "\\|" : "\\:");
    cmark_node_insert_before(text, guard);
    cmark_node_set_literal(text, words + 1);
    guards->guard = mem_grow(guards->guard, guards->count, sizeof *guards->guard);
    guards->guard[guards->count++] = guard;
    free(words);
}

static void set_guards(struct guards *guards, cmark_node *tree)
{
    cmark_iter *walk = cmark_iter_new(tree);

    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk), *before = cmark_node_previous(node);

        if (cmark_node_get_type(node) == CMARK_NODE_TEXT && before &&
            cmark_node_get_type(before) == CMARK_NODE_LINEBREAK &&
            strchr("|:", *cmark_node_get_literal(node)) && *cmark_node_get_literal(node))
            guard_text(guards, node);
    }
    cmark_iter_free(walk);
}

static void release_guards(struct guards *guards)
{
    for (size_t i = 0; i < guards->count; i++) {
        cmark_node *guard = guards->guard[i], *text = cmark_node_next(guard);
        char *words =
            mem_printf("%s%s", cmark_node_get_on_enter(guard) + 1, cmark_node_get_literal(text));

        cmark_node_set_literal(text, words);
        cmark_node_free(guard);
        free(words);
    }
    free(guards->guard);
}

static char *render_paragraphs(cmark_node *tree)
{
    struct guards guards = {NULL, 0};
    char *text;

    set_guards(&guards, tree);
    text = cmark_render_commonmark(tree, CMARK_OPT_NOBREAKS, 0);
    release_guards(&guards);
    return text;
}

char *tables_commonmark(const struct markdown *markdown)
{
    cmark_node **paragraphs = mem_alloc((markdown->table_count + 1) * sizeof *paragraphs);
    char *text;

    for (size_t t = 0; t < markdown->table_count; t++) {
        paragraphs[t] = paragraph_of(markdown->tables[t]);
        cmark_node_replace(markdown->tables[t], paragraphs[t]);
    }
    text = render_paragraphs(markdown->tree);
    for (size_t t = 0; t < markdown->table_count; t++) {
        cmark_node_replace(paragraphs[t], markdown->tables[t]);
        cmark_node_free(paragraphs[t]);
    }
    free(paragraphs);
    return text;
}
