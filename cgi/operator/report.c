/* Counts that give nobody away.  The argument:
 *
 * 1. Visitors are counted in fixed cells: document x question x version x language x ISO week x
 *    answer.  A visitor is in at most one answer's cell: the one last given in that week.  (What a
 *    withdrawal ends follows from the question, a consent or an objection: to count the two
 *    in columns of their own splits no cell.)
 * 2. report_publish() replaces every count for good by the greatest multiple of five that it
 *    reaches: one from 1 to 4 becomes 0, as if nobody were there.  Nothing but report_publish()
 *    sees a true count.
 * 3. A report is a sum of published cells: filters and groupings choose among them, and --from
 *    and --to reach to the ends of their weeks, so none cuts a cell.  The finest report tells
 *    all that any sequence of them can, and there each number stands alone for its cell: 10 for
 *    10 to 14 visitors, 0 for too few.  Whichever it was, all reports are the same.
 * 4. Hence all numbers, and their sums and differences, are multiples of five: none is a group
 *    of 1 to 4.  Leaving small cells out while giving the others exactly would not do: the form
 *    asks its questions together, and when six visitors answered one and five said yes to
 *    another, a sixth said no.  An answer's count under five is hidden with no total beside it
 *    from which it would follow; a 0 is shown like it.
 * 5. A week is shown once it is over: by the clock, and by the log's last record, which is of a
 *    later one.  No newcomer then moves a number between two reports, unless the clock is set back
 *    by weeks.
 * 6. How many cells were left out is said of the whole log, not of what a filter chose: else the
 *    filters would tell where the few are.  It counts cells, whatever there is in them.
 *
 * What is not claimed: that a cell does not tell of its visitors together (if all five refused,
 * each of them did); that a sum counts persons (a visitor of two weeks is in it twice); that
 * nothing can be narrowed down by one who knows more (whoever is sure that all answered every
 * question may see that a hidden count is not 0, or not 4; whoever made up visitors of a cell
 * knows that they are in it); or anything of two reports between which a visitor was erased, or
 * the clock was set back: a cell may be a step of five lower, or higher.  `list`, `export` and
 * `stats` are the operator's own and exact: only a report is made to be handed on. */
#include "report.h"

#include <assert.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "week.h"

/* A row, and while counting: who was counted last, and with which answer. */
struct cell {
    struct report_row row;
    int64_t visitor; /* -1: nobody yet */
    enum report_said last;
};

struct report {
    void *cells; /* a tree of struct cell */
    bool published;
    struct report_extent extent;
};

/* Cells in order. */

static int compare(const void *a, const void *b)
{
    const struct report_row *x = &((const struct cell *)a)->row,
                            *y = &((const struct cell *)b)->row;
    int order = strcmp(x->document, y->document);

    order = order ? order : strcmp(x->purpose, y->purpose);
    order = order ? order : strcmp(x->version, y->version);
    order = order ? order : strcmp(x->language, y->language);
    return order ? order : (x->week > y->week) - (x->week < y->week);
}

/* The cell of the tree that is like `key`, which is copied where there is none. */
static struct cell *cell_like(void **tree, const struct cell *key)
{
    struct cell **place = tfind(key, tree, compare), *cell;

    if (place)
        return *place;
    cell = mem_alloc(sizeof *cell);
    *cell = *key;
    if (!tsearch(cell, tree, compare))
        mem_die(sizeof *cell);
    return cell;
}

static struct cell *cell_of(const void *node, VISIT visit)
{
    return visit == postorder || visit == leaf ? *(struct cell *const *)node : NULL;
}

/* Counting. */

struct report *report_new(int64_t until)
{
    struct report *report = mem_alloc(sizeof *report);

    report->extent.open_week = week_at(until);
    return report;
}

void report_free(struct report *report)
{
    if (report)
        tdestroy(report->cells, free);
    free(report);
}

static void count(struct cell *cell, int64_t visitor, enum report_said said)
{
    if (cell->visitor == visitor)
        cell->row.visitors[cell->last]--;
    cell->row.visitors[said]++;
    cell->visitor = visitor;
    cell->last = said;
}

