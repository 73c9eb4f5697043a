/* The log's public face (C2SP tlog-checkpoint, tlog-tiles), for whoever watches that it only grows.
 */
#include "log/tile.h"
#include "page_choices.h"
#include "view.h"

enum { PATIENCE = 5 /* seconds to wait for the keeper */ };

/* Gives what the keeper has; what it has not is no page. */
static void give(struct exchange *exchange, enum wire_kind kind, struct str fields,
                 const char *type, bool lasting)
{
    struct wire_reader reply;
    struct str bytes;

    if (!keeper_ask(&exchange->endpoint->keeper, kind, fields, PATIENCE, &reply) ||
        !reply.rest.len) {
        view_problem(exchange, PROBLEM_UNAVAILABLE);
        return;
    }
    bytes = wire_take_text(&reply);
    if (!bytes.len || !wire_done(&reply)) {
        view_problem(exchange, PROBLEM_NOT_FOUND);
        return;
    }
    exchange->response->status = 200;
    exchange->response->content_type = type;
    exchange->response->lasting = lasting;
    buf_addstr(&exchange->response->body, bytes);
}

void show_head(struct exchange *exchange)
{
    give(exchange, WIRE_CHECKPOINT, str_of(""), "text/plain; charset=utf-8", false);
}

void show_tile(struct exchange *exchange)
{
    static const char prefix[] = "/choices/log/";
    struct str path = exchange->request->path;
    struct buf fields = BUF_INIT;
    struct tile tile;

    if (!tile_parse((struct str){path.data + sizeof prefix - 1, path.len - (sizeof prefix - 1)},
                    &tile)) {
        view_problem(exchange, PROBLEM_NOT_FOUND);
        return;
    }
    wire_put_number(&fields, tile.entries, 1);
    wire_put_number(&fields, tile.level, 1);
    wire_put_number(&fields, tile.index, 8);
    wire_put_number(&fields, tile.width, 2);
    give(exchange, WIRE_TILE, buf_str(&fields), "application/octet-stream", true);
    buf_release(&fields);
}
