/* Summaries of a redline: in numbers, as a list of changes, and as a table. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "redline_work.h"

/* How long a heading above the rows can be, in bytes: a longer one is left out. */
enum { HEADING_MAX = 200 };

/* How much of a change the list of changes names, in bytes. */
enum { WORDS_MAX = 90 };

static bool is_change(const struct redline_work *work, const struct aligned *aligned)
{
    return aligned->status != BLOCK_SAME || redline_is_told(&work->label);
}

static void count(const struct redline_work *work, const struct aligned *aligned,
                  const struct runs *runs)
{
    struct redline *redline = work->redline;
    size_t *const counters[] = {
        [BLOCK_SAME] = is_change(work, aligned) ? &redline->blocks_changed : NULL,
        [BLOCK_CHANGED] = &redline->blocks_changed,
        [BLOCK_ADDED] = &redline->blocks_added,
        [BLOCK_REMOVED] = &redline->blocks_removed,
        [BLOCK_MOVED_HERE] = &redline->blocks_moved,
        [BLOCK_MOVED_AWAY] = NULL,
    };

    if (counters[aligned->status] && aligned->part == PART_NONE)
        ++*counters[aligned->status];
    if (redline_has_moved(aligned) && redline_is_row(work->alignment, aligned))
        return;
    for (size_t r = 0; r < runs->count; r++)
        for (size_t t = runs->run[r].from; t < runs->run[r].to; t++) {
            redline->words_added +=
                runs->run[r].change == ADDED && runs->run[r].side->tokens[t].is_word;
            redline->words_removed +=
                runs->run[r].change == REMOVED && runs->run[r].side->tokens[t].is_word;
        }
}

/* The beginning of words, at most about `most` bytes of them. */
static char *beginning_of(const struct side *side, struct passage passage, size_t most)
{
    struct buf words = BUF_INIT;
    size_t t = passage.from, len;

    for (; t < passage.to && (!words.len || words.len + side->tokens[t].len <= most); t++)
        if (side->tokens[t].ends_cell && t + 1 < passage.to)
            buf_adds(&words, " | ");
        else if (!side->tokens[t].atom)
            buf_add(&words, side->outline.text.data + side->tokens[t].offset, side->tokens[t].len);
    len = words.len < most ? words.len : most;
    while (len < words.len && len && ((unsigned char)words.data[len] & 0xc0) == 0x80)
        len--; /* no half of a character */
    if (len < words.len || t < passage.to) {
        words.data[words.len = len] = '\0';
        buf_adds(&words, "…");
    }
    return buf_detach(&words);
}

static void note_heading(struct redline_work *work, const struct aligned *aligned)
{
    if (aligned->new == OUTLINE_NONE ||
        work->alignment->new->outline.blocks[aligned->new].kind != BLOCK_HEADING)
        return;
    free(work->heading);
    work->heading = beginning_of(work->alignment->new, aligned->new_words, HEADING_MAX);
    work->heading_told = work->heading_listed = false;
}

static bool any_run(const struct runs *runs, bool of_links)
{
    bool any = false;

    for (size_t r = 0; r < runs->count; r++)
        any |= of_links ? runs->run[r].old_link != NULL : runs->run[r].change != UNCHANGED;
    return any;
}

static enum redline_change_kind kind_of_pair(const struct redline_work *work,
                                             const struct aligned *aligned,
                                             const struct aligned *next, const struct runs *runs)
{
    if (next)
        return next->part == PART_SPLIT ? CHANGE_SPLIT : CHANGE_JOINED;
    if (any_run(runs, false))
        return CHANGE_WORDS;
    if (any_run(runs, true))
        return CHANGE_LINK;
    if (aligned->depth != DEPTH_SAME)
        return CHANGE_LEVEL;
    return redline_is_told(&work->label) ? CHANGE_NUMBER : CHANGE_WORDS;
}

static enum redline_change_kind kind_of(const struct redline_work *work,
                                        const struct aligned *aligned, const struct aligned *next,
                                        const struct runs *runs)
{
    if (aligned_block(work->alignment, aligned)->kind == BLOCK_RULE)
        return CHANGE_RULE;
    switch (aligned->status) {
    case BLOCK_ADDED:
        return CHANGE_ADDED;
    case BLOCK_REMOVED:
        return CHANGE_REMOVED;
    case BLOCK_MOVED_AWAY:
        return CHANGE_MOVED_AWAY;
    case BLOCK_MOVED_HERE:
        return any_run(runs, false) && !redline_is_row(work->alignment, aligned)
                   ? CHANGE_MOVED_AND_CHANGED
                   : CHANGE_MOVED_HERE;
    default:
        return kind_of_pair(work, aligned, next, runs);
    }
}