static enum report_said said_by(const struct record_view *view, size_t i)
{
    enum answer answer = view->act.answers[i].answer;

    return answer == ANSWER_WITHDRAWN && strcmp(view->basis[i], "consent") != 0
               ? REPORT_ENDED
               : (enum report_said)answer;
}

void report_take(struct report *report, int64_t visitor, const struct record_view *view)
{
    const struct act *act = &view->act;
    struct cell key = {.row.week = week_at(view->seconds), .visitor = -1};

    assert(!report->published);
    if (key.row.week >= report->extent.open_week)
        return;
    memcpy(key.row.document, act->document, sizeof key.row.document);
    memcpy(key.row.version, act->revision, sizeof key.row.version);
    memcpy(key.row.language, act->language, sizeof key.row.language);
    for (size_t i = 0; i < act->answer_count; i++) {
        memcpy(key.row.purpose, act->answers[i].question, sizeof key.row.purpose);
        count(cell_like(&report->cells, &key), visitor, said_by(view, i));
    }
}

/* Publishing. */

static void publish(const void *node, VISIT visit, void *context)
{
    struct cell *cell = cell_of(node, visit);
    struct report_extent *extent = context;

    for (int i = 0; cell && i < REPORT_SAID; i++) {
        int64_t visitors = cell->row.visitors[i];

        extent->cells += visitors > 0;
        extent->left_out += visitors > 0 && visitors < REPORT_THRESHOLD;
        cell->row.visitors[i] = visitors - visitors % REPORT_THRESHOLD;
    }
}

void report_publish(struct report *report)
{
    assert(!report->published);
    twalk_r(report->cells, publish, &report->extent);
    report->published = true;
}

struct report_extent report_extent(const struct report *report)
{
    assert(report->published);
    return report->extent;
}

/* Rows. */

struct rows {
    const struct report_filter *filter;
    void *tree;
};

static bool tells(const struct report_row *row)
{
    for (int i = 0; i < REPORT_SAID; i++)
        if (row->visitors[i])
            return true;
    return false;
}

static bool is_chosen(const struct report_row *row, const struct report_filter *filter)
{
    return row->week >= filter->from && row->week <= filter->to &&
           (!filter->document || strcmp(row->document, filter->document) == 0);
}

static void forget(struct report_row *row, unsigned by)
{
    if (!(by & REPORT_PURPOSE))
        memset(row->purpose, 0, sizeof row->purpose);
    if (!(by & REPORT_VERSION))
        memset(row->version, 0, sizeof row->version);
    if (!(by & REPORT_LANGUAGE))
        memset(row->language, 0, sizeof row->language);
    if (!(by & REPORT_WEEK))
        row->week = REPORT_ANY_WEEK;
    memset(row->visitors, 0, sizeof row->visitors);
}

static void add_to_row(const void *node, VISIT visit, void *context)
{
    const struct cell *cell = cell_of(node, visit);
    struct rows *rows = context;
    struct cell key, *row;

    if (!cell || !tells(&cell->row) || !is_chosen(&cell->row, rows->filter))
        return;
    key = *cell;
    forget(&key.row, rows->filter->by);
    row = cell_like(&rows->tree, &key);
    for (int i = 0; i < REPORT_SAID; i++)
        row->row.visitors[i] += cell->row.visitors[i];
}

struct taker {
    void (*take)(void *context, const struct report_row *row);
    void *context;
};

static void give_row(const void *node, VISIT visit, void *context)
{
    const struct cell *cell = cell_of(node, visit);
    const struct taker *taker = context;

    if (cell)
        taker->take(taker->context, &cell->row);
}

void report_rows(const struct report *report, const struct report_filter *filter,
                 void (*take)(void *context, const struct report_row *row), void *context)
{
    struct rows rows = {.filter = filter};
    struct taker taker = {take, context};

    assert(report->published);
    twalk_r(report->cells, add_to_row, &rows);
    twalk_r(rows.tree, give_row, &taker);
    tdestroy(rows.tree, free);
}
