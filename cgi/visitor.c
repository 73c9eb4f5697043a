#include "visitor.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "code.h"

enum { PATIENCE = 5 }; /* seconds to wait for the keeper */

void visitor_read(struct visitor *visitor, const struct exchange *exchange)
{
    const struct endpoint *endpoint = exchange->endpoint;
    struct str value;

    *visitor = (struct visitor){.cookie = VISITOR_NONE};
    switch (request_cookie(exchange->request,
                           identity_cookie_name(endpoint->bundle->manifest.base_url), &value)) {
    case 0:
        return;
    case 1:
        break;
    default:
        visitor->cookie = VISITOR_BAD;
        return;
    }
    switch (identity_read(&visitor->identity, value, endpoint->keys, exchange->now)) {
    case IDENTITY_VALID:
        visitor->cookie = VISITOR_KNOWN;
        identity_visitor(&visitor->identity, endpoint->keys, visitor->key);
        return;
    case IDENTITY_STALE:
        return;
    case IDENTITY_FORGED:
        visitor->cookie = VISITOR_BAD;
        return;
    }
}

static void send_cookie(struct exchange *exchange, const char *value)
{
    struct buf header = BUF_INIT;

    identity_set_cookie(exchange->endpoint->bundle->manifest.base_url, value, &header);
    response_header(exchange->response, "Set-Cookie", header.data);
    buf_release(&header);
}

void visitor_forget(struct exchange *exchange)
{
    send_cookie(exchange, "");
}

void visitor_send(const struct visitor *visitor, struct exchange *exchange)
{
    struct identity renewed = visitor->identity;
    char value[IDENTITY_COOKIE_MAX + 1];

    identity_renew(&renewed, exchange->now);
    identity_write(&renewed, exchange->endpoint->keys, value);
    send_cookie(exchange, value);
}

static void become_new(struct visitor *visitor, struct exchange *exchange)
{
    identity_make(&visitor->identity, exchange->endpoint->keys, exchange->now);
    identity_visitor(&visitor->identity, exchange->endpoint->keys, visitor->key);
    visitor->cookie = VISITOR_KNOWN;
}

static bool ask_act(const struct visitor *visitor, struct exchange *exchange, struct act *act,
                    enum act_result *result)
{
    struct wire_reader reply;
    struct buf fields = BUF_INIT;
    uint8_t id[ACT_RECORD_ID];
    bool answered;

    memcpy(act->visitor, visitor->key, sizeof act->visitor);
    wire_put_act(&fields, act);
    answered = link_ask(&exchange->endpoint->link, WIRE_ACT, buf_str(&fields), PATIENCE, &reply);
    buf_release(&fields);
    if (!answered)
        return false;
    *result = (enum act_result)wire_take_number(&reply, 1);
    wire_take_bytes(&reply, id, sizeof id);
    return wire_done(&reply) && *result < ACT_RESULT_COUNT;
}

static const enum visitor_result results[ACT_RESULT_COUNT] = {
    [ACT_DONE] = VISITOR_DONE,
    [ACT_STRANGER] = VISITOR_NOTHING,
    [ACT_NO_TEXT] = VISITOR_CHANGED,
    [ACT_NOTHING] = VISITOR_NOTHING,
    [ACT_UNAVAILABLE] = VISITOR_UNAVAILABLE,
    [ACT_LIMITED] = VISITOR_LIMITED,
};

enum visitor_result visitor_act(struct visitor *visitor, struct exchange *exchange, struct act *act)
{
    enum act_result result = ACT_STRANGER;

    act->gpc = str_is(exchange->request->gpc, "1");
    act->fresh = false;
    if (visitor->cookie == VISITOR_KNOWN && !ask_act(visitor, exchange, act, &result))
        return VISITOR_LOST;
    if (result == ACT_STRANGER && act->kind != ACT_WITHDRAWAL) {
        become_new(visitor, exchange);
        act->fresh = true;
        if (!ask_act(visitor, exchange, act, &result))
            return VISITOR_LOST;
    }
    if (result == ACT_DONE)
        visitor_send(visitor, exchange);
    return results[result];
}

/* Asks what is answered by a result alone. */
static enum visitor_result ask_result(struct exchange *exchange, enum wire_kind kind,
                                      struct buf *fields)
{
    struct wire_reader reply;
    bool answered = link_ask(&exchange->endpoint->link, kind, buf_str(fields), PATIENCE, &reply);
    uint64_t result = answered ? wire_take_number(&reply, 1) : 0;

    buf_release(fields);
    return answered && wire_done(&reply) && result < ACT_RESULT_COUNT ? results[result]
                                                                      : VISITOR_LOST;
}

enum visitor_result visitor_erase(const struct visitor *visitor, struct exchange *exchange)
{
    struct buf fields = BUF_INIT;
    enum visitor_result result;

    if (visitor->cookie != VISITOR_KNOWN)
        return VISITOR_NOTHING;
    buf_add(&fields, visitor->key, sizeof visitor->key);
    result = ask_result(exchange, WIRE_ERASE, &fields);
    if (result == VISITOR_DONE)
        visitor_forget(exchange);
    return result;
}

enum visitor_result visitor_withdraw_code(struct exchange *exchange, const struct code *code)
{
    struct buf fields = BUF_INIT;

    wire_put_number(&fields, code->index, 8);
    buf_add(&fields, code->tag, sizeof code->tag);
    return ask_result(exchange, WIRE_CODE, &fields);
}

bool visitor_wording(struct exchange *exchange, const struct standing *said,
                     struct visitor_wording *wording)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;
    bool answered;

    *wording = (struct visitor_wording){BUF_INIT, BUF_INIT, BUF_INIT};
    wire_put_standing(&fields, said);
    answered =
        link_ask(&exchange->endpoint->link, WIRE_WORDING, buf_str(&fields), PATIENCE, &reply);
    buf_release(&fields);
    if (!answered)
        return false;
    buf_addstr(&wording->title, wire_take_text(&reply));
    buf_addstr(&wording->label, wire_take_text(&reply));
    buf_addstr(&wording->recipient, wire_take_text(&reply));
    return wire_done(&reply);
}

bool visitor_standings(const struct visitor *visitor, struct exchange *exchange, bool *known,
                       struct standing **standings, size_t *count)
{
    bool more = true;

    *known = false;
    *standings = NULL;
    *count = 0;
    while (visitor->cookie == VISITOR_KNOWN && more) {
        struct buf fields = BUF_INIT;
        struct wire_reader reply;
        size_t got;
        bool answered;

        buf_add(&fields, visitor->key, sizeof visitor->key);
        wire_put_number(&fields, *count, 4);
        answered =
            link_ask(&exchange->endpoint->link, WIRE_STANDING, buf_str(&fields), PATIENCE, &reply);
        buf_release(&fields);
        if (!answered)
            return false;
        *known = wire_take_number(&reply, 1);
        more = wire_take_number(&reply, 1);
        got = wire_take_number(&reply, 2);
        for (size_t i = 0; i < got && !reply.bad; i++) {
            *standings = mem_grow(*standings, *count, sizeof **standings);
            wire_take_standing(&reply, &(*standings)[(*count)++]);
        }
        if (!wire_done(&reply))
            return false;
        more = more && got;
    }
    return true;
}
