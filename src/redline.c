/* Blocks come in reading order, each with the path of what it stands in; containers are opened
 * and closed where two paths part. */
#include "redline.h"

#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "redline_private.h"

/* How long a heading is told above the rows, in bytes: what is longer is none. */
enum { HEADING_MAX = 200 };

/* How much of a change the list of changes names, in bytes. */
enum { WORDS_MAX = 90 };

/* What stood before an item in the old text and stands there in the new one, where that is told:
 * items of either, or OUTLINE_NONE. */
struct label {
    size_t was, is;
};

static const struct label no_label = {OUTLINE_NONE, OUTLINE_NONE};

struct work {
    const struct alignment *alignment;
    const struct redline_options *options;
    struct redline *redline;
    struct path open;   /* a block's */
    bool bare;          /* words without an element of their own were written last */
    bool has_element;   /* the last block */
    struct label label; /* the last one that this block was given */
    char *heading;      /* the last one, plain */
    bool heading_told, heading_listed;
    bool has_id;     /* the block, as a change */
    bool renumbered; /* the block before it was an item that only has another number */
};

static const char *const classes[] = {
    [BLOCK_SAME] = NULL,
    [BLOCK_CHANGED] = "changed",
    [BLOCK_ADDED] = "added",
    [BLOCK_REMOVED] = "removed",
    [BLOCK_MOVED_HERE] = "moved-here",
    [BLOCK_MOVED_AWAY] = "moved-away",
};

static void open_tag(struct buf *out, const char *tag, const char *class)
{
    buf_addf(out, "<%s", tag);
    if (class)
        buf_addf(out, " class=\"%s\"", class);
}

static const struct redline_words *said(const struct work *work)
{
    return work->options->words.added ? &work->options->words : NULL;
}

/* The list of changes */

/* Items in a row that only have other numbers are one change. */
static bool is_listed(const struct work *work, const struct aligned *aligned)
{
    return aligned->part == PART_NONE && !(aligned->status == BLOCK_SAME && work->renumbered);
}

/* In the tag of an element that shows that a block changed: the first has its id. */
static void write_id(struct work *work, const struct aligned *aligned)
{
    if (work->options->words.next && !work->has_id && is_listed(work, aligned))
        buf_addf(&work->redline->html, " id=\"change-%zu\"", work->redline->change_count + 1);
    work->has_id = true;
}

static void write_link(const struct work *work, const char *class, const char *target,
                       const char *words, const char *arrow)
{
    buf_addf(&work->redline->html,
             "<a class=\"%s\" href=\"#%s\"><span class=\"said\">%s</span><span "
             "aria-hidden=\"true\">%s</span></a>",
             class, target, words, arrow);
}

/* Behind a change: what leads to the next one, or to the end.  One of several parts of what is now
 * one block is in the list already when the last of them ends. */
static void write_next(const struct work *work, const struct aligned *aligned)
{
    bool listed = aligned->part == PART_JOINED;
    char *target;

    if (!work->options->words.next || !(listed || (work->has_id && is_listed(work, aligned))))
        return;
    target = mem_printf("change-%zu", work->redline->change_count + (listed ? 1 : 2));
    write_link(work, "next", target, work->options->words.next, "↓");
    free(target);
}

/* Labels of items */

static bool is_told(const struct label *label)
{
    return label->was != OUTLINE_NONE || label->is != OUTLINE_NONE;
}

static bool is_pair(const struct aligned *aligned)
{
    return aligned->old != OUTLINE_NONE && aligned->new != OUTLINE_NONE;
}

/* The item that a block of the old text begins and that is none in the new one, or OUTLINE_NONE. */
static size_t lost_item(const struct work *work, const struct aligned *aligned)
{
    const struct outline *old = &work->alignment->old.outline;
    size_t item, above;

    if (aligned->old == OUTLINE_NONE)
        return OUTLINE_NONE;
    item = old->blocks[aligned->old].container;
    if (item == OUTLINE_NONE || old->containers[item].kind != IN_ITEM ||
        work->alignment->numbering.becomes[item] != OUTLINE_NONE)
        return OUTLINE_NONE;
    above = aligned->old ? old->blocks[aligned->old - 1].container : OUTLINE_NONE;
    while (above != OUTLINE_NONE && above != item)
        above = old->containers[above].parent;
    return above == item ? OUTLINE_NONE : item;
}

