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
    runs->run[runs->count++] = (struct run){change, side, from, to, NULL, runs->column};
}

/* Words that stayed, with an end behind each link that leads elsewhere now. */
static void add_unchanged(struct runs *runs, const struct alignment *alignment, size_t a, size_t b,
                          size_t len)
{
    const struct side *old = alignment->old, *new = alignment->new;
    size_t from = b;

    for (size_t k = 0; k < len; k++) {
        size_t link = side_link(new, b + k);
        bool last = k + 1 == len || side_link(new, b + k + 1) != link;

        if (old->tokens[a + k].number == new->tokens[b + k].number || !last)
            continue;
        add_run(runs, UNCHANGED, new, from, b + k + 1);
        runs->run[runs->count - 1].old_link = &old->outline.styles[side_link(old, a + k)];
        from = b + k + 1;
    }
    add_run(runs, UNCHANGED, new, from, b + len);
}

void redline_add(struct runs *runs, enum change change, const struct side *side,
                 struct passage words)
{
    add_run(runs, change, side, words.from, words.to);
}

void redline_compare(struct runs *runs, const struct alignment *alignment, struct passage old,
                     struct passage new)
{
    size_t a = old.from, b = new.from;
    struct diff diff;

    passage_compare(&diff, alignment->old, old, alignment->new, new);
    for (size_t r = 0; r < diff.count; r++) {
        size_t a_at = old.from + diff.runs[r].a_at, b_at = new.from + diff.runs[r].b_at;

        add_run(runs, REMOVED, alignment->old, a, a_at);
        add_run(runs, ADDED, alignment->new, b, b_at);
        add_unchanged(runs, alignment, a_at, b_at, diff.runs[r].len);
        a = a_at + diff.runs[r].len;
        b = b_at + diff.runs[r].len;
    }
    add_run(runs, REMOVED, alignment->old, a, old.to);
    add_run(runs, ADDED, alignment->new, b, new.to);
    diff_release(&diff);
}

void redline_runs(const struct alignment *alignment, const struct aligned *aligned,
                  struct runs *runs)
{
    const struct side *old = alignment->old, *new = alignment->new;

