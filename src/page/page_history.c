/* The history of a document: all its revisions, and the time they held drawn as a picture that
 * says nothing the list does not say. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "page.h"

/* The picture's measures, in its own units. */
enum { WIDTH = 480, LABELS = 144, ROW = 24, BAR = 10, EDGE = 6, LEAST = 3 };

struct span {
    long first, last; /* days (date_number) from edge to edge */
};

static struct span span_of(const struct document *document, struct date day)
{
    struct span span = {date_number(document->revisions[0].published), date_number(day)};

    for (size_t r = 0; r < document->count; r++) {
        long effective = date_number(document->revisions[r].effective);

        span.last = effective > span.last ? effective : span.last;
    }
    span.last += (span.last - span.first) / 20 + 1;
    return span;
}

static double position(const struct span *span, long day)
{
    return LABELS + (double)(WIDTH - LABELS - EDGE) * (double)(day - span->first) /
                        (double)(span->last - span->first);
}

/* One decimal is finer than any screen. */
static void slot_number(json_t *slots, const char *name, double number)
{
    slot_text(slots, name, mem_printf("%.1f", number));
}

static void slot_bar(json_t *slots, const char *name, double from, double to)
{
    json_t *bar = json_object();

    slot_number(bar, "x", from);
    slot_number(bar, "width", to - from > LEAST ? to - from : LEAST);
    json_object_set_new(slots, name, bar);
}

/* The day a revision ceased to hold, or the edge of the picture. */
static long end_of(const struct document *document, const struct revision *revision,
                   const struct span *span)
{
    const struct revision *next = document_after(document, revision);

    return next ? date_number(next->effective) : span->last;
}

static json_t *bar_slots(const struct emission *emission, const struct document *document,
                         const struct text *text, const struct span *span, size_t row)
{
    const struct revision *revision = text->revision;
    enum state state = document_state(document, revision, emission->edition->day);
    long published = date_number(revision->published), effective = date_number(revision->effective);
    json_t *slots = json_object();

    if (state == STATE_RETRACTED)
        effective = date_number(revision->retracted);
    slot_state(slots, state);
    slot_date(slots, "published", text->language, revision->published);
    slot_number(slots, "y", (double)(row * ROW));
    slot_number(slots, "label_y", (double)(row * ROW) + BAR);
    json_object_set_new(slots, "wait", json_null());
    json_object_set_new(slots, "hold", json_null());
    if (effective > published || state == STATE_RETRACTED)
        slot_bar(slots, "wait", position(span, published), position(span, effective));
    if (state != STATE_RETRACTED)
        slot_bar(slots, "hold", position(span, effective),
                 position(span, end_of(document, revision, span)));
    return slots;
}

static json_t *timeline_slots(const struct emission *emission, size_t d, size_t language)
{
    const struct edition *edition = emission->edition;
    const struct document *document = &edition->site.documents[d];
    struct span span = span_of(document, edition->day);
    json_t *slots = json_object(), *bars = json_array();

    for (size_t r = document->count; r-- > 0;)
        json_array_append_new(bars,
                              bar_slots(emission, document, edition_text(edition, d, r, language),
                                        &span, document->count - 1 - r));
    json_object_set_new(slots, "bars", bars);
    slot_text(slots, "width", mem_printf("%d", WIDTH));
    slot_text(slots, "height", mem_printf("%zu", document->count * ROW + ROW));
    slot_number(slots, "today_x", position(&span, date_number(edition->day)));
    slot_text(slots, "today_end", mem_printf("%zu", document->count * ROW));
    slot_text(slots, "today_y", mem_printf("%zu", document->count * ROW + ROW - 8));
    slot_date(slots, "today", edition->site.languages[language], edition->day);
    return slots;
}

static json_t *revision_slots(const struct emission *emission, size_t d, const struct text *text)
{
    int class = text->revision->class;
    json_t *slots =
        json_pack("{s:b, s:b, s:b, s:b}", "editorial", class == CLASS_EDITORIAL, "notify",
                  class == CLASS_NOTIFY, "asks_again", class == CLASS_RECONSENT, "first",
                  !document_before(&emission->edition->site.documents[d], text->revision));

    slot_revision(slots, emission, d, text);
    return slots;
}

bool page_history(struct emission *emission, size_t d, size_t language)
{
    const struct edition *edition = emission->edition;
    const struct document *document = &edition->site.documents[d];
    const struct text *current = edition_text_current(edition, d, language);
    char *tail = mem_printf("%s/history/", document->id);
    json_t *slots = page_slots(emission, language, tail), *revisions = json_array();
    const struct page_texts texts = {d, document->revisions,
                                     &document->revisions[document->count - 1]};
    bool ok;

    slot_alternates(slots, edition, &texts, language);
    for (size_t r = document->count; r-- > 0;)
        json_array_append_new(revisions,
                              revision_slots(emission, d, edition_text(edition, d, r, language)));
    json_object_set_new(slots, "title", json_string(current->title));
    json_object_set_new(slots, "current_path", json_null());
    if (document_in_force(document, edition->day))
        slot_text(slots, "current_path", mem_printf("/%s/%s/", current->language, document->id));
    json_object_set_new(slots, "timeline", timeline_slots(emission, d, language));
    json_object_set_new(slots, "revisions", revisions);
    ok = page_emit(emission, language, "history.html", slots, tail);
    free(tail);
    return ok;
}
