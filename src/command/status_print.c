#include "status_print.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct {
    const char *name, *color;
} states[] = {
    [STATE_ANNOUNCED] = {"announced", "\033[33m"},
    [STATE_IN_FORCE] = {"in force", "\033[32m"},
    [STATE_SUPERSEDED] = {"superseded", ""},
    [STATE_RETRACTED] = {"retracted", ""},
    [STATE_DRAFT] = {"draft", "\033[36m"},
    [STATE_NONE] = {"", ""},
};

static const char *const problem_names[] = {NULL, "text", "catalogue", "no catalogue"};

static size_t total(const struct status_tally *tally)
{
    return tally->translated + tally->fuzzy + tally->empty + tally->unknown;
}

static void add_counts(struct buf *step, const struct status_row *row)
{
    const struct status_tally *tally = &row->tally;
    size_t missing = tally->empty + tally->unknown;

    if (tally->unknown)
        buf_addf(step, "teade po; ");
    if (missing)
        buf_addf(step, "translate %zu", missing);
    if (tally->fuzzy)
        buf_addf(step, "%sconfirm %zu", missing ? ", " : "", tally->fuzzy);
    if (step->len)
        buf_addf(step, " in %s", row->catalog);
}

/* "" where there is nothing to do; to be freed. */
static char *next_step(const struct status_row *row)
{
    struct buf step = BUF_INIT;

    switch (row->problem) {
    case BAD_TEXT:
        return mem_printf("fix %s: teade check", row->source);
    case BAD_CATALOG:
        return mem_printf("fix %s: teade check", row->catalog);
    case NO_CATALOG:
        return mem_printf("create %s: teade new %s", row->catalog, row->language);
    case NO_PROBLEM:
        add_counts(&step, row);
        if (row->is_ready)
            buf_adds(&step, "move it from in_progress to languages in site.yaml");
    }
    return step.len ? buf_detach(&step) : mem_dups("");
}

static void print_object(const struct status_row *row, FILE *out)
{
    const struct status_tally *tally = &row->tally;
    char *next = next_step(row), *line;
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:s, s:s?, s:I, s:I, s:I, s:s?, s:s}", "document", row->document,
        "revision", row->revision, "state", states[row->state].name, "language", row->language,
        "catalogue", row->catalog, "translated", (json_int_t)tally->translated, "fuzzy",
        (json_int_t)tally->fuzzy, "missing", (json_int_t)(tally->empty + tally->unknown), "problem",
        problem_names[row->problem], "next", next);

    line = json_dumps(object, JSON_COMPACT);
    fprintf(out, "%s\n", line);
    free(line);
    json_decref(object);
    free(next);
}

enum { DOCUMENT, REVISION, STATE, LANGUAGE, DONE, COLUMNS };

/* The cells of a row; only the last is the caller's. */
static void cells(const struct status_row *row, const char *cell[COLUMNS], char **done)
{
    *done = row->problem == BAD_TEXT ? mem_dups("unknown")
            : !row->catalog          ? mem_dups("original")
                            : mem_printf("%zu of %zu", row->tally.translated, total(&row->tally));
    cell[DOCUMENT] = row->document;
    cell[REVISION] = row->revision;
    cell[STATE] = states[row->state].name;
    cell[LANGUAGE] = row->language;
    cell[DONE] = *done;
}

static void print_cells(const char *const cell[COLUMNS], const char *const color[COLUMNS],
                        const size_t width[COLUMNS], const char *next, FILE *out)
{
    struct buf line = BUF_INIT;

    for (size_t c = 0; c < COLUMNS; c++) {
        const char *on = color && color[c] ? color[c] : "", *off = *on ? "\033[0m" : "";

        buf_addf(&line, "%s%s%s%*s  ", on, cell[c], off, (int)(width[c] - strlen(cell[c])), "");
    }
    buf_adds(&line, next);
    while (line.data[line.len - 1] == ' ')
        line.len--;
    fprintf(out, "%.*s\n", (int)line.len, line.data);
    buf_release(&line);
}

static void print_row(const struct status_row *row, const size_t width[COLUMNS], bool colored,
                      FILE *out)
{
    bool whole = row->problem == NO_PROBLEM && row->tally.translated == total(&row->tally);
    const char *color[COLUMNS] = {
        [STATE] = states[row->state].color, [DONE] = whole ? NULL : "\033[31m"};
    const char *cell[COLUMNS];
    char *next = next_step(row), *done;

    cells(row, cell, &done);
    print_cells(cell, colored ? color : NULL, width, next, out);
    free(done);
    free(next);
}

/* Names of documents, tags and days are ASCII: their bytes are their columns. */
static void widen(size_t width[COLUMNS], const char *const cell[COLUMNS])
{
    for (size_t c = 0; c < COLUMNS; c++)
        width[c] = strlen(cell[c]) > width[c] ? strlen(cell[c]) : width[c];
}

void status_print_table(const struct status_row *rows, size_t count, struct date day, FILE *out)
{
    static const char *const head[COLUMNS] = {"document", "version", "state", "language",
                                              "translated"};
    char *next = mem_printf("next, as of %s", day.iso);
    size_t width[COLUMNS] = {0};

    widen(width, head);
    for (size_t i = 0; i < count; i++) {
        const char *cell[COLUMNS];
        char *done;

        cells(&rows[i], cell, &done);
        widen(width, cell);
        free(done);
    }
    print_cells(head, NULL, width, next, out);
    for (size_t i = 0; i < count; i++)
        print_row(&rows[i], width, finding_colors(out), out);
    free(next);
}

void status_print_json(const struct status_row *rows, size_t count, FILE *out)
{
    for (size_t i = 0; i < count; i++)
        print_object(&rows[i], out);
}
