/* What `teade status` found, as people and as programs read it. */
#ifndef TEADE_STATUS_PRINT_H
#define TEADE_STATUS_PRINT_H

#include <stdio.h>

#include "content/document.h"

enum { STATE_DRAFT = STATE_RETRACTED + 1, STATE_NONE };

/* A text in a language, counted by messages. */
struct status_tally {
    size_t translated, fuzzy, empty;
    size_t unknown; /* the catalogue does not have them */
};

/* Why a text cannot be counted, or not in this language. */
enum status_problem { NO_PROBLEM, BAD_TEXT, BAD_CATALOG, NO_CATALOG };

struct status_row {
    const char *document, *language;
    const char *revision; /* its id, or "": the templates */
    int state;            /* enum state, STATE_DRAFT or STATE_NONE */
    const char *source; /* the revision's file, or NULL: the templates */
    char *catalog;      /* its path, or NULL: the text is written in this language */
    enum status_problem problem;
    bool is_ready; /* the language is in progress, and nothing is left to be done in it */
    struct status_tally tally;
};

/* A table with a head that names the day, in colour where `out` is a terminal. */
void status_print_table(const struct status_row *rows, size_t count, struct date day, FILE *out);
/* A JSON object a line. */
void status_print_json(const struct status_row *rows, size_t count, FILE *out);

#endif
