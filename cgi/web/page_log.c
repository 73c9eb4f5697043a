/* The published log (C2SP tlog-checkpoint, tlog-tiles), for everyone who checks that it only grows.
 */
#include "handlers.h"

#include "ask.h"
#include "response.h"

static void give(struct exchange *exchange, struct str bytes, const char *type, bool lasting)
{
    if (!bytes.len) {
        response_problem(exchange, PROBLEM_NOT_FOUND);
        return;
    }
    exchange->response->status = STATUS_OK;
    exchange->response->content_type = type;
    exchange->response->lasting = lasting;
    buf_addstr(&exchange->response->body, bytes);
}

void page_checkpoint(struct exchange *exchange)
{
    struct str note;

    if (ask_checkpoint(&exchange->endpoint->keeper, &note))
        give(exchange, note, "text/plain; charset=utf-8", false);
    else
        response_problem(exchange, PROBLEM_UNAVAILABLE);
}

void page_tile(struct exchange *exchange)
{
    static const char prefix[] = "/choices/log/";
    struct str path = exchange->request->path, bytes;
    struct tile tile;

    if (!tile_parse((struct str){path.data + sizeof prefix - 1, path.len - (sizeof prefix - 1)},
                    &tile))
        response_problem(exchange, PROBLEM_NOT_FOUND);
    else if (ask_tile(&exchange->endpoint->keeper, &tile, &bytes))
        give(exchange, bytes, "application/octet-stream", true);
    else
        response_problem(exchange, PROBLEM_UNAVAILABLE);
}
