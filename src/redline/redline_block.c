/* Containers are opened and closed where two paths part; the first element that shows that a block
 * changed has the change's id. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "redline_work.h"

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

const struct redline_words *redline_said(const struct redline_work *work)
{
    return work->options->words.added ? &work->options->words : NULL;
}

/* From change to change */

/* Items in a row that only have other numbers are one change. */
bool redline_is_listed(const struct redline_work *work, const struct aligned *aligned)
{
    return aligned->part == PART_NONE && !(aligned->status == BLOCK_SAME && work->renumbered);
}

/* In the tag of an element that shows that a block changed: the first has its id. */
static void write_id(struct redline_work *work, const struct aligned *aligned)
{
    if (work->options->words.next && !work->has_id && redline_is_listed(work, aligned))
        buf_addf(&work->redline->html, " id=\"change-%zu\"", work->redline->change_count + 1);
    work->has_id = true;
}

static void write_link(const struct redline_work *work, const char *class, const char *target,
                       const char *words, const char *arrow)
{
    buf_addf(&work->redline->html,
             "<a class=\"%s\" href=\"#%s\"><span class=\"said\">%s</span><span "
             "aria-hidden=\"true\">%s</span></a>",
             class, target, words, arrow);
}

/* Behind a change: what leads to the next one, or to the end.  One of several parts of what is now
 * one block is in the list already when the last of them ends. */
static void write_next(const struct redline_work *work, const struct aligned *aligned)
{
    bool listed = aligned->part == PART_JOINED;
    char *target;

    if (!work->options->words.next ||
        !(listed || (work->has_id && redline_is_listed(work, aligned))))
        return;
    target = mem_printf("change-%zu", work->redline->change_count + (listed ? 1 : 2));
    write_link(work, "next", target, work->options->words.next, "↓");
    free(target);
}

/* Containers */

static void open_container(struct redline_work *work, const struct aligned *aligned,
                           const struct nesting_container *node, const char *class,
                           const struct redline_label *label)
{
    static const char *const tags[] = {"blockquote", "ul", "ol", "li"};
    struct buf *out = &work->redline->html;

    if (node->container->kind == IN_TABLE) {
        buf_adds(out, "<div class=\"table\" tabindex=\"0\">\n<table>\n");
        return;
    }
    buf_addf(out, "<%s", tags[node->container->kind]);
    if (class || redline_is_told(label))
        buf_addf(out, " class=\"%s%s%s\"", class ? class : "",
                 class && redline_is_told(label) ? " " : "",
                 redline_is_told(label) ? "renumbered" : "");
    if (class || redline_is_told(label))
        write_id(work, aligned);
    if (node->numbered)
        buf_addf(out, " value=\"%d\"", node->container->number);
    buf_adds(out, node->container->kind == IN_ITEM ? ">" : ">\n");
    redline_write_label(work, label, out);
}

static void close_container(const struct nesting_container *node, struct buf *out)
{
    static const char *const tags[] = {"</blockquote>\n", "</ul>\n", "</ol>\n", "</li>\n",
                                       "</table>\n</div>\n"};

    buf_adds(out, tags[node->container->kind]);
}

static void close_containers(struct redline_work *work, size_t depth)
{
    while (work->open.depth > depth)
        close_container(&work->open.node[--work->open.depth], &work->redline->html);
}

/* `class` is of the item that a block's path ends with.  Returns the label that the block itself
 * still needs. */
static struct redline_label go_to(struct redline_work *work, const struct aligned *aligned,
                                  const char *class)
{
    const struct nesting_path *path = &aligned->path;
    size_t shared = nesting_shared(path, &work->open), opened = work->open.depth;
    struct redline_label own = redline_no_label;

    work->label = redline_no_label;
    work->bare = work->bare && shared == path->depth && shared == opened;
    close_containers(work, shared);
    for (size_t i = shared; i < path->depth; i++) {
        bool last = i + 1 == path->depth;
        struct redline_label label = redline_opened_label(work, aligned, &path->node[i], last);

        open_container(work, aligned, &path->node[i], last ? class : NULL, &label);
        work->label = redline_is_told(&label) ? label : work->label;
    }
    work->open = *path;
    if (shared == path->depth)
        work->label = own = redline_closed_label(work, aligned);
    return own;
}

/* Blocks */

static bool is_head(const struct redline_work *work, const struct aligned *aligned)
{
    return aligned_block(work->alignment, aligned)->kind == BLOCK_HEAD;
}

