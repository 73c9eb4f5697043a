/* Blocks come in reading order, those of both texts in one. */
#include "redline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "redline_work.h"

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

static void write_aligned(struct redline_work *work, size_t block)
{
    const struct aligned *aligned = &work->alignment->blocks[block];
    const struct aligned *next = part_behind(work->alignment, block);
    struct runs runs;

    work->has_id = false;
    redline_runs(work->alignment, aligned, &runs);
    redline_write_block(work, aligned, next, &runs);
    redline_list(work, aligned, next, &runs);
    free(runs.run);
}

void redline_make(struct redline *redline, const char *before, const char *after,
                  const struct redline_options *options)
{
    struct outline old, new;
    struct alignment alignment;
    struct redline_work work = {
        .alignment = &alignment, .options = options, .redline = redline, .heading = mem_dups("")};

    *redline = (struct redline){.html = BUF_INIT};
    make_outline(&old, before, options);
    make_outline(&new, after, options);
    alignment_make(&alignment, &old, &new, options->language);
    for (size_t i = 0; i < alignment.count; i++)
        write_aligned(&work, i);
    redline_write_end(&work);
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
