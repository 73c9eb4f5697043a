#include "page_records.h"

#include "json_slots.h"
#include "record/record_fields.h"

enum { NEWEST = 50 };

struct list {
    const struct manifest_language *language;
    json_t *items;
};

static json_t *answers_of(const struct ask_record *record)
{
    json_t *answers = json_array();

    for (size_t i = 0; i < record->view.act.answer_count; i++) {
        json_t *answer = slots_answer((int)record->view.act.answers[i].answer);

        slots_text(answer, "label", record->asked[i].label);
        slots_text(answer, "recipient", record->asked[i].recipient);
        json_array_append_new(answers, answer);
    }
    return answers;
}

static bool add_slots(void *context, const struct ask_record *record)
{
    const struct list *list = context;
    const struct record_view *view = &record->view;
    json_t *slots =
        json_pack("{s:s, s:s, s:s, s:s%, s:b, s:b, s:o}", "id", view->id, "instant", view->time,
                  "text_language", view->act.language, "title", record->title.data,
                  record->title.len, "acknowledged", view->act.kind == ACT_ACKNOWLEDGEMENT,
                  "withdrawal", view->act.kind == ACT_WITHDRAWAL, "answers", answers_of(record));

    record_flags_set_json(slots, view);
    json_object_set_new(slots, "receipt",
                        json_sprintf("/%s/choices/receipts/%s", list->language->tag, view->id));
    slots_time(slots, "time", list->language, view->seconds);
    slots_version(slots, "version", list->language, view->act.revision);
    json_array_append_new(list->items, slots);
    return json_array_size(list->items) < NEWEST;
}

bool records_slots(const struct exchange *exchange, const struct visitor *visitor, json_t *items,
                   bool *more)
{
    struct list list = {exchange->language, items};
    int64_t before = 0;
    bool ok = ask_records(&exchange->endpoint->keeper, visitor->key, &before, add_slots, &list);

    *more = before != 0;
    return ok;
}

/* For download. */

static size_t length_of(const json_t *json)
{
    return json_dumpb(json, NULL, 0, JSON_ENCODE_ANY | JSON_INDENT(2));
}

static json_t *object_of(const struct ask_record *record)
{
    json_t *labels = json_array(), *recipients = json_array(), *object;

    for (size_t i = 0; i < record->view.act.answer_count; i++) {
        struct str label = record->asked[i].label, recipient = record->asked[i].recipient;

        json_array_append_new(labels, json_stringn(label.data, label.len));
        json_array_append_new(
            recipients, recipient.len ? json_stringn(recipient.data, recipient.len) : json_null());
    }
    object =
        json_pack("{s:I, s:s%, s:s%, s:o, s:o}", "index", (json_int_t)record->index, "canonical",
                  record->canonical.data, record->canonical.len, "title", record->title.data,
                  record->title.len, "labels", labels, "recipients", recipients);
    slots_hex(object, "salt", record->salt, sizeof record->salt);
    slots_hex(object, "text_sha256", record->view.act.digest, ACT_DIGEST);
    return object;
}

/* Adds the text that an act was done on, unless the part has it already. */
static void add_text(struct records_part *part, const char *digest)
{
    const char *words;
    json_t *text;

    if (json_object_get(part->texts, digest))
        return;
    words = bundle_text(part->bundle, digest);
    text = words ? json_string(words) : json_null();
    part->bytes += length_of(text);
    json_object_set_new(part->texts, digest, text);
}

static bool add_to_part(void *context, const struct ask_record *record)
{
    struct records_part *part = context;
    json_t *object = object_of(record);

    part->bytes += length_of(object);
    add_text(part, json_string_value(json_object_get(object, "text_sha256")));
    json_array_append_new(part->records, object);
    return part->bytes < part->most;
}

bool records_export(const struct exchange *exchange, const struct visitor *visitor,
                    struct records_part *part)
{
    part->bundle = exchange->endpoint->bundle;
    return ask_records(&exchange->endpoint->keeper, visitor->key, &part->before, add_to_part, part);
}
