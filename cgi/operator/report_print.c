/* What is counted over all visitors, on stdout. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/instant.h"
#include "base/validate.h"
#include "commands.h"
#include "say.h"
#include "subject.h"
#include "week.h"

/* How much there is. */

struct days {
    char since[INSTANT_SIZE], until[INSTANT_SIZE];
};

static struct days days_of(const struct store_stats *stats)
{
    struct days days = {"", ""};

    if (stats->records) {
        instant_write(stats->since, days.since);
        instant_write(stats->until, days.until);
        days.since[10] = days.until[10] = '\0';
    }
    return days;
}

static json_t *text_or_null(const char *text)
{
    return *text ? json_string(text) : json_null();
}

static void print_stats_json(const struct store_stats *stats)
{
    struct days days = days_of(stats);

    print_json(json_pack("{s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "visitors",
                         (json_int_t)stats->visitors, "records", (json_int_t)stats->records,
                         "texts", (json_int_t)stats->texts, "entries", (json_int_t)stats->entries,
                         "database_bytes", (json_int_t)stats->bytes, "since",
                         text_or_null(days.since), "until", text_or_null(days.until)));
}

static void print_stats(const struct store_stats *stats)
{
    struct days days = days_of(stats);

    printf("Visitors  %" PRId64 "\nRecords   %" PRId64, stats->visitors, stats->records);
    if (stats->records)
        printf(", from %s until %s", days.since, days.until);
    printf("\nTexts     %" PRId64 "\n", stats->texts);
    printf("Entries   %" PRId64 " in the log\n", stats->entries);
    printf("Database  %" PRId64 " bytes\n", stats->bytes);
}

/* Days only, for an instant would be one visitor's. */
int command_stats(const struct options *options)
{
    struct store *store = subject_database(options);
    struct store_stats stats;
    bool read;

    if (!store)
        return EX_NOINPUT;
    read = store_stats(store, &stats);
    if (read)
        (options->json ? print_stats_json : print_stats)(&stats);
    return subject_close(store, read, true);
}

/* What rows are grouped by: the value of --by and the heading of a column. */

static const struct grouping {
    enum report_by by;
    const char *name, *head;
    size_t offset; /* of the text in a row; of a week there is none */
} groupings[] = {
    {REPORT_PURPOSE, "purpose", "PURPOSE", offsetof(struct report_row, purpose)},
    {REPORT_VERSION, "version", "VERSION", offsetof(struct report_row, version)},
    {REPORT_LANGUAGE, "language", "LANGUAGE", offsetof(struct report_row, language)},
    {REPORT_WEEK, "week", "WEEK", 0},
};
enum { GROUPING_COUNT = sizeof groupings / sizeof *groupings };

static unsigned by_named(struct str name)
{
    for (size_t i = 0; i < GROUPING_COUNT; i++)
        if (str_is(name, groupings[i].name))
            return groupings[i].by;
    return 0;
}

bool report_read_grouping(const struct option_reader *reader, const char *value, void *member)
{
    struct str rest = str_of(value), name;
    unsigned *by = member;

    (void)reader;
    while (validate_cut(&rest, ',', &name)) {
        unsigned one = by_named(name);

        if (!one)
            return false;
        *by |= one;
    }
    return true;
}

bool report_read_week(const struct option_reader *reader, const char *value, void *member)
{
    struct date date;

    (void)reader;
    if (!date_parse(str_of(value), &date))
        return false;
    *(int64_t *)member = week_of_day(date);
    return true;
}

/* Answers: the key in JSON and the heading of a column. */
static const struct {
    enum report_said said;
    const char *name, *head;
} columns[] = {
    {REPORT_GIVEN, "given", "GIVEN"},
    {REPORT_REFUSED, "refused", "REFUSED"},
    {REPORT_WITHDRAWN, "withdrawn", "WITHDRAWN"},
    {REPORT_OBJECTED, "objected", "OBJECTED"},
    {REPORT_ENDED, "objection_withdrawn", "OBJ. ENDED"},
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

/* Only a row of one question, version, language and week counts each visitor once. */
static const char *counted(const struct report_filter *filter)
{
    unsigned all = REPORT_PURPOSE | REPORT_VERSION | REPORT_LANGUAGE | REPORT_WEEK;

    return (filter->by & all) == all ? "visitors" : "answers";
}

/* `name` has room for the name of a week. */
static const char *value_of(const struct grouping *grouping, const struct report_row *row,
                            char *name)
{
    if (grouping->by != REPORT_WEEK)
        return (const char *)row + grouping->offset;
    week_name(row->week, name);
    return name;
}

/* Reports. */

struct printing {
    const struct report_filter *filter;
    json_t *rows;
    bool any;                             /* there is a row */
    int document, widths[GROUPING_COUNT]; /* of the columns, as wide as what stands in them */
};

static void add_row_json(void *context, const struct report_row *row)
{
    struct printing *printing = context;
    json_t *object = json_pack("{s:s}", "document", row->document);
    char week[WEEK_NAME];

    for (size_t i = 0; i < GROUPING_COUNT; i++)
        if (printing->filter->by & groupings[i].by)
            json_object_set_new(object, groupings[i].name,
                                json_string(value_of(&groupings[i], row, week)));
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        int64_t visitors = row->visitors[columns[i].said];

        json_object_set_new(object, columns[i].name,
                            visitors ? json_integer(visitors) : json_null());
    }
    json_array_append_new(printing->rows, object);
}

