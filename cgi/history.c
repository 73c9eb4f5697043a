#include "history.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"
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
    slots =
        json_pack("{s:s, s:s, s:s%, s:b, s:b, s:o}", "instant", view->time, "text_language",
                  view->act.language, "title", taken->title.data, taken->title.len, "acknowledged",
                  view->act.kind == ACT_ACKNOWLEDGEMENT, "gpc", view->act.gpc, "answers", answers);
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

static json_t *object_of(struct exchange *exchange, struct wire_reader *reply,
                         const struct taken *taken)
{
    char salt[2 * RECORD_SALT + 1], digest[2 * ACT_DIGEST + 1];
    json_t *labels = json_array(), *recipients = json_array();

    (void)exchange;
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

typedef json_t *make_item(struct exchange *exchange, struct wire_reader *reply,
                          const struct taken *taken);

/* Asks for page after page until the list has `most` items or there are no more. */
static bool collect(const struct visitor *visitor, struct exchange *exchange, size_t most,
                    make_item *make, json_t *list)
{
    int64_t before = 0;
    bool more = true;

    while (more && json_array_size(list) < most) {
        struct buf fields = BUF_INIT;
        struct wire_reader reply;
        size_t got;
        bool answered;

        buf_add(&fields, visitor->key, sizeof visitor->key);
        wire_put_number(&fields, (uint64_t)before, 8);
        answered =
            link_ask(&exchange->endpoint->link, WIRE_RECORDS, buf_str(&fields), PATIENCE, &reply);
        buf_release(&fields);
        if (!answered)
            return false;
        wire_take_number(&reply, 1); /* whether there are any */
        more = wire_take_number(&reply, 1);
        got = wire_take_number(&reply, 2);
        for (size_t i = 0; i < got && !reply.bad; i++) {
            struct taken taken;

            take_record(&reply, &taken);
            if (!reply.bad)
                json_array_append_new(list, make(exchange, &reply, &taken));
            before = taken.index;
        }
        if (!wire_done(&reply))
            return false;
        more = more && got && before > 0;
    }
    return true;
}

bool history_add(const struct visitor *visitor, struct exchange *exchange, json_t *records)
{
    return collect(visitor, exchange, NEWEST, slots_of, records);
}

bool history_export(const struct visitor *visitor, struct exchange *exchange, json_t *records)
{
    return collect(visitor, exchange, SIZE_MAX, object_of, records);
}
