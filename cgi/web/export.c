/* The file with a visitor's records: a part of them, and the address of the next part.  A part fits
 * into the buffers of the server (teade.conf), so that the server waits for a slow reader and no
 * worker does. */
#include "handlers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/validate.h"
#include "page_disclosures.h"
#include "page_records.h"
#include "response.h"
#include "status_json.h"
#include "wire/turns.h"

enum { PART = 512 * 1024 }; /* bytes of records and their texts; the last record may exceed it */

/* The index of the record that the part before this one ended with; 0: there was none. */
static int64_t read_before(const struct request *request)
{
    enum { DIGITS = 12 };
    struct str digits = request_query(request, "before");

    if (!digits.data || digits.len > DIGITS || !validate_is_of(digits, "0123456789"))
        return 0;
    return strtoll(digits.data, NULL, 10);
}

static json_t *path_of(int64_t next)
{
    return next ? json_sprintf("/choices/export.json?before=%" PRId64, next) : json_null();
}

static void name_file(struct exchange *exchange, int64_t before)
{
    char value[80];

    if (before)
        snprintf(value, sizeof value, "attachment; filename=\"choices-before-%" PRId64 ".json\"",
                 before);
    else
        snprintf(value, sizeof value, "attachment; filename=\"choices.json\"");
    response_header(exchange->response, "Content-Disposition", value);
}

/* The first part alone has what is not records. */
static bool add_other_than_records(const struct exchange *exchange, const struct visitor *visitor,
                                   json_t *export, bool *known)
{
    json_t *disclosures = json_array();
    struct standings answers;
    bool ok = visitor_standings(exchange, visitor, &answers) &&
              (!answers.known || disclosures_export(exchange, visitor, disclosures));

    *known = answers.known;
    if (ok) {
        json_object_set_new(export, "documents", status_documents(exchange, &answers));
        json_object_set(export, "disclosures", disclosures);
    }
    json_decref(disclosures);
    standings_release(&answers);
    return ok;
}

static void answer(struct exchange *exchange)
{
    struct visitor visitor = visitor_read(exchange);
    struct records_part part = {.records = json_array(),
                                .texts = json_object(),
                                .most = PART,
                                .before = read_before(exchange->request)};
    int64_t before = part.before;
    json_t *export = json_object();
    bool known;

    if ((before ? visitor_is_known(exchange, &visitor, &known)
                : add_other_than_records(exchange, &visitor, export, &known)) &&
        (!known || records_export(exchange, &visitor, &part))) {
        json_object_update_new(export,
                               json_pack("{s:i, s:s, s:b, s:o, s:O, s:O}", "version", 2, "site",
                                         exchange_manifest(exchange)->base_url, "known", known,
                                         "next", path_of(known ? part.before : 0), "records",
                                         part.records, "texts", part.texts));
        if (known)
            visitor_send(exchange, &visitor);
        name_file(exchange, before);
        response_json(exchange, STATUS_OK, json_incref(export));
    } else {
        response_json(exchange, STATUS_SERVICE_UNAVAILABLE,
                      json_pack("{s:s}", "status", "unavailable"));
    }
    json_decref(export);
    json_decref(part.records);
    json_decref(part.texts);
}

/* Only a few at once, for all visitors together, so that other requests are not delayed. */
void page_export(struct exchange *exchange)
{
    struct endpoint *endpoint = exchange->endpoint;

    endpoint->has_turn = turns_take(endpoint->exports, &endpoint->turn);
    if (endpoint->has_turn) {
        answer(exchange);
    } else {
        response_header(exchange->response, "Retry-After", "1");
        response_json(exchange, STATUS_TOO_MANY_REQUESTS, json_pack("{s:s}", "status", "busy"));
    }
}
