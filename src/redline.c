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
    bool heading_told;
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

static void open_container(struct work *work, const struct node *node, const char *class,
                           const struct label *label)
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

        open_container(work, &path->node[i], last ? class : NULL, &label);
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

/* A pair that stands in other lists or quotes, or a heading of another level. */
static void write_depth(const struct work *work, const struct aligned *aligned, struct buf *out)
{
    const struct redline_words *words = &work->options->words;
    const char *const notes[] = {
        [DEPTH_MORE] = words->deeper, [DEPTH_LESS] = words->higher, [DEPTH_OTHER] = words->placed};

    if (aligned->depth == DEPTH_SAME || !said(work))
        return;
    buf_adds(out, "<span class=\"note\"");
    if (work->alignment->old.shapes[aligned->old] != work->alignment->new.shapes[aligned->new])
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
            buf_addf(out, ">%s", inner);
        }
    }
    write_label(work, &label, out);
    write_depth(work, aligned, out);
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
    buf_adds(&work->redline->html, " />\n");
    work->bare = false;
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
    if (!next || next->part != PART_JOINED)
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

    redline->change_count += is_change(work, aligned) && aligned->part == PART_NONE;
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

static void note_heading(struct work *work, const struct aligned *aligned)
{
    const struct side *side = aligned_side(work->alignment, aligned);
    size_t block = aligned->new == OUTLINE_NONE ? aligned->old : aligned->new;
    struct buf words = BUF_INIT;

    if (side->outline.blocks[block].kind != BLOCK_HEADING || aligned->new == OUTLINE_NONE)
        return;
    for (size_t t = side->first[block]; t < side->first[block + 1] && words.len <= HEADING_MAX; t++)
        if (!side->tokens[t].atom)
            buf_add(&words, side->outline.text.data + side->tokens[t].offset, side->tokens[t].len);
    if (words.len > HEADING_MAX) {
        size_t len = HEADING_MAX;

        while (len && ((unsigned char)words.data[len] & 0xc0) == 0x80)
            len--; /* no half of a character */
        words.data[words.len = len] = '\0';
    }
    free(work->heading);
    work->heading = buf_detach(&words);
    work->heading_told = false;
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
    for (size_t i = 0; i < alignment.count; i++) {
        struct runs runs;

        redline_runs(&alignment, &alignment.blocks[i], &runs);
        write_block(&work, &alignment.blocks[i], part_behind(&alignment, i), &runs);
        count(&work, &alignment.blocks[i], &runs);
        note_heading(&work, &alignment.blocks[i]);
        add_row(&work, &alignment.blocks[i], &runs);
        free(runs.run);
    }
    close_containers(&work, 0);
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
    free(redline->rows);
    buf_release(&redline->html);
    *redline = (struct redline){.html = BUF_INIT};
}
