/* The page of a visitor's choices.  Answers come from the keeper, words from the manifest. */
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "confirm.h"
#include "format.h"
#include "json_slots.h"
#include "page_disclosures.h"
#include "page_records.h"
#include "response.h"
#include "site/offer.h"

static json_t *since_slots(const struct exchange *exchange, const struct standing *standing)
{
    json_t *slots = json_object();

    slots_time(slots, "time", exchange->language, standing->time);
    slots_version(slots, "version", exchange->language, standing->revision);
    json_object_set_new(slots, "language",
                        json_string(format_language(exchange_manifest(exchange), exchange->language,
                                                    standing->language)));
    return slots;
}

static void set_age(const struct exchange *exchange, const struct standing *answer, json_t *slots)
{
    bool expired = answer && offer_has_expired(exchange_manifest(exchange), exchange->now, answer);

    json_object_set_new(slots, "expired", json_boolean(expired));
    json_object_set_new(slots, "ahead",
                        json_boolean(answer && offer_is_ahead(exchange->now, answer)));
}

static json_t *recipient_slots(const struct manifest_wording *wording)
{
    return wording->recipient ? json_pack("{s:s, s:s, s:s}", "name", wording->recipient, "country",
                                          wording->country, "data", wording->data)
                              : json_null();
}

/* A document's text that is offered, in force or announced, and the visitor's answers. */
struct offering {
    const struct manifest_document *document;
    const struct manifest_revision *revision;
    const struct manifest_text *text;
    bool announced; /* it is not in force yet */
    const struct standings *answers;
    bool *shown; /* by answer: it is on the page already */
};

static json_t *question_slots(const struct exchange *exchange, const struct offering *offering,
                              size_t index)
{
    const struct manifest_question *question = &offering->revision->questions[index];
    const struct manifest_wording *wording = &offering->text->wordings[index];
    bool valid;
    const struct standing *standing =
        offer_said(offering->document, offering->revision, question->id, offering->answers->items,
                   offering->answers->count, &valid);
    json_t *slots = slots_answer(standing ? (int)standing->answer : -1);

    if (standing)
        offering->shown[standing - offering->answers->items] = true;
    json_object_set_new(slots, "id", json_string(question->id));
    json_object_set_new(slots, "label", json_string(wording->label));
    json_object_set_new(slots, "recipient", recipient_slots(wording));
    json_object_set_new(slots, "since", standing ? since_slots(exchange, standing) : json_null());
    json_object_set_new(slots, "ask_again", json_boolean(standing && !valid));
    set_age(exchange, standing, slots);
    return slots;
}

static bool among(const json_t *changes, const char *from)
{
    json_t *change;
    size_t i;

    json_array_foreach(changes, i,
                       change) if (strcmp(json_string_value(json_object_get(change, "from")),
                                          from) == 0) return true;
    return false;
}

/* The older version on which the visitor gave the answer shown for a question of the newest one, or
 * NULL.  A later version that was retracted is not compared. */
static const char *answered_before(const struct offering *offering,
                                   const struct manifest_revision *newest, const char *question)
{
    bool valid;
    const struct standing *answer =
        offer_said(offering->document, newest, question, offering->answers->items,
                   offering->answers->count, &valid);

    return answer && offer_revision(offering->document, answer->revision) &&
                   strcmp(answer->revision, newest->id) != 0 &&
                   !offer_is_newer(offering->document, answer->revision, newest)
               ? answer->revision
               : NULL;
}

/* Links to what changed in the newest version since each one on which the visitor gave a current
 * answer. */
static json_t *change_slots(const struct exchange *exchange, const struct offering *offering)
{
    const char *document = offering->document->id;
    const struct manifest_revision *newest = offer_newest(offering->document, exchange->now);
    json_t *changes = json_array();

    for (size_t i = 0; newest == offering->revision && i < offering->answers->count; i++) {
        const struct standing *standing = &offering->answers->items[i];
        const char *from;
        json_t *change;

        if (strcmp(standing->document, document) != 0 ||
            !offer_is_newest_said(offering->answers->items, i) ||
            !(from = answered_before(offering, newest, standing->question)) || among(changes, from))
            continue;
        change = json_pack("{s:s}", "from", from);
        slots_version(change, "version", exchange->language, from);
        json_object_set_new(change, "path",
                            json_sprintf("/%s/%s/changes/%s/%s/", exchange->language->tag, document,
                                         from, newest->id));
        json_array_append_new(changes, change);
    }
    return changes;
}

