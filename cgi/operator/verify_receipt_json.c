/* The verdict on a receipt, for programs:
 *
 *   faults      what is wrong; empty where it proves what it says
 *   key         the log's public key that it was compared with, key_given whether from elsewhere
 *   log         name; index of the entry; size of the signed head
 *   not_proved  the names of its fields that nothing vouches for
 *   proved      whether it proves anything
 *   record      what the record says: record_id, event_time, event_type, document, revision,
 *               language, gpc, and answers with question, answer, basis, words, recipient */
#include <jansson.h>

#include "show.h"
#include "verify_receipt_private.h"

static json_t *answers_json(const struct receipt_verdict *verdict)
{
    const struct act *act = &verdict->view.act;
    json_t *answers = json_array();

    for (size_t i = 0; i < act->answer_count; i++) {
        const struct text_question *asked =
            questions_find(&verdict->asked, act->answers[i].question);

        json_array_append_new(
            answers, json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "question", act->answers[i].question,
                               "answer", answer_names[act->answers[i].answer], "basis",
                               verdict->view.basis[i], "words", asked ? asked->words : NULL,
                               "recipient", asked && *asked->recipient ? asked->recipient : NULL));
    }
    return answers;
}

static json_t *record_json(const struct receipt_verdict *verdict)
{
    const struct act *act = &verdict->view.act;

    if (!verdict->has_view)
        return json_null();
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:o}", "record_id", verdict->view.id,
                     "event_time", verdict->view.time, "event_type", act_names[act->kind],
                     "document", act->document, "revision", act->revision, "language",
                     act->language, "gpc", act->gpc, "answers", answers_json(verdict));
}

static json_t *log_json(const struct receipt_verdict *verdict)
{
    if (!verdict->has_head)
        return json_null();
    return json_pack("{s:s, s:I, s:I}", "name", verdict->key.name, "index",
                     (json_int_t)verdict->index, "size", (json_int_t)verdict->head.size);
}

static json_t *names_json(const struct receipt_verdict *verdict)
{
    json_t *names = json_array();

    for (size_t i = 0; receipt_stated[i].name; i++)
        if (receipt_is_unproved(verdict, receipt_stated[i].name))
            json_array_append_new(names, json_string(receipt_stated[i].name));
    return names;
}

void receipt_print_json(const struct receipt_verdict *verdict, bool given, json_t *faults)
{
    struct buf key = BUF_INIT;

    if (*verdict->key.name)
        note_key_add(&verdict->key, &key);
    print_json(json_pack("{s:O, s:o, s:b, s:o, s:o, s:b, s:o}", "faults", faults, "key",
                         key.len ? json_stringn(key.data, key.len) : json_null(), "key_given",
                         given, "log", log_json(verdict), "not_proved", names_json(verdict),
                         "proved", verdict->faults == 0, "record", record_json(verdict)));
    buf_release(&key);
}
