/* One of two texts that are compared, its words and blocks as numbers. */
#ifndef TEADE_COMPARED_TEXT_H
#define TEADE_COMPARED_TEXT_H

#include <stdint.h>

#include "intern.h"
#include "language/words.h"
#include "markdown/outline.h"

/* A word, a separator between words, or an atom (outline.h). */
struct token {
    size_t offset, len; /* in the outline's text */
    size_t style;
    uint32_t number; /* equal for equal text in equal markup, on both sides */
    uint32_t loose;  /* the same, wherever links lead */
    uint32_t word;   /* equal for equal text, case-insensitive */
    bool is_space;   /* a single one, outside of code */
    bool atom, is_word;
    bool ends_cell; /* an atom that shows nothing */
};

/* Tokens in a row. */
struct passage {
    size_t from, to;
};

struct side {
    struct outline outline;
    struct token *tokens;
    size_t token_count;
    size_t *first;    /* per block and one more: its first token */
    uint32_t *keys;   /* per block: equal where kind, place and words are */
    uint32_t *shapes; /* per block: equal where kind and place are */
    uint32_t *looks;  /* per block: equal where the keys are, and the levels of headings */
};

/* Takes the outline over; `numbers` are those of both sides.  Release it. */
void side_make(struct side *side, struct outline *outline, struct words *words,
               struct intern *numbers);
void side_release(struct side *side);

/* All of a block's. */
struct passage side_words(const struct side *side, size_t block);

/* The link that contains a token, or 0. */
size_t side_link(const struct side *side, size_t token);

#endif
