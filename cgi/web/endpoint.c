/* The endpoint: every address that it answers is a row of the table below. */
#include "endpoint.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "handlers.h"
#include "http/language_range.h"
#include "http/origin.h"
#include "response.h"

static void negotiate(struct exchange *exchange);

static const struct form_rule record_rules[] = {
    {"document", true, false}, {"revision", true, false}, {"digest", true, false},
    {"choice.", false, false}, {"all", false, false},     {NULL, false, false},
};
static const struct form_rule notice_rules[] = {{"document", true, false},
                                                {"revision", true, false},
                                                {"digest", true, false},
                                                {NULL, false, false}};
static const struct form_rule withdraw_rules[] = {{"document", false, false},
                                                  {"purpose", false, true},
                                                  {"code", false, false},
                                                  {NULL, false, false}};
static const struct form_rule erase_rules[] = {{"confirm", false, false}, {NULL, false, false}};

static const struct route {
    const char *path; /* begins behind /LANG/ unless with a slash; a final * is any tail */
    void (*get)(struct exchange *exchange);
    void (*post)(struct exchange *exchange, const struct form *form);
    const struct form_rule *rules;
    bool even_if_abandoned; /* it is carried out although nobody waits for the answer */
} routes[] = {
    {"/", negotiate, NULL, NULL, false},
    {"/choices/status.json", page_status, NULL, NULL, false},
    {"/choices/export.json", page_export, NULL, NULL, false},
    {"/choices/health", page_health, NULL, NULL, false},
    {"/choices/log/checkpoint", page_checkpoint, NULL, NULL, false},
    {"/choices/log/tile/*", page_tile, NULL, NULL, false},
    {"choices/receipts/*", page_receipt, NULL, NULL, false},
    {"choices/", page_choices, NULL, NULL, false},
    {"choices/record", NULL, choices_record, record_rules, false},
    {"choices/acknowledge", NULL, choices_acknowledge, notice_rules, false},
    {"choices/hide", NULL, choices_hide, notice_rules, false},
    {"choices/withdraw", NULL, choices_withdraw, withdraw_rules, true},
    {"choices/erase", page_erase, choices_erase, erase_rules, true},
};

/* The visitor's best language by Accept-Language, else the site's first. */
static const struct manifest_language *best_language(const struct exchange *exchange)
{
    const struct manifest *manifest = exchange_manifest(exchange);
    const char *tags[64];
    size_t count = 0;

    for (; count < manifest->language_count && count < sizeof tags / sizeof *tags; count++)
        tags[count] = manifest->languages[count].tag;
    return &manifest
                ->languages[accept_language(exchange->request->accept_language, tags, count, 0)];
}

static void negotiate(struct exchange *exchange)
{
    char path[64];

    snprintf(path, sizeof path, "/%s/", best_language(exchange)->tag);
    response_header(exchange->response, "Vary", "Accept-Language");
    response_redirect(exchange, STATUS_FOUND, path);
}

/* Removes /LANG/ from the front of a path, and sets the language of the exchange by it. */
static struct str take_language(struct exchange *exchange, struct str path)
{
    const struct manifest *manifest = exchange_manifest(exchange);

    for (size_t i = 0; i < manifest->language_count; i++) {
        const char *tag = manifest->languages[i].tag;
        size_t len = strlen(tag);

        if (path.len > len + 1 && path.data[0] == '/' && memcmp(path.data + 1, tag, len) == 0 &&
            path.data[len + 1] == '/') {
            exchange->language = &manifest->languages[i];
            return (struct str){path.data + len + 2, path.len - len - 2};
        }
    }
    return path;
}

static bool is_for(const struct route *route, struct str path)
{
    size_t len = strlen(route->path);

    if (route->path[len - 1] != '*')
        return str_is(path, route->path);
    return path.len >= len && memcmp(path.data, route->path, len - 1) == 0;
}

static const struct route *find_route(struct str path)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (is_for(&routes[i], path))
            return &routes[i];
    return NULL;
}

static void post(struct exchange *exchange, const struct route *route)
{
    const struct request *request = exchange->request;
    const struct form_rule *rules = route->rules;
    struct form form;
    size_t count = 0;

    while (rules[count].name)
        count++;
    if (!origin_is_ours(request, exchange_manifest(exchange)->base_url))
        response_problem(exchange, PROBLEM_CROSS_SITE);
    else if (!form_is_content_type(request->content_type))
        response_problem(exchange, PROBLEM_MEDIA_TYPE);
    else {
        if (form_parse(&form, request->body) && form_fits(&form, rules, count))
            route->post(exchange, &form);
        else
            response_problem(exchange, PROBLEM_BAD_FORM);
        form_release(&form);
    }
}

static void dispatch(struct exchange *exchange, const struct route *route)
{
    enum http_method method = exchange->request->method;

    if (route->get && (method == HTTP_GET || method == HTTP_HEAD)) {
        route->get(exchange);
    } else if (route->post && method == HTTP_POST) {
        post(exchange, route);
    } else {
        response_header(exchange->response, "Allow",
                        !route->post ? "GET, HEAD"
                        : route->get ? "GET, HEAD, POST"
                                     : "POST");
        response_problem(exchange, PROBLEM_WRONG_METHOD);
    }
}

void endpoint_answer(struct endpoint *endpoint, const struct request *request,
                     enum request_fault fault, struct response *response)
{
    struct exchange exchange = {.endpoint = endpoint, .request = request, .response = response};
    const struct route *route;

    exchange.now = endpoint->fixed_now ? endpoint->fixed_now : (int64_t)time(NULL);
    exchange.language = best_language(&exchange);
    route = find_route(take_language(&exchange, request->path));
    if (request->abandoned && !(route && route->even_if_abandoned))
        response->status = STATUS_SERVICE_UNAVAILABLE; /* nobody reads it */
    else if (fault == REQUEST_TOO_LARGE)
        response_problem(&exchange, PROBLEM_TOO_LARGE);
    else if (fault != REQUEST_SOUND)
        response_problem(&exchange, PROBLEM_BAD_FORM);
    else if (!route)
        response_problem(&exchange, PROBLEM_NOT_FOUND);
    else
        dispatch(&exchange, route);
}
