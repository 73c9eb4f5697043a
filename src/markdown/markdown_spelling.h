/* A leaf's words as somebody spelled them, line by line, and which of their bytes may be markup.
 * What is looked for in spelled words is what CommonMark does not know: its tree has nothing of
 * that but the text it shows. */
#ifndef TEADE_MARKDOWN_SPELLING_H
#define TEADE_MARKDOWN_SPELLING_H

#include "markdown_private.h"

struct spelling_line {
    size_t start;       /* in the text */
    struct place place; /* of its first byte; those behind it follow it, unless there is a map */
    size_t origin;      /* for a map: of its first byte in the words */
    bool is_broken_off; /* the line before it ends in a hard break, or there is none */
};

struct spelling {
    const struct place_map *map; /* of words in a catalogue, or NULL */
    struct buf text; /* lines without indentation, each but the last with its \n */
    /* As long as the text.  Escaped characters, code, tags, autolinks and the addresses of
     * links are SPELLING_INERT. */
    struct buf live;
    struct spelling_line *lines;
    size_t line_count;
    struct buf shown;    /* the text that the leaf shows, without code; lines end in \n */
    struct buf unlinked; /* that part of it that is not inside a link */
};
/* A part of the text. */
struct piece {
    size_t start, end;
};
#define SPELLING_INERT '\x1a'

/* A leaf as its source spells it; `text` is the place of the Markdown text that it is part of. */
void spelling_of_leaf(struct spelling *spelling, const struct markdown *markdown, cmark_node *leaf,
                      struct place text);
/* Words that stand in a catalogue, where `map` says; `leaf` holds them, or is NULL: then all of
 * them is taken as shown. */
void spelling_of_words(struct spelling *spelling, const char *words, cmark_node *leaf,
                       const struct place_map *map);
void spelling_release(struct spelling *spelling);

/* Makes a part of it inert. */
void spelling_silence(struct spelling *spelling, size_t from, size_t to);

struct place spelling_place(const struct spelling *spelling, size_t offset);
/* The offset behind a line's last byte, without its \n. */
size_t spelling_line_end(const struct spelling *spelling, size_t line);

#endif
