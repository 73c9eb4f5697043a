/* First what the record says, then what the site states of itself: two hands that never write the
 * same field. */
#include "receipt.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/mem.h"
#include "controllers.h"
#include "recipients.h"
#include "record/question.h"
#include "record/record_fields.h"
#include "site/offer.h"

#define PROCESSING "record.pii_processing"

const struct receipt_stated receipt_stated[] = {
    {PROCESSING ".privacy_notice", "url", NULL},
    {PROCESSING ".purposes[]", "pii_information", "pii_type"},
    {PROCESSING, "pii_controllers", NULL},
    {PROCESSING ".purposes[]", "storage_locations", NULL},
    {PROCESSING, "jurisdiction", NULL},
    {PROCESSING ".purposes[]", "retention_period", NULL},
    {PROCESSING, "withdrawal_method", NULL},
    {"record", "party_identification", NULL},
    {"record.events[]", "validity_duration", NULL},
    {"record.events[]", "valid_from", NULL},
    {NULL, NULL, NULL},
};

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        mem_die(0);
}

static void set_str(json_t *object, const char *key, struct str text)
{
    set(object, key, json_stringn(text.data, text.len));
}

static void set_hex(json_t *object, const char *key, const uint8_t *bytes, size_t len)
{
    char hex[2 * RECORD_ENTRY + 1];

    set(object, key, json_string(sodium_bin2hex(hex, sizeof hex, bytes, len)));
}

static void set_text(json_t *object, const char *key, char *text /* taken over */)
{
    set(object, key, json_string(text));
    free(text);
}

/* What the record says. */

static const char *basis_term(const char *basis)
{
    return strcmp(basis, "consent") == 0 ? "Consent" : "LegitimateInterest";
}

/* Gives a field of `from` to `to`, where there is one. */
static void hand_over(json_t *to, json_t *from, const char *key)
{
    json_t *value = json_object_get(from, key);

    if (value)
        set(to, key, json_incref(value));
}

static json_t *event_json(json_t *record, json_t *purpose)
{
    json_t *event = json_object();

    hand_over(event, record, "event_time");
    hand_over(event, record, "event_type");
    set(event, "entity_id", json_incref(json_object_get(record, "pii_principal_id")));
    hand_over(event, purpose, "event_state");
    hand_over(event, purpose, "purpose");
    hand_over(event, purpose, "recipient_third_parties");
    return event;
}

static json_t *purpose_json(json_t *answer)
{
    json_t *purpose = json_object();

    hand_over(purpose, answer, "purpose");
    hand_over(purpose, answer, "recipient_third_parties");
    set(purpose, "lawful_basis",
        json_string(basis_term(json_string_value(json_object_get(answer, "lawful_basis")))));
    return purpose;
}

static json_t *processing_json(json_t *record, json_t *purposes)
{
    json_t *processing = json_pack("{s:o}", "purposes", purposes);

    hand_over(processing, record, "collection_method");
    for (size_t i = 0; i < RECORD_FIELDS; i++)
        if (record_fields[i].type == FIELD_FLAG)
            hand_over(processing, record, record_fields[i].key);
    hand_over(processing, record, "privacy_notice");
    hand_over(processing, json_object_get(record, "privacy_notice"), "language");
    return processing;
}

json_t *receipt_record(struct str canonical)
{
    json_t *record = json_loadb(canonical.data, canonical.len, 0, NULL), *answer;
    json_t *json = json_object(), *purposes = json_array(), *events = json_array();
    size_t i;

    json_array_foreach(json_object_get(record, "purposes"), i, answer)
    {
        json_array_append_new(purposes, purpose_json(answer));
        json_array_append_new(events, event_json(record, answer));
    }
    if (i == 0)
        json_array_append_new(events, event_json(record, NULL));
    hand_over(json, record, "schema_version");
    hand_over(json, record, "record_id");
    hand_over(json, record, "pii_principal_id");
    set(json, "pii_processing", processing_json(record, purposes));
    set(json, "events", events);
    json_decref(record);
    return json;
}

/* What the site states. */

struct receipt_text receipt_find_text(const struct manifest *manifest, const struct act *act)
{
    const struct manifest_document *document = offer_document(manifest, act->document);
    char digest[2 * ACT_DIGEST + 1];

