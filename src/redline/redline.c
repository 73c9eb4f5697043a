/* Blocks come in reading order, those of both texts in one. */
#include "redline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "redline_work.h"

struct redline_reader {
    const struct redline_options *options;
    struct words *words;
    struct intern numbers;
};

struct redline_reader *redline_reader_new(const struct redline_options *options)
{
    struct redline_reader *reader = mem_alloc(sizeof *reader);

    *reader = (struct redline_reader){options, words_new(options->language), INTERN_INIT};
    return reader;
}

void redline_reader_free(struct redline_reader *reader)
{
    intern_release(&reader->numbers);
    words_free(reader->words);
    free(reader);
}

struct side *redline_read(struct redline_reader *reader, const char *text)
{
    struct side *side = mem_alloc(sizeof *side);
    struct markdown markdown;
    struct outline outline;

    markdown_parse(&markdown, str_of(text));
    outline_make(&outline, &markdown, reader->options->lead, reader->options->context);
    markdown_release(&markdown);
    side_make(side, &outline, reader->words, &reader->numbers);
    return side;
}

void redline_text_free(struct side *text)
{
    if (!text)
        return;
    side_release(text);
    free(text);
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

void redline_compare_texts(struct redline *redline, const struct side *before,
                           const struct side *after, const struct redline_options *options)
{
    struct alignment alignment;
    struct redline_work work = {
        .alignment = &alignment, .options = options, .redline = redline, .heading = mem_dups("")};

    *redline = (struct redline){.html = BUF_INIT};
    alignment_make(&alignment, before, after);
    for (size_t i = 0; i < alignment.count; i++)
        write_aligned(&work, i);
    redline_write_end(&work);
    free(work.heading);
    alignment_release(&alignment);
}

void redline_make(struct redline *redline, const char *before, const char *after,
                  const struct redline_options *options)
{
    struct redline_reader *reader = redline_reader_new(options);
    struct side *old = redline_read(reader, before), *new = redline_read(reader, after);

    redline_compare_texts(redline, old, new, options);
    redline_text_free(old);
    redline_text_free(new);
    redline_reader_free(reader);
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
