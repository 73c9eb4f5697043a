/* The page of a visitor's choices.  The answers come from the keeper, the words from the manifest.
 */
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

static void set_age(const struct exchange *exchange, const struct standing *said, json_t *slots)
{
    bool expired = said && offer_has_expired(exchange_manifest(exchange), exchange->now, said);

    json_object_set_new(slots, "expired", json_boolean(expired));
    json_object_set_new(slots, "ahead", json_boolean(said && offer_is_ahead(exchange->now, said)));
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

static json_t *question_slots(const struct exchange *exchange, const struct offering *offered,
                              size_t index)
{
    const struct manifest_question *question = &offered->revision->questions[index];
    const struct manifest_wording *wording = &offered->text->wordings[index];
    bool valid;
    const struct standing *standing =
        offer_said(offered->document, offered->revision, question->id, offered->answers->items,
                   offered->answers->count, &valid);
    json_t *slots = slots_answer(standing ? (int)standing->answer : -1);

    if (standing)
        offered->shown[standing - offered->answers->items] = true;
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
static const char *answered_before(const struct offering *offered,
                                   const struct manifest_revision *newest, const char *question)
{
    bool valid;
    const struct standing *said =
        offer_said(offered->document, newest, question, offered->answers->items,
                   offered->answers->count, &valid);

    return said && offer_revision(offered->document, said->revision) &&
                   strcmp(said->revision, newest->id) != 0 &&
                   !offer_is_newer(offered->document, said->revision, newest)
               ? said->revision
               : NULL;
}

/* Links to what changed in the newest version since each one on which the visitor gave a current
 * answer. */
static json_t *change_slots(const struct exchange *exchange, const struct offering *offered)
{
    const char *document = offered->document->id;
    const struct manifest_revision *newest = offer_newest(offered->document, exchange->now);
    json_t *changes = json_array();

    for (size_t i = 0; newest == offered->revision && i < offered->answers->count; i++) {
        const struct standing *standing = &offered->answers->items[i];
        const char *from;
        json_t *change;

        if (strcmp(standing->document, document) != 0 ||
            !offer_is_newest_said(offered->answers->items, i) ||
            !(from = answered_before(offered, newest, standing->question)) || among(changes, from))
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

static json_t *offered_slots(const struct exchange *exchange, const struct offering *offered,
                             json_t *questions, json_t *objections)
{
    const struct manifest_revision *revision = offered->revision;
    const char *folder = offered->announced ? revision->id : "";
    json_t *slots =
        json_pack("{s:s, s:s, s:s, s:s, s:s#, s:b, s:b, s:b, s:b, s:o, s:b, s:o, s:o}", "document",
                  offered->document->id, "title", offered->text->title, "revision", revision->id,
                  "digest", offered->text->digest, "mark", offered->text->digest, MARK,
                  "basis_assumed", revision->basis_assumed, "announced", offered->announced,
                  "is_first", !offer_in_force(offered->document, exchange->now), "has_questions",
                  json_array_size(questions) > 0, "questions", questions, "has_objections",
                  json_array_size(objections) > 0, "objections", objections, "changes",
                  change_slots(exchange, offered));

    slots_version(slots, "published", exchange->language, revision->id);
    slots_day(slots, "effective", exchange->language, revision->effective_day);
    json_object_set_new(slots, "path",
                        json_sprintf("/%s/%s/%s%s", exchange->language->tag, offered->document->id,
                                     folder, *folder ? "/" : ""));
    json_object_set_new(slots, "key",
                        json_sprintf("%s%s%s", offered->document->id, *folder ? "-" : "", folder));
    return slots;
}

/* Adds a text that is offered, if it has something to answer. */
static void add_offered(const struct exchange *exchange, struct offering *offered, json_t *list)
{
    json_t *questions = json_array(), *objections = json_array();

    offered->text =
        offered->revision ? offer_text(offered->revision, exchange->language->tag) : NULL;
    for (size_t i = 0; offered->text && i < offered->revision->question_count; i++) {
        bool asked = strcmp(offered->revision->questions[i].basis, "consent") == 0;

        json_array_append_new(asked ? questions : objections, question_slots(exchange, offered, i));
    }
    if (json_array_size(questions) || json_array_size(objections))
        json_array_append_new(list, offered_slots(exchange, offered, questions, objections));
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
        struct offering offered = {.document = document, .answers = answers, .shown = shown};

        offered.revision = offer_in_force(document, exchange->now);
        add_offered(exchange, &offered, list);
        offered.announced = true;
        for (size_t r = 0; r < document->revision_count; r++) {
            offered.revision = &document->revisions[r];
            if (offer_is_announced(offered.revision, exchange->now))
                add_offered(exchange, &offered, list);
        }
    }
    return list;
}

/* Other answers: to questions that no text asks any more. */

/* The words of a question in the exchange's language, where the manifest still has them. */
static bool set_own_words(const struct exchange *exchange, const struct standing *said,
                          json_t *slots)
{
    const struct manifest_document *document =
        offer_document(exchange_manifest(exchange), said->document);
    const struct manifest_revision *revision =
        document ? offer_revision(document, said->revision) : NULL;
    const struct manifest_text *text =
        revision ? offer_text(revision, exchange->language->tag) : NULL;
    size_t index;

    if (!text || !offer_question(revision, said->question, &index))
        return false;
    json_object_set_new(slots, "lang", json_string(exchange->language->tag));
    json_object_set_new(slots, "title", json_string(text->title));
    json_object_set_new(slots, "label", json_string(text->wordings[index].label));
    json_object_set_new(slots, "recipient", recipient_slots(&text->wordings[index]));
    return true;
}

/* Else the words that it was answered in; the recipient is one line of them. */
static bool set_old_words(const struct exchange *exchange, const struct standing *said,
                          json_t *slots)
{
    struct ask_wording wording;

    if (!ask_wording(&exchange->endpoint->keeper, said, &wording))
        return false;
    json_object_set_new(slots, "lang", json_string(said->language));
    slots_text(slots, "title", wording.title);
    slots_text(slots, "label", wording.label);
    slots_text(slots, "recipient_line", wording.recipient);
    return true;
}

static bool add_other(const struct exchange *exchange, const struct standing *said, json_t *list)
{
    json_t *slots = slots_answer((int)said->answer);
    bool ok;

    json_object_set_new(slots, "recipient", json_null());
    json_object_set_new(slots, "recipient_line", json_null());
    ok = set_own_words(exchange, said, slots) || set_old_words(exchange, said, slots);
    json_object_set_new(slots, "document", json_string(said->document));
    json_object_set_new(slots, "id", json_string(said->question));
    json_object_set_new(slots, "since", since_slots(exchange, said));
    set_age(exchange, said, slots);
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
                              others, "has_disclosures", json_array_size(disclosures) > 0, "disclosures",
                              disclosures, "records", records, "more_records", more);

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
