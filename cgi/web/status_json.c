/* What programs read: the organisation's own pages, and the one who watches over the endpoint. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/validate.h"
#include "page_choices.h"
#include "record/identity.h"
#include "record/record.h"
#include "site/offer.h"
#include "view.h"
#include "visitor.h"

static const struct manifest *manifest_of(const struct exchange *exchange)
{
    return &exchange->endpoint->bundle->manifest;
}

static void set_text(json_t *slots, const char *name, struct buf *text)
{
    json_object_set_new(slots, name, json_stringn(text->data, text->len));
    buf_release(text);
}

/* What is told of a question: what was said of it under the version in force, if that asks it and
 * anything was; else the newest that was said of it, which holds for nothing yet, or no more. */
static json_t *status_of(const struct exchange *exchange, const struct manifest_document *document,
                         const struct standing *newest, const struct standing *standings,
                         size_t count)
{
    const struct manifest_revision *revision = offer_in_force(document, exchange->now);
    const struct standing *said = NULL;
    struct buf time = BUF_INIT;
    bool holds = false;
    size_t index;
    json_t *json;

    if (revision && offer_question(revision, newest->question, &index))
        said = offer_said(document, revision, newest->question, standings, count, &holds);
    if (!said)
        said = newest;
    holds = holds && !offer_has_expired(manifest_of(exchange), exchange->now, said) &&
            !offer_is_ahead(exchange->now, said);
    json = json_pack("{s:s, s:s, s:s, s:b}", "answer", answer_names[said->answer], "revision",
                     said->revision, "language", said->language, "holds", holds);
    view_utc(said->time, &time);
    set_text(json, "since", &time);
    return json;
}

json_t *show_statuses(const struct exchange *exchange, const struct standing *standings,
                      size_t count)
{
    const struct manifest *manifest = manifest_of(exchange);
    json_t *documents = json_object();

    for (size_t i = 0; i < manifest->document_count; i++) {
        const struct manifest_document *document = &manifest->documents[i];
        const struct manifest_revision *revision = offer_in_force(document, exchange->now);

        json_object_set_new(
            documents, document->id,
            json_pack("{s:s?, s:{}}", "revision", revision ? revision->id : NULL, "choices"));
    }
    for (size_t i = 0; i < count; i++) {
        json_t *document = json_object_get(documents, standings[i].document);

        if (document && offer_is_newest_said(standings, i))
            json_object_set_new(json_object_get(document, "choices"), standings[i].question,
                                status_of(exchange, offer_document(manifest, standings[i].document),
                                          &standings[i], standings, count));
    }
    return documents;
}

/* For a visitor whom the database knows; else null. */
static json_t *handle_of(const struct visitor *visitor, bool known)
{
    char hex[2 * IDENTITY_HANDLE + 1];
    uint8_t handle[IDENTITY_HANDLE];

    if (!known)
        return json_null();
    identity_handle(visitor->key, handle);
    return json_string(sodium_bin2hex(hex, sizeof hex, handle, sizeof handle));
}

void show_status(struct exchange *exchange)
{
    struct standing *standings;
    struct visitor visitor;
    size_t count;
    bool known;

    visitor_read(&visitor, exchange);
    if (visitor_standings(&visitor, exchange, &known, &standings, &count)) {
        if (known)
            visitor_send(&visitor, exchange);
        view_json(exchange, 200,
                  json_pack("{s:b, s:o, s:o}", "known", known, "handle", handle_of(&visitor, known),
                            "documents", show_statuses(exchange, standings, count)));
    } else {
        view_json(exchange, 503, json_pack("{s:s}", "status", "unavailable"));
    }
    free(standings);
}

/* Anybody may ask: folders are the operator's business, whom the log tells them. */
static void add_without_folders(struct buf *out, struct str why)
{
    for (struct str word; lex_cut(&why, ' ', &word);) {
        const char *slash = word.len ? memrchr(word.data, '/', word.len) : NULL;
        size_t from = slash ? (size_t)(slash + 1 - word.data) : 0;

        if (out->len)
            buf_addc(out, ' ');
        buf_add(out, word.data + from, word.len - from);
    }
}

void show_health(struct exchange *exchange)
{
    static const struct {
        int status;
        const char *name;
    } states[HEALTH_COUNT] = {[HEALTH_UNAVAILABLE] = {503, "unavailable"},
                              [HEALTH_OK] = {200, "ok"},
                              [HEALTH_DOUBTED] = {503, "alarm"},
                              [HEALTH_ALARM] = {200, "alarm"}};
    struct wire_reader reply;
    struct buf why = BUF_INIT;
    struct str manifest;
    uint64_t health;
    bool pending_wipes;

    if (!keeper_ask(&exchange->endpoint->keeper, WIRE_HEALTH, str_of(""), 2, &reply)) {
        view_json(exchange, 503,
                  json_pack("{s:s, s:s}", "status", "unavailable", "reason",
                            "the keeper does not answer"));
        return;
    }
    health = wire_take_number(&reply, 1);
    health = health < HEALTH_COUNT ? health : HEALTH_UNAVAILABLE;
    add_without_folders(&why, wire_take_text(&reply));
    manifest = wire_take_text(&reply);
    pending_wipes = wire_take_number(&reply, 1);
    view_json(exchange, states[health].status,
              json_pack("{s:s, s:s%, s:s%, s:s}", "status", states[health].name, "reason", why.data,
                        why.len, "manifest", manifest.data, manifest.len, "erasures",
                        pending_wipes ? "being overwritten" : "done"));
    buf_release(&why);
}
