#include "confirm.h"

#include <string.h>

#include "base/validate.h"
#include "json_slots.h"
#include "seen.h"

struct facts {
    const struct exchange *exchange;
    bool is_available;
    const json_t *records;
    const struct standings *standings;
};

static bool is_set(const json_t *record, const char *flag)
{
    return json_is_true(json_object_get(record, flag));
}

/* The newest record of an act on the choices, or NULL. */
static const json_t *newest(const json_t *records)
{
    json_t *record;
    size_t i;

    json_array_foreach(records, i, record) if (!is_set(record, "acknowledged")) return record;
    return NULL;
}

/* Whether a field of the address names the record. */
static bool is_named(const struct facts *facts, const char *name, const json_t *record)
{
    struct str id = request_query(facts->exchange->request, name);

    return id.data && str_is(id, json_string_value(json_object_get(record, "id")));
}

/* The record that the address names, if it is the visitor's; else NULL. */
static const json_t *named(const struct facts *facts)
{
    json_t *record;
    size_t i;

    json_array_foreach(facts->records, i,
                       record) if (is_named(facts, "record", record)) return record;
    return NULL;
}

/* Whether the visitor has not changed a choice since the answer that led here: since its record, or
 * since a newer one, if the answer repeated an older one. */
static bool is_last(const struct facts *facts)
{
    const char *name = request_query(facts->exchange->request, "after").data ? "after" : "record";
    json_t *record;
    size_t i;

    json_array_foreach(facts->records, i, record)
    {
        if (is_named(facts, name, record))
            return true;
        if (!is_set(record, "acknowledged"))
            return false;
    }
    return false;
}

static json_t *moment_of(const json_t *record)
{
    return json_pack("{s:O, s:O}", "time", json_object_get(record, "time"), "version",
                     json_object_get(record, "version"));
}

static json_t *moment(const struct manifest_language *language, int64_t at, const char *revision)
{
    json_t *slots = json_object();

    slots_time(slots, "time", language, at);
    slots_version(slots, "version", language, revision);
    return slots;
}

static json_t *saved(struct facts *facts)
{
    const json_t *record = named(facts);

    return record && !is_set(record, "withdrawal") && !is_set(record, "acknowledged") &&
                   is_last(facts)
               ? moment_of(record)
               : json_false();
}

/* It stays acknowledged, whatever is done later. */
static json_t *acknowledged(struct facts *facts)
{
    const json_t *record = named(facts);

    return record && is_set(record, "acknowledged") ? moment_of(record) : json_false();
}

/* The withdrawal that the address names: by a code, and perhaps of somebody else's answers. */
static json_t *by_code(struct facts *facts)
{
    struct str record = request_query(facts->exchange->request, "record");
    uint8_t id[ACT_RECORD_ID];
    struct ask_withdrawal withdrawal;

    if (!validate_hex(record, id, sizeof id))
        return json_false();
    facts->is_available = ask_withdrawal(&facts->exchange->endpoint->keeper, id, &withdrawal);
    if (!facts->is_available || !withdrawal.found)
        return json_false();
    return moment(facts->exchange->language, withdrawal.time, withdrawal.revision);
}

static json_t *withdrawn(struct facts *facts)
{
    const json_t *record = newest(facts->records);

    if (request_query(facts->exchange->request, "record").data)
        return json_false();
    return record && is_set(record, "withdrawal") ? moment_of(record) : json_false();
}

static json_t *hidden(struct facts *facts)
{
    return json_boolean(seen_is_any(facts->exchange));
}

static json_t *not_hidden(struct facts *facts)
{
    return json_boolean(!seen_is_any(facts->exchange));
}

static json_t *erased(struct facts *facts)
{
    return json_boolean(!facts->standings->known);
}

/* That nothing was recorded needs no confirmation. */
static json_t *always(struct facts *facts)
{
    (void)facts;
    return json_true();
}

static json_t *no_consent(struct facts *facts)
{
    for (size_t i = 0; i < facts->standings->count; i++)
        if (facts->standings->items[i].answer == ANSWER_GIVEN)
            return json_false();
    return json_true();
}

static const struct message {
    const char *slot, *done;                 /* `done` in the address */
    json_t *(*confirm)(struct facts *facts); /* false, or the slots of the message */
} messages[] = {
    {"saved", "saved", saved},         {"withdrawn", "withdrawn", withdrawn},
    {"by_code", "withdrawn", by_code}, {"acknowledged", "acknowledged", acknowledged},
    {"hidden", "hidden", hidden},      {"not_hidden", "hidden", not_hidden},
    {"erased", "erased", erased},      {"unmarked", "unmarked", always},
    {"nothing", "nothing", always},    {"no_consent", "nothing", no_consent},
};

bool confirm_add(const struct exchange *exchange, const json_t *records,
                 const struct standings *standings, json_t *slots)
{
    struct facts facts = {exchange, true, records, standings};
    struct str done = request_query(exchange->request, "done");
    bool any = false;

    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        json_t *confirmed = done.data && str_is(done, messages[i].done)
                                ? messages[i].confirm(&facts)
                                : json_false();

        any = any || !json_is_false(confirmed);
        json_object_set_new(slots, messages[i].slot, confirmed);
    }
    json_object_set_new(slots, "done", json_boolean(any));
    return facts.is_available;
}
