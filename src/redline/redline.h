/* A redline: what one text says and another said, in one HTML fragment, word by word.
 *
 * What no reader can tell apart is equal (visible.h), and written as the new text has it.
 *
 * Without what stands in <ins>, and in blocks of the classes "added" and "moved-here", it is the
 * old text; without <del>, "removed" and "moved-away", the new one (tests/unit/src/test_redline.c).
 * A row of a table is such a block, and so is a cell of a column that only one of the texts has
 * (tests/unit/src/test_redline_table.c).
 * Numbers of list items are the new text's.  An item with another number, or one that was no item,
 * has the class "renumbered" and begins with what stood and what stands before it; one that only
 * moved up because another went has not.  Where a block stands is the new text's as well: one that
 * stood deeper or higher, and a heading of another level, begins with a note that says so, and
 * names what it stood in (data-was: b, l and i for a quote, a list and an item).
 * Where an <ins> or <del> holds a "break", a paragraph or item ends on that side, and the next
 * words are in the next one: it was cut there, or two were made one. */
#ifndef TEADE_REDLINE_H
#define TEADE_REDLINE_H

#include "base/buf.h"

/* Descriptions of changes for readers who cannot see the markup, in the reader's language, as
 * HTML. */
struct redline_words {
    const char *next, *last; /* what leads on from a change; NULL: nothing does */
    const char *added, *removed, *moved_here, *moved_away;
    const char *link;            /* behind a link: its address changed */
    const char *split, *joined;  /* where a block was cut in two, or two were made one */
    const char *deeper, *higher; /* before a block: its level changed */
    const char *placed;          /* before a block: it is in another kind of block */
};

struct redline_options {
    const char *language; /* of both texts */
    struct redline_words words;
    int heading_shift; /* a page has a heading of its own */
    /* As in markdown_links(), or NULL. */
    char *(*lead)(void *context, const char *url);
    void *context;
};

/* One line of the table that sets the old text against the new: a block that changed.
 * Either side is "" where it has no such block. */
struct redline_row {
    char *heading; /* the nearest above it, its beginning, without markup; "" where the row before
                      has it */
    char *before, *after; /* HTML */
    bool moved;           /* one side is empty, for the other text has it elsewhere */
};

/* A change, as a list of them names it; the id of its element is change-N, from 1 on. */
struct redline_change {
    enum redline_change_kind {
        CHANGE_WORDS, /* or where an item begins */
        CHANGE_ADDED,
        CHANGE_REMOVED,
        CHANGE_MOVED_HERE,
        CHANGE_MOVED_AND_CHANGED,
        CHANGE_MOVED_AWAY,
        CHANGE_SPLIT,
        CHANGE_JOINED,
        CHANGE_LEVEL,
        CHANGE_NUMBER, /* of one item, or of several in a row */
        CHANGE_LINK,
        CHANGE_RULE, /* a line across the page came or went */
    } kind;
    char *heading; /* the nearest above it, where it is not that of the change before; else "" */
    char *words;   /* its beginning, without markup */
};

struct redline {
    struct buf html;
    size_t words_added, words_removed;
    size_t blocks_changed, blocks_added, blocks_removed, blocks_moved;
    struct redline_change *changes;
    size_t change_count; /* 0: a reader can tell no difference */
    struct redline_row *rows;
    size_t row_count;
};

/* Reads texts that are compared with each other: each is cut into words once.  The options must
 * outlive it. */
struct redline_reader;
struct redline_reader *redline_reader_new(const struct redline_options *options);
void redline_reader_free(struct redline_reader *reader);

/* A text as it was read, of CommonMark.  Free it. */
struct side;
struct side *redline_read(struct redline_reader *reader, const char *text);
void redline_text_free(struct side *text); /* NULL is fine */

/* Both texts are of one reader, which had these options.  Release the redline. */
void redline_compare_texts(struct redline *redline, const struct side *before,
                           const struct side *after, const struct redline_options *options);

/* The same of two texts that are compared with no other; both are CommonMark. */
void redline_make(struct redline *redline, const char *before, const char *after,
                  const struct redline_options *options);
void redline_release(struct redline *redline);

#endif