static void widen(int *width, const char *text)
{
    int len = (int)strlen(text);

    if (len > *width)
        *width = len;
}

static void measure_row(void *context, const struct report_row *row)
{
    struct printing *printing = context;
    char week[WEEK_NAME];

    widen(&printing->document, row->document);
    for (size_t i = 0; i < GROUPING_COUNT; i++)
        if (printing->filter->by & groupings[i].by)
            widen(&printing->widths[i], value_of(&groupings[i], row, week));
    printing->any = true;
}

static void print_heads(struct printing *printing)
{
    widen(&printing->document, "DOCUMENT");
    printf("\n%-*s", printing->document, "DOCUMENT");
    for (size_t i = 0; i < GROUPING_COUNT; i++)
        if (printing->filter->by & groupings[i].by) {
            widen(&printing->widths[i], groupings[i].head);
            printf("  %-*s", printing->widths[i], groupings[i].head);
        }
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        printf("  %10s", columns[i].head);
    putchar('\n');
}

static void print_row(void *context, const struct report_row *row)
{
    const struct printing *printing = context;
    char week[WEEK_NAME];

    printf("%-*s", printing->document, row->document);
    for (size_t i = 0; i < GROUPING_COUNT; i++)
        if (printing->filter->by & groupings[i].by)
            printf("  %-*s", printing->widths[i], value_of(&groupings[i], row, week));
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (row->visitors[columns[i].said])
            printf("  %10" PRId64, row->visitors[columns[i].said]);
        else
            printf("  %10s", "-");
    putchar('\n');
}

/* The weeks that a report is of, by name; *from is "" for the first, *to where none is over. */
struct weeks {
    char from[WEEK_NAME], to[WEEK_NAME];
};

static struct weeks weeks_of(const struct report *report, const struct report_filter *filter)
{
    int64_t last = report_extent(report).open_week - 1;
    struct weeks weeks = {"", ""};

    if (filter->from > 0)
        week_name(filter->from, weeks.from);
    if (last >= 0 && filter->to >= 0)
        week_name(filter->to < last ? filter->to : last, weeks.to);
    return weeks;
}

static void print_report_json(const struct report *report, const struct report_filter *filter)
{
    struct printing printing = {.filter = filter, .rows = json_array()};
    struct report_extent extent = report_extent(report);
    struct weeks weeks = weeks_of(report, filter);

    report_rows(report, filter, add_row_json, &printing);
    print_json(json_pack("{s:I, s:I, s:s, s:s?, s:o, s:o, s:o, s:i}", "cells",
                         (json_int_t)extent.cells, "cells_left_out", (json_int_t)extent.left_out,
                         "counted", counted(filter), "document", filter->document, "from",
                         text_or_null(weeks.from), "to", text_or_null(weeks.to), "rows",
                         printing.rows, "threshold", REPORT_THRESHOLD));
}

static void print_report(const struct report *report, const struct report_filter *filter)
{
    struct printing printing = {.filter = filter};
    struct report_extent extent = report_extent(report);
    struct weeks weeks = weeks_of(report, filter);

    if (!*weeks.to) {
        puts("Nothing to report yet: a week is included once it is over and a later week has a "
             "record.");
        return;
    }
    printf("Weeks%s%s up to %s, in UTC; a week is included once a later week has a record.\n",
           *weeks.from ? " from " : "", weeks.from, weeks.to);
    printf(
        "Each number means at least that many %s, in steps of %d.  It counts each visitor's last\n"
        "answer to a question in a version, language and week.  WITHDRAWN: consent withdrawn,\n"
        "OBJ. ENDED: objection withdrawn.  Of %" PRId64 " such counts in the database, %" PRId64
        " were left out:\nunder %d visitors.\n",
        counted(filter), REPORT_THRESHOLD, extent.cells, extent.left_out, REPORT_THRESHOLD);
    report_rows(report, filter, measure_row, &printing);
    if (printing.any) {
        print_heads(&printing);
        report_rows(report, filter, print_row, &printing);
    } else {
        printf("\nNothing to report: no complete week in this period, or no group of %d or more.\n",
               REPORT_THRESHOLD);
    }
}

struct filling {
    struct report *report;
    bool damaged;
};

static void fill(void *context, int64_t visitor, struct str canonical)
{
    struct filling *filling = context;
    struct record_view view;

    if (record_parse(canonical, &view))
        report_take(filling->report, visitor, &view);
    else
        filling->damaged = true;
}

/* *sound false: a record was damaged and is not counted. */
static bool report(struct store *store, const struct options *options, bool *sound)
{
    struct filling filling = {NULL, false};
    struct store_stats stats;
    bool ok;

    if (!store_stats(store, &stats))
        return false;
    filling.report = report_new(stats.until < options->now ? stats.until : options->now);
    ok = store_by_visitor(store, fill, &filling);
    if (ok) {
        report_publish(filling.report);
        (options->json ? print_report_json : print_report)(filling.report, &options->filter);
    }
    *sound = !filling.damaged;
    report_free(filling.report);
    return ok;
}

int command_report(const struct options *options)
{
    struct store *store;
    bool read, sound;

    if (options->filter.from > options->filter.to)
        return options_misuse(options, "--from is later than --to");
    if (!(store = subject_database(options)))
        return EX_NOINPUT;
    read = report(store, options, &sound);
    return subject_close(store, read, sound);
}
