/* What stands is the keeper's; how it is named is the manifest's. */
#include "page_choices.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "confirm.h"
#include "page_disclosures.h"
#include "page_records.h"
#include "record/record.h"
#include "site/offer.h"
#include "view.h"

static const struct manifest *manifest_of(const struct exchange *exchange)
{
    return &exchange->endpoint->bundle->manifest;
}

static void set_text(json_t *slots, const char *name, struct buf *text)
{
    json_object_set_new(slots, name, json_stringn(text->data, text->len));
    buf_release(text);
}

static json_t *since_slots(const struct exchange *exchange, const struct standing *standing)
{
    json_t *slots = json_object();
    struct buf time = BUF_INIT, version = BUF_INIT;

    view_time(exchange, standing->time, &time);
    set_text(slots, "time", &time);
    view_version(exchange, standing->revision, &version);
    set_text(slots, "version", &version);
    json_object_set_new(slots, "language",
                        json_string(view_language(exchange, standing->language)));
    return slots;
}

static void set_age(const struct exchange *exchange, const struct standing *said, json_t *slots)
{
    bool expired = said && offer_has_expired(manifest_of(exchange), exchange->now, said);

    json_object_set_new(slots, "expired", json_boolean(expired));
    json_object_set_new(slots, "ahead", json_boolean(said && offer_is_ahead(exchange->now, said)));
}

static json_t *recipient_slots(const struct manifest_wording *wording)
{
    return wording->recipient ? json_pack("{s:s, s:s, s:s}", "name", wording->recipient, "country",
                                          wording->country, "data", wording->data)
                              : json_null();
}

/* A document's text that is offered, in force or announced, and what stands about it. */
struct offered {
    const struct manifest_document *document;
    const struct manifest_revision *revision;
    const struct manifest_text *text;
    bool announced; /* it is not in force yet */
    const struct standing *standings;
    size_t count;
    bool *shown; /* of each: it is told beside its question */
};