/* From the first that came on, or the first that went, or all where neither did. */
static char *changed_words(const struct redline_work *work, const struct aligned *aligned,
                           const struct runs *runs)
{
    struct passage passage = aligned->new == OUTLINE_NONE ? aligned->old_words : aligned->new_words;
    const struct side *side = aligned_side(work->alignment, aligned);
    size_t r = 0;
    struct str shown;
    char *words, *all;

    while (r < runs->count && runs->run[r].change == UNCHANGED)
        r++;
    if (r + 1 < runs->count && runs->run[r].change == REMOVED && runs->run[r + 1].change == ADDED)
        r++;
    if (r < runs->count) {
        side = runs->run[r].side;
        passage.from = runs->run[r].from;
        passage.to = runs->run[r].change == ADDED ? passage.to : runs->run[r].to;
    }
    words = beginning_of(side, passage, WORDS_MAX);
    shown = str_trim(str_of(words));
    all = mem_printf("%s%.*s", r && r < runs->count ? "…" : "", (int)shown.len, shown.data);
    free(words);
    return all;
}

static void list_change(struct redline_work *work, const struct aligned *aligned,
                        const struct aligned *next, const struct runs *runs)
{
    struct redline *redline = work->redline;
    bool changed = is_change(work, aligned);

    if (changed && redline_is_listed(work, aligned)) {
        redline->changes =
            mem_grow(redline->changes, redline->change_count, sizeof *redline->changes);
        redline->changes[redline->change_count++] = (struct redline_change){
            kind_of(work, aligned, next, runs), mem_dups(work->heading_listed ? "" : work->heading),
            changed_words(work, aligned, runs)};
        work->heading_listed = true;
    }
    work->renumbered = changed && aligned->status == BLOCK_SAME;
}

static void write_side(const struct redline_work *work, const struct aligned *aligned,
                       const struct runs *runs, enum change hidden, struct buf *out)
{
    if (redline_is_row(work->alignment, aligned))
        redline_write_line(work->alignment, aligned, runs, hidden, out);
    else
        redline_write(runs, hidden, NULL, out);
}

/* Parts of what was or is one block share a row. */
static struct redline_row *row_for(struct redline_work *work, const struct aligned *aligned)
{
    struct redline *redline = work->redline;
    struct redline_row *row;

    if (aligned->part != PART_NONE)
        return &redline->rows[redline->row_count - 1];
    redline->rows = mem_grow(redline->rows, redline->row_count, sizeof *redline->rows);
    row = &redline->rows[redline->row_count++];
    row->heading = mem_dups(work->heading_told ? "" : work->heading);
    work->heading_told = true;
    row->moved = redline_has_moved(aligned);
    row->before = mem_dups("");
    row->after = mem_dups("");
    return row;
}

/* Behind what a part before it has on that side. */
static void add_to_row(char **side, bool is_apart, struct buf *words)
{
    char *all = mem_printf("%s%s%s", *side, !**side ? "" : is_apart ? "<br />" : " ", words->data);

    free(*side);
    buf_release(words);
    *side = all;
}

static void add_row(struct redline_work *work, const struct aligned *aligned,
                    const struct runs *runs)
{
    struct buf before = BUF_INIT, after = BUF_INIT;
    struct redline_row *row;

    if (!is_change(work, aligned) || aligned_block(work->alignment, aligned)->kind == BLOCK_RULE)
        return;
    redline_write_label_side(work, &work->label, REMOVED, NULL, &before);
    redline_write_label_side(work, &work->label, ADDED, NULL, &after);
    redline_write_depth(work, aligned, false, &after);
    if (aligned->old != OUTLINE_NONE)
        write_side(work, aligned, runs, ADDED, &before);
    if (aligned->new != OUTLINE_NONE)
        write_side(work, aligned, runs, REMOVED, &after);
    row = row_for(work, aligned);
    add_to_row(&row->before, aligned->part == PART_JOINED, &before);
    add_to_row(&row->after, aligned->part == PART_SPLIT, &after);
}

void redline_list(struct redline_work *work, const struct aligned *aligned,
                  const struct aligned *next, const struct runs *runs)
{
    count(work, aligned, runs);
    note_heading(work, aligned);
    list_change(work, aligned, next, runs);
    add_row(work, aligned, runs);
}
