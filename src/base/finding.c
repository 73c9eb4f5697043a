/* Lines and columns are counted only when something is wrong, from the offset. */
#include "finding.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "utf8.h"

static const struct {
    const char *name, *color;
} severities[] = {
    [FINDING_WARNING] = {"warning", "\033[1;35m"},
    [FINDING_ERROR] = {"error", "\033[1;31m"},
};

void findings_init(struct findings *findings, FILE *out)
{
    const char *no_color = getenv("NO_COLOR");

    *findings = (struct findings){.out = out};
    findings->color = isatty(fileno(out)) && !(no_color && *no_color);
}

static struct str line_around(struct place place, size_t *line)
{
    struct str text = buf_str(&place.source->text);
    size_t start = 0, end;

    *line = 1;
    for (size_t i = 0; i < place.offset && i < text.len; i++)
        if (text.data[i] == '\n') {
            (*line)++;
            start = i + 1;
        }
    for (end = start; end < text.len && text.data[end] != '\n';)
        end++;
    if (end > start && text.data[end - 1] == '\r')
        end--;
    return (struct str){text.data + start, end - start};
}

/* The part of its line that stands before a place. */
static struct str before(struct place place, struct str line)
{
    size_t len = (size_t)(place.source->text.data + place.offset - line.data);

    return (struct str){line.data, len < line.len ? len : line.len};
}

/* A terminal obeys control characters and turns text around at bidirectional ones; a
 * finding, which quotes strangers' text, only shows that they are there. */
static bool is_harmless(int32_t c)
{
    return c == '\t' || (c >= 0x20 && c < 0x7f) ||
           (c > 0x9f && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069));
}

static void print_text(FILE *out, struct str text)
{
    while (text.len) {
        const char *character = text.data;
        int32_t c = utf8_next(&text);

        if (is_harmless(c))
            fwrite(character, 1, (size_t)(text.data - character), out);
        else
            fputc(c == '\n' ? ' ' : '?', out);
    }
}

static void print_caret(FILE *out, struct str text, const char *on, const char *off)
{
    while (text.len) {
        int32_t c = utf8_next(&text);

        if (c == '\t')
            fputc('\t', out);
        else
            fprintf(out, "%*s", is_harmless(c) ? utf8_columns(c) : 1, "");
    }
    fprintf(out, "%s^%s\n", on, off);
}

/* The column counts characters, not bytes: that is what editors show. */
static size_t characters(struct str text)
{
    size_t count = 0;

    for (; text.len; count++)
        utf8_next(&text);
    return count;
}

static void print_place(FILE *out, struct place place)
{
    size_t number;
    struct str line;

    if (!place.source)
        return;
    print_text(out, str_of(place.source->path));
    if (place.offset != PLACE_FILE) {
        line = line_around(place, &number);
        fprintf(out, ":%zu:%zu", number, characters(before(place, line)) + 1);
    }
    fprintf(out, ": ");
}

static void print_excerpt(FILE *out, struct place place, const char *on, const char *off)
{
    size_t number;
    struct str line = line_around(place, &number);

    fprintf(out, "%5zu | ", number);
    print_text(out, line);
    fprintf(out, "\n      | ");
    print_caret(out, before(place, line), on, off);
}

static void print(struct findings *findings, enum severity severity, struct place place,
                  const char *remedy, const char *format, va_list args)
{
    FILE *out = findings->out;
    const char *on = findings->color ? severities[severity].color : "";
    const char *off = findings->color ? "\033[0m" : "";
    struct buf text = BUF_INIT;

    buf_addv(&text, format, args);
    print_place(out, place);
    fprintf(out, "%s%s:%s ", on, severities[severity].name, off);
    print_text(out, buf_str(&text));
    fputc('\n', out);
    if (place.source && place.offset != PLACE_FILE)
        print_excerpt(out, place, on, off);
    if (remedy) {
        fprintf(out, "      = remedy: ");
        print_text(out, str_of(remedy));
        fputc('\n', out);
    }
    buf_release(&text);
}

static void count(struct findings *findings, enum severity severity, int status)
{
    if (severity == FINDING_WARNING)
        findings->warnings++;
    else if (!findings->errors++)
        findings->status = status;
}

void finding(struct findings *findings, enum severity severity, struct place place,
             const char *remedy, const char *format, ...)
{
    va_list args;

    count(findings, severity, EX_DATAERR);
    va_start(args, format);
    print(findings, severity, place, remedy, format, args);
    va_end(args);
}

void finding_error(struct findings *findings, int status, struct place place, const char *remedy,
                   const char *format, ...)
{
    va_list args;

    count(findings, FINDING_ERROR, status);
    va_start(args, format);
    print(findings, FINDING_ERROR, place, remedy, format, args);
    va_end(args);
}

static bool source_check(struct source *source, struct findings *findings)
{
    struct place place = {source, utf8_invalid(buf_str(&source->text))};
    const char *nul = memchr(source->text.data, '\0', source->text.len);

    if (place.offset < source->text.len) {
        finding(findings, FINDING_ERROR, place, "save the file as UTF-8",
                "byte 0x%02X is not UTF-8", (unsigned char)source->text.data[place.offset]);
        return false;
    }
    if (nul) {
        place.offset = (size_t)(nul - source->text.data);
        finding(findings, FINDING_ERROR, place, "remove the byte", "a NUL byte in a text file");
        return false;
    }
    return true;
}

bool source_read(struct source *source, const char *path, struct findings *findings)
{
    *source = (struct source){mem_dups(path), BUF_INIT};
    if (!file_read(path, &source->text)) {
        finding_error(findings, EX_NOINPUT, (struct place){source, PLACE_FILE},
                      errno == ENOENT ? "create the file, or check the path"
                                      : "check that it is a file, and its permissions",
                      "cannot read: %s", strerror(errno));
        return false;
    }
    return source_check(source, findings);
}

bool source_set(struct source *source, const char *path, struct str text, struct findings *findings)
{
    *source = (struct source){mem_dups(path), BUF_INIT};
    buf_addstr(&source->text, text);
    return source_check(source, findings);
}

void source_release(struct source *source)
{
    free(source->path);
    source->path = NULL;
    buf_release(&source->text);
}

struct place place_at_line(const struct source *source, size_t line, size_t column)
{
    struct str rest = buf_str(&source->text);

    while (line > 1 && rest.len)
        if (utf8_next(&rest) == '\n')
            line--;
    while (column > 1 && rest.len && rest.data[0] != '\n') {
        utf8_next(&rest);
        column--;
    }
    return (struct place){source, source->text.len - rest.len};
}

size_t place_line(struct place place)
{
    size_t line;

    line_around(place, &line);
    return line;
}
