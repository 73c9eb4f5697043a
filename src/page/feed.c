/* What other programs follow: an Atom feed (RFC 4287) of every version, and the notices of the
 * day as JSON for the organisation's other pages. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "language/zone.h"
#include "notice.h"
#include "page.h"

static void slot_instant(json_t *slots, const char *name, const struct site *site, struct date day)
{
    time_t instant = (time_t)zone_day_start(site->time_zone, day);
    char text[32];
    struct tm parts;

    gmtime_r(&instant, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    json_object_set_new(slots, name, json_string(text));
}

static bool is_retracted(const struct edition *edition, const struct revision *revision)
{
    return *revision->retracted.iso && strcmp(revision->retracted.iso, edition->day.iso) <= 0;
}

/* The day on which what the feed says of a revision, or the words it leads to, last changed. */
static struct date updated(const struct edition *edition, size_t document,
                           const struct revision *revision)
{
    const struct frozen *frozen =
        &edition->frozen[document][revision - edition->site.documents[document].revisions];
    struct date day = is_retracted(edition, revision) ? revision->retracted : revision->published;

    for (size_t i = 0; i < frozen->erratum_count; i++)
        if (strcmp(frozen->errata[i].date.iso, day.iso) > 0)
            day = frozen->errata[i].date;
    return day;
}

/* Newest first: a revision and the document it is of. */
struct feed_entry {
    size_t document;
    const struct revision *revision;
};

static int by_day(const void *a, const void *b)
{
    const struct feed_entry *x = a, *y = b;
    int order = strcmp(y->revision->published.iso, x->revision->published.iso);

    if (order)
        return order;
    return x->document == y->document ? (x->revision < y->revision) - (x->revision > y->revision)
                                      : (x->document > y->document) - (x->document < y->document);
}

static struct feed_entry *entries_of(const struct site *site, size_t *count)
{
    struct feed_entry *entries = NULL;

    *count = 0;
    for (size_t d = 0; d < site->document_count; d++)
        for (size_t r = 0; r < site->documents[d].count; r++) {
            entries = mem_grow(entries, *count, sizeof *entries);
            entries[(*count)++] = (struct feed_entry){d, &site->documents[d].revisions[r]};
        }
    if (*count)
        qsort(entries, *count, sizeof *entries, by_day);
    return entries;
}

static json_t *entry_slots(const struct emission *emission, const struct feed_entry *entry,
                           size_t language)
{
    const struct edition *edition = emission->edition;
    const struct text *text = edition_text_of(edition, entry->document, entry->revision, language);
    json_t *slots =
        json_pack("{s:s, s:s}", "title", text->title, "class", class_names[entry->revision->class]);

    slot_revision(slots, emission, entry->document, text);
    slot_instant(slots, "published_at", &edition->site, entry->revision->published);
    slot_instant(slots, "updated_at", &edition->site,
                 updated(edition, entry->document, entry->revision));
    return slots;
}

static bool emit_atom(struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;
    const char *tag = edition->site.languages[language];
    json_t *slots = page_slots(emission, language, "feed.xml"), *list = json_array();
    size_t count;
    struct feed_entry *entries = entries_of(&edition->site, &count);
    struct date newest = count ? (struct date){""} : edition->day;
    char *path = mem_printf("public/%s/feed.xml", tag);
    bool ok;

    for (size_t i = 0; i < count; i++) {
        struct date day = updated(edition, entries[i].document, entries[i].revision);

        newest = strcmp(day.iso, newest.iso) > 0 ? day : newest;
        json_array_append_new(list, entry_slots(emission, &entries[i], language));
    }
    json_object_set_new(slots, "base_url", json_string(edition->base_url));
    json_object_set_new(slots, "entries", list);
    slot_instant(slots, "updated_at", &edition->site, newest);
    ok = page_emit_at(emission, language, "feed.xml", slots, path);
    free(entries);
    free(path);
    return ok;
}

/* JSON for programs */

static const char *state_name(const struct edition *edition, size_t document,
                              const struct revision *revision)
{
    static const char *const names[] = {
        [STATE_ANNOUNCED] = "announced",
        [STATE_IN_FORCE] = "in-force",
        [STATE_SUPERSEDED] = "superseded",
        [STATE_RETRACTED] = "retracted",
    };

    return names[document_state(&edition->site.documents[document], revision, edition->day)];
}

static json_t *version_json(const struct edition *edition, size_t document, const struct text *text)
{
    const struct document *d = &edition->site.documents[document];
    const struct revision *revision = text->revision, *before = document_before(d, revision);
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?}", "document", d->id,
                             "title", text->title, "revision", revision->id, "state",
                             state_name(edition, document, revision), "published",
                             revision->published.iso, "effective", revision->effective.iso, "class",
                             class_names[revision->class], "summary", text->summary);

    slot_text(json, "url",
              mem_printf("%s/%s/%s/%s/", edition->base_url, text->language, d->id, revision->id));
    if (before) {
        char *path = changes_path(text, d->id, before);

        slot_text(json, "changes", mem_printf("%s%s", edition->base_url, path));
        free(path);
    }
    return json;
}

static bool emit_notices(struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;
    json_t *notices = json_array(), *in_force = json_array(), *json;
    char *path = mem_printf("public/%s/notice.json", edition->site.languages[language]), *text;
    bool ok;

    for (size_t d = 0; d < edition->site.document_count; d++) {
        const struct revision *told = notice_of(edition, d);

        if (told)
            json_array_append_new(
                notices, version_json(edition, d, edition_text_of(edition, d, told, language)));
        if (document_in_force(&edition->site.documents[d], edition->day))
            json_array_append_new(
                in_force, version_json(edition, d, edition_text_current(edition, d, language)));
    }
    json = json_pack("{s:i, s:s, s:o, s:o}", "version", 1, "language",
                     edition->site.languages[language], "notices", notices, "in_force", in_force);
    text = json_dumps(json, JSON_INDENT(2));
    ok = emission_file(emission, path, str_of(text));
    json_decref(json);
    free(text);
    free(path);
    return ok;
}

bool page_feeds(struct emission *emission, size_t language)
{
    return emit_atom(emission, language) && emit_notices(emission, language);
}
