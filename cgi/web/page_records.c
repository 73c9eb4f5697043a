#include "page_records.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "record/record_fields.h"
#include "view.h"

enum { NEWEST = 50, PATIENCE = 5 /* seconds to wait for the keeper */ };

json_t *history_answer(int answer)
{
    return json_pack("{s:b, s:b, s:b, s:b, s:b}", "given", answer == ANSWER_GIVEN, "refused",
                     answer == ANSWER_REFUSED, "objected", answer == ANSWER_OBJECTED, "taken_back",
                     answer == ANSWER_WITHDRAWN, "open", answer < 0);
}

/* One record of a reply; of so many questions the words are still to be taken off it. */
struct taken {
    int64_t index;
    struct str canonical, title;
    uint8_t salt[RECORD_SALT];
    struct record_view view;
    size_t questions;
};

static void take_record(struct wire_reader *reply, struct taken *taken)
{
    *taken = (struct taken){.index = (int64_t)wire_take_number(reply, 8)};
    taken->canonical = wire_take_text(reply);
    wire_take_bytes(reply, taken->salt, sizeof taken->salt);
    taken->title = wire_take_text(reply);
    taken->questions = wire_take_number(reply, 1);
    if (!record_parse(taken->canonical, &taken->view) ||
        taken->questions != taken->view.act.answer_count)
        reply->bad = true;
}

static json_t *slots_of(struct exchange *exchange, struct wire_reader *reply,
                        const struct taken *taken)
{
    const struct record_view *view = &taken->view;
    struct buf text = BUF_INIT;
    json_t *slots, *answers = json_array();

    for (size_t i = 0; i < taken->questions && !reply->bad; i++) {
        struct str label = wire_take_text(reply), recipient = wire_take_text(reply);
        json_t *answer = history_answer((int)view->act.answers[i].answer);

        json_object_set_new(answer, "label", json_stringn(label.data, label.len));
        json_object_set_new(answer, "recipient", json_stringn(recipient.data, recipient.len));
        json_array_append_new(answers, answer);
    }
    slots = json_pack("{s:s, s:s, s:s, s:s%, s:b, s:b, s:o}", "id", view->id, "instant",
                      view->time, "text_language", view->act.language, "title", taken->title.data,
                      taken->title.len, "acknowledged", view->act.kind == ACT_ACKNOWLEDGEMENT,
                      "withdrawal", view->act.kind == ACT_WITHDRAWAL, "answers", answers);
    record_flags_set_json(slots, view);
    buf_addf(&text, "/%s/choices/receipts/%s", exchange->language->tag, view->id);
    json_object_set_new(slots, "receipt", json_string(text.data));
    buf_reset(&text);
    view_instant(exchange, view->time, &text);
    json_object_set_new(slots, "time", json_string(text.data));
    buf_reset(&text);
    view_version(exchange, view->act.revision, &text);
    json_object_set_new(slots, "version", json_string(text.data));
    buf_release(&text);
    return slots;
}

static json_t *object_of(struct wire_reader *reply, const struct taken *taken)
{
    char salt[2 * RECORD_SALT + 1], digest[2 * ACT_DIGEST + 1];
    json_t *labels = json_array(), *recipients = json_array();

    for (size_t i = 0; i < taken->questions && !reply->bad; i++) {
        struct str label = wire_take_text(reply), recipient = wire_take_text(reply);

        json_array_append_new(labels, json_stringn(label.data, label.len));
        json_array_append_new(
            recipients, recipient.len ? json_stringn(recipient.data, recipient.len) : json_null());
    }
    sodium_bin2hex(salt, sizeof salt, taken->salt, sizeof taken->salt);
    sodium_bin2hex(digest, sizeof digest, taken->view.act.digest, ACT_DIGEST);
    return json_pack("{s:I, s:s%, s:s, s:s%, s:s, s:o, s:o}", "index", (json_int_t)taken->index,
                     "canonical", taken->canonical.data, taken->canonical.len, "salt", salt,
                     "title", taken->title.data, taken->title.len, "text_sha256", digest, "labels",
                     labels, "recipients", recipients);
}

/* Takes a record with the words that are still in the reply; false: that was enough. */
typedef bool take_item(void *context, struct exchange *exchange, struct wire_reader *reply,
                       const struct taken *taken);

static bool ask(const struct visitor *visitor, struct exchange *exchange, int64_t before,
                struct wire_reader *reply)
{
    struct buf fields = BUF_INIT;
    bool answered;

    buf_add(&fields, visitor->key, sizeof visitor->key);
    wire_put_number(&fields, (uint64_t)before, 8);
    answered =
        keeper_ask(&exchange->endpoint->keeper, WIRE_RECORDS, buf_str(&fields), PATIENCE, reply);
    buf_release(&fields);
    return answered;
}

/* Asks for page after page below the index *before (0: from the newest on) until there is enough or
 * there are no more; then *before is where to go on, or 0. */
static bool collect(const struct visitor *visitor, struct exchange *exchange, int64_t *before,
                    take_item *take, void *context)
{
    bool more = true, wanted = true;

    while (more && wanted) {
        struct wire_reader reply;
        size_t got, i = 0;

        if (!ask(visitor, exchange, *before, &reply))
            return false;
        wire_take_number(&reply, 1); /* whether there are any */
        more = wire_take_number(&reply, 1);
        got = wire_take_number(&reply, 2);
        for (; i < got && wanted && !reply.bad; i++) {
            struct taken taken;

            take_record(&reply, &taken);
            wanted = reply.bad || take(context, exchange, &reply, &taken);
            *before = taken.index;
        }
        if (reply.bad || (i == got && !wire_done(&reply)))
            return false;
        more = i < got || (more && got && *before > 0);
    }
    *before = more ? *before : 0;
    return true;
}

static bool add_slots(void *context, struct exchange *exchange, struct wire_reader *reply,
                      const struct taken *taken)
{
    json_t *records = context;

    json_array_append_new(records, slots_of(exchange, reply, taken));
    return json_array_size(records) < NEWEST;
}

bool history_add(const struct visitor *visitor, struct exchange *exchange, json_t *records,
                 bool *more)
{
    int64_t before = 0;
    bool ok = collect(visitor, exchange, &before, add_slots, records);

    *more = before != 0;
    return ok;
}

static size_t length_of(const json_t *json)
{
    return json_dumpb(json, NULL, 0, JSON_ENCODE_ANY | JSON_INDENT(2));
}

/* The words that an act was done on, unless the part has them. */
static void add_text(struct history_part *part, const struct exchange *exchange, const char *digest)
{
    const char *words;
    json_t *text;

    if (json_object_get(part->texts, digest))
        return;
    words = bundle_text(exchange->endpoint->bundle, digest);
    text = words ? json_string(words) : json_null();
    part->bytes += length_of(text);
    json_object_set_new(part->texts, digest, text);
}

static bool add_to_part(void *context, struct exchange *exchange, struct wire_reader *reply,
                        const struct taken *taken)
{
    struct history_part *part = context;
    json_t *record = object_of(reply, taken);

    if (reply->bad) {
        json_decref(record);
        return true;
    }
    part->bytes += length_of(record);
    add_text(part, exchange, json_string_value(json_object_get(record, "text_sha256")));
    json_array_append_new(part->records, record);
    return part->bytes < part->most;
}

bool history_export(const struct visitor *visitor, struct exchange *exchange,
                    struct history_part *part)
{
    return collect(visitor, exchange, &part->before, add_to_part, part);
}
