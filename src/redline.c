/* Blocks come in reading order, each with the path of what it stands in; containers are opened
 * and closed where two paths part.  What only the old text has goes into the new text's lists
 * and quotes where these go on from the old ones. */
#include "redline.h"

#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "redline_private.h"

/* How long a heading is told above the rows, in bytes: what is longer is none. */
enum { HEADING_MAX = 200 };

/* A container of either text. */
struct node {
    const struct outline_container *container;
    size_t id;     /* the new text's, then the old one's that are none of these */
    bool numbered; /* an item of an ordered list */
};

struct path {
    struct node *node;
    size_t depth;
};

struct work {
    const struct alignment *alignment;
    const struct redline_options *options;
    struct redline *redline;
    size_t *continued; /* per old container: the new one that goes on from it, or OUTLINE_NONE */
    struct path open;
    char *heading; /* the last one, plain */
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

static const struct side *side_of(const struct work *work, const struct aligned *aligned)
{
    return aligned->new == OUTLINE_NONE ? &work->alignment->old : &work->alignment->new;
}

static const struct outline_block *block_of(const struct work *work, const struct aligned *aligned)
{
    return aligned->new == OUTLINE_NONE ? &work->alignment->old.outline.blocks[aligned->old]
                                        : &work->alignment->new.outline.blocks[aligned->new];
}

/* Containers */

static void note_continuations(struct work *work)
{
    const struct outline *old = &work->alignment->old.outline;
    const struct outline *new = &work->alignment->new.outline;

    work->continued = mem_alloc((old->container_count + 1) * sizeof *work->continued);
    for (size_t i = 0; i < old->container_count; i++)
        work->continued[i] = OUTLINE_NONE;
    for (size_t i = 0; i < work->alignment->count; i++) {
        const struct aligned *aligned = &work->alignment->blocks[i];
        size_t o, n;

        if (aligned->old == OUTLINE_NONE || aligned->new == OUTLINE_NONE)
            continue;
        o = old->blocks[aligned->old].container;
        n = new->blocks[aligned->new].container;
        while (o != OUTLINE_NONE && n != OUTLINE_NONE) { /* of one shape: both end together */
            if (work->continued[o] == OUTLINE_NONE)
                work->continued[o] = n;
            o = old->containers[o].parent;
            n = new->containers[n].parent;
        }
    }
}

static void path_make(const struct work *work, const struct aligned *aligned, struct path *path)
{
    const struct outline *outline = &side_of(work, aligned)->outline;
    const struct outline *new = &work->alignment->new.outline;
    bool is_old = aligned->new == OUTLINE_NONE;
    size_t container = block_of(work, aligned)->container, parent = OUTLINE_NONE, i;

    path->depth = 0;
    for (size_t c = container; c != OUTLINE_NONE; c = outline->containers[c].parent)
        path->depth++;
    path->node = mem_alloc((path->depth + 1) * sizeof *path->node);
    i = path->depth;
    for (size_t c = container; c != OUTLINE_NONE; c = outline->containers[c].parent)
        path->node[--i] = (struct node){&outline->containers[c], c, false};
    for (i = 0; i < path->depth; i++) {
        struct node *node = &path->node[i];
        size_t by = is_old ? work->continued[node->id] : node->id;

        node->numbered = i && path->node[i - 1].container->kind == IN_NUMBERS;
        if (is_old && by != OUTLINE_NONE && new->containers[by].parent == parent) {
            node->id = by;
            parent = by;
        } else if (is_old) {
            node->id += new->container_count;
            parent = node->id;
        }
    }
}

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

/* A class goes to the item of a tight list: its words have no element of their own. */
static void go_to(struct work *work, struct path *path, const char *class, bool again)
{
    size_t shared = 0;

    while (shared < path->depth && shared < work->open.depth &&
           path->node[shared].id == work->open.node[shared].id)
        shared++;
    if (again && shared == path->depth && shared)
        shared--; /* a second block without an element of its own */
    close_containers(work, shared);
    for (size_t i = shared; i < path->depth; i++)
        open_container(&path->node[i], i + 1 == path->depth ? class : NULL, &work->redline->html);
    free(work->open.node);
    work->open = *path;
}

/* Blocks */

static bool is_bare(const struct path *path, const struct outline_block *block)
{
    return block->kind == BLOCK_PARAGRAPH && path->depth > 1 &&
           path->node[path->depth - 1].container->kind == IN_ITEM &&
           path->node[path->depth - 2].container->tight;
}

static void tags_of(const struct work *work, const struct outline_block *block, char tag[16],
                    const char **inner, const char **inner_end)
{
    int level = block->level + work->options->heading_shift;

    *inner = *inner_end = "";
    if (block->kind == BLOCK_HEADING) {
        snprintf(tag, 16, "h%d", level > 6 ? 6 : level);
    } else if (block->kind == BLOCK_CODE) {
        strcpy(tag, "pre");
        *inner = "<code>";
        *inner_end = "</code>";
    } else {
        strcpy(tag, "p");
    }
}

static void write_block(struct work *work, const struct aligned *aligned, const struct runs *runs)
{
    const struct redline_words *words = &work->options->words;
    const struct outline_block *block = block_of(work, aligned);
    const char *class = classes[aligned->status], *inner, *inner_end;
    bool moved = aligned->status == BLOCK_MOVED_HERE || aligned->status == BLOCK_MOVED_AWAY;
    struct buf *out = &work->redline->html;
    struct path path;
    bool bare;
    char tag[16];

    path_make(work, aligned, &path);
    bare = is_bare(&path, block);
    go_to(work, &path, bare ? class : NULL, bare);
    tags_of(work, block, tag, &inner, &inner_end);
    if (block->kind == BLOCK_RULE) {
        open_tag(out, "hr", class);
        buf_adds(out, " />\n");
        return;
    }
    if (!bare) {
        open_tag(out, tag, class);
        buf_addf(out, ">%s", inner);
    }
    redline_write(runs, UNCHANGED, moved ? words->moved_here : words->added,
                  moved ? words->moved_away : words->removed, out);
    if (!bare)
        buf_addf(out, "%s</%s>\n", inner_end, tag);
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
    const struct side *side = side_of(work, aligned);
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

    if (aligned->status == BLOCK_SAME || block_of(work, aligned)->kind == BLOCK_RULE)
        return;
    if (aligned->old != OUTLINE_NONE)
        redline_write(runs, ADDED, NULL, NULL, &before);
    if (aligned->new != OUTLINE_NONE)
        redline_write(runs, REMOVED, NULL, NULL, &after);
    redline->rows = mem_grow(redline->rows, redline->row_count, sizeof *redline->rows);
    row = &redline->rows[redline->row_count++];
    row->heading = mem_dups(work->heading_told ? "" : work->heading);
    work->heading_told = true;
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
    struct work work = {&alignment, options, redline, NULL, {NULL, 0}, mem_dups(""), false};

    *redline = (struct redline){.html = BUF_INIT};
    make_outline(&old, before, options);
    make_outline(&new, after, options);
    alignment_make(&alignment, &old, &new, options->language);
    note_continuations(&work);
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
    free(work.open.node);
    free(work.heading);
    free(work.continued);
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
