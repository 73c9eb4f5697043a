/* The dossier for programs: one object, times as in the records.
 *
 *   asked_for    the record that was named, or null
 *   damaged      what cannot be parsed: [{"index", "hash"}]
 *   drawn_up     when
 *   handle       whose
 *   known        false: erased, and only provisions are left
 *   log          what it takes to check the proofs: checkpoint (the newest one, or null),
 *                checkpoint_time, checkpoint_valid (one of the keys signed it), keys, name
 *   last_answers of each question, the newest first
 *   matches      whether everything matches the log
 *   program      that drew it up
 *   provisions   oldest first: entry and proof, kept_until, provision; on consent also covers: whom
 *                and what it is to, as the text says it, or null where the text is not there as it
 *                was or the words are not found in it
 *   records      oldest first: entry and proof, labels, recipients, record, title
 *   texts        by digest: matches, offers, text
 *   withdrawals  the record_id of each withdrawal */
#include <sodium.h>
#include <string.h>

#include "base/hex.h"
#include "base/instant.h"
#include "base/version.h"
#include "dossier.h"
#include "record/question.h"
#include "say.h"

static json_t *entry_json(const struct dossier_entry *entry)
{
    const struct records_proof *proof = &entry->proof;

    return json_pack("{s:I, s:b, s:o, s:s*, s:b, s:o}", "index", (json_int_t)entry->index,
                     "hash_matches", entry->matches, "hash",
                     hex_json(entry->hash, sizeof entry->hash), "proof",
                     proof->is_covered ? proof->text.data : NULL, "proof_valid", proof->holds,
                     "salt", hex_json(entry->salt, sizeof entry->salt));
}

static void set_questions(json_t *json, const struct dossier *dossier,
                          const struct dossier_record *record)
{
    const struct text_question *asked[ACT_ANSWERS_MAX];

    for (size_t i = 0; i < record->view.act.answer_count; i++)
        asked[i] = dossier_asked(dossier, record, i);
    questions_set_json(json, asked, record->view.act.answer_count);
}

static json_t *records_json(const struct dossier *dossier, json_t *damaged)
{
    json_t *records = json_array();

    for (size_t i = 0; i < dossier->record_count; i++) {
        const struct dossier_record *record = &dossier->records[i];
        json_t *json = entry_json(&record->entry);

        if (!record->damaged) {
            set_questions(json, dossier, record);
            json_object_set_new(json, "record", canonical_json(str_of(record->entry.canonical)));
            json_object_set_new(json, "title", json_string(record->title));
        }
        json_array_append_new(record->damaged ? damaged : records, json);
    }
    return records;
}

static json_t *provisions_json(const struct dossier *dossier, json_t *damaged)
{
    json_t *provisions = json_array();

    for (size_t i = 0; i < dossier->provision_count; i++) {
        const struct dossier_provision *provision = &dossier->provisions[i];
        json_t *json = entry_json(&provision->entry);

        if (!provision->damaged) {
            json_object_set_new(json, "kept_until",
                                instant_json(provision_kept_until(provision->view.time)));
            json_object_set_new(json, "disclosure",
                                canonical_json(str_of(provision->entry.canonical)));
            if (provision->view.ground == GROUND_CONSENT)
                json_object_set_new(json, "covers", json_pack("s?", provision->covers));
        }
        json_array_append_new(provision->damaged ? damaged : provisions, json);
    }
    return provisions;
}

static json_t *last_said_json(const struct dossier *dossier)
{
    json_t *all = json_array();

    for (size_t i = 0; i < dossier->said_count; i++) {
        const struct record_view *view = &dossier->said[i].record->view;
        const struct act_answer *answer = &view->act.answers[dossier->said[i].answer];

        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "answer",
                                             answer_names[answer->answer], "document",
                                             view->act.document, "language", view->act.language,
                                             "question", answer->question, "record_id", view->id,
                                             "revision", view->act.revision, "time", view->time));
    }
    return all;
}

static json_t *log_json(const struct dossier_log *log)
{
    struct str keys = buf_str(&log->keys);
    json_t *list = json_array();

    for (const char *end; keys.len;
         keys.len -= (size_t)(end + 1 - keys.data), keys.data = end + 1) {
        end = memchr(keys.data, '\n', keys.len);
        json_array_append_new(list, json_stringn(keys.data, (size_t)(end - keys.data)));
    }
    return json_pack("{s:s?, s:b, s:o, s:o, s:s}", "checkpoint",
                     log->head.len ? log->head.data : NULL, "checkpoint_valid", log->holds,
                     "checkpoint_time", log->head.len ? instant_json(log->time) : json_null(),
                     "keys", list, "name", log->name);
}

static json_t *withdrawals_json(const struct dossier *dossier)
{
    json_t *all = json_array();

    for (size_t i = 0; i < dossier->record_count; i++)
        if (dossier->records[i].view.act.kind == ACT_WITHDRAWAL)
            json_array_append_new(all, json_string(dossier->records[i].view.id));
    return all;
}

/* What the text does not say is null. */
static json_t *question_json(const struct dossier_text *text,
                             const struct dossier_question *question)
{
    const struct text_question *asked = questions_find(&text->asked, question->id);

    return json_pack("{s:s, s:s, s:s?, s:s?}", "lawful_basis", question->basis, "id", question->id,
                     "label", asked ? asked->words : NULL, "recipient",
                     asked && *asked->recipient ? asked->recipient : NULL);
}

static json_t *offers_json(const struct dossier_text *text)
{
    json_t *offers = json_array();

    for (size_t o = 0; o < text->offer_count; o++) {
        const struct dossier_offer *offer = &text->offers[o];
        json_t *questions = json_array();

        for (size_t q = 0; q < offer->question_count; q++)
            json_array_append_new(questions, question_json(text, &offer->questions[q]));
        json_array_append_new(offers,
                              json_pack("{s:s, s:s, s:s, s:o}", "document", offer->act->document,
                                        "language", offer->act->language, "revision",
                                        offer->act->revision, "questions", questions));
    }
    return offers;
}

static json_t *texts_json(const struct dossier *dossier)
{
    json_t *texts = json_object();

    for (size_t i = 0; i < dossier->text_count; i++) {
        const struct dossier_text *text = &dossier->texts[i];
        json_object_set_new(texts, hex_of(text->digest, sizeof text->digest).text,
                            json_pack("{s:b, s:o, s:o?}", "matches", text->matches, "offers",
                                      offers_json(text), "text",
                                      json_stringn(text->body.data, text->body.len)));
    }
    return texts;
}

json_t *dossier_json(const struct dossier *dossier)
{
    const struct subject *subject = dossier->subject;
    json_t *damaged = json_array();
    json_t *records = records_json(dossier, damaged),
           *provisions = provisions_json(dossier, damaged);

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:b, s:s, s:o, s:o, s:o, s:o}", "requested_record",
        subject->by_record ? hex_json(subject->record, sizeof subject->record) : json_null(),
        "damaged", damaged, "created", instant_json(dossier->now), "handle",
        hex_json(subject->handle, sizeof subject->handle), "known", subject->is_known,
        "last_answers", last_said_json(dossier), "log", log_json(&dossier->log), "matches",
        dossier->is_sound, "program", "teade-records " TEADE_VERSION, "disclosures", provisions,
        "records", records, "texts", texts_json(dossier), "withdrawals", withdrawals_json(dossier));
}
