#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "passage.h"
#include "redline_private.h"

/* Runs */

static void add_run(struct runs *runs, enum change change, const struct side *side, size_t from,
                    size_t to)
{
    if (from == to)
        return;
    runs->run = mem_grow(runs->run, runs->count, sizeof *runs->run);
    runs->run[runs->count++] = (struct run){change, side, from, to};
}

static void compare_words(const struct alignment *alignment, const struct aligned *aligned,
                          struct runs *runs)
{
    const struct side *old = &alignment->old, *new = &alignment->new;
    size_t a = old->first[aligned->old], b = new->first[aligned->new];
    struct diff diff;

    passage_compare(&diff, old, aligned->old, new, aligned->new);
    for (size_t r = 0; r < diff.count; r++) {
        size_t a_at = old->first[aligned->old] + diff.runs[r].a_at;
        size_t b_at = new->first[aligned->new] + diff.runs[r].b_at;

        add_run(runs, REMOVED, old, a, a_at);
        add_run(runs, ADDED, new, b, b_at);
        add_run(runs, UNCHANGED, new, b_at, b_at + diff.runs[r].len);
        a = a_at + diff.runs[r].len;
        b = b_at + diff.runs[r].len;
    }
    add_run(runs, REMOVED, old, a, old->first[aligned->old + 1]);
    add_run(runs, ADDED, new, b, new->first[aligned->new + 1]);
    diff_release(&diff);
}

static void add_block(struct runs *runs, enum change change, const struct side *side, size_t block)
{
    add_run(runs, change, side, side->first[block], side->first[block + 1]);
}

void redline_runs(const struct alignment *alignment, const struct aligned *aligned,
                  struct runs *runs)
{
    *runs = (struct runs){NULL, 0};
    switch (aligned->status) {
    case BLOCK_SAME:
        add_block(runs, UNCHANGED, &alignment->new, aligned->new);
        break;
    case BLOCK_CHANGED:
        compare_words(alignment, aligned, runs);
        break;
    case BLOCK_ADDED:
    case BLOCK_MOVED_HERE:
        add_block(runs, ADDED, &alignment->new, aligned->new);
        break;
    case BLOCK_REMOVED:
    case BLOCK_MOVED_AWAY:
        add_block(runs, REMOVED, &alignment->old, aligned->old);
        break;
    }
}

/* Writing.  <ins> and <del> stand inside the markup that all their words are in, if it is open
 * already or goes on behind them, and around what opens in them: a link that changed is not two
 * halves of a link. */

/* Markup around words. */
struct link {
    const struct side *side;
    const struct outline_style *style;
};

/* All of it, the outermost first. */
struct chain {
    struct link *link;
    size_t depth;
};

static void chain_make(struct chain *chain, const struct side *side, size_t style)
{
    const struct outline_style *styles = side->outline.styles;

    chain->depth = 0;
    for (size_t s = style; s; s = styles[s].parent)
        chain->depth++;
    chain->link = mem_alloc((chain->depth + 1) * sizeof *chain->link);
    for (size_t s = style, i = chain->depth; s; s = styles[s].parent)
        chain->link[--i] = (struct link){side, &styles[s]};
}

/* Two links side by side may be equal, and are two. */
static bool is_same(const struct link *a, const struct link *b)
{
    return a->side == b->side ? a->style == b->style : strcmp(a->style->open, b->style->open) == 0;
}

static size_t shared_depth(const struct chain *a, const struct chain *b)
{
    size_t depth = 0;

    while (depth < a->depth && depth < b->depth && is_same(&a->link[depth], &b->link[depth]))
        depth++;
    return depth;
}

static void close_to(struct chain *open, size_t depth, struct buf *out)
{
    while (open->depth > depth)
        buf_adds(out, open->link[--open->depth].style->close);
}

/* Closes and opens markup until `wanted` is open, which is taken over. */
static void change_to(struct chain *open, struct chain *wanted, struct buf *out)
{
    size_t shared = shared_depth(open, wanted);

    close_to(open, shared, out);
    for (size_t i = 0; i < shared; i++) /* it may have been the other side's */
        wanted->link[i] = open->link[i];
    for (size_t i = shared; i < wanted->depth; i++)
        buf_adds(out, wanted->link[i].style->open);
    free(open->link);
    *open = *wanted;
}

