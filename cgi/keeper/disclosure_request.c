#include "disclosure_request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/mem.h"
#include "base/validate.h"
#include "wire/wire.h"

struct standings {
    struct standing *items;
    size_t count;
};

static void add(void *context, const struct standing *standing)
{
    struct standings *all = context;

    all->items = mem_grow(all->items, all->count, sizeof *all->items);
    all->items[all->count++] = *standing;
}

/* What the provision says of the yes that it rests on. */
static bool name_consent(struct store *store, const struct provide *asked,
                         const struct permit *permit, struct provision_consent *consent)
{
    const struct standing *said = permit->said;

    snprintf(consent->document, sizeof consent->document, "%s", said->document);
    snprintf(consent->purpose, sizeof consent->purpose, "%s", permit->question->purpose);
    snprintf(consent->revision, sizeof consent->revision, "%s", said->revision);
    snprintf(consent->language, sizeof consent->language, "%s", said->language);
    return store_said_by(store, asked->visitor, said, consent->record, consent->digest);
}

/* Consent is to a recipient who was named: by that name it is provided, and by no other. */
static enum act_result name_recipient(struct permit *permit, const struct provide *asked,
                                      struct provision *provision)
{
    struct str name = str_trim(str_of(asked->provision.recipient.name));

    permit_cover(permit, provision->consent.digest);
    if (!name.len)
        name = permit->told.name;
    if (permit->told.name.len && !permit_names(permit, name)) {
        permit->told.verdict = PERMIT_OTHER_NAME;
        return ACT_NOTHING;
    }
    return permit->told.name.len && provision_set(provision, &provision_words[PROVISION_NAME], name)
               ? ACT_DONE
               : ACT_NO_TEXT;
}

/* Without a manifest nothing is known to be asked. */
static enum act_result rest_on_consent(struct store *store, const struct manifest *manifest,
                                       int64_t now, const struct provide *asked,
                                       struct provision *provision, struct permit_told *told)
{
    const struct permit_question question = {asked->document, asked->purpose,
                                             asked->provision.recipient.id};
    struct permit permit = {.told.verdict = PERMIT_NO_RECIPIENT};
    struct standings standings = {0};
    enum act_result result = ACT_UNAVAILABLE;
    bool known;

    if (store_standing(store, asked->visitor, &known, add, &standings)) {
        if (manifest)
            permit_judge(&permit, manifest, now, &question, standings.items, standings.count);
        if (!known)
            result = ACT_STRANGER;
        else if (permit.told.verdict != PERMIT_GIVEN)
            result = ACT_NOTHING;
        else if (name_consent(store, asked, &permit, &provision->consent))
            result = name_recipient(&permit, asked, provision);
    }
    *told = permit.told;
    free(standings.items);
    return result;
}

void provide(struct store *store, const struct manifest *manifest, int64_t now,
             const struct provide *asked, struct provided *provided)
{
    struct provision provision = asked->provision;

    *provided = (struct provided){.result = ACT_DONE};
    if (provision.ground == GROUND_CONSENT)
        provided->result =
            rest_on_consent(store, manifest, now, asked, &provision, &provided->told);
    if (provided->result == ACT_DONE)
        provided->result = store_provide(store, asked->visitor, &provision, now);
    memcpy(provided->id, provision.id, sizeof provided->id);
    provided->time = provision.time;
}

bool provide_lacks_word(const struct provide *asked, size_t word)
{
    const struct provision *provision = &asked->provision;
    bool may_be_missing = provision_words[word].may_be_missing ||
                          (word == PROVISION_NAME && provision->ground == GROUND_CONSENT);

    return !may_be_missing && !*((const char *)provision + provision_words[word].offset);
}

bool provide_lacks_recipient(const struct provide *asked)
{
    return asked->provision.ground == GROUND_CONSENT && !*asked->provision.recipient.id;
}

/* As bytes. */

void provide_put(struct buf *out, const struct provide *asked)
{
    const struct provision *provision = &asked->provision;

    buf_add(out, asked->visitor, sizeof asked->visitor);
    wire_put_number(out, provision->ground, 1);
    wire_put_text(out, str_of(provision->recipient.id));
    for (size_t i = 0; i < PROVISION_WORDS; i++)
        wire_put_text(out, str_of((const char *)provision + provision_words[i].offset));
    wire_put_text(out, str_of(asked->document));
    wire_put_text(out, str_of(asked->purpose));
}

static void take_words(struct wire_reader *reader, struct provision *provision)
{
    struct str recipient = wire_take_text(reader);

    if (recipient.len && !provision_set_recipient(provision, recipient))
        reader->bad = true;
    for (size_t i = 0; i < PROVISION_WORDS; i++) {
        struct str word = wire_take_text(reader);

        if (word.len && !provision_set(provision, &provision_words[i], word))
            reader->bad = true;
    }
}

static bool is_whole(const struct provide *asked)
{
    for (size_t i = 0; i < PROVISION_WORDS; i++)
        if (provide_lacks_word(asked, i))
            return false;
    return !provide_lacks_recipient(asked);
}

bool provide_take(struct wire_reader *reader, struct provide *asked)
{
    uint64_t ground;

    *asked = (struct provide){.document = ""};
    wire_take_bytes(reader, asked->visitor, sizeof asked->visitor);
    ground = wire_take_number(reader, 1);
    if (ground >= GROUND_COUNT)
        return false;
    asked->provision.ground = (enum provision_ground)ground;
    take_words(reader, &asked->provision);
    wire_take_name(reader, asked->document, sizeof asked->document);
    wire_take_name(reader, asked->purpose, sizeof asked->purpose);
    return !reader->bad && is_whole(asked);
}

/* Words of the site are as long as their writer wanted; a reply is not. */
static void put_words(struct buf *out, struct str words)
{
    wire_put_text(out, validate_whole(words, PROVISION_DATA_MAX));
}

void provided_put(struct buf *out, const struct provided *provided)
{
    const struct permit_told *told = &provided->told;

    wire_put_number(out, provided->result, 1);
    buf_add(out, provided->id, sizeof provided->id);
    wire_put_number(out, (uint64_t)provided->time, 8);
    wire_put_number(out, told->verdict, 1);
    wire_put_number(out, (uint64_t)told->since, 8);
    put_words(out, told->day);
    put_words(out, told->name);
    put_words(out, told->country);
    put_words(out, told->data);
    put_words(out, told->language);
}

bool provided_take(struct wire_reader *reader, struct provided *provided)
{
    uint64_t result = wire_take_number(reader, 1), time, verdict, since;
    struct permit_told *told = &provided->told;

    *provided = (struct provided){.result = (enum act_result)result};
    wire_take_bytes(reader, provided->id, sizeof provided->id);
    time = wire_take_number(reader, 8);
    verdict = wire_take_number(reader, 1);
    since = wire_take_number(reader, 8);
    provided->time = (int64_t)time;
    told->verdict = (enum permit_verdict)verdict;
    told->since = (int64_t)since;
    told->day = wire_take_text(reader);
    told->name = wire_take_text(reader);
    told->country = wire_take_text(reader);
    told->data = wire_take_text(reader);
    told->language = wire_take_text(reader);
    return !reader->bad && result < ACT_RESULT_COUNT && verdict < PERMIT_COUNT &&
           time <= INSTANT_MAX && since <= INSTANT_MAX;
}
