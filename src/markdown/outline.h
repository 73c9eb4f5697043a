/* A text as a list of blocks, each a list of pieces of text, for comparing it with another:
 * what a tree says, flat.  Owns all its strings; the Markdown is needed no more. */
#ifndef TEADE_OUTLINE_H
#define TEADE_OUTLINE_H

#include "markdown.h"
#include "pipes.h"

#define OUTLINE_NONE ((size_t)-1)

/* A block that contains others. */
struct outline_container {
    enum outline_container_kind { IN_QUOTE, IN_BULLETS, IN_NUMBERS, IN_ITEM, IN_TABLE } kind;
    size_t parent;                    /* or OUTLINE_NONE */
    int number;                       /* of an item in IN_NUMBERS */
    bool tight;                       /* of a list: its paragraphs have no space between them */
    char delimiter;                   /* of IN_NUMBERS: the character after each number */
    enum pipes_alignment *alignments; /* of a table's columns, or NULL */
    size_t columns;                   /* how many */
};

/* Markup around words, such as emphasis or a link; 0: no markup. */
struct outline_style {
    size_t parent;      /* the markup around it */
    char *open, *close; /* as HTML */
    bool is_code;       /* where each space counts */
    size_t link;        /* the link that it is or is inside; 0: no link */
    char *address;      /* of a link: where it leads and its title, for readers; else NULL */
};

struct outline_piece {
    size_t offset, len; /* in the outline's text: words, or HTML that shows something by itself */
    size_t style;
    bool atom; /* the latter: a line break, an image; or the end of a cell, which shows nothing */
};

struct outline_block {
    enum outline_block_kind {
        BLOCK_PARAGRAPH,
        BLOCK_HEADING,
        BLOCK_CODE,
        BLOCK_RULE,
        BLOCK_HEAD, /* the first row of a table; behind the words of each cell stands its end */
        BLOCK_ROW
    } kind;
    int level;           /* of a heading, 1 to 6 */
    size_t container;    /* or OUTLINE_NONE */
    size_t first, count; /* its pieces */
};

struct outline {
    struct outline_block *blocks;
    size_t block_count;
    struct outline_container *containers;
    size_t container_count;
    struct outline_style *styles;
    size_t style_count;
    struct outline_piece *pieces;
    size_t piece_count;
    struct buf text;
};

/* As many times OUTLINE_NONE, such as the partner of each block.  Free it. */
size_t *outline_nobody(size_t count);

bool outline_is_row(enum outline_block_kind kind); /* of a table */

/* Raw HTML and links that a page would not follow are dropped, as in markdown_html(), and so is
 * markup within 32 others.  Blocks within more than 2 * MARKDOWN_DEPTH lists, items and quotes are
 * passed over; no article goes so deep.
 * `lead` as in markdown_links(), or NULL.  Release it. */
void outline_make(struct outline *outline, const struct markdown *markdown,
                  char *(*lead)(void *context, const char *url), void *context);
void outline_release(struct outline *outline);

#endif
