/* Places are offsets; lines and columns are computed only for findings. */
#include "finding.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "mem.h"
#include "plain.h"
#include "utf8.h"

static const struct {
    const char *name, *color;
} severities[] = {
    [FINDING_WARNING] = {"warning", "\033[1;35m"},
    [FINDING_ERROR] = {"error", "\033[1;31m"},
};

bool finding_colors(FILE *out)
{
    const char *no_color = getenv("NO_COLOR");

    return isatty(fileno(out)) && !(no_color && *no_color);
}

void findings_init(struct findings *findings, FILE *out)
{
    *findings = (struct findings){.out = out, .color = finding_colors(out)};
}

struct findings findings_demote(struct findings *findings)
{
    struct findings before = *findings;

    findings->demoted = true;
    return before;
}

void findings_promote(struct findings *findings, const struct findings *before)
{
    findings->demoted = before->demoted;
    findings->warnings +=
        findings->errors - before->errors - (findings->repeated - before->repeated);
    findings->repeated = before->repeated;
    findings->errors = before->errors;
    findings->status = before->status;
}

void findings_report_once(struct findings *findings)
{
    findings->reported = json_object();
}

void findings_report_again(struct findings *findings)
{
    json_decref(findings->reported);
    findings->reported = NULL;
}

/* From 0; a source that was never read is one empty line. */
static size_t line_index(struct place place)
{
    size_t first = 0, behind = place.source->line_count;

    while (first + 1 < behind) {
        size_t middle = first + (behind - first) / 2;

        if (place.source->lines[middle] <= place.offset)
            first = middle;
        else
            behind = middle;
    }
    return first;
}

static struct str line_around(struct place place, size_t *line)
{
    struct str text = buf_str(&place.source->text);
    size_t index = line_index(place), start, end;

    *line = index + 1;
    start = place.source->line_count ? place.source->lines[index] : 0;
    for (end = start; end < text.len && text.data[end] != '\n';)
        end++;
    if (end > start && text.data[end - 1] == '\r')
        end--;
    return (struct str){text.data + start, end - start};
}

/* The part of its line before a place. */
static struct str before(struct place place, struct str line)
{
    size_t len = (size_t)(place.source->text.data + place.offset - line.data);

    return (struct str){line.data, len < line.len ? len : line.len};
}

static void add_caret(struct buf *out, struct str text, const char *on, const char *off)
{
    while (text.len) {
        int32_t c = utf8_next(&text);

        if (c == '\t')
            buf_addc(out, '\t');
        else
            buf_addf(out, "%*s", plain_shows(c) ? utf8_columns(c) : 1, "");
    }
    buf_addf(out, "%s^%s\n", on, off);
}

/* The column counts characters, not bytes: that is what editors show. */
static size_t characters(struct str text)
{
    size_t count = 0;

    for (; text.len; count++)
        utf8_next(&text);
    return count;
}

static void add_place(struct buf *out, struct place place)
{
    size_t number;
    struct str line;

    if (!place.source)
        return;
    plain_add_line(out, str_of(place.source->path));
    if (place.offset != PLACE_FILE) {
        line = line_around(place, &number);
        buf_addf(out, ":%zu:%zu", number, characters(before(place, line)) + 1);
    }
    buf_adds(out, ": ");
}

/* The start of a character shortly before a place, so that very long lines stay readable. */
static struct str not_far(struct str text)
{
    enum { FAR = 240 };
    const char *end = text.data + text.len;

    if (text.len <= FAR)
        return text;
    text.data = end - FAR;
    while (text.data < end && ((unsigned char)*text.data & 0xc0) == 0x80)
        text.data++;
    return (struct str){text.data, (size_t)(end - text.data)};
}

/* The same behind it. */
static struct str not_long(struct str text)
{
    enum { LONG = 240 };
    size_t len = LONG;

    if (text.len <= len)
        return text;
    while (len > 0 && ((unsigned char)text.data[len] & 0xc0) == 0x80)
        len--;
    return (struct str){text.data, len};
}

static void add_excerpt(struct buf *out, struct place place, const char *on, const char *off)
{
    static const char more[] = "…";
    size_t number;
    struct str line = line_around(place, &number);
    struct str whole = before(place, line), start = not_far(whole);
    struct str rest = {whole.data + whole.len, line.len - whole.len}, end = not_long(rest);
    bool cut = start.len < whole.len;

    buf_addf(out, "%5zu | %s", number, cut ? more : "");
    plain_add_line(out, start);
    plain_add_line(out, end);
    buf_addf(out, "%s\n      | %s", end.len < rest.len ? more : "", cut ? " " : "");
    add_caret(out, start, on, off);
}

static void add_human(struct buf *out, bool color, enum severity severity, struct place place,
                      const char *remedy, struct str text)
{
    const char *on = color ? severities[severity].color : "", *off = color ? "\033[0m" : "";

    add_place(out, place);
    buf_addf(out, "%s%s:%s ", on, severities[severity].name, off);
    plain_add_line(out, text);
    buf_addc(out, '\n');
    if (place.source && place.offset != PLACE_FILE)
        add_excerpt(out, place, on, off);
    if (remedy) {
        buf_adds(out, "      = remedy: ");
        plain_add_line(out, str_of(remedy));
        buf_addc(out, '\n');
    }
}

