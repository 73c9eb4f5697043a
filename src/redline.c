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

struct work {
    const struct alignment *alignment;
    const struct redline_options *options;
    struct redline *redline;
    struct path open; /* a block's */
    bool bare;        /* words without an element of their own were written last */
    char *heading;    /* the last one, plain */
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

/* Containers */

static void open_container(const struct node *node, const char *class, struct buf *out)
{
    static const char *const tags[] = {"blockquote", "ul", "ol", "li"};

    open_tag(out, tags[node->container->kind], class);
    if (node->numbered)
        buf_addf(out, " value=\"%d\"", node->container->number);
    buf_adds(out, node->container->kind == IN_ITEM ? ">" : ">\n");
}

static void close_container(const struct node *node, struct buf *out)
{
    static const char *const tags[] = {"</blockquote>\n", "</ul>\n", "</ol>\n", "</li>\n"};

    buf_adds(out, tags[node->container->kind]);
}

static void close_containers(struct work *work, size_t depth)
{
    while (work->open.depth > depth)
        close_container(&work->open.node[--work->open.depth], &work->redline->html);
}

/* `class` is of the item that a path ends with. */
static void go_to(struct work *work, const struct path *path, const char *class)
{
    size_t shared = path_shared(path, &work->open), opened = work->open.depth;

    work->bare = work->bare && shared == path->depth && shared == opened;
    close_containers(work, shared);
    for (size_t i = shared; i < path->depth; i++)
        open_container(&path->node[i], i + 1 == path->depth ? class : NULL, &work->redline->html);
    work->open = *path;
}

/* Blocks */

static void tags_of(const struct work *work, const struct aligned *aligned, char tag[16],
                    const char **inner, const char **inner_end)
{
    const struct outline_block *block = aligned_block(work->alignment, aligned);
    int level = block->level + work->options->heading_shift;

    *inner = *inner_end = "";
    if (block->kind == BLOCK_HEADING) {
        snprintf(tag, 16, "h%d", level > 6 ? 6 : level);
    } else if (block->kind == BLOCK_CODE) {
        strcpy(tag, "pre");
        *inner = "<code>";
        *inner_end = "</code>";
    } else {
        strcpy(tag, aligned->bare ? "div" : "p");
    }
}

static void write_words(const struct work *work, const struct aligned *aligned,
                        const struct runs *runs)
{
    const struct redline_words *words = &work->options->words;
    struct redline_words words_of_move = {
        .added = words->moved_here, .removed = words->moved_away, .link = words->link};
    bool moved = aligned->status == BLOCK_MOVED_HERE || aligned->status == BLOCK_MOVED_AWAY;

    redline_write(runs, UNCHANGED, words->added ? (moved ? &words_of_move : words) : NULL,
                  &work->redline->html);
}

/* An item of a tight list takes the class of its words, if that is true of all that is in it;
 * else, and behind other words of the same item, they get an element. */
static void write_block(struct work *work, const struct aligned *aligned, const struct runs *runs)
{
    const char *class = classes[aligned->status], *inner, *inner_end;
    struct buf *out = &work->redline->html;
    char tag[16];

    go_to(work, &aligned->path, aligned->on_item ? class : NULL);
    if (aligned_block(work->alignment, aligned)->kind == BLOCK_RULE) {
        open_tag(out, "hr", class);
        buf_adds(out, " />\n");
        work->bare = false;
    } else if (aligned->bare && !work->bare && (aligned->on_item || !class)) {
        write_words(work, aligned, runs);
        work->bare = true;
    } else {
        tags_of(work, aligned, tag, &inner, &inner_end);
        open_tag(out, tag, aligned->on_item ? NULL : class);
        buf_addf(out, ">%s", inner);
        write_words(work, aligned, runs);
        buf_addf(out, "%s</%s>\n", inner_end, tag);
        work->bare = false;
    }
}

/* Numbers, and the table */

static void count(struct redline *redline, const struct aligned *aligned, const struct runs *runs)
{
    size_t *const counters[] = {
        [BLOCK_SAME] = NULL,
        [BLOCK_CHANGED] = &redline->blocks_changed,
        [BLOCK_ADDED] = &redline->blocks_added,
        [BLOCK_REMOVED] = &redline->blocks_removed,
        [BLOCK_MOVED_HERE] = &redline->blocks_moved,
        [BLOCK_MOVED_AWAY] = NULL,
    };

    redline->change_count += aligned->status != BLOCK_SAME;
    if (counters[aligned->status])
        ++*counters[aligned->status];
    if (aligned->status == BLOCK_MOVED_HERE || aligned->status == BLOCK_MOVED_AWAY)
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

static void add_row(struct work *work, const struct aligned *aligned, const struct runs *runs)
{
    struct redline *redline = work->redline;
    struct buf before = BUF_INIT, after = BUF_INIT;
    struct redline_row *row;

    if (aligned->status == BLOCK_SAME ||
        aligned_block(work->alignment, aligned)->kind == BLOCK_RULE)
        return;
    if (aligned->old != OUTLINE_NONE)
        redline_write(runs, ADDED, NULL, &before);
    if (aligned->new != OUTLINE_NONE)
        redline_write(runs, REMOVED, NULL, &after);
    redline->rows = mem_grow(redline->rows, redline->row_count, sizeof *redline->rows);
    row = &redline->rows[redline->row_count++];
    row->heading = mem_dups(work->heading_told ? "" : work->heading);
    work->heading_told = true;
    row->moved = aligned->status == BLOCK_MOVED_HERE || aligned->status == BLOCK_MOVED_AWAY;
    row->before = buf_detach(&before);
    row->after = buf_detach(&after);
}

static void make_outline(struct outline *outline, const char *text,
                         const struct redline_options *options)
{
    struct markdown markdown;

    markdown_parse(&markdown, str_of(text));
    outline_make(outline, &markdown, options->lead, options->context);
    markdown_release(&markdown);
}

void redline_make(struct redline *redline, const char *before, const char *after,
                  const struct redline_options *options)
{
    struct outline old, new;
    struct alignment alignment;
    struct work work = {&alignment, options, redline, {NULL, 0}, false, mem_dups(""), false};

    *redline = (struct redline){.html = BUF_INIT};
    make_outline(&old, before, options);
    make_outline(&new, after, options);
    alignment_make(&alignment, &old, &new, options->language);
    for (size_t i = 0; i < alignment.count; i++) {
        struct runs runs;

        redline_runs(&alignment, &alignment.blocks[i], &runs);
        write_block(&work, &alignment.blocks[i], &runs);
        count(redline, &alignment.blocks[i], &runs);
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
