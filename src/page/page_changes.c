/* Redlines as pages: of each revision and the one it followed, and of every older one and the
 * newest, for those who answered it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "page.h"
#include "redline/change_terms.h"
#include "redline/redline_slots.h"
#include "text/link.h"

/* A document's texts in one language, each read once for all the redlines that it is in. */
struct changes {
    struct emission *emission;
    size_t document, language;
    struct redline_options options;
    struct redline_reader *reader;
    struct side **texts; /* per revision, or NULL: not read yet */
};

static char *lead(void *context, const char *url)
{
    const struct changes *changes = context;
    const struct site *site = &changes->emission->edition->site;
    const char *document = site->documents[changes->document].id;

    return link_address(site, document, changes->options.language, url);
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

static const struct side *text_at(struct changes *changes, size_t revision)
{
    const struct text *text = edition_text(changes->emission->edition, changes->document, revision,
                                           changes->language);

    if (!changes->texts[revision])
        changes->texts[revision] = redline_read(changes->reader, text->commonmark.data);
    return changes->texts[revision];
}

static void slot_changes(json_t *slots, struct changes *changes, size_t from, size_t to)
{
    struct redline redline;

    redline_compare_texts(&redline, text_at(changes, from), text_at(changes, to),
                          &changes->options);
    slot_redline(slots, &redline, changes->options.language);
    redline_release(&redline);
}

/* From one of the document's revisions to another. */
static bool emit_changes(struct changes *changes, size_t before, size_t after)
{
    struct emission *emission = changes->emission;
    const struct edition *edition = emission->edition;
    size_t d = changes->document, language = changes->language;
    const char *document = edition->site.documents[d].id;
    const struct text *from = edition_text(edition, d, before, language);
    const struct text *to = edition_text(edition, d, after, language);
    const struct page_texts texts = {d, from->revision, to->revision};
    char *tail = mem_printf("%s/changes/%s/%s/", document, from->revision->id, to->revision->id);
    json_t *slots = page_slots(emission, language, tail);
    bool ok;

    slot_alternates(slots, edition, &texts, language);
    json_object_set_new(slots, "title", json_string(to->title));
    slot_text(slots, "path", mem_printf("/%s/%s/", to->language, document));
    slot_text(slots, "history_path", mem_printf("/%s/%s/history/", to->language, document));
    json_object_set_new(slots, "from", side_slots(emission, d, from));
    json_object_set_new(slots, "to", side_slots(emission, d, to));
    json_object_set_new(slots, "steps", steps(emission, d, from, to, language));
    slot_changes(slots, changes, before, after);
    json_object_set_new(slots, "about_changed",
                        json_boolean(!says_the_same(from->revision, to->revision)));
    ok = page_emit(emission, language, "changes.html", slots, tail);
    free(tail);
    return ok;
}

static bool emit_all_changes(struct changes *changes)
{
    const struct edition *edition = changes->emission->edition;
    const struct document *document = &edition->site.documents[changes->document];
    const struct revision *first = document->revisions;
    const struct revision *newest = document_newest(document, edition->day);
    bool ok = true;

    for (size_t r = 1; r < document->count && ok; r++) {
        const struct revision *from = document_before(document, &first[r]);

        ok = !from || emit_changes(changes, (size_t)(from - first), r);
    }
    for (const struct revision *from = first; newest && from < newest && ok; from++)
        if (from != document_before(document, newest))
            ok = emit_changes(changes, (size_t)(from - first), (size_t)(newest - first));
    return ok;
}

static bool emit_document(struct emission *emission, size_t d, size_t language,
                          const struct redline_words *words)
{
    const struct site *site = &emission->edition->site;
    size_t count = site->documents[d].count;
    struct changes changes = {
        .emission = emission,
        .document = d,
        .language = language,
        .options = {site->languages[language], *words, 1, lead, &changes}};
    bool ok;

    changes.reader = redline_reader_new(&changes.options);
    changes.texts = mem_alloc(count * sizeof *changes.texts);
    ok = emit_all_changes(&changes);
    for (size_t r = 0; r < count; r++)
        redline_text_free(changes.texts[r]);
    free(changes.texts);
    redline_reader_free(changes.reader);
    return ok;
}

bool page_changes(struct emission *emission, size_t d, size_t language)
{
    const struct edition *edition = emission->edition;
    struct redline_words words;
    bool ok;

    if (edition->site.documents[d].count < 2)
        return true;
    ok = change_terms_read(&words, &edition->templates, edition->site_catalogs[language],
                           emission->findings) &&
         emit_document(emission, d, language, &words);
    change_terms_release(&words);
    return ok;
}
