/* What stands is the keeper's; how it is named is the manifest's. */
#include "show.h"

#include <stdlib.h>
#include <string.h>

#include "history.h"
#include "offer.h"
#include "record.h"
#include "view.h"

static const struct manifest *manifest_of(const struct exchange *exchange)
{
    return &exchange->endpoint->bundle->manifest;
}

static const struct standing *find_standing(const struct standing *standings, size_t count,
                                            const char *document, const char *question)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(standings[i].document, document) == 0 &&
            strcmp(standings[i].question, question) == 0)
            return &standings[i];
    return NULL;
}

static void set_text(json_t *slots, const char *name, struct buf *text)
{
    json_object_set_new(slots, name, json_stringn(text->data, text->len));
    buf_release(text);
}

static json_t *since_slots(const struct exchange *exchange, const struct standing *standing)
{
    json_t *slots = json_object();
    struct buf time = BUF_INIT, version = BUF_INIT;

    view_time(exchange, standing->time, &time);
    set_text(slots, "time", &time);
    view_day(exchange, standing->revision, &version);
    set_text(slots, "version", &version);
    return slots;
}

static json_t *question_slots(const struct exchange *exchange,
                              const struct manifest_question *question,
                              const struct manifest_wording *wording,
                              const struct standing *standing)
{
    json_t *slots = history_answer(standing ? (int)standing->answer : -1);

    json_object_set_new(slots, "id", json_string(question->id));
    json_object_set_new(slots, "label", json_string(wording->label));
    json_object_set_new(slots, "recipient",
                        wording->recipient
                            ? json_pack("{s:s, s:s, s:s}", "name", wording->recipient, "country",
                                        wording->country, "data", wording->data)
                            : json_null());
    json_object_set_new(slots, "since", standing ? since_slots(exchange, standing) : json_null());
    return slots;
}

/* A document with something to answer, or NULL. */
static json_t *document_slots(const struct exchange *exchange,
                              const struct manifest_document *document,
                              const struct standing *standings, size_t count)
{
    const struct manifest_revision *revision = offer_in_force(document, exchange->now);
    const struct manifest_text *text =
        revision ? offer_text(revision, exchange->language->tag) : NULL;
    json_t *questions = json_array(), *objections = json_array(), *slots;
    struct buf published = BUF_INIT, path = BUF_INIT;

    for (size_t i = 0; text && i < revision->question_count; i++) {
        const struct manifest_question *question = &revision->questions[i];
        bool asked = strcmp(question->basis, "consent") == 0;

        json_array_append_new(
            asked ? questions : objections,
            question_slots(exchange, question, &text->wordings[i],
                           find_standing(standings, count, document->id, question->id)));
    }
    if (!text || (!json_array_size(questions) && !json_array_size(objections))) {
        json_decref(questions);
        json_decref(objections);
        return NULL;
    }
    slots = json_pack(
        "{s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:o, s:o}", "document", document->id, "title",
        text->title, "revision", revision->id, "digest", text->digest, "basis_assumed",
        revision->basis_assumed, "has_questions", json_array_size(questions) > 0, "has_objections",
        json_array_size(objections) > 0, "questions", questions, "objections", objections);
    view_day(exchange, revision->id, &published);
    set_text(slots, "published", &published);
    buf_addf(&path, "/%s/%s/", exchange->language->tag, document->id);
    set_text(slots, "path", &path);
    return slots;
}

static json_t *all_documents(const struct exchange *exchange, const struct standing *standings,
                             size_t count)
{
    const struct manifest *manifest = manifest_of(exchange);
    json_t *list = json_array();

    for (size_t i = 0; i < manifest->document_count; i++) {
        json_t *slots = document_slots(exchange, &manifest->documents[i], standings, count);

        if (slots)
            json_array_append_new(list, slots);
    }
    return list;
}

/* What the visitor has just done, said once by the address that the act led to. */
static void set_done(const struct exchange *exchange, json_t *slots)
{
    static const char *const done[] = {"saved", "withdrawn", "acknowledged", "hidden"};
    struct str value = request_query(exchange->request, "done");

    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        json_object_set_new(slots, done[i], json_boolean(value.data && str_is(value, done[i])));
}

void show_choices(struct exchange *exchange)
{
    json_t *records = json_array();
    struct standing *standings;
    struct visitor visitor;
    json_t *slots;
    size_t count;
    bool known;

    visitor_read(&visitor, exchange);
    if (!visitor_standings(&visitor, exchange, &known, &standings, &count) ||
        (known && !history_add(&visitor, exchange, records))) {
        json_decref(records);
        view_problem(exchange, PROBLEM_UNAVAILABLE);
    } else {
        slots = json_pack("{s:b, s:o, s:o}", "known", known, "documents",
                          all_documents(exchange, standings, count), "records", records);
        set_done(exchange, slots);
        if (known)
            visitor_send(&visitor, exchange);
        view_choices(exchange, slots);
    }
    free(standings);
}

static json_t *status_of(const struct standing *standing)
{
    struct buf time = BUF_INIT;
    json_t *json = json_pack("{s:s, s:s, s:s}", "answer", answer_names[standing->answer],
                             "revision", standing->revision, "language", standing->language);

    view_utc(standing->time, &time);
    set_text(json, "since", &time);
    return json;
}

void show_status(struct exchange *exchange)
{
    struct standing *standings;
    struct visitor visitor;
    json_t *documents, *in_force;
    size_t count;
    bool known;

    visitor_read(&visitor, exchange);
    if (!visitor_standings(&visitor, exchange, &known, &standings, &count)) {
        view_json(exchange, 503, json_pack("{s:s}", "status", "unavailable"));
        free(standings);
        return;
    }
    documents = json_object();
    for (size_t i = 0; i < manifest_of(exchange)->document_count; i++) {
        const struct manifest_document *document = &manifest_of(exchange)->documents[i];
        const struct manifest_revision *revision = offer_in_force(document, exchange->now);

        in_force = json_pack("{s:s?, s:{}}", "revision", revision ? revision->id : NULL, "choices");
        json_object_set_new(documents, document->id, in_force);
    }
    for (size_t i = 0; i < count; i++) {
        json_t *document = json_object_get(documents, standings[i].document);

        if (document)
            json_object_set_new(json_object_get(document, "choices"), standings[i].question,
                                status_of(&standings[i]));
    }
    view_json(exchange, 200, json_pack("{s:b, s:o}", "known", known, "documents", documents));
    free(standings);
}

void show_health(struct exchange *exchange)
{
    struct wire_reader reply;
    struct str why, manifest;
    bool healthy;

    if (!link_ask(&exchange->endpoint->link, WIRE_HEALTH, str_of(""), 2, &reply)) {
        view_json(exchange, 503,
                  json_pack("{s:s, s:s}", "status", "unavailable", "reason",
                            "the keeper does not answer"));
        return;
    }
    healthy = wire_take_number(&reply, 1);
    why = wire_take_text(&reply);
    manifest = wire_take_text(&reply);
    view_json(exchange, healthy ? 200 : 503,
              json_pack("{s:s, s:s%, s:s%}", "status", healthy ? "ok" : "unavailable", "reason",
                        why.data, why.len, "manifest", manifest.data, manifest.len));
}