enum { MARK = 16 }; /* digits of a text's digest in the names of its fields: offered.c */

static json_t *offering_slots(const struct exchange *exchange, const struct offering *offering,
                              json_t *questions, json_t *objections)
{
    const struct manifest_revision *revision = offering->revision;
    const char *folder = offering->announced ? revision->id : "";
    json_t *slots =
        json_pack("{s:s, s:s, s:s, s:s, s:s#, s:b, s:b, s:b, s:b, s:o, s:b, s:o, s:o}", "document",
                  offering->document->id, "title", offering->text->title, "revision", revision->id,
                  "digest", offering->text->digest, "mark", offering->text->digest, MARK,
                  "basis_assumed", revision->basis_assumed, "announced", offering->announced,
                  "is_first", !offer_in_force(offering->document, exchange->now), "has_questions",
                  json_array_size(questions) > 0, "questions", questions, "has_objections",
                  json_array_size(objections) > 0, "objections", objections, "changes",
                  change_slots(exchange, offering));

    slots_version(slots, "published", exchange->language, revision->id);
    slots_day(slots, "effective", exchange->language, revision->effective_day);
    json_object_set_new(slots, "path",
                        json_sprintf("/%s/%s/%s%s", exchange->language->tag, offering->document->id,
                                     folder, *folder ? "/" : ""));
    json_object_set_new(slots, "key",
                        json_sprintf("%s%s%s", offering->document->id, *folder ? "-" : "", folder));
    return slots;
}

/* Adds a text that is offered, if it has something to answer. */
static void add_offering(const struct exchange *exchange, struct offering *offering, json_t *list)
{
    json_t *questions = json_array(), *objections = json_array();

    offering->text =
        offering->revision ? offer_text(offering->revision, exchange->language->tag) : NULL;
    for (size_t i = 0; offering->text && i < offering->revision->question_count; i++) {
        bool asked = strcmp(offering->revision->questions[i].basis, "consent") == 0;

        json_array_append_new(asked ? questions : objections,
                              question_slots(exchange, offering, i));
    }
    if (json_array_size(questions) || json_array_size(objections))
        json_array_append_new(list, offering_slots(exchange, offering, questions, objections));
    else {
        json_decref(questions);
        json_decref(objections);
    }
}

/* Of each document the text in force, then the announced ones in the order of their days. */
static json_t *all_documents(const struct exchange *exchange, const struct standings *answers,
                             bool *shown)
{
    const struct manifest *manifest = exchange_manifest(exchange);
    json_t *list = json_array();

    for (size_t i = 0; i < manifest->document_count; i++) {
        const struct manifest_document *document = &manifest->documents[i];
        struct offering offering = {.document = document, .answers = answers, .shown = shown};

        offering.revision = offer_in_force(document, exchange->now);
        add_offering(exchange, &offering, list);
        offering.announced = true;
        for (size_t r = 0; r < document->revision_count; r++) {
            offering.revision = &document->revisions[r];
            if (offer_is_announced(offering.revision, exchange->now))
                add_offering(exchange, &offering, list);
        }
    }
    return list;
}

/* Other answers: to questions that no text asks any more. */

/* The words of a question in the exchange's language, where the manifest still has them. */
static bool set_own_words(const struct exchange *exchange, const struct standing *answer,
                          json_t *slots)
{
    const struct manifest_document *document =
        offer_document(exchange_manifest(exchange), answer->document);
    const struct manifest_revision *revision =
        document ? offer_revision(document, answer->revision) : NULL;
    const struct manifest_text *text =
        revision ? offer_text(revision, exchange->language->tag) : NULL;
    size_t index;

    if (!text || !offer_question(revision, answer->question, &index))
        return false;
    json_object_set_new(slots, "lang", json_string(exchange->language->tag));
    json_object_set_new(slots, "title", json_string(text->title));
    json_object_set_new(slots, "label", json_string(text->wordings[index].label));
    json_object_set_new(slots, "recipient", recipient_slots(&text->wordings[index]));
    return true;
}

