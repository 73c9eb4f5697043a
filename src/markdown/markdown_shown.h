/* What words in CommonMark show, and where in the words each part of it is spelled.  The checks of
 * sources and translations use it. */
#ifndef TEADE_MARKDOWN_SHOWN_H
#define TEADE_MARKDOWN_SHOWN_H

#include "base/buf.h"

enum markdown_piece_kind {
    PIECE_LINK,
    PIECE_IMAGE,
    PIECE_CODE,
    PIECE_STRONG,
    PIECE_EMPHASIS,
    PIECE_BREAK, /* a hard line break */
    PIECE_HTML,  /* raw; a page does not show it */
};

/* Markup, in the order of the words. */
struct markdown_piece {
    enum markdown_piece_kind kind;
    size_t start;    /* where it begins in the words */
    size_t from, to; /* its content, as offsets in the text shown */
    char *text;      /* where it leads, the code or the HTML; else "" */
    char *title;     /* of a link or image, or "" */
};

struct markdown_shown {
    struct buf text; /* without markup; U+FFFC for code, a line feed for a hard break */
    size_t *at;      /* for each byte of the text and for its end: its offset in the words */
    struct markdown_piece *pieces;
    size_t count;
};

/* Reads words as markdown_set_words() does.  Release it. */
void markdown_show(struct markdown_shown *shown, const char *words, bool stars_are_meant);
/* The same for words that are not CommonMark: they are shown as they are. */
void markdown_show_plain(struct markdown_shown *shown, const char *words);
void markdown_shown_release(struct markdown_shown *shown);

#endif
