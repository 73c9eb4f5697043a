/* Findings: what is wrong with an editor's file, where, and how to fix it.
 *
 * A finding is printed at once, in the form editors and CI systems jump from:
 *
 *     content/site.yaml:3:1: error: unknown key "zone"
 *       3 | zone: UTC
 *         | ^
 *         = remedy: the keys are name, base_url, …
 *
 * or, for programs, as a line of JSON.
 */
#ifndef TEADE_FINDING_H
#define TEADE_FINDING_H

#include <stdio.h>

#include "buf.h"

/* A file of the editor's, read whole; its text is checked UTF-8 and ends its lines with \n. */
struct source {
    char *path; /* as findings name it */
    struct buf text;
    size_t *lines; /* the offset of each line, so that a thousand findings count none */
    size_t line_count;
};

/* A byte in a source; source NULL: no file is to blame. */
struct place {
    const struct source *source;
    size_t offset; /* PLACE_FILE: the file as a whole */
};
#define PLACE_FILE ((size_t)-1)

/* Maps the bytes of a text to their places in a file that spells them otherwise. */
struct place_map {
    struct place (*place)(const void *where, size_t offset);
    const void *where;
};

enum severity { FINDING_WARNING, FINDING_ERROR };

struct findings {
    FILE *out; /* NULL: they are counted, not printed */
    bool color;
    bool json; /* each finding is a line of JSON: file, line, column, severity, text, remedy, source
                */
    bool demoted; /* errors are printed as warnings, and made so by findings_promote() */
    bool muted; /* warnings, and errors reported as warnings, are neither printed nor counted: they
                   were before, or cannot be fixed */
    struct finding_queue *queue; /* where they wait, or NULL (findings_queue) */
    struct json_t
        *reported; /* keys of what was printed, to print nothing twice; NULL: repeats are printed */
    size_t errors, warnings;
    size_t repeated; /* errors that were reported before: counted only for the callee */
    int status; /* for exit(): the <sysexits.h> code of the first error, 0 while there is none */
};

/* Whether a stream is in colour: it is a terminal, and NO_COLOR is not set. */
bool finding_colors(FILE *out);

/* Findings go to `out`, in colour where finding_colors. */
void findings_init(struct findings *findings, FILE *out);

/* Errors are reported as warnings, for a part that may still be unfinished, and counted as warnings
 * at the end.  Until then `errors` counts them for the callee. */
struct findings findings_demote(struct findings *findings); /* returns what to come back to */
void findings_promote(struct findings *findings, const struct findings *before);

/* From here on nothing is reported twice, until findings_report_again(): the same files are read
 * several times.
 */
void findings_report_once(struct findings *findings);
void findings_report_again(struct findings *findings);

/* Findings of work that runs in parallel with other work.  They wait in a queue, are counted in
 * `queued` for the code that does the work, and are passed on in the order of the work. */
struct finding_queue {
    struct finding_event *events;
    size_t count;
    bool was_demoted;
};
void findings_queue(struct findings *queued, struct finding_queue *queue,
                    const struct findings *findings);
void findings_pass_on(struct findings *queued, struct findings *findings);

/* Prints one finding and counts it.  `remedy` is what the editor can do, or NULL. */
void finding(struct findings *findings, enum severity severity, struct place place,
             const char *remedy, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The same for an error that is no fault in a file's text: `status` is its exit code. */
void finding_error(struct findings *findings, int status, struct place place, const char *remedy,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Reads a file; on failure (cannot be read, not UTF-8, a byte order mark, a NUL, a code point
 * that is no character, the marks of a merge that was left undone) there is a finding, and the
 * source still names the path.  Release it either way.  \r\n is read as \n: what is made of a
 * file does not depend on the editor's system. */
bool source_read(struct source *source, const char *path, struct findings *findings);
/* The same over memory; `text` is copied as it is. */
bool source_set(struct source *source, const char *path, struct str text,
                struct findings *findings);
void source_release(struct source *source);

/* The place of a line and a column in it, both from 1; the column counts characters. */
struct place place_at_line(const struct source *source, size_t line, size_t column);
size_t place_line(struct place place); /* from 1 */

#endif
