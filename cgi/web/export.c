/* What visitors take home: a part of their records, and where the next one is.  A part fits into
 * the buffers of the server (teade.conf), so that it waits for a slow reader and no worker does. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/validate.h"
#include "page_choices.h"
#include "page_disclosures.h"
#include "page_records.h"
#include "view.h"
#include "wire/turns.h"

enum {
    PART = 512 * 1024
}; /* bytes, of records and the texts they name; the last one may exceed it */

/* The index of the record that the part before this one ended with; 0: there was none. */
static int64_t read_before(const struct request *request)
{
    enum { DIGITS = 12 };
    struct str digits = request_query(request, "before");

    if (!digits.data || digits.len > DIGITS || !lex_is_of(digits, "0123456789"))
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

/* What is not of records is in the first part alone. */
static bool add_beside(struct exchange *exchange, const struct visitor *visitor, json_t *export,
                       bool *known)
{
    json_t *provided = json_array();
    struct standing *standings = NULL;
    size_t count;
    bool ok = visitor_standings(visitor, exchange, known, &standings, &count) &&
              (!*known || provided_export(visitor, exchange, provided));

    if (ok) {
        json_object_set_new(export, "documents", show_statuses(exchange, standings, count));
        json_object_set(export, "provisions", provided);
    }
    json_decref(provided);
    free(standings);
    return ok;
}

static void answer(struct exchange *exchange)
{
    struct history_part part = {json_array(), json_object(), 0, PART,
                                read_before(exchange->request)};
    int64_t before = part.before;
    json_t *export = json_object();
    struct visitor visitor;
    bool known;

    visitor_read(&visitor, exchange);
    if ((before ? visitor_is_known(&visitor, exchange, &known)
                : add_beside(exchange, &visitor, export, &known)) &&
        (!known || history_export(&visitor, exchange, &part))) {
        json_object_update_new(export,
                               json_pack("{s:i, s:s, s:b, s:o, s:O, s:O}", "version", 2, "site",
                                         exchange->endpoint->bundle->manifest.base_url, "known",
                                         known, "next", path_of(known ? part.before : 0), "records",
                                         part.records, "texts", part.texts));
        if (known)
            visitor_send(&visitor, exchange);
        name_file(exchange, before);
        view_json(exchange, 200, json_incref(export));
    } else {
        view_json(exchange, 503, json_pack("{s:s}", "status", "unavailable"));
    }
    json_decref(export);
    json_decref(part.records);
    json_decref(part.texts);
}

/* Few at once, for all visitors together: the others go on. */
void show_export(struct exchange *exchange)
{
    struct endpoint *endpoint = exchange->endpoint;

    endpoint->has_turn = turns_take(endpoint->exports, &endpoint->turn);
    if (endpoint->has_turn) {
        answer(exchange);
    } else {
        response_header(exchange->response, "Retry-After", "1");
        view_json(exchange, 429, json_pack("{s:s}", "status", "busy"));
    }
}