static void tags_of(const struct redline_work *work, const struct aligned *aligned, char tag[16],
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

bool redline_has_moved(const struct aligned *aligned)
{
    return aligned->status == BLOCK_MOVED_HERE || aligned->status == BLOCK_MOVED_AWAY;
}

/* What moved is all marked, and in it what changed. */
static void write_words(const struct redline_work *work, const struct aligned *aligned,
                        const struct runs *runs)
{
    const struct redline_words *words = redline_said(work);
    struct redline_words words_of_move = {.added = work->options->words.moved_here,
                                          .removed = work->options->words.moved_away,
                                          .link = work->options->words.link};
    const struct redline_words *of_block =
        words && redline_has_moved(aligned) ? &words_of_move : words;
    enum change change = aligned->status == BLOCK_MOVED_HERE ? ADDED : REMOVED;
    struct buf *out = &work->redline->html;

    if (redline_is_row(work->alignment, aligned)) {
        redline_write_cells(work->alignment, aligned, runs, of_block, out);
        return;
    }
    if (redline_has_moved(aligned))
        redline_begin_mark(change, of_block, out);
    redline_write(runs, UNCHANGED, words, out);
    if (redline_has_moved(aligned))
        redline_end_mark(change, of_block, out);
}

/* A letter for each list, item, quote and table that a block stood in, from the outermost on. */
static void write_old_place(const struct redline_work *work, size_t old, struct buf *out)
{
    const struct outline *outline = &work->alignment->old->outline;
    char letters[4 * MARKDOWN_DEPTH + 2] = "";
    size_t at = sizeof letters - 1;

    for (size_t c = outline->blocks[old].container; c != OUTLINE_NONE && at;
         c = outline->containers[c].parent)
        letters[--at] = "bllit"[outline->containers[c].kind];
    buf_addf(out, " data-was=\"%s\"", letters + at);
}

/* A pair that stands in other lists or quotes, or a heading of another level.  `with_place`: says
 * as well what it stood in. */
void redline_write_depth(const struct redline_work *work, const struct aligned *aligned,
                         bool with_place, struct buf *out)
{
    const struct redline_words *words = &work->options->words;
    const char *const notes[] = {
        [DEPTH_MORE] = words->deeper, [DEPTH_LESS] = words->higher, [DEPTH_OTHER] = words->placed};

    if (aligned->depth == DEPTH_SAME || !redline_said(work))
        return;
    buf_adds(out, "<span class=\"note\"");
    if (with_place &&
        work->alignment->old->shapes[aligned->old] != work->alignment->new->shapes[aligned->new])
        write_old_place(work, aligned->old, out);
    buf_addf(out, ">[%s] </span>", notes[aligned->depth]);
}

/* The next one goes on from this one: it is said in what came, where there were one and are two,
 * or went. */
static void write_break(const struct redline_work *work, const struct aligned *next,
                        struct buf *out)
{
    const char *element = next->part == PART_SPLIT ? "ins" : "del";

    if (next->spaced)
        buf_addc(out, ' ');
    buf_addf(out, "<%s><span class=\"break\">¶", element);
    if (redline_said(work))
        buf_addf(out, " [%s]",
                 next->part == PART_SPLIT ? work->options->words.split
                                          : work->options->words.joined);
    buf_addf(out, "</span></%s>", element);
}

/* An item of a tight list takes the class of its words, if that is true of all that is in it;
 * else, and behind other words of the same item, they get an element. */
static void begin_block(struct redline_work *work, const struct aligned *aligned)
{
    const char *class = classes[aligned->status], *inner, *inner_end;
    struct redline_label label = go_to(work, aligned, aligned->on_item ? class : NULL);
    struct buf *out = &work->redline->html;
    char tag[16];

    if (aligned->part != PART_JOINED) {
        work->has_element =
            !aligned->bare || work->bare || (class && !(aligned->on_item && work->has_id));
        work->bare = !work->has_element;
        if (work->has_element) {
            tags_of(work, aligned, tag, &inner, &inner_end);
            buf_adds(out, is_head(work, aligned) ? "<thead>\n" : "");
            open_tag(out, tag, aligned->on_item ? NULL : class);
            if (class || redline_is_told(&label))
                write_id(work, aligned);
            buf_addf(out, ">%s", inner);
        }
    }
    redline_write_label(work, &label, out);
    redline_write_depth(work, aligned, true, out);
}

static void end_block(struct redline_work *work, const struct aligned *aligned)
{
    const char *inner, *inner_end;
    char tag[16];

    if (!work->has_element)
        return;
    tags_of(work, aligned, tag, &inner, &inner_end);
    buf_addf(&work->redline->html, "%s</%s>\n%s", inner_end, tag,
             is_head(work, aligned) ? "</thead>\n" : "");
}

static void write_rule(struct redline_work *work, const struct aligned *aligned)
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
static void write_next_in_row(const struct redline_work *work, const struct aligned *aligned)
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
void redline_write_block(struct redline_work *work, const struct aligned *aligned,
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

void redline_write_end(struct redline_work *work)
{
    close_containers(work, 0);
    if (!work->options->words.next || !work->redline->change_count)
        return;
    buf_addf(&work->redline->html, "<p id=\"change-%zu\">", work->redline->change_count + 1);
    write_link(work, "last", "changes", work->options->words.last, "↑");
    buf_adds(&work->redline->html, "</p>\n");
}
