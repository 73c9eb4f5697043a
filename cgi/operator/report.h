/* What visitors said, in counts that give nobody away: report.c argues why.
 *
 * A report is filled with the records, published, and only then asked for rows. */
#ifndef TEADE_REPORT_H
#define TEADE_REPORT_H

#include "record/record.h"

enum { REPORT_THRESHOLD = 5 }; /* visitors */

/* What the rows are grouped by, besides the document: a question or a version is one of its
 * document only. */
enum report_by {
    REPORT_PURPOSE = 1, /* the id of a question */
    REPORT_VERSION = 2,
    REPORT_LANGUAGE = 4,
    REPORT_WEEK = 8
};

struct report_filter {
    const char *document; /* or NULL */
    int64_t from, to;     /* weeks (week.h), both included */
    unsigned by;          /* enum report_by, added up */
};

/* What can be said, as it is counted: answers, of which a withdrawal says two opposite things. */
enum report_said {
    REPORT_GIVEN = ANSWER_GIVEN,
    REPORT_REFUSED = ANSWER_REFUSED,
    REPORT_OBJECTED = ANSWER_OBJECTED,
    REPORT_WITHDRAWN = ANSWER_WITHDRAWN, /* a consent */
    REPORT_ENDED,                        /* an objection was withdrawn */
    REPORT_SAID
};

/* A sum of published cells.  "" or REPORT_ANY_WEEK where rows are not grouped by it. */
#define REPORT_ANY_WEEK INT64_C(-1)
struct report_row {
    char document[ACT_ID_MAX + 1], purpose[ACT_QUESTION_MAX + 1], version[ACT_REVISION_MAX + 1],
        language[ACT_LANGUAGE_MAX + 1];
    int64_t week;
    /* At least so many, counted once in each cell: a multiple of the threshold.  0 says only
     * that nothing may be shown: nobody or too few. */
    int64_t visitors[REPORT_SAID];
};

struct report;

/* `until`: the time of the log's last record, or the clock's if that is earlier; its week and later
 * ones are left for later. */
struct report *report_new(int64_t until);
void report_free(struct report *report);

/* Takes every record, one visitor after the other and each visitor's oldest first. */
void report_take(struct report *report, int64_t visitor, const struct record_view *view);

/* Gives the true counts up. */
void report_publish(struct report *report);

/* The same for every filter: the first week that is not in it, its cells, and how many of them
 * are left out. */
struct report_extent {
    int64_t open_week, cells, left_out;
};
struct report_extent report_extent(const struct report *report);

/* The rows that tell something, sorted by document, purpose, version, language, week. */
void report_rows(const struct report *report, const struct report_filter *filter,
                 void (*take)(void *context, const struct report_row *row), void *context);

#endif
