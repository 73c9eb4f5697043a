#include "notice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "slots.h"

/* A document that was there from its first day on is the site as it is; one that was announced is
 * news.  An editorial version that takes its place does not make a version untold. */
static bool is_announced_on(const struct edition *edition, const struct document *document,
                    const struct revision *revision)
{
    enum state state = document_state(document, revision, edition->day);
    long days = date_number(edition->day) - date_number(revision->effective);

    return revision->class != CLASS_EDITORIAL &&
           (document_before(document, revision) ||
            strcmp(revision->effective.iso, revision->published.iso) > 0) &&
           (state == STATE_ANNOUNCED ||
            (state != STATE_RETRACTED && days < edition->site.notice_days));
}

const struct revision *notice_of(const struct edition *edition, size_t document)
{
    const struct document *d = &edition->site.documents[document];

    for (size_t r = d->count; r-- > 0;)
        if (is_announced_on(edition, d, &d->revisions[r]))
            return &d->revisions[r];
    return NULL;
}

/* Blockers of advertising take a style sheet of a "cookie-policy" for a consent tool's, so that the
 * document's name is not in its address. */
void notice_key(const char *document, char key[NOTICE_KEY + 1])
{
    char hex[HASH_HEX + 1];

    hash_hex(str_of(document), hex);
    snprintf(key, NOTICE_KEY + 1, "%.*s", NOTICE_KEY, hex);
}

static char *sheet_path(const char *document, const char *revision, const char *ending)
{
    char key[NOTICE_KEY + 1];

    notice_key(document, key);
    return mem_printf("/assets/notice/%s/%s%s", key, revision, ending);
}

/* One version that the notice announces: from when, what. */
static json_t *version_slots(const struct emission *emission, size_t document,
                             const struct text *text)
{
    const struct edition *edition = emission->edition;
    const struct document *d = &edition->site.documents[document];
    const struct revision *revision = text->revision;
    bool announced = document_state(d, revision, edition->day) == STATE_ANNOUNCED;
    bool is_first = !document_before(d, revision);
    json_t *slots = json_object();

    slot_revision(slots, emission, document, text);
    json_object_set_new(slots, "to_come", json_boolean(announced));
    json_object_set_new(slots, "is_first", json_boolean(is_first));
    json_object_set_new(slots, "asks_again",
                        json_boolean(!is_first && revision->class == CLASS_RECONSENT));
    return slots;
}

/* One notice announces all changes of a document, newest first; to see it is to see them all. */
static json_t *notice_slots(const struct emission *emission, size_t d,
                            const struct revision *newest, size_t language)
{
    const struct edition *edition = emission->edition;
    const struct document *document = &edition->site.documents[d];
    const struct text *text = edition_text_of(edition, d, newest, language);
    json_t *slots = json_pack("{s:s, s:s, s:s, s:s}", "document", document->id, "title",
                              text->title, "revision", newest->id, "digest", text->digest);
    json_t *versions = json_array();

    for (size_t r = (size_t)(newest - document->revisions) + 1; r-- > 0;)
        if (is_announced_on(edition, document, &document->revisions[r]))
            json_array_append_new(
                versions, version_slots(emission, d, edition_text(edition, d, r, language)));
    json_object_set_new(slots, "versions", versions);
    slot_text(slots, "css", sheet_path(document->id, newest->id, ".css"));
    slot_text(slots, "acknowledge", page_path(text->language, "choices/acknowledge"));
    slot_text(slots, "hide", page_path(text->language, "choices/hide"));
    return slots;
}

json_t *notice_list(const struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;
    json_t *list = json_array();

    for (size_t d = 0; d < edition->site.document_count; d++) {
        const struct revision *revision = notice_of(edition, d);

        if (revision)
            json_array_append_new(list, notice_slots(emission, d, revision, language));
    }
    return list;
}

static bool emit_sheet(struct emission *emission, const char *document, const char *revision,
                       const char *ending, const char *rule)
{
    char *address = sheet_path(document, revision, ending), *path = mem_printf("public%s", address);
    bool ok = emission_file(emission, path, str_of(rule));

    free(path);
    free(address);
    return ok;
}

bool notice_emit(struct emission *emission)
{
    const struct edition *edition = emission->edition;
    bool ok = true;

    for (size_t d = 0; d < edition->site.document_count && ok; d++) {
        const struct revision *revision = notice_of(edition, d);
        const char *document = edition->site.documents[d].id;
        char *rule = mem_printf("#notice-%s { display: none; }\n", document);

        if (revision)
            ok = emit_sheet(emission, document, revision->id, ".css",
                            "/* This browser has neither confirmed nor hidden the notice, so every "
                            "page shows it until it expires. */\n") &&
                 emit_sheet(emission, document, revision->id, ".seen.css", rule);
        free(rule);
    }
    return ok;
}