    sodium_bin2hex(digest, sizeof digest, act->digest, ACT_DIGEST);
    for (size_t r = 0; document && r < document->revision_count; r++) {
        const struct manifest_revision *revision = &document->revisions[r];

        for (size_t t = 0; t < revision->text_count; t++)
            if (strcmp(revision->id, act->revision) == 0 &&
                strcmp(revision->texts[t].language, act->language) == 0 &&
                strcmp(revision->texts[t].digest, digest) == 0)
                return (struct receipt_text){revision, &revision->texts[t]};
    }
    return (struct receipt_text){NULL, NULL};
}

static json_t *list(const char *const *words, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, json_string(words[i]));
    return array;
}

static void set_list(json_t *object, const char *key, const char *const *words, size_t count)
{
    if (count)
        set(object, key, list(words, count));
}

static void set_months(json_t *object, const char *key, int months)
{
    set_text(object, key, mem_printf("P%dM", months)); /* ISO 8601 */
}

static char *controller_id(size_t i)
{
    return mem_printf("controller-%zu", i + 1);
}

static json_t *controller_json(const struct manifest_controller *controller, size_t i)
{
    json_t *party =
        json_pack("{s:s, s:s}", "party_type", "DataController", "party_name", controller->name);
    const char *contacts[2];
    size_t count = 0;

    if (controller->email)
        contacts[count++] = controller->email;
    if (controller->phone)
        contacts[count++] = controller->phone;
    set_text(party, "party_id", controller_id(i));
    if (controller->address)
        set(party, "party_address", json_string(controller->address));
    set_list(party, "party_contact", contacts, count);
    return party;
}

/* Of a recipient the text states a name and a country; its line where it can be read in several
 * ways, or in none. */
static json_t *recipient_json(const struct text_question *asked)
{
    json_t *party =
        json_pack("{s:s, s:s}", "party_id", strchr(asked->id, '.') + 1, "party_type", "ThirdParty");
    struct recipient read, other;

    recipient_init(&read, asked->recipient);
    if (recipient_next(&read) && (other = read, !recipient_next(&other))) {
        set_str(party, "party_name", read.name);
        set_str(party, "party_address", read.country);
    } else {
        set(party, "party_name", json_string(asked->recipient));
    }
    return party;
}

/* NULL: the site names nobody just so, now. */
static const struct manifest_controller *find_controller(const struct manifest *manifest,
                                                         const char *line)
{
    for (size_t i = 0; i < manifest->controller_count; i++) {
        const struct manifest_controller *one = &manifest->controllers[i];
        const char *parts[] = {one->name, one->address, one->email, one->phone};

        if (controllers_says(line, parts, sizeof parts / sizeof *parts))
            return one;
    }
    return NULL;
}

/* Those that the text names, whom the visitor answered; in the site's fields as far as it still
 * names them so.  A text that asks nothing names nobody: then they are the site's of the day. */
static void state_controllers(const struct manifest *manifest, struct str text, json_t *processing,
                              json_t *parties)
{
    struct text_controllers named;
    json_t *ids = json_array();
    size_t count;

    controllers_read(&named, text);
    count = named.count ? named.count : manifest->controller_count;
    for (size_t i = 0; i < count; i++) {
        struct manifest_controller by_text = {.name = named.count ? named.lines[i] : NULL};
        const struct manifest_controller *one =
            named.count ? find_controller(manifest, by_text.name) : &manifest->controllers[i];
        json_t *party = controller_json(one ? one : &by_text, i);

        json_array_append(ids, json_object_get(party, "party_id"));
        json_array_append_new(parties, party);
    }
    set(processing, "pii_controllers", ids);
    controllers_release(&named);
}

static json_t *information_json(const struct manifest_question *question)
{
    json_t *data = json_array();

    for (size_t i = 0; i < question->personal_data_count; i++)
        json_array_append_new(data, json_pack("{s:s}", "pii_type", question->personal_data[i]));
    return data;
}

static void state_purpose(const struct receipt_text *found, const struct act_answer *answer,
                          json_t *purpose)
{
    const struct manifest_question *question;
    size_t index;

    question = found->text ? offer_question(found->revision, answer->question, &index) : NULL;
    if (!question)
        return;
    if (question->personal_data_count)
        set(purpose, "pii_information", information_json(question));
    if (question->retention_period)
        set(purpose, "retention_period", json_string(question->retention_period));
    set_list(purpose, "storage_locations", question->storage_locations,
             question->storage_location_count);
}

/* Whether an answer said at the record's time counted at once: the version in force then asked the
 * same. */
