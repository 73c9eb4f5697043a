/* The pages of texts: each revision at its own address for ever, the one in force (or the first
 * that is to be) at the document's. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "language/language.h"
#include "page.h"

/* Whether it is a translation, and what the document says about which language prevails. */
static json_t *translation_slots(const struct text *text)
{
    const struct revision *revision = text->revision;
    struct buf source = BUF_INIT, prevailing = BUF_INIT;
    json_t *slots;

    if (strcmp(text->language, revision->language) == 0)
        return json_null();
    language_name(text->language, revision->language, &source);
    if (revision->authoritative)
        language_name(text->language, revision->authoritative, &prevailing);
    slots = json_pack("{s:s, s:s}", "source_language", source.data, "prevailing_language",
                      prevailing.data);
    buf_release(&source);
    buf_release(&prevailing);
    return slots;
}

static void set_source_date(json_t *slots, const struct text *text)
{
    struct date date;

    json_object_set_new(slots, "undated", json_boolean(text->revision->undated));
    json_object_set_new(slots, "source_date", json_null());
    if (text->revision->source_date && date_parse(str_of(text->revision->source_date), &date))
        slot_date(slots, "source_date", text->language, date);
}

/* The names of a form's fields end in the beginning of its text's digest: a browser that puts a
 * mark back, on reload or Back, finds the field by its name, and never on other words. */
enum { PAGE_MARK = 16 };

/* The form, where the text can be answered: it is in force, or announced to be. */
static json_t *form_slots(const struct text *text, const char *document, enum state state)
{
    json_t *form;

    if (!text->form || state == STATE_SUPERSEDED || state == STATE_RETRACTED)
        return json_null();
    form = json_copy(text->form);
    json_object_set_new(form, "document", json_string(document));
    json_object_set_new(form, "revision", json_string(text->revision->id));
    json_object_set_new(form, "digest", json_string(text->digest));
    json_object_set_new(form, "mark", json_stringn(text->digest, PAGE_MARK));
    slot_text(form, "action", page_path(text->language, "choices/record"));
    return form;
}

/* From a text that does not hold, or not yet, to the one that does; from an old one to what
 * changed since. */
static void set_ways_on(json_t *slots, const struct edition *edition,
                        const struct document *document, const struct text *text, enum state state)
{
    const struct revision *newest = document_newest(document, edition->day);
    bool old = state == STATE_SUPERSEDED && newest != text->revision;

    json_object_set_new(slots, "current_path", json_null());
    json_object_set_new(slots, "since_path", json_null());
    if (state != STATE_IN_FORCE && document_in_force(document, edition->day))
        slot_text(slots, "current_path", mem_printf("/%s/%s/", text->language, document->id));
    if (old)
        slot_text(slots, "since_path",
                  mem_printf("/%s/%s/changes/%s/%s/", text->language, document->id,
                             text->revision->id, newest->id));
    slot_text(
        slots, "about_path",
        mem_printf("/%s/%s/%s/about.jsonld", text->language, document->id, text->revision->id));
    slot_text(slots, "history_path", mem_printf("/%s/%s/history/", text->language, document->id));
}

static bool emit_document(struct emission *emission, size_t language, size_t d,
                          const struct text *text, const char *tail)
{
    const struct document *document = &emission->edition->site.documents[d];
    enum state state = document_state(document, text->revision, emission->edition->day);
    const struct page_texts texts = {d, text->revision, text->revision};
    json_t *slots = page_slots(emission, language, tail);

    slot_revision(slots, emission, d, text);
    set_source_date(slots, text);
    set_ways_on(slots, emission->edition, document, text, state);
    slot_alternates(slots, emission->edition, &texts, language);
    json_object_set_new(slots, "title", json_string(text->title));
    json_object_set_new(slots, "title_lang",
                        text->title_is_foreign ? json_string(text->revision->language)
                                               : json_null());
    json_object_set_new(slots, "heading", json_string(text->heading.data));
    json_object_set_new(slots, "article", json_string(text->html.data));
    json_object_set_new(slots, "translation", translation_slots(text));
    json_object_set_new(slots, "has_notes", json_boolean(json_array_size(text->notes)));
    json_object_set(slots, "notes", text->notes);
    json_object_set_new(slots, "form", form_slots(text, document->id, state));
    return page_emit(emission, language, "document.html", slots, tail);
}

bool page_texts(struct emission *emission, size_t d, size_t language)
{
    const struct edition *edition = emission->edition;
    const struct document *document = &edition->site.documents[d];
    char *tail = mem_printf("%s/", document->id);
    bool ok = emit_document(emission, language, d, edition_text_current(edition, d, language),
                            tail);

    free(tail);
    for (size_t r = 0; r < document->count && ok; r++) {
        tail = mem_printf("%s/%s/", document->id, document->revisions[r].id);
        ok = emit_document(emission, language, d, edition_text(edition, d, r, language), tail);
        free(tail);
    }
    return ok;
}
