/* Redlines as pages: of each revision and the one it followed, and of every older one and the
 * newest, for those who answered it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "page.h"
#include "redline/change_terms.h"
#include "redline/redline_slots.h"
#include "text/link.h"

struct leading {
    const struct site *site;
    const char *document, *language;
};

static char *lead(void *context, const char *url)
{
    const struct leading *leading = context;

    return link_address(leading->site, leading->document, leading->language, url);
}

static json_t *side_slots(const struct emission *emission, size_t d, const struct text *text)
{
    json_t *slots = json_object();

    slot_revision(slots, emission, d, text);
    return slots;
}

/* What each version in between says of itself, for whoever looks back farther than one. */
static json_t *steps(const struct emission *emission, size_t d, const struct text *from,
                     const struct text *to, size_t language)
{
    const struct edition *edition = emission->edition;
    const struct document *document = &edition->site.documents[d];
    json_t *list = json_array();

    for (const struct revision *step = from->revision + 1; step <= to->revision; step++) {
        bool cancelled = document_state(document, step, edition->day) == STATE_RETRACTED;

        if (step->summary && (!cancelled || step == to->revision))
            json_array_append_new(
                list, side_slots(emission, d, edition_text_of(edition, d, step, language)));
    }
    return list;
}

static bool same_word(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* What a document's page says of its text besides the text itself (templates/document.html). */
static bool says_the_same(const struct revision *a, const struct revision *b)
{
    return same_word(a->source_date, b->source_date) && a->undated == b->undated &&
           same_word(a->authoritative, b->authoritative) && same_word(a->language, b->language);
}

static bool emit_changes(struct emission *emission, size_t d, const struct text *from,
                         const struct text *to, size_t language, const struct redline_words *words)
{
    const struct site *site = &emission->edition->site;
    const char *document = site->documents[d].id;
    struct leading leading = {site, document, to->language};
    struct redline_options options = {to->language, *words, 1, lead, &leading};
    const struct page_texts texts = {d, from->revision, to->revision};
    char *tail = mem_printf("%s/changes/%s/%s/", document, from->revision->id, to->revision->id);
    json_t *slots = page_slots(emission, language, tail);
    struct redline redline;
    bool ok;

    slot_alternates(slots, emission->edition, &texts, language);
    redline_make(&redline, from->commonmark.data, to->commonmark.data, &options);
    json_object_set_new(slots, "title", json_string(to->title));
    slot_text(slots, "path", mem_printf("/%s/%s/", to->language, document));
    slot_text(slots, "history_path", mem_printf("/%s/%s/history/", to->language, document));
    json_object_set_new(slots, "from", side_slots(emission, d, from));
    json_object_set_new(slots, "to", side_slots(emission, d, to));
    json_object_set_new(slots, "steps", steps(emission, d, from, to, language));
    slot_redline(slots, &redline, to->language);
    json_object_set_new(slots, "about_changed",
                        json_boolean(!says_the_same(from->revision, to->revision)));
    redline_release(&redline);
    ok = page_emit(emission, language, "changes.html", slots, tail);
    free(tail);
    return ok;
}

static bool emit_document(struct emission *emission, size_t d, size_t language,
                          const struct redline_words *words)
{
    const struct edition *edition = emission->edition;
    const struct document *document = &edition->site.documents[d];
    const struct revision *newest = document_newest(document, edition->day);
    bool ok = true;

    for (size_t r = 1; r < document->count && ok; r++) {
        const struct revision *to = &document->revisions[r], *from = document_before(document, to);

        if (from)
            ok = emit_changes(emission, d, edition_text_of(edition, d, from, language),
                              edition_text(edition, d, r, language), language, words);
    }
    for (const struct revision *from = document->revisions; newest && from < newest && ok; from++)
        if (from != document_before(document, newest))
            ok = emit_changes(emission, d, edition_text_of(edition, d, from, language),
                              edition_text_of(edition, d, newest, language), language, words);
    return ok;
}

bool page_changes(struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;
    struct redline_words words;
    bool ok = change_terms_read(&words, &edition->templates, edition->site_catalogs[language],
                        emission->findings);

    for (size_t d = 0; d < edition->site.document_count && ok; d++)
        ok = emit_document(emission, d, language, &words);
    change_terms_release(&words);
    return ok;
}
