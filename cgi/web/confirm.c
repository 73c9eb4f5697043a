#include "confirm.h"

#include <string.h>

#include "base/validate.h"
#include "seen.h"
#include "view.h"

/* What the page knows when it says something. */
struct facts {
    struct exchange *exchange;
    bool known, is_available;
    const json_t *records;
    const struct standing *standings;
    size_t count;
};

static bool is_set(const json_t *record, const char *flag)
{
    return json_is_true(json_object_get(record, flag));
}

/* The newest record of an act on the choices; else NULL. */
static const json_t *newest(const json_t *records)
{
    json_t *record;
    size_t i;

    json_array_foreach(records, i, record) if (!is_set(record, "acknowledged")) return record;
    return NULL;
}

/* Whether it is the record that the address names so. */
static bool is_named(const struct facts *facts, const char *name, const json_t *record)
{
    struct str id = request_query(facts->exchange->request, name);

    return id.data && str_is(id, json_string_value(json_object_get(record, "id")));
}

/* The record that the address names, if it is the visitor's. */
static const json_t *named(const struct facts *facts)
{
    json_t *record;
    size_t i;

    json_array_foreach(facts->records, i,
                       record) if (is_named(facts, "record", record)) return record;
    return NULL;
}

/* Whether the visitor has done nothing to the choices since the answer that led here: since its
 * record, or since a newer one, where the answer repeated what an older one says. */
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

static json_t *moment(const struct exchange *exchange, int64_t at, const char *revision)
{
    struct buf time = BUF_INIT, version = BUF_INIT;
    json_t *slots;

    view_time(exchange, at, &time);
    view_version(exchange, revision, &version);
    slots = json_pack("{s:s, s:s}", "time", time.data, "version", version.data);
    buf_release(&time);
    buf_release(&version);
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

/* What was seen stays so, whatever is done later. */
static json_t *acknowledged(struct facts *facts)
{
    const json_t *record = named(facts);

    return record && is_set(record, "acknowledged") ? moment_of(record) : json_false();
}

/* The withdrawal that the address names: by a code, and perhaps of what somebody else said. */
static json_t *by_code(struct facts *facts)
{
    struct str record = request_query(facts->exchange->request, "record");
    uint8_t id[ACT_RECORD_ID];
    struct visitor_withdrawal withdrawal;

    if (!lex_hex(record, id, sizeof id))
        return json_false();
    facts->is_available = visitor_withdrawal(facts->exchange, id, &withdrawal);
    if (!facts->is_available || !withdrawal.found)
        return json_false();
    return moment(facts->exchange, withdrawal.time, withdrawal.revision);
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
    return json_boolean(!facts->known);
}

/* That nothing came of it claims nothing of the records. */
static json_t *always(struct facts *facts)
{
    (void)facts;
    return json_true();
}

static json_t *no_consent(struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++)
        if (facts->standings[i].answer == ANSWER_GIVEN)
            return json_false();
    return json_true();
}

static const struct saying {
    const char *slot, *meant; /* what the address says */
    json_t *(*look)(struct facts *facts);
} sayings[] = {
    {"saved", "saved", saved},
    {"withdrawn", "withdrawn", withdrawn},
    {"by_code", "withdrawn", by_code},
    {"acknowledged", "acknowledged", acknowledged},
    {"hidden", "hidden", hidden},
    {"not_hidden", "hidden", not_hidden},
    {"erased", "erased", erased},
    {"unmarked", "unmarked", always},
    {"nothing", "nothing", always},
    {"no_consent", "nothing", no_consent},
};

bool confirm_add(struct exchange *exchange, bool known, const json_t *records,
                 const struct standing *standings, size_t count, json_t *slots)
{
    struct facts facts = {exchange, known, true, records, standings, count};
    struct str meant = request_query(exchange->request, "done");
    bool done = false;

    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        json_t *said =
            meant.data && str_is(meant, sayings[i].meant) ? sayings[i].look(&facts) : json_false();

        done = done || !json_is_false(said);
        json_object_set_new(slots, sayings[i].slot, said);
    }
    json_object_set_new(slots, "done", json_boolean(done));
    return facts.is_available;
}