/* A text that is valid in JSON: bytes that are not UTF-8 become ?. */
static json_t *json_text(struct str text)
{
    struct buf out = BUF_INIT;
    json_t *value;

    while (text.len) {
        int32_t c = utf8_next(&text);

        utf8_add(&out, c < 0 ? '?' : c);
    }
    value = json_stringn(out.data, out.len);
    buf_release(&out);
    return value;
}

static void add_json(struct buf *out, enum severity severity, struct place place,
                     const char *remedy, struct str text)
{
    json_t *object = json_object();
    size_t number;
    char *line;

    if (place.source)
        json_object_set_new(object, "file", json_text(str_of(place.source->path)));
    if (place.source && place.offset != PLACE_FILE) {
        struct str source = line_around(place, &number);

        json_object_set_new(object, "line", json_integer((json_int_t)number));
        json_object_set_new(object, "column",
                            json_integer((json_int_t)characters(before(place, source)) + 1));
        json_object_set_new(object, "source", json_text(source));
    }
    json_object_set_new(object, "severity", json_string(severities[severity].name));
    json_object_set_new(object, "text", json_text(text));
    if (remedy)
        json_object_set_new(object, "remedy", json_text(str_of(remedy)));
    line = json_dumps(object, JSON_COMPACT);
    buf_adds(out, line);
    buf_addc(out, '\n');
    free(line);
    json_decref(object);
}

/* Identifies a finding, whatever its severity.  The caller frees it. */
static char *key_of(struct place place, const char *remedy, struct str text)
{
    struct buf key = BUF_INIT;

    add_json(&key, FINDING_ERROR, place, remedy, text);
    return buf_detach(&key);
}

/* Whether it was reported before.  Marks it as reported. */
static bool was_reported(const struct findings *findings, const char *key)
{
    bool reported;

    if (!findings->reported)
        return false;
    reported = json_object_get(findings->reported, key);
    json_object_set_new(findings->reported, key, json_true());
    return reported;
}

/* Prints with one write, because stderr is unbuffered. false: it was reported before. */
static bool print(const struct findings *findings, const char *key, struct str out)
{
    bool is_new = !was_reported(findings, key);

    if (findings->out && is_new)
        fwrite(out.data, 1, out.len, findings->out);
    return is_new;
}

static void count(struct findings *findings, enum severity severity, int status, bool is_new)
{
    if (severity == FINDING_WARNING) {
        findings->warnings += is_new;
        return;
    }
    findings->repeated += !is_new;
    if (!findings->errors++)
        findings->status = status;
}

/* One that waits in a queue. */
struct finding_event {
    enum severity severity; /* as the findings it is passed on to count it */
    int status;
    char *key, *out;
};

static void wait_in_queue(struct findings *findings, enum severity severity, int status, char *key,
                          struct buf *out)
{
    struct finding_queue *queue = findings->queue;

    if (findings->demoted && !queue->was_demoted)
        severity = FINDING_WARNING;
    queue->events = mem_grow(queue->events, queue->count, sizeof *queue->events);
    queue->events[queue->count++] = (struct finding_event){severity, status, key, buf_detach(out)};
}

static void report(struct findings *findings, enum severity severity, int status,
                   struct place place, const char *remedy, struct str text)
{
    enum severity shown = findings->demoted ? FINDING_WARNING : severity;
    char *key = key_of(place, remedy, text);
    struct buf out = BUF_INIT;
    bool is_new;

    if (findings->json)
        add_json(&out, shown, place, remedy, text);
    else
        add_human(&out, findings->color, shown, place, remedy, text);
    is_new = !(findings->muted && findings->demoted) && print(findings, key, buf_str(&out));
    count(findings, severity, status, is_new);
    if (findings->queue && is_new)
        wait_in_queue(findings, severity, status, key, &out);
    else
        free(key);
    buf_release(&out);
}

void finding(struct findings *findings, enum severity severity, struct place place,
             const char *remedy, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    if (findings->muted && severity == FINDING_WARNING)
        return;
    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    report(findings, severity, EX_DATAERR, place, remedy, buf_str(&text));
    buf_release(&text);
}

void finding_error(struct findings *findings, int status, struct place place, const char *remedy,
                   const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    report(findings, FINDING_ERROR, status, place, remedy, buf_str(&text));
    buf_release(&text);
}

void findings_queue(struct findings *queued, struct finding_queue *queue,
                    const struct findings *findings)
{
    *queue = (struct finding_queue){.was_demoted = findings->demoted};
    *queued = *findings;
    queued->out = NULL;
    queued->queue = queue;
    if (findings->reported)
        findings_report_once(queued);
}

void findings_pass_on(struct findings *queued, struct findings *findings)
{
    struct finding_queue *queue = queued->queue;

    for (size_t i = 0; i < queue->count; i++) {
        struct finding_event *event = &queue->events[i];

        count(findings, event->severity, event->status,
              print(findings, event->key, str_of(event->out)));
        free(event->key);
        free(event->out);
    }
    free(queue->events);
    *queue = (struct finding_queue){.count = 0};
    findings_report_again(queued);
}

struct place place_at_line(const struct source *source, size_t line, size_t column)
{
    struct str rest = buf_str(&source->text);
    size_t start = line <= 1 ? 0 : line <= source->line_count ? source->lines[line - 1] : rest.len;

    rest = (struct str){rest.data + start, rest.len - start};
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
