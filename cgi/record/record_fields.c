#include "record_fields.h"

#define VIEW(member) offsetof(struct record_view, member)

const struct record_field record_fields[RECORD_FIELDS] = {
    {"record_id", "Record", FIELD_TEXT, VIEW(id), NULL},
    {"pii_principal_id", NULL, FIELD_TEXT, VIEW(principal), NULL},
    {"event_time", "Time", FIELD_TEXT, VIEW(time), NULL},
    {"event_type", "Kind", FIELD_KIND, VIEW(act.kind), NULL},
    {"document", "Document", FIELD_TEXT, VIEW(act.document), NULL},
    {"revision", "Version", FIELD_TEXT, VIEW(act.revision), NULL},
    {"language", "Language", FIELD_TEXT, VIEW(act.language), NULL},
    {"text_sha256", NULL, FIELD_DIGEST, VIEW(act.digest), NULL},
    {"gpc", "Browser", FIELD_FLAG, VIEW(act.gpc), "sent the Global Privacy Control signal"},
};

bool record_flag_is_set(const struct record_field *field, const struct record_view *view)
{
    return field->type == FIELD_FLAG && *(const bool *)((const char *)view + field->offset);
}

const char *record_field_value(const struct record_field *field, const struct record_view *view,
                               struct hex *scratch)
{
    const char *at = (const char *)view + field->offset;

    switch (field->type) {
    case FIELD_DIGEST:
        *scratch = hex_of((const uint8_t *)at, ACT_DIGEST);
        return scratch->text;
    case FIELD_KIND:
        return act_names[view->act.kind];
    case FIELD_FLAG:
        return record_flag_is_set(field, view) ? "true" : "";
    default:
        return at;
    }
}

static void set_json(json_t *object, const struct record_view *view, bool flags_alone)
{
    struct hex scratch;

    for (size_t i = 0; i < RECORD_FIELDS; i++) {
        const struct record_field *field = &record_fields[i];

        if (field->type == FIELD_FLAG)
            json_object_set_new(object, field->key, json_boolean(record_flag_is_set(field, view)));
        else if (!flags_alone)
            json_object_set_new(object, field->key,
                                json_string(record_field_value(field, view, &scratch)));
    }
}

void record_fields_set_json(json_t *object, const struct record_view *view)
{
    set_json(object, view, false);
}

void record_flags_set_json(json_t *object, const struct record_view *view)
{
    set_json(object, view, true);
}
