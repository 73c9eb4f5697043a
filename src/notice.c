#include "notice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "page_private.h"

static bool is_told(const struct edition *edition, const struct document *document,
                    const struct revision *revision)
{
    long days = date_number(edition->day) - date_number(revision->effective);

    if (revision->class == CLASS_EDITORIAL || !document_before(document, revision))
        return false;
    switch (document_state(document, revision, edition->day)) {
    case STATE_ANNOUNCED:
        return true;
    case STATE_IN_FORCE:
        return days < edition->site.notice_days;
    default:
        return false;
    }
}

const struct revision *notice_of(const struct edition *edition, size_t document)
{
    const struct document *d = &edition->site.documents[document];

    for (size_t r = d->count; r-- > 0;)
        if (is_told(edition, d, &d->revisions[r]))
            return &d->revisions[r];
    return NULL;
}

static json_t *notice_slots(const struct emission *emission, size_t document,
                            const struct text *text)
{
    const char *id = emission->edition->site.documents[document].id;
    json_t *slots = json_pack("{s:s, s:s, s:s, s:s, s:b}", "document", id, "title", text->title,
                              "revision", text->revision->id, "digest", text->digest, "asks_anew",
                              text->revision->class == CLASS_RECONSENT);

    slot_revision(slots, emission, document, text);
    slot_text(slots, "css", mem_printf("/assets/notice/%s/%s.css", id, text->revision->id));
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
            json_array_append_new(
                list, notice_slots(emission, d, edition_text_of(edition, d, revision, language)));
    }
    return list;
}

static bool emit_sheet(struct emission *emission, const char *document, const char *revision,
                       const char *ending, const char *rule)
{
    char *path = mem_printf("public/assets/notice/%s/%s%s", document, revision, ending);
    bool ok = emission_file(emission, path, str_of(rule));

    free(path);
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
                            "/* Nobody has said in this browser that the notice was seen. */\n") &&
                 emit_sheet(emission, document, revision->id, ".seen.css", rule);
        free(rule);
    }
    return ok;
}