/* A control that would turn what stands around it is named where it came or went. */
static void write_changed_word(struct str word, struct buf *out)
{
    while (word.len) {
        struct str rest = word;
        int32_t character = utf8_next(&rest);

        if (utf8_is_bidi_control(character))
            buf_addf(out, "<span class=\"character\">U+%04X</span>", (unsigned)character);
        else
            html_text(out, (struct str){word.data, word.len - rest.len});
        word = rest;
    }
}

static void write_tokens(const struct run *run, struct chain *open, struct buf *out)
{
    const char *text = run->side->outline.text.data;
    size_t style = OUTLINE_NONE;

    for (size_t t = run->from; t < run->to; t++) {
        const struct token *token = &run->side->tokens[t];
        struct str words = {text + token->offset, token->len};

        if (token->style != style) {
            struct chain wanted;

            style = token->style;
            chain_make(&wanted, run->side, style);
            change_to(open, &wanted, out);
        }
        if (token->atom)
            buf_addstr(out, words);
        else if (run->change == UNCHANGED)
            html_text(out, words);
        else
            write_changed_word(words, out);
    }
}

/* How much of such markup all words of a run are in. */
static size_t depth_for(const struct run *run, const struct chain *open)
{
    size_t depth = open->depth, style = OUTLINE_NONE;

    for (size_t t = run->from; t < run->to; t++) {
        struct chain chain;
        size_t shared;

        if (run->side->tokens[t].style == style)
            continue;
        style = run->side->tokens[t].style;
        chain_make(&chain, run->side, style);
        shared = shared_depth(open, &chain);
        depth = shared < depth ? shared : depth;
        free(chain.link);
    }
    return depth;
}

static void write_change(const struct run *run, const char *element, const char *word,
                         struct chain *open, struct buf *out)
{
    size_t depth = depth_for(run, open);

    close_to(open, depth, out);
    buf_addf(out, "<%s>", element);
    if (word) {
        buf_adds(out, "<span class=\"said\">[");
        buf_adds(out, word);
        buf_adds(out, ": </span>");
    }
    write_tokens(run, open, out);
    close_to(open, depth, out);
    if (word)
        buf_adds(out, "<span class=\"said\">]</span>");
    buf_addf(out, "</%s>", element);
}

/* Changes come next, and words that stay behind them: markup that all of these are in opens before
 * the changes. */
static void open_ahead(const struct runs *runs, size_t from, enum change hidden, struct chain *open,
                       struct buf *out)
{
    struct chain ahead;
    size_t to = from, depth;

    while (to < runs->count && runs->run[to].change != UNCHANGED)
        to++;
    if (to == runs->count)
        return;
    chain_make(&ahead, runs->run[to].side, runs->run[to].side->tokens[runs->run[to].from].style);
    depth = ahead.depth;
    for (size_t r = from; r < to && depth; r++)
        if (runs->run[r].change != hidden) {
            size_t shared = depth_for(&runs->run[r], &ahead);

            depth = shared < depth ? shared : depth;
        }
    ahead.depth = depth;
    if (depth > shared_depth(open, &ahead))
        change_to(open, &ahead, out);
    else
        free(ahead.link);
}

void redline_write(const struct runs *runs, enum change hidden, const char *added,
                   const char *removed, struct buf *out)
{
    struct chain open = {NULL, 0};

    for (size_t r = 0; r < runs->count; r++) {
        const struct run *run = &runs->run[r];

        if (run->change != UNCHANGED && (r == 0 || runs->run[r - 1].change == UNCHANGED))
            open_ahead(runs, r, hidden, &open, out);
        if (run->change == UNCHANGED)
            write_tokens(run, &open, out);
        else if (run->change != hidden)
            write_change(run, run->change == ADDED ? "ins" : "del",
                         run->change == ADDED ? added : removed, &open, out);
    }
    close_to(&open, 0, out);
    free(open.link);
}
