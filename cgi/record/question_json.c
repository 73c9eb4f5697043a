#include "question_json.h"

void questions_set_json(json_t *object, const struct text_question *const *asked, size_t count)
{
    json_t *labels = json_object(), *recipients = json_object();

    for (size_t i = 0; i < count; i++) {
        if (asked[i])
            json_object_set_new(labels, asked[i]->id, json_string(asked[i]->words));
        if (asked[i] && *asked[i]->recipient)
            json_object_set_new(recipients, asked[i]->id, json_string(asked[i]->recipient));
    }
    json_object_set_new(object, "labels", labels);
    json_object_set_new(object, "recipients", recipients);
}
