#include "provided.h"

#include "provision.h"
#include "view.h"

enum { PATIENCE = 5 /* seconds to wait for the keeper */ };

/* One provision of a reply. */
struct taken {
    int64_t time;
    uint64_t ground;
    struct str recipient;
};

static void set_instant(struct exchange *exchange, json_t *slots, const char *name,
                        const char *machine, int64_t seconds)
{
    struct buf text = BUF_INIT;
    char time[21];

    canonical_time(seconds, time);
    view_instant(exchange, time, &text);
    json_object_set_new(slots, name, json_string(text.data));
    json_object_set_new(slots, machine, json_string(time));
    buf_release(&text);
}

static json_t *slots_of(struct exchange *exchange, const struct taken *taken)
{
    json_t *slots = json_pack("{s:s%, s:b, s:b, s:b, s:b, s:b}", "recipient", taken->recipient.data,
                              taken->recipient.len, "consent", taken->ground == GROUND_CONSENT,
                              "law", taken->ground == GROUND_LAW, "life_and_property",
                              taken->ground == GROUND_LIFE_AND_PROPERTY, "public_health",
                              taken->ground == GROUND_PUBLIC_HEALTH, "public_bodies",
                              taken->ground == GROUND_PUBLIC_BODIES);

    set_instant(exchange, slots, "time", "instant", taken->time);
    set_instant(exchange, slots, "until", "until_instant", provision_kept_until(taken->time));
    return slots;
}

static bool take_page(struct exchange *exchange, struct wire_reader *reply, json_t *list,
                      bool *more)
{
    size_t count;

    wire_take_number(reply, 1); /* whether there are any */
    *more = wire_take_number(reply, 1);
    count = wire_take_number(reply, 2);
    *more = *more && count;
    for (size_t i = 0; i < count && !reply->bad; i++) {
        struct taken taken = {.time = (int64_t)wire_take_number(reply, 8)};

        taken.ground = wire_take_number(reply, 1);
        taken.recipient = wire_take_text(reply);
        if (!reply->bad)
            json_array_append_new(list, slots_of(exchange, &taken));
    }
    return wire_done(reply);
}

bool provided_add(const struct visitor *visitor, struct exchange *exchange, json_t *list)
{
    bool more = true;

    while (more) {
        struct buf fields = BUF_INIT;
        struct wire_reader reply;
        bool ok;

        buf_add(&fields, visitor->key, sizeof visitor->key);
        wire_put_number(&fields, json_array_size(list), 4);
        ok = link_ask(&exchange->endpoint->link, WIRE_PROVISIONS, buf_str(&fields), PATIENCE,
                      &reply) &&
             take_page(exchange, &reply, list, &more);
        buf_release(&fields);
        if (!ok)
            return false;
    }
    return true;
}