/* Of an item that a block opens; `own`: the block is its own words. */
static struct label opened_label(const struct work *work, const struct aligned *aligned,
                                 const struct node *node, bool own)
{
    const struct numbering *numbering = &work->alignment->numbering;

    if (node->container->kind != IN_ITEM ||
        node->id >= work->alignment->new.outline.container_count)
        return no_label;
    if (numbering->was[node->id] != OUTLINE_NONE)
        return numbering->renumbered[node->id] ? (struct label){numbering->was[node->id], node->id}
                                               : no_label;
    return own && is_pair(aligned) && aligned->depth == DEPTH_SAME
               ? (struct label){lost_item(work, aligned), node->id}
               : no_label;
}

/* Of a block that opens no item of its own. */
static struct label closed_label(const struct work *work, const struct aligned *aligned)
{
    const struct path *path = &aligned->path;
    bool is_inside = path->depth &&
                     path->node[path->depth - 1].id < work->alignment->new.outline.container_count;

    return is_pair(aligned) || is_inside ? (struct label){lost_item(work, aligned), OUTLINE_NONE}
                                         : no_label;
}

/* One side of a label, marked as what came or went. */
static void write_label_side(const struct work *work, const struct label *label, enum change change,
                             const struct redline_words *words, struct buf *out)
{
    size_t item = change == REMOVED ? label->was : label->is;

    if (item == OUTLINE_NONE)
        return;
    redline_begin_mark(change, words, out);
    item_label(change == REMOVED ? &work->alignment->old.outline : &work->alignment->new.outline,
               item, out);
    redline_end_mark(change, words, out);
    buf_addc(out, ' ');
}

static void write_label(const struct work *work, const struct label *label, struct buf *out)
{
    if (!is_told(label))
        return;
    buf_adds(out, "<span class=\"number\">");
    write_label_side(work, label, REMOVED, said(work), out);
    write_label_side(work, label, ADDED, said(work), out);
    buf_adds(out, "</span>");
}

/* Containers */

static void open_container(struct work *work, const struct aligned *aligned,
                           const struct node *node, const char *class, const struct label *label)
{
    static const char *const tags[] = {"blockquote", "ul", "ol", "li"};
    struct buf *out = &work->redline->html;

    if (node->container->kind == IN_TABLE) {
        buf_adds(out, "<div class=\"table\" tabindex=\"0\">\n<table>\n");
        return;
    }
    buf_addf(out, "<%s", tags[node->container->kind]);
    if (class || is_told(label))
        buf_addf(out, " class=\"%s%s%s\"", class ? class : "", class && is_told(label) ? " " : "",
                 is_told(label) ? "renumbered" : "");
    if (class || is_told(label))
        write_id(work, aligned);
    if (node->numbered)
        buf_addf(out, " value=\"%d\"", node->container->number);
    buf_adds(out, node->container->kind == IN_ITEM ? ">" : ">\n");
    write_label(work, label, out);
}

static void close_container(const struct node *node, struct buf *out)
{
    static const char *const tags[] = {"</blockquote>\n", "</ul>\n", "</ol>\n", "</li>\n",
                                       "</table>\n</div>\n"};

    buf_adds(out, tags[node->container->kind]);
}

static void close_containers(struct work *work, size_t depth)
{
    while (work->open.depth > depth)
        close_container(&work->open.node[--work->open.depth], &work->redline->html);
}

/* `class` is of the item that a block's path ends with.  Returns the label that the block itself
 * still needs. */
static struct label go_to(struct work *work, const struct aligned *aligned, const char *class)
{
    const struct path *path = &aligned->path;
    size_t shared = path_shared(path, &work->open), opened = work->open.depth;
    struct label own = no_label;

    work->label = no_label;
    work->bare = work->bare && shared == path->depth && shared == opened;
    close_containers(work, shared);
    for (size_t i = shared; i < path->depth; i++) {
        bool last = i + 1 == path->depth;
        struct label label = opened_label(work, aligned, &path->node[i], last);

        open_container(work, aligned, &path->node[i], last ? class : NULL, &label);
        work->label = is_told(&label) ? label : work->label;
    }
    work->open = *path;
    if (shared == path->depth)
        work->label = own = closed_label(work, aligned);
    return own;
}

/* Blocks */

static bool is_head(const struct work *work, const struct aligned *aligned)
{
    return aligned_block(work->alignment, aligned)->kind == BLOCK_HEAD;
}

