/* JSON for programs: the organisation's own pages, and whoever monitors the endpoint. */
#include "status_json.h"

#include <string.h>

#include "base/hex.h"
#include "base/validate.h"
#include "handlers.h"
#include "json_slots.h"
#include "record/record.h"
#include "response.h"
#include "site/offer.h"
#include "visitor.h"

/* The answer to a question under the version in force, if there is one; otherwise the newest
 * answer, which is not valid now. */
static json_t *status_of(const struct exchange *exchange, const struct manifest_document *document,
                         const struct standing *newest, const struct standings *answers)
{
    const struct manifest_revision *revision = offer_in_force(document, exchange->now);
    const struct standing *answer = NULL;
    bool valid = false;
    size_t index;
    json_t *json;

    if (revision && offer_question(revision, newest->question, &index))
        answer = offer_said(document, revision, newest->question, answers->items, answers->count,
                            &valid);
    if (!answer)
        answer = newest;
    valid = valid && !offer_has_expired(exchange_manifest(exchange), exchange->now, answer) &&
            !offer_is_ahead(exchange->now, answer);
    json = json_pack("{s:s, s:s, s:s, s:b}", "answer", answer_names[answer->answer], "revision",
                     answer->revision, "language", answer->language, "valid", valid);
    slots_instant(json, "since", answer->time);
    return json;
}

json_t *status_documents(const struct exchange *exchange, const struct standings *answers)
{
    const struct manifest *manifest = exchange_manifest(exchange);
    json_t *documents = json_object();

    for (size_t i = 0; i < manifest->document_count; i++) {
        const struct manifest_document *document = &manifest->documents[i];
        const struct manifest_revision *revision = offer_in_force(document, exchange->now);

        json_object_set_new(
            documents, document->id,
            json_pack("{s:s?, s:{}}", "revision", revision ? revision->id : NULL, "choices"));
    }
    for (size_t i = 0; i < answers->count; i++) {
        const struct standing *answer = &answers->items[i];
        json_t *document = json_object_get(documents, answer->document);

        if (document && offer_is_newest_said(answers->items, i))
            json_object_set_new(
                json_object_get(document, "choices"), answer->question,
                status_of(exchange, offer_document(manifest, answer->document), answer, answers));
    }
    return documents;
}

/* The handle of a visitor whom the database knows; else null. */
static json_t *handle_of(const struct visitor *visitor, bool known)
{
    uint8_t handle[IDENTITY_HANDLE];

    if (!known)
        return json_null();
    identity_handle(visitor->key, handle);
    return json_string(hex_of(handle, sizeof handle).text);
}

void page_status(struct exchange *exchange)
{
    struct visitor visitor = visitor_read(exchange);
    struct standings answers;

    if (visitor_standings(exchange, &visitor, &answers)) {
        if (answers.known)
            visitor_send(exchange, &visitor);
        response_json(exchange, STATUS_OK,
                      json_pack("{s:b, s:o, s:o}", "known", answers.known, "handle",
                                handle_of(&visitor, answers.known), "documents",
                                status_documents(exchange, &answers)));
    } else {
        response_json(exchange, STATUS_SERVICE_UNAVAILABLE,
                      json_pack("{s:s}", "status", "unavailable"));
    }
    standings_release(&answers);
}

/* Anybody may ask, so file names are given without their folders.  The operator finds those in the
 * program's log. */
static void add_without_folders(struct buf *out, struct str reason)
{
    for (struct str word; validate_cut(&reason, ' ', &word);) {
        const char *slash = word.len ? memrchr(word.data, '/', word.len) : NULL;
        size_t from = slash ? (size_t)(slash + 1 - word.data) : 0;

        if (out->len)
            buf_addc(out, ' ');
        buf_add(out, word.data + from, word.len - from);
    }
}

void page_health(struct exchange *exchange)
{
    static const struct {
        enum http_status status;
        const char *name;
    } states[HEALTH_COUNT] = {[HEALTH_UNAVAILABLE] = {STATUS_SERVICE_UNAVAILABLE, "unavailable"},
                              [HEALTH_OK] = {STATUS_OK, "ok"},
                              [HEALTH_DOUBTED] = {STATUS_SERVICE_UNAVAILABLE, "alarm"},
                              [HEALTH_ALARM] = {STATUS_OK, "alarm"}};
    struct buf reason = BUF_INIT;
    struct ask_health health;
    json_t *json;

    if (!ask_health(&exchange->endpoint->keeper, &health)) {
        response_json(exchange, STATUS_SERVICE_UNAVAILABLE,
                      json_pack("{s:s, s:s}", "status", "unavailable", "reason",
                                "the writer process (keeper) does not answer"));
        return;
    }
    add_without_folders(&reason, health.reason);
    json = json_pack("{s:s, s:s}", "status", states[health.health].name, "erasures",
                     health.pending_wipes ? "being overwritten" : "done");
    slots_text(json, "manifest", health.manifest);
    slots_buf(json, "reason", &reason);
    response_json(exchange, states[health.health].status, json);
}