static bool counts_at_once(const struct manifest_document *document, const struct record_view *view,
                           size_t i)
{
    const struct manifest_revision *in_force = offer_in_force(document, view->seconds);
    const struct act_answer *answer = &view->act.answers[i];
    struct standing said = {.answer = answer->answer, .time = view->seconds};
    size_t index;

    memcpy(said.document, view->act.document, sizeof said.document);
    memcpy(said.question, answer->question, sizeof said.question);
    memcpy(said.revision, view->act.revision, sizeof said.revision);
    return in_force && offer_question(in_force, answer->question, &index) &&
           offer_still_holds(document, in_force, &said);
}

struct receipt_start receipt_start(const struct manifest *manifest, const struct record_view *view,
                                   size_t i)
{
    const struct manifest_revision *revision = receipt_find_text(manifest, &view->act).revision;

    if (view->act.answers[i].answer != ANSWER_GIVEN || !revision ||
        revision->effective <= view->seconds ||
        counts_at_once(offer_document(manifest, view->act.document), view, i))
        return (struct receipt_start){view->seconds, NULL};
    return revision->retracted
               ? (struct receipt_start){INT64_MAX, NULL}
               : (struct receipt_start){revision->effective, revision->effective_day};
}

/* A yes or no counts for a time, and a yes perhaps not before its version takes effect; an
 * objection and a withdrawal do for good. */
static void state_event(const struct manifest *manifest, const struct record_view *view, size_t i,
                        json_t *event)
{
    struct receipt_start start = receipt_start(manifest, view, i);
    char time[INSTANT_SIZE];

    if (view->act.kind != ACT_ANSWERS || strcmp(view->basis[i], "consent") != 0)
        return;
    set_months(event, "validity_duration", manifest->consent_validity);
    if (start.day) {
        instant_write(start.instant, time);
        set(event, "valid_from", json_string(time));
    }
}

static void state_site(const struct manifest *manifest, const char *language, json_t *processing)
{
    set_list(processing, "jurisdiction", manifest->jurisdiction, manifest->jurisdiction_count);
    set_text(processing, "withdrawal_method",
             mem_printf("%s/%s/choices/", manifest->base_url, language));
}

static void state(const struct manifest *manifest, const char *language,
                  const struct receipt *receipt, json_t *record)
{
    const struct record_view *view = &receipt->view;
    struct receipt_text found = receipt_find_text(manifest, &view->act);
    json_t *processing = json_object_get(record, "pii_processing"), *parties = json_array();
    json_t *purposes = json_object_get(processing, "purposes");

    if (found.text)
        set_text(json_object_get(processing, "privacy_notice"), "url",
                 mem_printf("%s/%s/%s/%s/", manifest->base_url, view->act.language,
                            view->act.document, view->act.revision));
    state_site(manifest, language, processing);
    state_controllers(manifest, receipt->text, processing, parties);
    for (size_t i = 0; i < view->act.answer_count; i++) {
        state_purpose(&found, &view->act.answers[i], json_array_get(purposes, i));
        if (receipt->asked[i] && *receipt->asked[i]->recipient)
            json_array_append_new(parties, recipient_json(receipt->asked[i]));
        state_event(manifest, view, i, json_array_get(json_object_get(record, "events"), i));
    }
    set(record, "party_identification", parties);
}

/* The whole. */

json_t *receipt_json(const struct receipt *receipt, const struct manifest *manifest,
                     const char *language)
{
    json_t *json = json_object(), *record = receipt_record(receipt->canonical);
    uint8_t entry[RECORD_ENTRY];
    struct buf proof = BUF_INIT;

    state(manifest, language, receipt, record);
    record_entry(receipt->salt, receipt->canonical, entry);
    receipt_proof_write(&receipt->proof, &proof);
    set(json, "schema_version", json_string(RECEIPT_VERSION));
    set(json, "receipt_id", json_string(receipt->view.id));
    set(json, "record", record);
    questions_set_json(json, receipt->asked, receipt->view.act.answer_count);
    set_str(json, "canonical", receipt->canonical);
    set_hex(json, "salt", receipt->salt, RECORD_SALT);
    set_hex(json, "hash", entry, RECORD_ENTRY);
    set_str(json, "proof", buf_str(&proof));
    set_str(json, "verifier_key", receipt->key);
    set_str(json, "text", receipt->text);
    if (receipt->code)
        set(json, "withdraw_code", json_string(receipt->code));
    buf_release(&proof);
    return json;
}