static void tags_of(const struct work *work, const struct aligned *aligned, char tag[16],
                    const char **inner, const char **inner_end)
{
    const struct outline_block *block = aligned_block(work->alignment, aligned);
    int level = block->level + work->options->heading_shift;

    *inner = *inner_end = "";
    if (redline_is_row(work->alignment, aligned)) {
        strcpy(tag, "tr");
    } else if (block->kind == BLOCK_HEADING) {
        snprintf(tag, 16, "h%d", level > 6 ? 6 : level);
    } else if (block->kind == BLOCK_CODE) {
        strcpy(tag, "pre");
        *inner = "<code>";
        *inner_end = "</code>";
    } else {
        strcpy(tag, aligned->bare ? "div" : "p");
    }
}

static bool has_moved(const struct aligned *aligned)
{
    return aligned->status == BLOCK_MOVED_HERE || aligned->status == BLOCK_MOVED_AWAY;
}

/* What moved is all marked, and in it what changed. */
static void write_words(const struct work *work, const struct aligned *aligned,
                        const struct runs *runs)
{
    const struct redline_words *words = said(work);
    struct redline_words words_of_move = {.added = work->options->words.moved_here,
                                          .removed = work->options->words.moved_away,
                                          .link = work->options->words.link};
    const struct redline_words *of_block = words && has_moved(aligned) ? &words_of_move : words;
    enum change change = aligned->status == BLOCK_MOVED_HERE ? ADDED : REMOVED;
    struct buf *out = &work->redline->html;

    if (redline_is_row(work->alignment, aligned)) {
        redline_write_cells(work->alignment, aligned, runs, of_block, out);
        return;
    }
    if (has_moved(aligned))
        redline_begin_mark(change, of_block, out);
    redline_write(runs, UNCHANGED, words, out);
    if (has_moved(aligned))
        redline_end_mark(change, of_block, out);
}

/* A letter for each list, item, quote and table that a block stood in, from the outermost on. */
static void write_old_place(const struct work *work, size_t old, struct buf *out)
{
    const struct outline *outline = &work->alignment->old.outline;
    char letters[4 * MARKDOWN_DEPTH + 2] = "";
    size_t at = sizeof letters - 1;

    for (size_t c = outline->blocks[old].container; c != OUTLINE_NONE && at;
         c = outline->containers[c].parent)
        letters[--at] = "bllit"[outline->containers[c].kind];
    buf_addf(out, " data-was=\"%s\"", letters + at);
}

/* A pair that stands in other lists or quotes, or a heading of another level.  `with_place`: says
 * as well what it stood in. */
static void write_depth(const struct work *work, const struct aligned *aligned, bool with_place,
                        struct buf *out)
{
    const struct redline_words *words = &work->options->words;
    const char *const notes[] = {
        [DEPTH_MORE] = words->deeper, [DEPTH_LESS] = words->higher, [DEPTH_OTHER] = words->placed};

    if (aligned->depth == DEPTH_SAME || !said(work))
        return;
    buf_adds(out, "<span class=\"note\"");
    if (with_place &&
        work->alignment->old.shapes[aligned->old] != work->alignment->new.shapes[aligned->new])
        write_old_place(work, aligned->old, out);
    buf_addf(out, ">[%s] </span>", notes[aligned->depth]);
}

/* The next one goes on from this one: it is said in what came, where there were one and are two,
 * or went. */
static void write_break(const struct work *work, const struct aligned *next, struct buf *out)
{
    const char *element = next->part == PART_SPLIT ? "ins" : "del";

    if (next->spaced)
        buf_addc(out, ' ');
    buf_addf(out, "<%s><span class=\"break\">¶", element);
    if (said(work))
        buf_addf(out, " [%s]",
                 next->part == PART_SPLIT ? work->options->words.split
                                          : work->options->words.joined);
    buf_addf(out, "</span></%s>", element);
}

/* An item of a tight list takes the class of its words, if that is true of all that is in it;
 * else, and behind other words of the same item, they get an element. */
