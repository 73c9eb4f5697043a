#include "page_disclosures.h"

#include <sodium.h>

#include "base/instant.h"
#include "record/disclosure.h"
#include "view.h"

enum { PATIENCE = 5 /* seconds to wait for the keeper */ };

/* One provision of a reply. */
struct taken {
    int64_t index;
    struct str canonical;
    uint8_t salt[CANONICAL_SALT];
    struct provision view;
};

static void take_provision(struct wire_reader *reply, struct taken *taken)
{
    taken->index = (int64_t)wire_take_number(reply, 8);
    taken->canonical = wire_take_text(reply);
    wire_take_bytes(reply, taken->salt, sizeof taken->salt);
    if (!reply->bad && !provision_parse(&taken->view, taken->canonical))
        reply->bad = true;
}

static void set_instant(struct exchange *exchange, json_t *slots, const char *name,
                        const char *machine, int64_t seconds)
{
    struct buf text = BUF_INIT;
    char time[INSTANT_SIZE];

    instant_write(seconds, time);
    view_instant(exchange, time, &text);
    json_object_set_new(slots, name, json_string(text.data));
    json_object_set_new(slots, machine, json_string(time));
    buf_release(&text);
}

static json_t *slots_of(struct exchange *exchange, const struct taken *taken)
{
    const struct provision *view = &taken->view;
    json_t *slots =
        json_pack("{s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:b}", "recipient", view->recipient.name,
                  "address", view->recipient.address, "data", view->data, "consent",
                  view->ground == GROUND_CONSENT, "law", view->ground == GROUND_LAW,
                  "life_and_property", view->ground == GROUND_LIFE_AND_PROPERTY, "public_health",
                  view->ground == GROUND_PUBLIC_HEALTH, "public_bodies",
                  view->ground == GROUND_PUBLIC_BODIES);

    set_instant(exchange, slots, "time", "instant", view->time);
    set_instant(exchange, slots, "until", "until_instant", provision_kept_until(view->time));
    return slots;
}

static json_t *object_of(struct exchange *exchange, const struct taken *taken)
{
    const struct provision *view = &taken->view;
    char salt[2 * CANONICAL_SALT + 1], time[INSTANT_SIZE], until[INSTANT_SIZE];

    (void)exchange;
    sodium_bin2hex(salt, sizeof salt, taken->salt, sizeof taken->salt);
    instant_write(view->time, time);
    instant_write(provision_kept_until(view->time), until);
    return json_pack("{s:I, s:s%, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "index",
                     (json_int_t)taken->index, "canonical", taken->canonical.data,
                     taken->canonical.len, "salt", salt, "time", time, "recipient",
                     view->recipient.name, "address", view->recipient.address, "data", view->data,
                     "ground", provision_grounds[view->ground], "kept_until", until);
}

typedef json_t *make_item(struct exchange *exchange, const struct taken *taken);

static bool take_page(struct exchange *exchange, struct wire_reader *reply, make_item *make,
                      json_t *list, bool *more)
{
    size_t count;

    wire_take_number(reply, 1); /* whether there are any */
    *more = wire_take_number(reply, 1);
    count = wire_take_number(reply, 2);
    *more = *more && count;
    for (size_t i = 0; i < count && !reply->bad; i++) {
        struct taken taken;

        take_provision(reply, &taken);
        if (!reply->bad)
            json_array_append_new(list, make(exchange, &taken));
    }
    return wire_done(reply);
}

static bool collect(const struct visitor *visitor, struct exchange *exchange, make_item *make,
                    json_t *list)
{
    bool more = true;

    while (more) {
        struct buf fields = BUF_INIT;
        struct wire_reader reply;
        bool ok;

        buf_add(&fields, visitor->key, sizeof visitor->key);
        wire_put_number(&fields, json_array_size(list), 4);
        ok = keeper_ask(&exchange->endpoint->keeper, WIRE_PROVISIONS, buf_str(&fields), PATIENCE,
                        &reply) &&
             take_page(exchange, &reply, make, list, &more);
        buf_release(&fields);
        if (!ok)
            return false;
    }
    return true;
}

bool provided_add(const struct visitor *visitor, struct exchange *exchange, json_t *list)
{
    return collect(visitor, exchange, slots_of, list);
}

bool provided_export(const struct visitor *visitor, struct exchange *exchange, json_t *list)
{
    return collect(visitor, exchange, object_of, list);
}
