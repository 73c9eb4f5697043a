#include "view.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

static const struct {
    int status;
    const char *section; /* of problem.html */
    const char *detail;  /* what its section is divided by, or NULL */
} problems[PROBLEM_COUNT] = {
    [PROBLEM_BAD_FORM] = {400, "bad_form", NULL},
    [PROBLEM_CROSS_SITE] = {403, "cross_site", NULL},
    [PROBLEM_NOT_FOUND] = {404, "not_found", NULL},
    [PROBLEM_WRONG_METHOD] = {405, "wrong_method", NULL},
    [PROBLEM_CHANGED] = {409, "changed", NULL},
    [PROBLEM_TOO_LARGE] = {413, "too_large", NULL},
    [PROBLEM_MEDIA_TYPE] = {415, "bad_form", NULL},
    [PROBLEM_UNAVAILABLE] = {503, "unavailable", "not_saved"},
    [PROBLEM_MAYBE_SAVED] = {503, "unavailable", "maybe_saved"},
    [PROBLEM_NOT_ERASED] = {503, "unavailable", "not_erased"},
    [PROBLEM_MAYBE_ERASED] = {503, "unavailable", "maybe_erased"},
    [PROBLEM_CODE] = {422, "code", NULL},
    [PROBLEM_TOO_MANY] = {429, "too_many", NULL},
    [PROBLEM_COOKIES] = {422, "cookies", NULL},
};

/* A page that cannot be filled does not go with this program: that is our fault. */
static void fill(struct exchange *exchange, const char *page, json_t *slots)
{
    struct response *response = exchange->response;

    response->content_type = "text/html; charset=utf-8";
    buf_reset(&response->body);
    if (!bundle_page(exchange->endpoint->bundle, exchange->language->tag, page, slots,
                     &response->body)) {
        buf_reset(&response->body);
        response->status = 500;
    }
    json_decref(slots);
}

static void show_problem(struct exchange *exchange, enum problem problem, json_t *slots)
{
    for (int i = 0; i < PROBLEM_COUNT; i++) {
        json_object_set_new(slots, problems[i].section, json_false());
        if (problems[i].detail)
            json_object_set_new(slots, problems[i].detail, json_boolean(i == (int)problem));
    }
    json_object_set_new(slots, problems[problem].section, json_true());
    exchange->response->status = problems[problem].status;
    fill(exchange, "problem.html", slots);
}

void view_problem(struct exchange *exchange, enum problem problem)
{
    show_problem(exchange, problem, json_object());
}

void view_changed(struct exchange *exchange, const char *document, const char *title)
{
    char *path = mem_printf("/%s/%s/", exchange->language->tag, document);

    show_problem(exchange, PROBLEM_CHANGED, json_pack("{s:s, s:s}", "path", path, "title", title));
    free(path);
}

void view_choices(struct exchange *exchange, json_t *slots)
{
    exchange->response->status = 200;
    fill(exchange, "choices.html", slots);
}

void view_erase(struct exchange *exchange, json_t *slots)
{
    exchange->response->status = 200;
    fill(exchange, "erase.html", slots);
}

void view_receipt(struct exchange *exchange, json_t *slots)
{
    exchange->response->status = 200;
    fill(exchange, "receipt.html", slots);
}

void view_redirect(struct exchange *exchange, int status, const char *path)
{
    exchange->response->status = status;
    exchange->response->content_type = "text/plain; charset=utf-8";
    response_header(exchange->response, "Location", path);
}

/* To an address below /LANG/choices/, so that Back and reload send no form again. */
static void go_on(struct exchange *exchange, const char *tail, const char *more)
{
    char *path = mem_printf("/%s/choices/%s%s", exchange->language->tag, tail, more);

    view_redirect(exchange, 303, path);
    free(path);
}

void view_erase_asks(struct exchange *exchange)
{
    go_on(exchange, "erase", "");
}

void view_done(struct exchange *exchange, const char *done)
{
    go_on(exchange, "?done=", done);
}

static void add_id(struct buf *query, const char *name, const uint8_t id[ACT_RECORD_ID])
{
    char hex[2 * ACT_RECORD_ID + 1];

    buf_addf(query, "&%s=%s", name, sodium_bin2hex(hex, sizeof hex, id, ACT_RECORD_ID));
}

