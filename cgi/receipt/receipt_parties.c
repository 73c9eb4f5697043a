#include "receipt_parties.h"

#include <stdio.h>
#include <string.h>

#include "controllers.h"
#include "recipients.h"

enum { PARTS = 8 }; /* name, address, contacts */

struct parties {
    const struct text_questions *asked;
    const struct act *act;
    struct text_controllers named; /* by the text */
    size_t controllers;            /* met so far */
    size_t answers;                /* whose recipients were met so far */
    struct receipt_compared compared;
    const json_t *ids; /* that the receipt lists */
    void (*fault)(void *context, const char *what);
    void *context;
};

static const char *text_of(const json_t *party, const char *key)
{
    return json_string_value(json_object_get(party, key));
}

static bool is_text(const json_t *value, const char *text)
{
    return json_is_string(value) && strcmp(json_string_value(value), text) == 0;
}

/* Nothing but these fields, and each of them text. */
static bool has_fields(const json_t *party, const char *const *keys)
{
    size_t known = 0;

    for (; *keys; keys++) {
        const json_t *value = json_object_get(party, *keys);

        if (value && !json_is_string(value) && strcmp(*keys, "party_contact") != 0)
            return false;
        known += value != NULL;
    }
    return json_object_size(party) == known;
}

/* Its words in the order of the text; false: they are not a list of words. */
static bool controller_parts(const json_t *party, const char *parts[PARTS], size_t *count)
{
    static const char *const keys[] = {"party_type",    "party_id",      "party_name",
                                       "party_address", "party_contact", NULL};
    const json_t *contacts = json_object_get(party, "party_contact"), *contact;
    size_t i;

    parts[0] = text_of(party, "party_name");
    parts[1] = text_of(party, "party_address");
    *count = 2;
    json_array_foreach(contacts, i, contact)
    {
        if (*count == PARTS || !json_is_string(contact))
            return false;
        parts[(*count)++] = json_string_value(contact);
    }
    return parts[0] && has_fields(party, keys) && (!contacts || json_is_array(contacts));
}

static bool is_controller_of_text(struct parties *parties, const json_t *party)
{
    const char *parts[PARTS];
    size_t count, i = parties->controllers++;
    char id[32];

    snprintf(id, sizeof id, "controller-%zu", i + 1);
    if (!is_text(json_object_get(party, "party_id"), id) ||
        !is_text(json_array_get(parties->ids, i), id) || !controller_parts(party, parts, &count))
        return false;
    return !parties->named.count ||
           (i < parties->named.count && controllers_says(parties->named.lines[i], parts, count));
}

/* The next that the text asks about, of the answers in their order; NULL: there is no more. */
static const struct text_question *next_recipient(struct parties *parties)
{
    while (parties->answers < parties->act->answer_count) {
        const char *id = parties->act->answers[parties->answers++].question;
        const struct text_question *asked = questions_find(parties->asked, id);

        if (asked && *asked->recipient)
            return asked;
    }
    return NULL;
}

/* Just as its line reads.  What can be read in several ways, or in none, is the line itself; in
 * earlier receipts it was one of the readings or any words, of which nothing tells the right. */
static bool is_read(struct parties *parties, const char *line, const json_t *party)
{
    const char *name = text_of(party, "party_name"), *country = text_of(party, "party_address");
    struct recipient read;
    size_t readings = 0;
    bool is_one = false;

    if (!name)
        return false;
    recipient_init(&read, line);
    for (; recipient_next(&read); readings++)
        is_one |= country && str_is(read.name, name) && str_is(read.country, country);
    if (readings == 1 || (!country && strcmp(name, line) == 0))
        return readings != 1 || is_one;
    parties->compared.recipients = false;
    return readings == 0 || is_one;
}

static bool is_recipient_of_text(struct parties *parties, const json_t *party)
{
    static const char *const keys[] = {"party_type", "party_id", "party_name", "party_address",
                                       NULL};
    const struct text_question *asked = next_recipient(parties);

    return asked && has_fields(party, keys) &&
           is_text(json_object_get(party, "party_id"), strchr(asked->id, '.') + 1) &&
           is_read(parties, asked->recipient, party);
}

static void check(struct parties *parties, const json_t *party)
{
    const json_t *type = json_object_get(party, "party_type");

    if (is_text(type, "DataController")) {
        if (!is_controller_of_text(parties, party))
            parties->fault(parties->context, "the text names another controller");
    } else if (!is_text(type, "ThirdParty")) {
        parties->fault(parties->context, "a party is neither a controller nor a recipient");
    } else if (!is_recipient_of_text(parties, party)) {
        parties->fault(parties->context, "the text names another recipient");
    }
}

struct receipt_compared receipt_parties_verify(const json_t *record, struct str text,
                                               const struct text_questions *asked,
                                               const struct act *act,
                                               void (*fault)(void *context, const char *what),
                                               void *context)
{
    const json_t *processing = json_object_get(record, "pii_processing"), *party;
    const json_t *list = json_object_get(record, "party_identification");
    struct parties parties = {.asked = asked,
                              .act = act,
                              .ids = json_object_get(processing, "pii_controllers"),
                              .compared = {.recipients = true},
                              .fault = fault,
                              .context = context};
    size_t i;

    controllers_read(&parties.named, text);
    parties.compared.controllers = parties.named.count > 0;
    if (!json_is_array(list) || !json_is_array(parties.ids))
        fault(context, "party_identification or pii_controllers is missing");
    json_array_foreach(list, i, party) check(&parties, party);
    if (parties.controllers != json_array_size(parties.ids) ||
        (parties.named.count && parties.controllers != parties.named.count))
        fault(context, "the number of controllers differs from the text");
    if (next_recipient(&parties))
        fault(context, "the number of recipients differs from the text");
    controllers_release(&parties.named);
    return parties.compared;
}
