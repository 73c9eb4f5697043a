#include "visitor.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/code.h"
#include "seen.h"
#include "view.h"

enum { PATIENCE = 5 }; /* seconds to wait for the keeper */

/* The valid ones among the cookies of the request. */
struct cookies {
    struct {
        struct identity identity;
        enum identity_name name;
    } items[4];
    size_t count;
};

static const char *base_url_of(const struct exchange *exchange)
{
    return exchange->endpoint->bundle->manifest.base_url;
}

/* Whatever is no cookie of ours is passed over: another program's, or one that was altered. */
static void collect(struct cookies *cookies, const struct exchange *exchange,
                    enum identity_name wanted)
{
    struct str rest = exchange->request->cookie, name, value;

    while (cookies->count < sizeof cookies->items / sizeof *cookies->items &&
           request_next_cookie(&rest, &name, &value))
        if (identity_name_of(base_url_of(exchange), name) == wanted &&
            identity_read(&cookies->items[cookies->count].identity, base_url_of(exchange), name, value,
                          exchange->endpoint->keys, exchange->now) == IDENTITY_VALID)
            cookies->items[cookies->count++].name = wanted;
}

static void become(struct visitor *visitor, const struct exchange *exchange,
                   const struct cookies *cookies, size_t index)
{
    visitor->cookie =
        cookies->items[index].name == IDENTITY_NAME_LASTING ? VISITOR_KNOWN : VISITOR_NEW;
    visitor->identity = cookies->items[index].identity;
    identity_visitor(&visitor->identity, exchange->endpoint->keys, visitor->key);
}

/* What stands is asked for, but none of it. */
bool visitor_is_known(const struct visitor *visitor, const struct exchange *exchange, bool *known)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;
    bool answered;

    *known = false;
    if (visitor->cookie == VISITOR_NONE)
        return true;
    buf_add(&fields, visitor->key, sizeof visitor->key);
    wire_put_number(&fields, UINT32_MAX, 4);
    answered =
        keeper_ask(&exchange->endpoint->keeper, WIRE_STANDING, buf_str(&fields), PATIENCE, &reply);
    buf_release(&fields);
    *known = answered && wire_take_number(&reply, 1);
    return answered && !reply.bad;
}

/* Where two answers on their way to one browser each made a cookie, both come back, in the order in
 * which the browser got them (RFC 6265 §5.4): nobody is known yet, and the first is taken by all.
 */
void visitor_read(struct visitor *visitor, const struct exchange *exchange)
{
    struct cookies cookies = {.count = 0};
    size_t first = 0;
    bool known;

    *visitor = (struct visitor){.cookie = VISITOR_NONE};
    collect(&cookies, exchange, IDENTITY_NAME_LASTING);
    collect(&cookies, exchange, IDENTITY_NAME_NEW);
    for (size_t i = 0; cookies.count > 1 && i < cookies.count; i++) {
        become(visitor, exchange, &cookies, i);
        if (visitor_is_known(visitor, exchange, &known) && known)
            return;
    }
    while (first + 1 < cookies.count && cookies.items[first].name == IDENTITY_NAME_LASTING)
        first++;
    if (cookies.count)
        become(visitor, exchange, &cookies, first);
}

static void send_cookie(struct exchange *exchange, struct str name, const char *value)
{
    struct buf header = BUF_INIT;

    identity_set_cookie(base_url_of(exchange), name, value, &header);
    response_header(exchange->response, "Set-Cookie", header.data);
    buf_release(&header);
}

/* Takes the cookies of a kind of name away that came with the request. */
static void forget(struct exchange *exchange, enum identity_name wanted)
{
    struct str rest = exchange->request->cookie, name, value;

    while (request_next_cookie(&rest, &name, &value))
        if (identity_name_of(base_url_of(exchange), name) == wanted)
            send_cookie(exchange, name, "");
}

void visitor_forget(struct exchange *exchange)
{
    forget(exchange, IDENTITY_NAME_NEW);
    forget(exchange, IDENTITY_NAME_LASTING);
}

static void write_cookie(const struct visitor *visitor, const struct exchange *exchange,
                         enum identity_name name, char value[IDENTITY_COOKIE_MAX + 1])
{
    struct identity today = visitor->identity;

    identity_renew(&today, exchange->now);
    identity_write(&today, name, exchange->endpoint->keys, value);
}

void visitor_send(const struct visitor *visitor, struct exchange *exchange)
{
    char value[IDENTITY_COOKIE_MAX + 1];

    write_cookie(visitor, exchange, IDENTITY_NAME_LASTING, value);
    send_cookie(exchange, str_of(identity_cookie_name(base_url_of(exchange))), value);
    forget(exchange, IDENTITY_NAME_NEW);
}

