#include "compared_text.h"

#include <stdlib.h>

#include "base/mem.h"
#include "language/visible.h"

struct tokenizer {
    struct side *side;
    struct words *words;
    struct intern *numbers; /* of tokens, markup and blocks; one for both sides */
    uint32_t *styles;       /* per style of the outline: equal for equal markup */
    uint32_t *loose_styles; /* the same, wherever links lead */
    struct buf word, key;
    size_t block, piece;
    struct visible visible; /* the piece */
    bool is_code;           /* the piece: each of its spaces counts */
    size_t last;            /* one more than the last token that is no space */
};

static uint32_t number_token(struct tokenizer *tokenizer, uint32_t style, bool atom)
{
    buf_reset(&tokenizer->key);
    buf_addc(&tokenizer->key, atom ? 'a' : 't');
    buf_add(&tokenizer->key, &style, sizeof style);
    buf_addstr(&tokenizer->key, buf_str(&tokenizer->word));
    return intern(tokenizer->numbers, buf_str(&tokenizer->key));
}

/* `word` is what is visible of `len` bytes of the outline's text. */
static void add_token(struct tokenizer *tokenizer, struct str word, size_t offset, size_t len,
                      bool is_word)
{
    struct side *side = tokenizer->side;
    const struct outline_piece *piece = &side->outline.pieces[tokenizer->piece];
    struct token token = {.offset = offset,
                          .len = len,
                          .style = piece->style,
                          .atom = piece->atom,
                          .is_word = is_word,
                          .is_space = str_is(word, " ") && !tokenizer->is_code,
                          .ends_cell = piece->atom && str_is(word, "|")};

    if (token.is_space && side->token_count == side->first[tokenizer->block])
        return; /* before the first word of a block nobody sees it */
    buf_reset(&tokenizer->word);
    visible_compose(word, &tokenizer->word);
    buf_reset(&tokenizer->key);
    buf_addc(&tokenizer->key, 'w');
    words_fold(tokenizer->words, buf_str(&tokenizer->word), &tokenizer->key);
    token.word = intern(tokenizer->numbers, buf_str(&tokenizer->key));
    token.number = number_token(tokenizer, tokenizer->styles[piece->style], piece->atom);
    token.loose = piece->style
                      ? number_token(tokenizer, tokenizer->loose_styles[piece->style], piece->atom)
                      : token.number;
    side->tokens = mem_grow(side->tokens, side->token_count, sizeof *side->tokens);
    side->tokens[side->token_count++] = token;
    if (!token.is_space)
        tokenizer->last = side->token_count;
}

static void take_word(void *context, struct str part, bool is_word)
{
    struct tokenizer *tokenizer = context;
    const struct outline_piece *piece = &tokenizer->side->outline.pieces[tokenizer->piece];
    const struct visible *visible = &tokenizer->visible;
    size_t from = (size_t)(part.data - visible->text.data);

    add_token(tokenizer, part, piece->offset + visible->at[from],
              visible->at[from + part.len] - visible->at[from], is_word);
}

/* Outside of code, spaces in a row are one. */
static void add_piece(struct tokenizer *tokenizer, size_t index)
{
    const struct outline *outline = &tokenizer->side->outline;
    const struct outline_piece *piece = &outline->pieces[index];
    struct str text = {outline->text.data + piece->offset, piece->len};

    tokenizer->piece = index;
    tokenizer->is_code = outline->styles[piece->style].is_code ||
                         outline->blocks[tokenizer->block].kind == BLOCK_CODE;
    visible_make(&tokenizer->visible, text, tokenizer->is_code);
    if (piece->atom)
        add_token(tokenizer, buf_str(&tokenizer->visible.text), piece->offset, piece->len, false);
    else
        words_split(tokenizer->words, buf_str(&tokenizer->visible.text), take_word, tokenizer);
    visible_release(&tokenizer->visible);
}

static uint32_t number_style(struct tokenizer *tokenizer, uint32_t parent, struct str tag)
{
    buf_reset(&tokenizer->key);
    buf_addf(&tokenizer->key, "s%u ", parent);
    visible_compose(tag, &tokenizer->key);
    return intern(tokenizer->numbers, buf_str(&tokenizer->key));
}

