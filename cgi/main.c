/* teade-consent: the visitors' program.  Every address it answers is a row below. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/options.h"
#include "process/supervisor.h"
#include "web/choices.h"
#include "web/language_range.h"
#include "web/origin.h"
#include "web/page_choices.h"
#include "web/view.h"

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
    const char *path; /* behind /LANG where it begins with a letter; with * all that go on so */
    void (*show)(struct exchange *exchange);
    void (*post)(struct exchange *exchange, const struct form *form);
    const struct form_rule *rules;
} routes[] = {
    {"/", negotiate, NULL, NULL},
    {"/choices/status.json", show_status, NULL, NULL},
    {"/choices/export.json", show_export, NULL, NULL},
    {"/choices/health", show_health, NULL, NULL},
    {"/choices/log/checkpoint", show_head, NULL, NULL},
    {"/choices/log/tile/*", show_tile, NULL, NULL},
    {"choices/receipts/*", show_receipt, NULL, NULL},
    {"choices/", show_choices, NULL, NULL},
    {"choices/record", NULL, choices_record, record_rules},
    {"choices/acknowledge", NULL, choices_acknowledge, notice_rules},
    {"choices/hide", NULL, choices_hide, notice_rules},
    {"choices/withdraw", NULL, choices_withdraw, withdraw_rules},
    {"choices/erase", choices_ask_erase, choices_erase, erase_rules},
};

static const struct manifest *manifest_of(const struct exchange *exchange)
{
    return &exchange->endpoint->bundle->manifest;
}

/* The visitor's best language by Accept-Language, else the site's first. */
static const struct manifest_language *best_language(const struct exchange *exchange)
{
    const struct manifest *manifest = manifest_of(exchange);
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
    view_redirect(exchange, 302, path);
}

/* Takes /LANG/ off the front of a path; the exchange speaks that language from then on. */
static struct str take_language(struct exchange *exchange, struct str path)
{
    const struct manifest *manifest = manifest_of(exchange);

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
    if (!origin_is_ours(request, manifest_of(exchange)->base_url))
        view_problem(exchange, PROBLEM_CROSS_SITE);
    else if (!form_is_content_type(request->content_type))
        view_problem(exchange, PROBLEM_MEDIA_TYPE);
    else {
        if (form_parse(&form, request->body) && form_fits(&form, rules, count))
            route->post(exchange, &form);
        else
            view_problem(exchange, PROBLEM_BAD_FORM);
        form_release(&form);
    }
}

static void dispatch(struct exchange *exchange, const struct route *route)
{
    enum http_method method = exchange->request->method;

    if (route->show && (method == HTTP_GET || method == HTTP_HEAD)) {
        route->show(exchange);
    } else if (route->post && method == HTTP_POST) {
        post(exchange, route);
    } else {
        response_header(exchange->response, "Allow",
                        !route->post  ? "GET, HEAD"
                        : route->show ? "GET, HEAD, POST"
                                      : "POST");
        view_problem(exchange, PROBLEM_WRONG_METHOD);
    }
}

/* Whoever takes something back need not wait to be told. */
static bool takes_back(const struct route *route)
{
    return route->post == choices_withdraw || route->post == choices_erase;
}

void endpoint_answer(struct endpoint *endpoint, const struct request *request,
                     enum request_fault fault, struct response *response)
{
    struct exchange exchange = {.endpoint = endpoint, .request = request, .response = response};
    const struct route *route;

    exchange.now = endpoint->fixed_now ? endpoint->fixed_now : (int64_t)time(NULL);
    exchange.language = best_language(&exchange);
    route = find_route(take_language(&exchange, request->path));
    if (request->abandoned && !(route && takes_back(route)))
        response->status = 503; /* which nobody reads */
    else if (fault == REQUEST_TOO_LARGE)
        view_problem(&exchange, PROBLEM_TOO_LARGE);
    else if (fault != REQUEST_SOUND)
        view_problem(&exchange, PROBLEM_BAD_FORM);
    else if (!route)
        view_problem(&exchange, PROBLEM_NOT_FOUND);
    else
        dispatch(&exchange, route);
}

/* The command line. */

struct options {
    struct command_line line;
    struct supervisor_options supervisor;
};

enum { SITE = 1, DATABASE = 2, KEYS = 4, REQUIRED = SITE | DATABASE | KEYS, OPTIONAL = 8 };
#define MEMBER(name) offsetof(struct options, supervisor.name)

static const struct option_reader workers = {options_number, "a number from 1 to 256", 1,
                                             SUPERVISOR_WORKERS_MAX};
static const struct option_reader interval = {options_number, "a number of seconds up to 604800",
                                              0, SUPERVISOR_INTERVAL_MAX};

static const struct option option_rows[] = {
    {SITE, "--site", "DIR", MEMBER(site), "the built site", NULL},
    {DATABASE, "--database", "PATH", MEMBER(database), "where choices are recorded", NULL},
    {KEYS, "--keys", "DIR", MEMBER(keys), "made by `teade-records init`", NULL},
    {OPTIONAL, "--listen", "SOCKET", MEMBER(listen),
     "a UNIX socket's path; without it, the socket passed as descriptor 3 or 0", NULL},
    {OPTIONAL, "--workers", "N", MEMBER(workers), "processes that answer visitors, 1 to 256 (16)",
     &workers},
    {OPTIONAL, "--anchor", "FILE", MEMBER(anchor),
     "where to keep the newest checkpoint, best on another disk (DATABASE.anchor)", NULL},
    {OPTIONAL, "--interval", "SECONDS", MEMBER(interval),
     "between two published checkpoints, up to 604800 (3600)", &interval},
    {OPTIONAL, "--now", "INSTANT", MEMBER(now), "UTC seconds in place of the clock, for tests",
     &option_instant},
};

static int serve(const struct options *options)
{
    return supervisor_run(&options->supervisor);
}

static const struct command serving = {
    .options = REQUIRED | OPTIONAL,
    .required = REQUIRED,
    .run = serve,
    .note = "SIGHUP makes it read the site again, SIGTERM ends it.",
};

static const struct program program = {
    .name = "teade-consent",
    .purpose = "Records what visitors agree to and which notices they have seen.",
    .options = option_rows,
    .option_count = sizeof option_rows / sizeof *option_rows,
    .commands = &serving,
    .command_count = 1,
};

int main(int argc, char **argv)
{
    struct options options = {.supervisor = {.workers = 16, .interval = 3600}};

    return options_run(&program, &options, argv + (argc > 0));
}