static void begin_block(struct work *work, const struct aligned *aligned)
{
    const char *class = classes[aligned->status], *inner, *inner_end;
    struct label label = go_to(work, aligned, aligned->on_item ? class : NULL);
    struct buf *out = &work->redline->html;
    char tag[16];

    if (aligned->part != PART_JOINED) {
        work->has_element = !aligned->bare || work->bare || (!aligned->on_item && class);
        work->bare = !work->has_element;
        if (work->has_element) {
            tags_of(work, aligned, tag, &inner, &inner_end);
            buf_adds(out, is_head(work, aligned) ? "<thead>\n" : "");
            open_tag(out, tag, aligned->on_item ? NULL : class);
            if (class || is_told(&label))
                write_id(work, aligned);
            buf_addf(out, ">%s", inner);
        }
    }
    write_label(work, &label, out);
    write_depth(work, aligned, true, out);
}

static void end_block(struct work *work, const struct aligned *aligned)
{
    const char *inner, *inner_end;
    char tag[16];

    if (!work->has_element)
        return;
    tags_of(work, aligned, tag, &inner, &inner_end);
    buf_addf(&work->redline->html, "%s</%s>\n%s", inner_end, tag,
             is_head(work, aligned) ? "</thead>\n" : "");
}

static void write_rule(struct work *work, const struct aligned *aligned)
{
    go_to(work, aligned, NULL);
    open_tag(&work->redline->html, "hr", classes[aligned->status]);
    if (aligned->status != BLOCK_SAME)
        write_id(work, aligned);
    buf_adds(&work->redline->html, " />\n");
    write_next(work, aligned);
    work->bare = false;
}

/* In a row's last cell. */
static void write_next_in_row(const struct work *work, const struct aligned *aligned)
{
    struct buf *out = &work->redline->html;
    char cell_end[] = "</td>\n";
    size_t len = sizeof cell_end - 1;

    memcpy(cell_end, out->data + out->len - len, len);
    out->data[out->len -= len] = '\0';
    write_next(work, aligned);
    buf_adds(out, cell_end);
}

/* `next` is the one that goes on from it, or NULL. */
static void write_block(struct work *work, const struct aligned *aligned,
                        const struct aligned *next, const struct runs *runs)
{
    if (aligned_block(work->alignment, aligned)->kind == BLOCK_RULE) {
        write_rule(work, aligned);
        return;
    }
    begin_block(work, aligned);
    write_words(work, aligned, runs);
    if (next)
        write_break(work, next, &work->redline->html);
    if (next && next->part == PART_JOINED)
        return; /* the block goes on */
    if (redline_is_row(work->alignment, aligned))
        write_next_in_row(work, aligned);
    else
        write_next(work, aligned);
    end_block(work, aligned);
}

/* Numbers, and the table */

static bool is_change(const struct work *work, const struct aligned *aligned)
{
    return aligned->status != BLOCK_SAME || is_told(&work->label);
}

static void count(const struct work *work, const struct aligned *aligned, const struct runs *runs)
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
    if (has_moved(aligned) && redline_is_row(work->alignment, aligned))
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

static void note_heading(struct work *work, const struct aligned *aligned)
{
    if (aligned->new == OUTLINE_NONE ||
        work->alignment->new.outline.blocks[aligned->new].kind != BLOCK_HEADING)
        return;
    free(work->heading);
    work->heading = beginning_of(&work->alignment->new, aligned->new_words, HEADING_MAX);
    work->heading_told = work->heading_listed = false;
}

static bool any_run(const struct runs *runs, bool of_links)
{
    bool any = false;

    for (size_t r = 0; r < runs->count; r++)
        any |= of_links ? runs->run[r].old_link != NULL : runs->run[r].change != UNCHANGED;
    return any;
}

static enum redline_change_kind kind_of_pair(const struct work *work, const struct aligned *aligned,
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
    return is_told(&work->label) ? CHANGE_NUMBER : CHANGE_WORDS;
}