static json_t *question_slots(const struct exchange *exchange, const struct offered *offered,
                              size_t index)
{
    const struct manifest_question *question = &offered->revision->questions[index];
    const struct manifest_wording *wording = &offered->text->wordings[index];
    bool holds;
    const struct standing *standing = offer_said(offered->document, offered->revision, question->id,
                                                 offered->standings, offered->count, &holds);
    json_t *slots = history_answer(standing ? (int)standing->answer : -1);

    if (standing)
        offered->shown[standing - offered->standings] = true;
    json_object_set_new(slots, "id", json_string(question->id));
    json_object_set_new(slots, "label", json_string(wording->label));
    json_object_set_new(slots, "recipient", recipient_slots(wording));
    json_object_set_new(slots, "since", standing ? since_slots(exchange, standing) : json_null());
    json_object_set_new(slots, "ask_anew", json_boolean(standing && !holds));
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

/* The older version under which the visitor said what is shown of a question in the newest version,
 * or NULL.  What was said under one that came later and was retracted, is compared with nothing. */
static const char *answered_before(const struct offered *offered,
                                   const struct manifest_revision *newest, const char *question)
{
    bool holds;
    const struct standing *said =
        offer_said(offered->document, newest, question, offered->standings, offered->count, &holds);

    return said && offer_revision(offered->document, said->revision) &&
                   strcmp(said->revision, newest->id) != 0 &&
                   !offer_is_newer(offered->document, said->revision, newest)
               ? said->revision
               : NULL;
}

/* What changed in the newest version since each one under which the visitor answered something
 * that stands. */
static json_t *change_slots(const struct exchange *exchange, const struct offered *offered)
{
    const char *document = offered->document->id;
    const struct manifest_revision *newest = offer_newest(offered->document, exchange->now);
    json_t *changes = json_array();

    for (size_t i = 0; newest == offered->revision && i < offered->count; i++) {
        const struct standing *standing = &offered->standings[i];
        struct buf version = BUF_INIT, path = BUF_INIT;
        const char *from;
        json_t *change;

        if (strcmp(standing->document, document) != 0 ||
            !offer_is_newest_said(offered->standings, i) ||
            !(from = answered_before(offered, newest, standing->question)) || among(changes, from))
            continue;
        change = json_pack("{s:s}", "from", from);
        view_version(exchange, from, &version);
        set_text(change, "version", &version);
        buf_addf(&path, "/%s/%s/changes/%s/%s/", exchange->language->tag, document, from,
                 newest->id);
        set_text(change, "path", &path);
        json_array_append_new(changes, change);
    }
    return changes;
}

/* Of a text's digest, in the names of its fields: choices.c. */
enum { MARK = 16 };

static json_t *offered_slots(const struct exchange *exchange, const struct offered *offered,
                             json_t *questions, json_t *objections)
{
    const struct manifest_revision *revision = offered->revision;
    struct buf published = BUF_INIT, effective = BUF_INIT, path = BUF_INIT, key = BUF_INIT;
    json_t *slots =
        json_pack("{s:s, s:s, s:s, s:s, s:s#, s:b, s:b, s:b, s:b, s:o, s:b, s:o, s:o}", "document",
                  offered->document->id, "title", offered->text->title, "revision", revision->id,
                  "digest", offered->text->digest, "mark", offered->text->digest, MARK,
                  "basis_assumed", revision->basis_assumed, "announced", offered->announced,
                  "is_first", !offer_in_force(offered->document, exchange->now), "has_questions",
                  json_array_size(questions) > 0, "questions", questions, "has_objections",
                  json_array_size(objections) > 0, "objections", objections, "changes",
                  change_slots(exchange, offered));

    view_version(exchange, revision->id, &published);
    set_text(slots, "published", &published);
    view_day(exchange, revision->effective_day, &effective);
    set_text(slots, "effective", &effective);
    buf_addf(&path, "/%s/%s/%s%s", exchange->language->tag, offered->document->id,
             offered->announced ? revision->id : "", offered->announced ? "/" : "");
    set_text(slots, "path", &path);
    buf_addf(&key, "%s%s%s", offered->document->id, offered->announced ? "-" : "",
             offered->announced ? revision->id : "");
    set_text(slots, "key", &key);
    return slots;
}

/* Adds a text that is offered, if it has something to answer. */
static void add_offered(const struct exchange *exchange, struct offered *offered, json_t *list)
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

/* Of each document the text in force, then those announced, the first to come first. */
static json_t *all_documents(const struct exchange *exchange, const struct standing *standings,
                             size_t count, bool *shown)
{
    const struct manifest *manifest = manifest_of(exchange);
    json_t *list = json_array();

    for (size_t i = 0; i < manifest->document_count; i++) {
        const struct manifest_document *document = &manifest->documents[i];
        struct offered offered = {
            .document = document, .standings = standings, .count = count, .shown = shown};

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
        offer_document(manifest_of(exchange), said->document);
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

/* Else those it was answered in, of which the recipient's are one line. */
static bool set_old_words(struct exchange *exchange, const struct standing *said, json_t *slots)
{
    struct visitor_wording wording;
    bool ok = visitor_wording(exchange, said, &wording);

    json_object_set_new(slots, "lang", json_string(said->language));
    set_text(slots, "title", &wording.title);
    set_text(slots, "label", &wording.label);
    set_text(slots, "recipient_line", &wording.recipient);
    return ok;
}

static bool add_other(struct exchange *exchange, const struct standing *said, json_t *list)
{
    json_t *slots = history_answer((int)said->answer);
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

/* Every yes and objection that stands and was not shown: the site has dropped its document, purpose
 * or recipient, or retracted the version that asked. */
static bool add_others(struct exchange *exchange, const struct standing *standings, size_t count,
                       const bool *shown, json_t *list)
{
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++)
        if (!shown[i] && offer_is_newest_said(standings, i) &&
            (standings[i].answer == ANSWER_GIVEN || standings[i].answer == ANSWER_OBJECTED))
            ok = add_other(exchange, &standings[i], list);
    return ok;
}

/* The page's slots; NULL: unavailable. */
static json_t *choices_slots(struct exchange *exchange, const struct visitor *visitor, bool known,
                             const struct standing *standings, size_t count)
{
    json_t *records = json_array(), *others = json_array(), *provided = json_array();
    bool *shown = mem_alloc((count + 1) * sizeof *shown), more = false;
    json_t *documents = all_documents(exchange, standings, count, shown);
    bool ok = add_others(exchange, standings, count, shown, others) &&
              (!known || (history_add(visitor, exchange, records, &more) &&
                          provided_add(visitor, exchange, provided)));
    json_t *slots = json_pack("{s:b, s:b, s:b, s:o, s:b, s:o, s:b, s:o, s:o, s:b}", "known", known,
                              "gpc", str_is(exchange->request->gpc, "1"), "has_documents",
                              json_array_size(documents) > 0, "documents", documents, "has_others",
                              json_array_size(others) > 0, "others", others, "has_provided",
                              json_array_size(provided) > 0, "provided", provided, "records",
                              records, "more_records", more);

    ok = ok && confirm_add(exchange, known, records, standings, count, slots);
    free(shown);
    if (ok)
        return slots;
    json_decref(slots);
    return NULL;
}

void show_choices(struct exchange *exchange)
{
    struct standing *standings;
    struct visitor visitor;
    json_t *slots = NULL;
    size_t count;
    bool known;

    visitor_read(&visitor, exchange);
    if (visitor_standings(&visitor, exchange, &known, &standings, &count))
        slots = choices_slots(exchange, &visitor, known, standings, count);
    free(standings);
    if (!slots) {
        view_problem(exchange, PROBLEM_UNAVAILABLE);
        return;
    }
    if (known)
        visitor_send(&visitor, exchange);
    view_choices(exchange, slots);
}
