#include "witness.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/manifest.h"
#include "base/mem.h"
#include "language.h"

struct hearing {
    const struct edition *edition;
    struct source manifest; /* as findings name it */
    struct findings *findings;
};

static size_t find_document(const struct site *site, const char *id)
{
    size_t d = 0;

    while (d < site->document_count && strcmp(site->documents[d].id, id) != 0)
        d++;
    return d;
}

static size_t find_revision(const struct document *document, const char *id)
{
    size_t r = 0;

    while (r < document->count && strcmp(document->revisions[r].id, id) != 0)
        r++;
    return r;
}

static bool has_text(const struct edition *edition, size_t d, size_t r,
                     const struct manifest_text *text)
{
    const struct frozen *frozen = &edition->frozen[d][r];

    for (size_t l = 0; l < edition->site.language_count; l++) {
        const struct text *is = edition_text(edition, d, r, l);

        if (strcmp(is->language, text->language) == 0 && strcmp(is->digest, text->digest) == 0)
            return true;
        /* What is corrected now was frozen before. */
        if (strcmp(is->language, text->language) == 0 && !is->is_frozen &&
            frozen_find(frozen, is->language) &&
            strcmp(frozen_find(frozen, is->language)->digest, text->digest) == 0)
            return true;
    }
    for (size_t e = 0; e < frozen->erratum_count; e++)
        if (strcmp(frozen->errata[e].before.language, text->language) == 0 &&
            strcmp(frozen->errata[e].before.digest, text->digest) == 0)
            return true;
    return false;
}

static void hear_text(struct hearing *hearing, const char *document, const char *revision, size_t d,
                      size_t r, const struct manifest_text *text)
{
    const struct place place = {&hearing->manifest, PLACE_FILE};

    if (!site_has_language(&hearing->edition->site, text->language))
        finding(hearing->findings, FINDING_WARNING, place, "put the language back in site.yaml",
                "revision %s of \"%s\" is served in \"%s\", and will be no more", revision,
                document, text->language);
    else if (!has_text(hearing->edition, d, r, text))
        finding(hearing->findings, FINDING_ERROR, place,
                "bring back the words that were published, and content/DOCUMENT/published/ with "
                "them; a slip is corrected with --erratum",
                "revision %s of \"%s\" is served in \"%s\" with words that are not there any more",
                revision, document, text->language);
}

/* The day is frozen; the instant it begins at is the time zone's. */
static void hear_instant(struct hearing *hearing, const char *document,
                         const struct manifest_revision *was, const struct revision *is)
{
    const struct site *site = &hearing->edition->site;

    if (was->effective != zone_day_start(site->time_zone, is->effective))
        finding(hearing->findings, FINDING_ERROR, yaml_place(site->settings, "time_zone"),
                "keep the time zone, or publish under another address",
                "revision %s of \"%s\" would take effect at another hour than was announced",
                was->id, document);
}

static void hear_document(struct hearing *hearing, const struct manifest_document *document)
{
    const struct site *site = &hearing->edition->site;
    const struct place place = {&hearing->manifest, PLACE_FILE};
    size_t d = find_document(site, document->id);

    if (d == site->document_count) {
        finding(hearing->findings, FINDING_WARNING, place, "put the document back in site.yaml",
                "document \"%s\" is served, and will be no more", document->id);
        return;
    }
    for (size_t i = 0; i < document->revision_count; i++) {
        const struct manifest_revision *revision = &document->revisions[i];
        size_t r = find_revision(&site->documents[d], revision->id);

        if (r == site->documents[d].count)
            finding(hearing->findings, FINDING_ERROR, place,
                    "bring its Markdown back, or publish for a later --date",
                    "revision %s of \"%s\" is served, and would be no more", revision->id,
                    document->id);
        else
            hear_instant(hearing, document->id, revision, &site->documents[d].revisions[r]);
        for (size_t t = 0; r < site->documents[d].count && t < revision->text_count; t++)
            hear_text(hearing, document->id, revision->id, d, r, &revision->texts[t]);
    }
}

bool witness_agrees(const struct edition *edition, const char *site, struct findings *findings)
{
    struct hearing hearing = {
        edition, {.path = mem_printf("%s/private/manifest.json", site)}, findings};
    struct buf text = BUF_INIT, why = BUF_INIT;
    size_t errors = findings->errors;
    struct manifest manifest = {.json = NULL};
    json_t *json = file_read(hearing.manifest.path, &text) ? json_loads(text.data, 0, NULL) : NULL;

    if (json && manifest_read(&manifest, json, &why))
        for (size_t i = 0; i < manifest.document_count; i++)
            hear_document(&hearing, &manifest.documents[i]);
    manifest_release(&manifest);
    json_decref(json);
    buf_release(&text);
    buf_release(&why);
    free(hearing.manifest.path);
    return findings->errors == errors;
}