bool visitor_introduce(struct exchange *exchange)
{
    char value[IDENTITY_COOKIE_MAX + 1];
    struct visitor visitor = {.cookie = VISITOR_NEW};
    struct buf name = BUF_INIT;

    if (str_is(request_query(exchange->request, "cookie"), "sent"))
        return false;
    identity_make(&visitor.identity, exchange->endpoint->keys, exchange->now);
    identity_new_name(base_url_of(exchange), &visitor.identity, &name);
    write_cookie(&visitor, exchange, IDENTITY_NAME_NEW, value);
    send_cookie(exchange, buf_str(&name), value);
    buf_release(&name);
    view_once_more(exchange, "?cookie=sent");
    return true;
}

static const enum visitor_result results[ACT_RESULT_COUNT] = {
    [ACT_DONE] = VISITOR_DONE,
    [ACT_STRANGER] = VISITOR_STRANGER,
    [ACT_NO_TEXT] = VISITOR_CHANGED,
    [ACT_NOTHING] = VISITOR_NOTHING,
    [ACT_UNAVAILABLE] = VISITOR_UNAVAILABLE,
    [ACT_LIMITED] = VISITOR_LIMITED,
};

/* A reply that is a result, with so many bytes of record ids behind; LOST where it is not one. */
static enum visitor_result take_result(struct wire_reader *reply, void *ids, size_t len)
{
    uint64_t result = wire_take_number(reply, 1);

    if (len)
        wire_take_bytes(reply, ids, len);
    return wire_done(reply) && result < ACT_RESULT_COUNT ? results[result] : VISITOR_LOST;
}

enum visitor_result visitor_act(const struct visitor *visitor, struct exchange *exchange,
                                struct act *act, struct visitor_done *done)
{
    struct wire_reader reply;
    struct buf fields = BUF_INIT;
    bool answered;

    if (visitor->cookie == VISITOR_NONE)
        return VISITOR_STRANGER;
    act->gpc = str_is(exchange->request->gpc, "1");
    act->fresh = visitor->cookie == VISITOR_NEW;
    memcpy(act->visitor, visitor->key, sizeof act->visitor);
    wire_put_act(&fields, act);
    answered =
        keeper_ask(&exchange->endpoint->keeper, WIRE_ACT, buf_str(&fields), PATIENCE, &reply);
    buf_release(&fields);
    return answered ? take_result(&reply, done, sizeof *done) : VISITOR_LOST;
}

static enum visitor_result erase(const struct visitor *visitor, struct exchange *exchange)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;
    bool answered;

    if (visitor->cookie == VISITOR_NONE)
        return VISITOR_STRANGER;
    buf_add(&fields, visitor->key, sizeof visitor->key);
    answered =
        keeper_ask(&exchange->endpoint->keeper, WIRE_ERASE, buf_str(&fields), PATIENCE, &reply);
    buf_release(&fields);
    return answered ? take_result(&reply, NULL, 0) : VISITOR_LOST;
}

enum visitor_result visitor_erase(const struct visitor *visitor, struct exchange *exchange)
{
    enum visitor_result result = erase(visitor, exchange);

    if (result == VISITOR_DONE || result == VISITOR_STRANGER) {
        seen_forget(exchange);
        visitor_forget(exchange);
    }
    return result;
}

enum visitor_result visitor_withdraw_code(struct exchange *exchange, const struct code *code,
                                          uint8_t record[ACT_RECORD_ID])
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;
    bool answered;

    wire_put_number(&fields, code->index, 8);
    buf_add(&fields, code->tag, sizeof code->tag);
    answered =
        keeper_ask(&exchange->endpoint->keeper, WIRE_CODE, buf_str(&fields), PATIENCE, &reply);
    buf_release(&fields);
    return answered ? take_result(&reply, record, ACT_RECORD_ID) : VISITOR_LOST;
}

bool visitor_withdrawal(struct exchange *exchange, const uint8_t record[ACT_RECORD_ID],
                        struct visitor_withdrawal *withdrawal)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;
    bool answered;

    *withdrawal = (struct visitor_withdrawal){.found = false};
    buf_add(&fields, record, ACT_RECORD_ID);
    answered = keeper_ask(&exchange->endpoint->keeper, WIRE_WITHDRAWAL, buf_str(&fields), PATIENCE,
                          &reply);
    buf_release(&fields);
    if (!answered)
        return false;
    withdrawal->found = wire_take_number(&reply, 1);
    withdrawal->time = (int64_t)wire_take_number(&reply, 8);
    wire_take_name(&reply, withdrawal->revision, sizeof withdrawal->revision);
    return wire_done(&reply);
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
        keeper_ask(&exchange->endpoint->keeper, WIRE_WORDING, buf_str(&fields), PATIENCE, &reply);
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
    while (visitor->cookie != VISITOR_NONE && more) {
        struct buf fields = BUF_INIT;
        struct wire_reader reply;
        size_t got;
        bool answered;

        buf_add(&fields, visitor->key, sizeof visitor->key);
        wire_put_number(&fields, *count, 4);
        answered = keeper_ask(&exchange->endpoint->keeper, WIRE_STANDING, buf_str(&fields),
                              PATIENCE, &reply);
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
