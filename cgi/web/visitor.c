#include "visitor.h"

#include <string.h>

/* The valid ones among the cookies of the request. */
struct cookies {
    struct {
        struct identity identity;
        enum identity_name name;
    } items[4];
    size_t count;
};

/* Skips cookies of other programs, and altered ones. */
static void collect(struct cookies *cookies, const struct exchange *exchange,
                    enum identity_name wanted)
{
    struct str rest = exchange->request->cookie, name, value;

    while (cookies->count < sizeof cookies->items / sizeof *cookies->items &&
           request_next_cookie(&rest, &name, &value))
        if (identity_name_of(exchange_manifest(exchange)->base_url, name) == wanted &&
            identity_read(&cookies->items[cookies->count].identity,
                          exchange_manifest(exchange)->base_url, name, value,
                          exchange->endpoint->keys, exchange->now) == IDENTITY_VALID)
            cookies->items[cookies->count++].name = wanted;
}

static struct visitor visitor_of(const struct cookies *cookies, size_t index,
                                 const struct identity_keys *keys)
{
    struct visitor visitor = {.identity = cookies->items[index].identity};

    visitor.cookie =
        cookies->items[index].name == IDENTITY_NAME_LASTING ? VISITOR_KNOWN : VISITOR_NEW;
    identity_visitor(&visitor.identity, keys, visitor.key);
    return visitor;
}

/* If two answers on their way to one browser each made a cookie, both come back, in the order in
 * which the browser got them (RFC 6265 §5.4).  As long as neither is known, all requests use the
 * first. */
struct visitor visitor_read(const struct exchange *exchange)
{
    const struct identity_keys *keys = exchange->endpoint->keys;
    struct cookies cookies = {.count = 0};
    size_t first = 0;
    bool known;

    collect(&cookies, exchange, IDENTITY_NAME_LASTING);
    collect(&cookies, exchange, IDENTITY_NAME_NEW);
    for (size_t i = 0; cookies.count > 1 && i < cookies.count; i++) {
        struct visitor visitor = visitor_of(&cookies, i, keys);

        if (ask_is_known(&exchange->endpoint->keeper, visitor.key, &known) && known)
            return visitor;
    }
    while (first + 1 < cookies.count && cookies.items[first].name == IDENTITY_NAME_LASTING)
        first++;
    return cookies.count ? visitor_of(&cookies, first, keys)
                         : (struct visitor){.cookie = VISITOR_NONE};
}

/* Removes the cookies with a kind of name that came with the request. */
static void forget(struct exchange *exchange, enum identity_name wanted)
{
    struct str rest = exchange->request->cookie, name, value;

    while (request_next_cookie(&rest, &name, &value))
        if (identity_name_of(exchange_manifest(exchange)->base_url, name) == wanted)
            exchange_set_cookie(exchange, name, "");
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

void visitor_send(struct exchange *exchange, const struct visitor *visitor)
{
    char value[IDENTITY_COOKIE_MAX + 1];

    write_cookie(visitor, exchange, IDENTITY_NAME_LASTING, value);
    exchange_set_cookie(exchange,
                        str_of(identity_cookie_name(exchange_manifest(exchange)->base_url)), value);
    forget(exchange, IDENTITY_NAME_NEW);
}

void visitor_introduce(struct exchange *exchange)
{
    char value[IDENTITY_COOKIE_MAX + 1];
    struct visitor visitor = {.cookie = VISITOR_NEW};
    struct buf name = BUF_INIT;

    identity_make(&visitor.identity, exchange->endpoint->keys, exchange->now);
    identity_new_name(exchange_manifest(exchange)->base_url, &visitor.identity, &name);
    write_cookie(&visitor, exchange, IDENTITY_NAME_NEW, value);
    exchange_set_cookie(exchange, buf_str(&name), value);
    buf_release(&name);
}

bool visitor_is_known(const struct exchange *exchange, const struct visitor *visitor, bool *known)
{
    *known = false;
    return visitor->cookie == VISITOR_NONE ||
           ask_is_known(&exchange->endpoint->keeper, visitor->key, known);
}

bool visitor_standings(const struct exchange *exchange, const struct visitor *visitor,
                       struct standings *standings)
{
    *standings = (struct standings){.known = false};
    return visitor->cookie == VISITOR_NONE ||
           ask_standings(&exchange->endpoint->keeper, visitor->key, standings);
}

enum outcome visitor_act(const struct exchange *exchange, const struct visitor *visitor,
                         struct act *act, struct ask_done *done)
{
    if (visitor->cookie == VISITOR_NONE)
        return OUTCOME_STRANGER;
    act->gpc = str_is(exchange->request->gpc, "1");
    act->fresh = visitor->cookie == VISITOR_NEW;
    memcpy(act->visitor, visitor->key, sizeof act->visitor);
    return ask_act(&exchange->endpoint->keeper, act, done);
}