/* Else the words that it was answered in; the recipient is one line of them. */
static bool set_old_words(const struct exchange *exchange, const struct standing *answer,
                          json_t *slots)
{
    struct ask_wording wording;

    if (!ask_wording(&exchange->endpoint->keeper, answer, &wording))
        return false;
    json_object_set_new(slots, "lang", json_string(answer->language));
    slots_text(slots, "title", wording.title);
    slots_text(slots, "label", wording.label);
    slots_text(slots, "recipient_line", wording.recipient);
    return true;
}

static bool add_other(const struct exchange *exchange, const struct standing *answer, json_t *list)
{
    json_t *slots = slots_answer((int)answer->answer);
    bool ok;

    json_object_set_new(slots, "recipient", json_null());
    json_object_set_new(slots, "recipient_line", json_null());
    ok = set_own_words(exchange, answer, slots) || set_old_words(exchange, answer, slots);
    json_object_set_new(slots, "document", json_string(answer->document));
    json_object_set_new(slots, "id", json_string(answer->question));
    json_object_set_new(slots, "since", since_slots(exchange, answer));
    set_age(exchange, answer, slots);
    json_array_append_new(list, slots);
    return ok;
}

/* Every current yes and objection that is not shown yet: the site has dropped its document, purpose
 * or recipient, or retracted the version that asked. */
static bool add_others(const struct exchange *exchange, const struct standings *answers,
                       const bool *shown, json_t *list)
{
    bool ok = true;

    for (size_t i = 0; ok && i < answers->count; i++)
        if (!shown[i] && offer_is_newest_said(answers->items, i) &&
            (answers->items[i].answer == ANSWER_GIVEN ||
             answers->items[i].answer == ANSWER_OBJECTED))
            ok = add_other(exchange, &answers->items[i], list);
    return ok;
}

/* The page's slots; NULL: unavailable. */
static json_t *choices_slots(const struct exchange *exchange, const struct visitor *visitor,
                             const struct standings *answers)
{
    json_t *records = json_array(), *others = json_array(), *disclosures = json_array();
    bool *shown = mem_alloc((answers->count + 1) * sizeof *shown), more = false;
    json_t *documents = all_documents(exchange, answers, shown);
    bool ok = add_others(exchange, answers, shown, others) &&
              (!answers->known || (records_slots(exchange, visitor, records, &more) &&
                                   disclosures_slots(exchange, visitor, disclosures)));
    json_t *slots = json_pack("{s:b, s:b, s:b, s:o, s:b, s:o, s:b, s:o, s:o, s:b}", "known",
                              answers->known, "gpc", str_is(exchange->request->gpc, "1"),
                              "has_documents", json_array_size(documents) > 0, "documents",
                              documents, "has_others", json_array_size(others) > 0, "others",
                              others, "has_disclosures", json_array_size(disclosures) > 0,
                              "disclosures", disclosures, "records", records, "more_records", more);

    ok = ok && confirm_add(exchange, records, answers, slots);
    free(shown);
    if (ok)
        return slots;
    json_decref(slots);
    return NULL;
}

void page_choices(struct exchange *exchange)
{
    struct visitor visitor = visitor_read(exchange);
    struct standings answers;
    json_t *slots = NULL;

    if (visitor_standings(exchange, &visitor, &answers))
        slots = choices_slots(exchange, &visitor, &answers);
    if (slots && answers.known)
        visitor_send(exchange, &visitor);
    if (slots)
        response_page(exchange, "choices.html", slots);
    else
        response_problem(exchange, PROBLEM_UNAVAILABLE);
    standings_release(&answers);
}
