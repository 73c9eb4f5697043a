#include "page_disclosures.h"

#include "json_slots.h"

struct list {
    const struct manifest_language *language;
    json_t *items;
};

static void add_slots(void *context, const struct ask_disclosure *disclosure)
{
    const struct list *list = context;
    const struct provision *view = &disclosure->view;
    const int64_t until = provision_kept_until(view->time);
    json_t *slots =
        json_pack("{s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:b}", "recipient", view->recipient.name,
                  "address", view->recipient.address, "data", view->data, "consent",
                  view->ground == GROUND_CONSENT, "law", view->ground == GROUND_LAW,
                  "life_and_property", view->ground == GROUND_LIFE_AND_PROPERTY, "public_health",
                  view->ground == GROUND_PUBLIC_HEALTH, "public_bodies",
                  view->ground == GROUND_PUBLIC_BODIES);

    slots_time(slots, "time", list->language, view->time);
    slots_instant(slots, "instant", view->time);
    slots_time(slots, "until", list->language, until);
    slots_instant(slots, "until_instant", until);
    json_array_append_new(list->items, slots);
}

static void add_object(void *context, const struct ask_disclosure *disclosure)
{
    const struct provision *view = &disclosure->view;
    json_t *object =
        json_pack("{s:I, s:s%, s:s, s:s, s:s, s:s}", "index", (json_int_t)disclosure->index,
                  "canonical", disclosure->canonical.data, disclosure->canonical.len, "recipient",
                  view->recipient.name, "address", view->recipient.address, "data", view->data,
                  "ground", provision_grounds[view->ground]);

    slots_hex(object, "salt", disclosure->salt, sizeof disclosure->salt);
    slots_instant(object, "time", view->time);
    slots_instant(object, "kept_until", provision_kept_until(view->time));
    json_array_append_new(context, object);
}

bool disclosures_slots(const struct exchange *exchange, const struct visitor *visitor,
                       json_t *items)
{
    struct list list = {exchange->language, items};

    return ask_disclosures(&exchange->endpoint->keeper, visitor->key, add_slots, &list);
}

bool disclosures_export(const struct exchange *exchange, const struct visitor *visitor,
                        json_t *items)
{
    return ask_disclosures(&exchange->endpoint->keeper, visitor->key, add_object, items);
}
