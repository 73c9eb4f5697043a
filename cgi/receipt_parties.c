#include "receipt_parties.h"

#include <stdio.h>
#include <string.h>

#include "controllers.h"

enum { PARTS = 8 }; /* name, address, contacts */

struct parties {
    const struct text_questions *asked;
    const struct act *act;
    struct text_controllers named; /* by the text */
    size_t controllers;            /* met so far */
    const json_t *ids;             /* that the receipt lists */
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

/* Its words in the order of the text; false: they are none. */
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

/* Whether words stand in a sentence, and are no part of longer ones. */
static bool stands_in(const char *sentence, const char *words)
{
    size_t len = words ? strlen(words) : 0;

    for (const char *at = sentence; len && (at = strstr(at, words)); at++) {
        static const char letters[] =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

        if ((at == sentence || !strchr(letters, at[-1])) && (!at[len] || !strchr(letters, at[len])))
            return true;
    }
    return false;
}

static const struct text_question *find_recipient(const struct parties *parties, const char *id)
{
    for (size_t i = 0; id && i < parties->act->answer_count; i++) {
        const char *question = parties->act->answers[i].question;
        const char *recipient = strchr(question, '.');

        if (recipient && strcmp(recipient + 1, id) == 0)
            return questions_find(parties->asked, question);
    }
    return NULL;
}

static bool is_recipient_of_text(const struct parties *parties, const json_t *party)
{
    static const char *const keys[] = {"party_type", "party_id", "party_name", "party_address",
                                       NULL};
    const struct text_question *asked = find_recipient(parties, text_of(party, "party_id"));

    return asked && has_fields(party, keys) &&
           stands_in(asked->recipient, text_of(party, "party_name")) &&
           stands_in(asked->recipient, text_of(party, "party_address"));
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

bool receipt_parties_verify(const json_t *record, struct str text,
                            const struct text_questions *asked, const struct act *act,
                            void (*fault)(void *context, const char *what), void *context)
{
    const json_t *processing = json_object_get(record, "pii_processing"), *party;
    const json_t *list = json_object_get(record, "party_identification");
    struct parties parties = {.asked = asked,
                              .act = act,
                              .ids = json_object_get(processing, "pii_controllers"),
                              .fault = fault,
                              .context = context};
    bool named;
    size_t i;

    controllers_read(&parties.named, text);
    named = parties.named.count > 0;
    if (!json_is_array(list) || !json_is_array(parties.ids))
        fault(context, "party_identification or pii_controllers is missing");
    json_array_foreach(list, i, party) check(&parties, party);
    if (parties.controllers != json_array_size(parties.ids) ||
        (named && parties.controllers != parties.named.count))
        fault(context, "the controllers are not as many as the text names");
    controllers_release(&parties.named);
    return named;
}
