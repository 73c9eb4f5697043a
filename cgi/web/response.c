#include "response.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"

static const struct {
    enum http_status status;
    const char *section; /* of problem.html */
    const char *detail;  /* a flag inside the section, or NULL */
} problems[PROBLEM_COUNT] = {
    [PROBLEM_BAD_FORM] = {STATUS_BAD_REQUEST, "bad_form", NULL},
    [PROBLEM_CROSS_SITE] = {STATUS_FORBIDDEN, "cross_site", NULL},
    [PROBLEM_NOT_FOUND] = {STATUS_NOT_FOUND, "not_found", NULL},
    [PROBLEM_WRONG_METHOD] = {STATUS_METHOD_NOT_ALLOWED, "wrong_method", NULL},
    [PROBLEM_CHANGED] = {STATUS_CONFLICT, "changed", NULL},
    [PROBLEM_TOO_LARGE] = {STATUS_CONTENT_TOO_LARGE, "too_large", NULL},
    [PROBLEM_MEDIA_TYPE] = {STATUS_UNSUPPORTED_MEDIA_TYPE, "bad_form", NULL},
    [PROBLEM_UNAVAILABLE] = {STATUS_SERVICE_UNAVAILABLE, "unavailable", "not_saved"},
    [PROBLEM_MAYBE_SAVED] = {STATUS_SERVICE_UNAVAILABLE, "unavailable", "maybe_saved"},
    [PROBLEM_NOT_ERASED] = {STATUS_SERVICE_UNAVAILABLE, "unavailable", "not_erased"},
    [PROBLEM_MAYBE_ERASED] = {STATUS_SERVICE_UNAVAILABLE, "unavailable", "maybe_erased"},
    [PROBLEM_CODE] = {STATUS_UNPROCESSABLE_CONTENT, "code", NULL},
    [PROBLEM_TOO_MANY] = {STATUS_TOO_MANY_REQUESTS, "too_many", NULL},
    [PROBLEM_COOKIES] = {STATUS_UNPROCESSABLE_CONTENT, "cookies", NULL},
};

/* If the page does not match this program, the status is 500. */
static void fill(struct exchange *exchange, const char *page, json_t *slots)
{
    struct response *response = exchange->response;

    response->content_type = "text/html; charset=utf-8";
    buf_reset(&response->body);
    if (!bundle_page(exchange->endpoint->bundle, exchange->language->tag, page, slots,
                     &response->body)) {
        buf_reset(&response->body);
        response->status = STATUS_INTERNAL_SERVER_ERROR;
    }
    json_decref(slots);
}

static void fill_problem(struct exchange *exchange, enum problem problem, json_t *slots)
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

void response_problem(struct exchange *exchange, enum problem problem)
{
    fill_problem(exchange, problem, json_object());
}

void response_changed(struct exchange *exchange, const char *document, const char *title)
{
    char *path = mem_printf("/%s/%s/", exchange->language->tag, document);

    fill_problem(exchange, PROBLEM_CHANGED, json_pack("{s:s, s:s}", "path", path, "title", title));
    free(path);
}

void response_page(struct exchange *exchange, const char *page, json_t *slots)
{
    exchange->response->status = STATUS_OK;
    fill(exchange, page, slots);
}

void response_redirect(struct exchange *exchange, enum http_status status, const char *path)
{
    exchange->response->status = status;
    exchange->response->content_type = "text/plain; charset=utf-8";
    response_header(exchange->response, "Location", path);
}

/* Redirects below /LANG/choices/, so that Back and reload do not send the form again. */
static void redirect_below(struct exchange *exchange, const char *tail, const char *more)
{
    char *path = mem_printf("/%s/choices/%s%s", exchange->language->tag, tail, more);

    response_redirect(exchange, STATUS_SEE_OTHER, path);
    free(path);
}

void response_erase(struct exchange *exchange)
{
    redirect_below(exchange, "erase", "");
}

void response_done(struct exchange *exchange, const char *done)
{
    redirect_below(exchange, "?done=", done);
}

static void add_id(struct buf *query, const char *name, const uint8_t id[ACT_RECORD_ID])
{
    buf_addf(query, "&%s=%s", name, hex_of(id, ACT_RECORD_ID).text);
}

void response_done_by(struct exchange *exchange, const char *done,
                      const uint8_t record[ACT_RECORD_ID], const uint8_t newest[ACT_RECORD_ID])
{
    struct buf query = BUF_INIT;

    buf_adds(&query, done);
    add_id(&query, "record", record);
    if (memcmp(newest, record, ACT_RECORD_ID) != 0)
        add_id(&query, "after", newest);
    redirect_below(exchange, "?done=", query.data);
    buf_release(&query);
}

void response_reply(struct exchange *exchange, const struct reply *reply)
{
    if (reply->done)
        response_done(exchange, reply->done);
    else
        response_problem(exchange, reply->problem);
}

void response_repeat(struct exchange *exchange, const char *query)
{
    struct str path = exchange->request->path;
    char *again = mem_printf("%.*s%s", (int)path.len, path.data, query);

    response_redirect(exchange, STATUS_TEMPORARY_REDIRECT, again);
    free(again);
}

void response_json(struct exchange *exchange, enum http_status status, json_t *json)
{
    char *text = json_dumps(json, JSON_INDENT(2) | JSON_SORT_KEYS);

    exchange->response->status = status;
    exchange->response->content_type = "application/json";
    buf_adds(&exchange->response->body, text);
    buf_addc(&exchange->response->body, '\n');
    free(text);
    json_decref(json);
}
