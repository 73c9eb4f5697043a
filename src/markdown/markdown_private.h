/* What the files of this module share. */
#ifndef TEADE_MARKDOWN_PRIVATE_H
#define TEADE_MARKDOWN_PRIVATE_H

#include <cmark.h>

#include "east_asian.h"
#include "markdown.h"

/* cmark's tree of a text, with East Asian emphasis and without the line breaks that stand
 * for nothing.  Blocks begin where they begin in the text; inline positions mean nothing. */
cmark_node *markdown_tree(struct str text, enum emphasis_help help);

/* Words (markdown_words.c) */

/* Adds a paragraph of which these words are all but the beginning, so that no line of them can
 * open a block; words_move() gives them to a leaf when it is parsed. */
void words_write(struct buf *text, const char *words);
void words_move(cmark_node *paragraph, cmark_node *leaf);
/* cmark's own spelling of a leaf's words, where they could mean more than they say. */
void words_respell(cmark_node *leaf, struct buf *out);
/* Whether a line of a paragraph would be another block if it stood behind one. */
bool words_begin_block(struct str line);

/* Tables (markdown_tables.c) */

/* Parses the text of `markdown`, its lines being known. */
void tables_parse(struct markdown *markdown);
/* A line, counted from 0, as it goes on with a block: without the signs of quotes before it. */
struct str table_line(const struct markdown *markdown, size_t n);

/* One table (markdown_cells.c) */

/* Makes one, to be filled row by row and then given its tags.  Its rows' text, like all text, must
 * outlive it. */
cmark_node *table_new(struct str delimiters);
void table_add_row(cmark_node *table, struct str text, size_t columns);
void table_set_tags(cmark_node *table, struct str delimiters);
/* Gives all cells their words; `around` has the definitions of their references. */
void tables_fill(const struct markdown *markdown, struct str around);
bool table_is_row(cmark_node *block);
struct str table_delimiters(cmark_node *table);
/* The source text of a cell that has words, without the backslashes before pipes. */
void table_cell_source(const struct markdown *markdown, cmark_node *cell, struct buf *out);
/* The place in the text of the byte at `offset` of that source. */
const char *table_cell_place(cmark_node *cell, size_t offset);
/* The whole tree as HTML, to be freed; and as CommonMark (markdown_commonmark.c). */
char *tables_html(const struct markdown *markdown);
char *tables_commonmark(const struct markdown *markdown);

/* Sources (markdown_source.c) */

/* One of the lines that a leaf stands on, from 1, without what is not its own: the indentation
 * before it and the markers of the quotes around it. */
struct str markdown_line(const struct markdown *markdown, cmark_node *leaf, size_t n);
/* The last line of a leaf's words; underlines of headings do not count. */
size_t markdown_last_line(const struct markdown *markdown, cmark_node *leaf);

/* Adds the lines of a leaf, joined; whether they mean the same as its words is for the caller to
 * see.  Up to the line that holds the byte at `wanted` of what is added: returns where that byte
 * stands in the text, or NULL. */
const char *markdown_source(const struct markdown *markdown, cmark_node *leaf, size_t wanted,
                            struct buf *out);

/* Where a block begins in the text. */
size_t markdown_offset(const struct markdown *markdown, cmark_node *block);

/* The next line of a leaf's words as it is parsed, neither blank nor indented; two blanks at its
 * end break it.  false: there is none. */
bool markdown_next_line(const char **words, struct str *line);
/* A document whose only paragraph consists of the words. */
cmark_node *markdown_words_tree(const char *words, enum emphasis_help help);

#endif
