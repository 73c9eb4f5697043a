/* What the two halves of a redline share: words (redline_words.c) inside blocks (redline.c). */
#ifndef TEADE_REDLINE_PRIVATE_H
#define TEADE_REDLINE_PRIVATE_H

#include "alignment.h"
#include "redline.h"

enum change { UNCHANGED, ADDED, REMOVED };

/* Tokens that go together. */
struct run {
    enum change change;
    const struct side *side;
    size_t from, to;
    const struct outline_style *old_link; /* where a link led that they are the end of, or NULL */
    size_t column; /* of a row's cell, counted over both texts (columns.h); else 0 */
};

struct runs {
    struct run *run;
    size_t count, column; /* that of what is added next */
};

/* The words of one block, old and new in one.  Free `run`. */
void redline_runs(const struct alignment *alignment, const struct aligned *aligned,
                  struct runs *runs);

/* Adds words of one text, or words of both, compared. */
void redline_add(struct runs *runs, enum change change, const struct side *side,
                 struct passage words);
void redline_compare(struct runs *runs, const struct alignment *alignment, struct passage old,
                     struct passage new);

/* A row of a table (redline_row.c): its runs; its cells as HTML; and what it is on one side, in a
 * line. */
bool redline_is_row(const struct alignment *alignment, const struct aligned *aligned);
void redline_row_runs(const struct alignment *alignment, const struct aligned *aligned,
                      struct runs *runs);
void redline_write_cells(const struct alignment *alignment, const struct aligned *aligned,
                         const struct runs *runs, const struct redline_words *words,
                         struct buf *out);
void redline_write_line(const struct alignment *alignment, const struct aligned *aligned,
                        const struct runs *runs, enum change hidden, struct buf *out);

/* Opens and closes the element around an insertion or a deletion, with its description in words. */
void redline_begin_mark(enum change change, const struct redline_words *words, struct buf *out);
void redline_end_mark(enum change change, const struct redline_words *words, struct buf *out);

/* Writes them as HTML without those of the kind `hidden` (UNCHANGED: all are written).  `words`
 * tells of changes; NULL: only the elements do. */
void redline_write(const struct runs *runs, enum change hidden, const struct redline_words *words,
                   struct buf *out);

#endif