static void number_styles(struct tokenizer *tokenizer)
{
    const struct outline *outline = &tokenizer->side->outline;

    tokenizer->styles = mem_alloc(outline->style_count * sizeof *tokenizer->styles);
    tokenizer->loose_styles = mem_alloc(outline->style_count * sizeof *tokenizer->loose_styles);
    for (size_t i = 0; i < outline->style_count; i++) { /* a parent comes before its children */
        const struct outline_style *style = &outline->styles[i];
        struct visible tag;

        visible_make(&tag, str_of(style->open), false);
        tokenizer->styles[i] =
            number_style(tokenizer, i ? tokenizer->styles[style->parent] : 0, buf_str(&tag.text));
        tokenizer->loose_styles[i] =
            number_style(tokenizer, i ? tokenizer->loose_styles[style->parent] : 0,
                         style->address ? str_of("<a>") : buf_str(&tag.text));
        visible_release(&tag);
    }
}

/* A paragraph that becomes an item is another block; an item with another number (numbering.h) is
 * not, nor a heading of another level. */
static void add_shape(const struct outline *outline, const struct outline_block *block,
                      struct buf *key)
{
    buf_addf(key, "b%d ", block->kind);
    for (size_t c = block->container; c != OUTLINE_NONE; c = outline->containers[c].parent)
        buf_addc(key, "qllit"[outline->containers[c].kind]);
}

static void number_block(struct tokenizer *tokenizer, size_t block)
{
    struct side *side = tokenizer->side;

    buf_reset(&tokenizer->key);
    add_shape(&side->outline, &side->outline.blocks[block], &tokenizer->key);
    side->shapes[block] = intern(tokenizer->numbers, buf_str(&tokenizer->key));
    for (size_t t = side->first[block]; t < side->first[block + 1]; t++)
        buf_add(&tokenizer->key, &side->tokens[t].number, sizeof side->tokens[t].number);
    side->keys[block] = intern(tokenizer->numbers, buf_str(&tokenizer->key));
    buf_reset(&tokenizer->key);
    buf_addf(&tokenizer->key, "l%u %d", side->keys[block], side->outline.blocks[block].level);
    side->looks[block] = intern(tokenizer->numbers, buf_str(&tokenizer->key));
}

void side_make(struct side *side, struct outline *outline, struct words *words,
               struct intern *numbers)
{
    size_t blocks = outline->block_count;
    struct tokenizer tokenizer = {
        .side = side, .words = words, .numbers = numbers, .word = BUF_INIT, .key = BUF_INIT};

    *side = (struct side){.outline = *outline};
    side->first = mem_alloc((blocks + 1) * sizeof *side->first);
    side->keys = mem_alloc((blocks + 1) * sizeof *side->keys);
    side->shapes = mem_alloc((blocks + 1) * sizeof *side->shapes);
    side->looks = mem_alloc((blocks + 1) * sizeof *side->looks);
    number_styles(&tokenizer);
    for (size_t b = 0; b < blocks; b++) {
        const struct outline_block *block = &side->outline.blocks[b];

        tokenizer.block = b;
        tokenizer.last = side->first[b];
        for (size_t p = block->first; p < block->first + block->count; p++)
            add_piece(&tokenizer, p);
        side->first[b + 1] = side->token_count = tokenizer.last;
        number_block(&tokenizer, b);
    }
    buf_release(&tokenizer.word);
    buf_release(&tokenizer.key);
    free(tokenizer.styles);
    free(tokenizer.loose_styles);
}

void side_release(struct side *side)
{
    outline_release(&side->outline);
    free(side->tokens);
    free(side->first);
    free(side->keys);
    free(side->shapes);
    free(side->looks);
}

struct passage side_words(const struct side *side, size_t block)
{
    return (struct passage){side->first[block], side->first[block + 1]};
}

size_t side_link(const struct side *side, size_t token)
{
    return side->outline.styles[side->tokens[token].style].link;
}
