/* The library calls its error handlers without a context, so the findings they report to are in a
 * static variable for the length of a call. */
#include "po_report.h"

#include <stdlib.h>
#include <sysexits.h>

static struct {
    struct findings *findings;
    const struct source *source;
} now;

static void report(int severity, size_t line, size_t column, const char *text)
{
    struct place place = {now.source, PLACE_FILE};
    struct str message = str_trim(str_of(text));

    if (line != (size_t)-1)
        place = place_at_line(now.source, line, column == (size_t)-1 ? 1 : column);
    finding(now.findings, severity == PO_SEVERITY_WARNING ? FINDING_WARNING : FINDING_ERROR, place,
            "`msgfmt --check FILE` shows the same fault; Poedit can fix most of them", "%.*s",
            (int)message.len, message.data);
    if (severity == PO_SEVERITY_FATAL_ERROR)
        exit(EX_DATAERR); /* the library must not be returned to */
}

static void on_error(int severity, po_message_t message, const char *file, size_t line,
                     size_t column, int multiline, const char *text)
{
    (void)message, (void)file, (void)multiline;
    report(severity, line, column, text);
}

static void on_error2(int severity, po_message_t message1, const char *file1, size_t line1,
                      size_t column1, int multiline1, const char *text1, po_message_t message2,
                      const char *file2, size_t line2, size_t column2, int multiline2,
                      const char *text2)
{
    (void)message1, (void)file1, (void)multiline1;
    (void)message2, (void)file2, (void)line2, (void)column2, (void)multiline2, (void)text2;
    report(severity, line1, column1, text1);
}

const struct po_xerror_handler *po_report_to(struct findings *findings, const struct source *source)
{
    static const struct po_xerror_handler handlers = {on_error, on_error2};

    now.findings = findings;
    now.source = source;
    return &handlers;
}