static enum redline_change_kind kind_of(const struct work *work, const struct aligned *aligned,
                                        const struct aligned *next, const struct runs *runs)
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
static char *changed_words(const struct work *work, const struct aligned *aligned,
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

static void list_change(struct work *work, const struct aligned *aligned,
                        const struct aligned *next, const struct runs *runs)
{
    struct redline *redline = work->redline;
    bool changed = is_change(work, aligned);

    if (changed && is_listed(work, aligned)) {
        redline->changes =
            mem_grow(redline->changes, redline->change_count, sizeof *redline->changes);
        redline->changes[redline->change_count++] = (struct redline_change){
            kind_of(work, aligned, next, runs), mem_dups(work->heading_listed ? "" : work->heading),
            changed_words(work, aligned, runs)};
        work->heading_listed = true;
    }
    work->renumbered = changed && aligned->status == BLOCK_SAME;
}

static void write_side(const struct work *work, const struct aligned *aligned,
                       const struct runs *runs, enum change hidden, struct buf *out)
{
    if (redline_is_row(work->alignment, aligned))
        redline_write_line(work->alignment, aligned, runs, hidden, out);
    else
        redline_write(runs, hidden, NULL, out);
}

/* Parts of what was or is one block share a row. */
static struct redline_row *row_for(struct work *work, const struct aligned *aligned)
{
    struct redline *redline = work->redline;
    struct redline_row *row;

    if (aligned->part != PART_NONE)
        return &redline->rows[redline->row_count - 1];
    redline->rows = mem_grow(redline->rows, redline->row_count, sizeof *redline->rows);
    row = &redline->rows[redline->row_count++];
    row->heading = mem_dups(work->heading_told ? "" : work->heading);
    work->heading_told = true;
    row->moved = has_moved(aligned);
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

static void add_row(struct work *work, const struct aligned *aligned, const struct runs *runs)
{
    struct buf before = BUF_INIT, after = BUF_INIT;
    struct redline_row *row;

    if (!is_change(work, aligned) || aligned_block(work->alignment, aligned)->kind == BLOCK_RULE)
        return;
    write_label_side(work, &work->label, REMOVED, NULL, &before);
    write_label_side(work, &work->label, ADDED, NULL, &after);
    write_depth(work, aligned, false, &after);
    if (aligned->old != OUTLINE_NONE)
        write_side(work, aligned, runs, ADDED, &before);
    if (aligned->new != OUTLINE_NONE)
        write_side(work, aligned, runs, REMOVED, &after);
    row = row_for(work, aligned);
    add_to_row(&row->before, aligned->part == PART_JOINED, &before);
    add_to_row(&row->after, aligned->part == PART_SPLIT, &after);
}

static void make_outline(struct outline *outline, const char *text,
                         const struct redline_options *options)
{
    struct markdown markdown;

    markdown_parse(&markdown, str_of(text));
    outline_make(outline, &markdown, options->lead, options->context);
    markdown_release(&markdown);
}

/* The block that goes on from another one, or NULL. */
static const struct aligned *part_behind(const struct alignment *alignment, size_t block)
{
    const struct aligned *next = &alignment->blocks[block] + 1;

    return block + 1 < alignment->count && next->part != PART_NONE ? next : NULL;
}

static void write_aligned(struct work *work, size_t block)
{
    const struct aligned *aligned = &work->alignment->blocks[block];
    const struct aligned *next = part_behind(work->alignment, block);
    struct runs runs;

    work->has_id = false;
    redline_runs(work->alignment, aligned, &runs);
    write_block(work, aligned, next, &runs);
    count(work, aligned, &runs);
    note_heading(work, aligned);
    list_change(work, aligned, next, &runs);
    add_row(work, aligned, &runs);
    free(runs.run);
}

void redline_make(struct redline *redline, const char *before, const char *after,
                  const struct redline_options *options)
{
    struct outline old, new;
    struct alignment alignment;
    struct work work = {
        .alignment = &alignment, .options = options, .redline = redline, .heading = mem_dups("")};

    *redline = (struct redline){.html = BUF_INIT};
    make_outline(&old, before, options);
    make_outline(&new, after, options);
    alignment_make(&alignment, &old, &new, options->language);
    for (size_t i = 0; i < alignment.count; i++)
        write_aligned(&work, i);
    close_containers(&work, 0);
    if (options->words.next && redline->change_count) {
        buf_addf(&redline->html, "<p id=\"change-%zu\">", redline->change_count + 1);
        write_link(&work, "last", "changes", options->words.last, "↑");
        buf_adds(&redline->html, "</p>\n");
    }
    free(work.heading);
    alignment_release(&alignment);
}

void redline_release(struct redline *redline)
{
    for (size_t i = 0; i < redline->row_count; i++) {
        free(redline->rows[i].heading);
        free(redline->rows[i].before);
        free(redline->rows[i].after);
    }
    for (size_t i = 0; i < redline->change_count; i++) {
        free(redline->changes[i].heading);
        free(redline->changes[i].words);
    }
    free(redline->changes);
    free(redline->rows);
    buf_release(&redline->html);
    *redline = (struct redline){.html = BUF_INIT};
}