void view_done_by(struct exchange *exchange, const char *done, const uint8_t record[ACT_RECORD_ID],
                  const uint8_t newest[ACT_RECORD_ID])
{
    struct buf query = BUF_INIT;

    buf_adds(&query, done);
    add_id(&query, "record", record);
    if (memcmp(newest, record, ACT_RECORD_ID) != 0)
        add_id(&query, "after", newest);
    go_on(exchange, "?done=", query.data);
    buf_release(&query);
}

void view_once_more(struct exchange *exchange, const char *query)
{
    struct str path = exchange->request->path;
    char *again = mem_printf("%.*s%s", (int)path.len, path.data, query);

    view_redirect(exchange, 307, again);
    free(again);
}

void view_json(struct exchange *exchange, int status, json_t *json)
{
    char *text = json_dumps(json, JSON_INDENT(2) | JSON_SORT_KEYS);

    exchange->response->status = status;
    exchange->response->content_type = "application/json";
    buf_adds(&exchange->response->body, text);
    buf_addc(&exchange->response->body, '\n');
    free(text);
    json_decref(json);
}

/* One field of a CLDR date pattern: a run of the same letter (UTS #35). */
static void add_field(const struct manifest_language *language, char letter, size_t len,
                      const struct tm *day, struct buf *out)
{
    if (letter == 'y')
        buf_addf(out, "%d", day->tm_year + 1900);
    else if (letter == 'd')
        buf_addf(out, "%0*d", (int)len, day->tm_mday);
    else if (letter == 'M' && len > 2)
        buf_adds(out, language->months[day->tm_mon]);
    else if (letter == 'M' || letter == 'L')
        buf_addf(out, "%0*d", (int)len, day->tm_mon + 1);
    else if (letter == 'H')
        buf_addf(out, "%0*d", (int)len, day->tm_hour);
    else if (letter == 'm')
        buf_addf(out, "%0*d", (int)len, day->tm_min);
}

static void add_pattern(const struct manifest_language *language, const char *pattern,
                        const struct tm *day, struct buf *out)
{
    bool quoted = false;

    for (const char *p = pattern; *p;) {
        size_t len = 1;

        if (*p == '\'') {
            quoted = !quoted;
        } else if (!quoted && strchr("yMdLHm", *p)) {
            len = strspn(p, (char[]){*p, '\0'});
            add_field(language, *p, len, day, out);
        } else {
            buf_addc(out, *p);
        }
        p += len;
    }
}

static void add_time(const struct exchange *exchange, const struct tm *time, struct buf *out)
{
    add_pattern(exchange->language, exchange->language->time_pattern, time, out);
    buf_adds(out, " UTC");
}

void view_time(const struct exchange *exchange, int64_t time, struct buf *out)
{
    time_t instant = (time_t)time;
    struct tm parts;

    gmtime_r(&instant, &parts);
    add_time(exchange, &parts, out);
}

/* The parts of YYYY-MM-DD or YYYY-MM-DDTHH:MM…; false: not such a text. */
static bool parse_parts(const char *text, struct tm *parts)
{
    int got = sscanf(text, "%4d-%2d-%2dT%2d:%2d", &parts->tm_year, &parts->tm_mon, &parts->tm_mday,
                     &parts->tm_hour, &parts->tm_min);

    parts->tm_year -= 1900;
    parts->tm_mon--;
    return got >= 3 && parts->tm_mon >= 0 && parts->tm_mon < 12;
}

void view_instant(const struct exchange *exchange, const char *utc, struct buf *out)
{
    struct tm parts = {0};

    if (parse_parts(utc, &parts))
        add_time(exchange, &parts, out);
}

void view_day(const struct exchange *exchange, const char *day, struct buf *out)
{
    struct tm parts = {0};

    if (parse_parts(day, &parts))
        add_pattern(exchange->language, exchange->language->date_pattern, &parts, out);
}

void view_version(const struct exchange *exchange, const char *revision, struct buf *out)
{
    const char *number = strchr(revision, '.');

    view_day(exchange, revision, out);
    if (number)
        buf_addf(out, " (%ld)", strtol(number + 1, NULL, 10) + 1);
}

const char *view_language(const struct exchange *exchange, const char *tag)
{
    const struct manifest *manifest = &exchange->endpoint->bundle->manifest;

    for (size_t i = 0; i < manifest->language_count; i++)
        if (strcmp(manifest->languages[i].tag, tag) == 0)
            return exchange->language->names[i];
    return tag;
}

void view_utc(int64_t time, struct buf *out)
{
    time_t instant = (time_t)time;
    struct tm parts;
    char text[32];

    gmtime_r(&instant, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    buf_adds(out, text);
}