    *runs = (struct runs){NULL, 0, 0};
    if (redline_is_row(alignment, aligned)) {
        redline_row_runs(alignment, aligned, runs);
        return;
    }
    switch (aligned->status) {
    case BLOCK_SAME:
        redline_add(runs, UNCHANGED, new, aligned->new_words);
        break;
    case BLOCK_CHANGED:
        redline_compare(runs, alignment, aligned->old_words, aligned->new_words);
        break;
    case BLOCK_ADDED:
        redline_add(runs, ADDED, new, aligned->new_words);
        break;
    case BLOCK_MOVED_HERE:
        redline_compare(runs, alignment, side_words(old, aligned->moved_from), aligned->new_words);
        break;
    case BLOCK_REMOVED:
        redline_add(runs, REMOVED, old, aligned->old_words);
        break;
    case BLOCK_MOVED_AWAY:
        redline_add(runs, UNCHANGED, old, aligned->old_words);
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

static void write_token(const struct run *run, const struct token *token, struct buf *out)
{
    struct str words = {run->side->outline.text.data + token->offset, token->len};

    if (token->atom)
        buf_addstr(out, words);
    else if (run->change == UNCHANGED)
        html_text(out, words);
    else
        write_changed_word(words, out);
}

static void write_address(const struct outline_style *link, struct buf *out)
{
    html_text(out, str_of(*link->address ? link->address : "–"));
}

/* Whether a token is the last of a link among those of a run. */
static bool ends_link(const struct run *run, size_t token)
{
    size_t link = side_link(run->side, token);

    return link && (token + 1 == run->to || side_link(run->side, token + 1) != link);
}

/* Whether the last token of a link ends words that are its address. */
static bool names_itself(const struct run *run, size_t token)
{
    const struct outline *outline = &run->side->outline;
    const char *address = outline->styles[side_link(run->side, token)].address;
    size_t scheme = strncmp(address, "mailto:", 7) == 0 ? 7 : 0, len = strlen(address + scheme);
    const struct token *last = &run->side->tokens[token];
    size_t end = last->offset + last->len;

    return len && len <= end && memcmp(outline->text.data + end - len, address + scheme, len) == 0;
}

/* `with_addresses`: each link is followed by where it leads. */
static void write_tokens(const struct run *run, bool with_addresses, struct chain *open,
                         struct buf *out)
{
    size_t style = OUTLINE_NONE;

    for (size_t t = run->from; t < run->to; t++) {
        const struct token *token = &run->side->tokens[t];

        if (token->style != style) {
            struct chain wanted;

            style = token->style;
            chain_make(&wanted, run->side, style);
            change_to(open, &wanted, out);
        }
        write_token(run, token, out);
        if (with_addresses && ends_link(run, t) && !names_itself(run, t)) {
            buf_adds(out, "<span class=\"address\"> (");
            write_address(&run->side->outline.styles[side_link(run->side, t)], out);
            buf_adds(out, ")</span>");
        }
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

void redline_begin_mark(enum change change, const struct redline_words *words, struct buf *out)
{
    buf_adds(out, change == ADDED ? "<ins>" : "<del>");
    if (words)
        buf_addf(out, "<span class=\"said\">[%s: </span>",
                 change == ADDED ? words->added : words->removed);
}

void redline_end_mark(enum change change, const struct redline_words *words, struct buf *out)
{
    if (words)
        buf_adds(out, "<span class=\"said\">]</span>");
    buf_adds(out, change == ADDED ? "</ins>" : "</del>");
}

static void write_change(const struct run *run, const struct redline_words *words,
                         bool with_addresses, struct chain *open, struct buf *out)
{
    size_t depth = depth_for(run, open);

    close_to(open, depth, out);
    redline_begin_mark(run->change, words, out);
    write_tokens(run, with_addresses, open, out);
    close_to(open, depth, out);
    redline_end_mark(run->change, words, out);
}

/* Where a link leads, that is itself written as a link. */
static void write_target(const struct outline_style *link, enum change change,
                         const struct redline_words *words, struct buf *out)
{
    redline_begin_mark(change, words, out);
    buf_adds(out, link->open);
    write_address(link, out);
    buf_adds(out, link->close);
    redline_end_mark(change, words, out);
}

/* The words of a link stayed, and it leads elsewhere. */
static void write_targets(const struct run *run, enum change hidden,
                          const struct redline_words *words, struct buf *out)
{
    const struct outline *outline = &run->side->outline;

    buf_adds(out, "<span class=\"address\"> ");
    if (words)
        buf_addf(out, "[%s: ", words->link);
    if (hidden != REMOVED)
        write_target(run->old_link, REMOVED, words, out);
    if (hidden == UNCHANGED)
        buf_addc(out, ' ');
    if (hidden != ADDED)
        write_target(&outline->styles[side_link(run->side, run->to - 1)], ADDED, words, out);
    buf_adds(out, words ? "]</span>" : "</span>");
}

/* The next token of a run that ends a link, from one on. */
static size_t next_link(const struct run *run, size_t token)
{
    while (token < run->to && !ends_link(run, token))
        token++;
    return token;
}

/* Whether words for others are links as these are, and lead elsewhere. */
static bool leads_elsewhere(const struct run *a, const struct run *b)
{
    size_t i = next_link(a, a->from), j = next_link(b, b->from);

    if (i == a->to || j == b->to || a->change == UNCHANGED || b->change == UNCHANGED)
        return false;
    while (i < a->to && j < b->to) {
        if (strcmp(a->side->outline.styles[side_link(a->side, i)].address,
                   b->side->outline.styles[side_link(b->side, j)].address) != 0)
            return true;
        i = next_link(a, i + 1);
        j = next_link(b, j + 1);
    }
    return i < a->to || j < b->to;
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

void redline_write(const struct runs *runs, enum change hidden, const struct redline_words *words,
                   struct buf *out)
{
    struct chain open = {NULL, 0};

    for (size_t r = 0; r < runs->count; r++) {
        const struct run *run = &runs->run[r];
        bool elsewhere = words && ((r && leads_elsewhere(run - 1, run)) ||
                                   (r + 1 < runs->count && leads_elsewhere(run, run + 1)));

        if (run->change != UNCHANGED && (r == 0 || runs->run[r - 1].change == UNCHANGED))
            open_ahead(runs, r, hidden, &open, out);
        if (run->change == UNCHANGED)
            write_tokens(run, false, &open, out);
        else if (run->change != hidden)
            write_change(run, words, elsewhere, &open, out);
        if (run->old_link) {
            close_to(&open, 0, out);
            write_targets(run, hidden, words, out);
        }
    }
    close_to(&open, 0, out);
    free(open.link);
}
