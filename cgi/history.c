#include "history.h"

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

/* Takes one record off the reply: index, canonical bytes, title, labels. */
static json_t *take_record(struct exchange *exchange, struct wire_reader *reply, int64_t *index)
{
    struct buf text = BUF_INIT;
    struct record_view view;
    struct str canonical, title;
    json_t *slots, *answers = json_array();
    size_t labels;

    *index = (int64_t)wire_take_number(reply, 8);
    canonical = wire_take_text(reply);
    title = wire_take_text(reply);
    labels = wire_take_number(reply, 1);
    if (!record_parse(canonical, &view) || labels != view.act.answer_count)
        reply->bad = true;
    for (size_t i = 0; i < labels && !reply->bad; i++) {
        struct str label = wire_take_text(reply);
        json_t *answer = history_answer((int)view.act.answers[i].answer);

        json_object_set_new(answer, "label", json_stringn(label.data, label.len));
        json_array_append_new(answers, answer);
    }
    slots = json_pack("{s:s, s:s%, s:b, s:o}", "instant", view.time, "title", title.data, title.len,
                      "acknowledged", view.act.kind == ACT_ACKNOWLEDGEMENT, "answers", answers);
    view_instant(exchange, view.time, &text);
    json_object_set_new(slots, "time", json_string(text.data));
    buf_reset(&text);
    view_day(exchange, view.act.revision, &text);
    json_object_set_new(slots, "version", json_string(text.data));
    buf_release(&text);
    return slots;
}

bool history_add(const struct visitor *visitor, struct exchange *exchange, json_t *records)
{
    int64_t before = 0;
    bool more = true;

    while (more && json_array_size(records) < NEWEST) {
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
        for (size_t i = 0; i < got && !reply.bad; i++)
            json_array_append_new(records, take_record(exchange, &reply, &before));
        if (!wire_done(&reply))
            return false;
        more = more && got && before > 0;
    }
    return true;
}
