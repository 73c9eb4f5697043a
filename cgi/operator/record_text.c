#include "record_text.h"

#include "layout.h"
#include "record/record_fields.h"

void record_text_question(struct buf *out, int margin, const char *label, int column,
                          const struct text_question *asked)
{
    layout_add(out, margin, label, column,
               str_of(asked ? asked->words : "THE TEXT DOES NOT CONTAIN THIS QUESTION"));
    if (asked && *asked->recipient)
        layout_add(out, margin, "", column, str_of(asked->recipient));
}

static void add_field(struct buf *out, int margin, int column, const struct record_field *field,
                      const struct record_view *view)
{
    struct hex scratch;
    const char *words =
        record_flag_is_set(field, view) ? field->words : record_field_value(field, view, &scratch);

    if (field->label && *words)
        layout_add(out, margin, field->label, column, str_of(words));
}

void record_text_add(struct buf *out, int margin, int column, const struct record_view *view,
                     const char *title, const struct text_question *const *asked)
{
    for (size_t i = 0; i < RECORD_FIELDS; i++)
        add_field(out, margin, column, &record_fields[i], view);
    if (title)
        layout_add(out, margin, "Title", column, str_of(title));
    for (size_t i = 0; i < view->act.answer_count; i++) {
        const struct act_answer *answer = &view->act.answers[i];
        struct buf said = BUF_INIT;

        buf_addf(&said, "%s: %s (legal basis: %s)", answer->question, answer_names[answer->answer],
                 view->basis[i]);
        layout_add(out, margin, "Answer", column, buf_str(&said));
        record_text_question(out, margin, "", column, asked[i]);
        buf_release(&said);
    }
}
