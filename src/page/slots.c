#include "slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "edition/erratum.h"
#include "language/language.h"

char *page_path(const char *language, const char *tail)
{
    return mem_printf("/%s/%s", language, tail);
}

void slot_text(json_t *slots, const char *name, char *text)
{
    json_object_set_new(slots, name, json_string(text));
    free(text);
}

void slot_date(json_t *slots, const char *name, const char *language, struct date date)
{
    struct buf text = BUF_INIT;

    language_date(language, date, &text);
    slot_text(slots, name, buf_detach(&text));
}

void slot_state(json_t *slots, enum state state)
{
    json_object_set_new(slots, "announced", json_boolean(state == STATE_ANNOUNCED));
    json_object_set_new(slots, "in_force", json_boolean(state == STATE_IN_FORCE));
    json_object_set_new(slots, "superseded", json_boolean(state == STATE_SUPERSEDED));
    json_object_set_new(slots, "retracted", json_boolean(state == STATE_RETRACTED));
}

/* The state of a revision, and the days of its life. */
void slot_life(json_t *slots, const struct edition *edition, const struct document *document,
                      const struct text *text)
{
    const struct revision *revision = text->revision;
    enum state state = document_state(document, revision, edition->day);

    slot_state(slots, state);
    slot_date(slots, "effective", text->language, revision->effective);
    json_object_set_new(slots, "retracted_on", json_null());
    if (state == STATE_RETRACTED)
        slot_date(slots, "retracted_on", text->language, revision->retracted);
    json_object_set_new(slots, "replaced_on", json_null());
    if (state == STATE_SUPERSEDED)
        slot_date(slots, "replaced_on", text->language,
                  document_after(document, revision)->effective);
}

/* What was corrected in a text since it was published. */
static json_t *errata_list(const struct emission *emission, size_t document,
                           const struct text *text)
{
    const struct edition *edition = emission->edition;
    const struct frozen *frozen =
        &edition->frozen[document][text->revision - edition->site.documents[document].revisions];
    json_t *list = json_array();

    for (size_t i = 0; i < frozen->erratum_count; i++) {
        const struct erratum *erratum = &frozen->errata[i];
        const char *why;
        json_t *item;

        if (strcmp(erratum->before.language, text->language) != 0)
            continue;
        why = erratum_reason(edition, document, text->language, erratum->why);
        item = json_pack("{s:s, s:s?}", "why", why ? why : erratum->why, "why_lang",
                         why ? NULL : text->revision->language);
        slot_date(item, "date", text->language, erratum->date);
        json_array_append_new(list, item);
    }
    return list;
}

/* Versions go by their day; the second of a day is "(2)". */
static void slot_version(json_t *slots, const char *language, const struct revision *revision)
{
    struct buf text = BUF_INIT;
    struct date day;
    int number;

    language_date(language, revision->published, &text);
    if (revision_id_parse(str_of(revision->id), &day, &number) && number)
        buf_addf(&text, " (%d)", number + 1);
    slot_text(slots, "published", buf_detach(&text));
}

char *changes_path(const struct text *to, const char *document, const struct revision *from)
{
    return mem_printf("/%s/%s/changes/%s/%s/", to->language, document, from->id, to->revision->id);
}

void slot_revision(json_t *slots, const struct emission *emission, size_t document,
                   const struct text *text)
{
    const struct document *d = &emission->edition->site.documents[document];
    const struct revision *revision = text->revision, *before = document_before(d, revision);

    slot_life(slots, emission->edition, d, text);
    slot_version(slots, text->language, revision);
    json_object_set_new(slots, "summary", text->summary ? json_string(text->summary) : json_null());
    slot_text(slots, "revision_path",
              mem_printf("/%s/%s/%s/", text->language, d->id, revision->id));
    json_object_set_new(slots, "errata", errata_list(emission, document, text));
    json_object_set_new(slots, "changes_path", json_null());
    if (before)
        slot_text(slots, "changes_path", changes_path(text, d->id, before));
}
