#include "served_site.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/manifest.h"
#include "base/mem.h"
#include "language/zone.h"

struct hearing {
    const struct edition *edition;
    const struct served_site_options *options;
    struct source manifest; /* as findings name it */
    struct findings *findings;
    const char *time_zone; /* that the served site's days begin in */
};

static bool is_withdrawn(const struct hearing *hearing, const char *name)
{
    const struct served_site_options *options = hearing->options;

    for (size_t i = 0; i < options->withdrawn_count; i++)
        if (strcmp(options->withdrawn[i], name) == 0)
            return true;
    return false;
}

/* What goes offline is said beforehand: one word less in site.yaml is too easily lost. */
static void hear_withdrawal(const struct hearing *hearing, const char *kind, const char *name)
{
    char *remedy;

    if (is_withdrawn(hearing, name))
        return;
    remedy = mem_printf("put it back in site.yaml; where it is meant to go offline, add "
                        "--withdraw %s",
                        name);
    finding(hearing->findings, FINDING_ERROR, (struct place){&hearing->manifest, PLACE_FILE},
            remedy, "%s \"%s\" is served, and would no longer be", kind, name);
    free(remedy);
}

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

    if (site_has_language(&hearing->edition->site, text->language) &&
        !has_text(hearing->edition, d, r, text))
        finding(hearing->findings, FINDING_ERROR, place,
                "bring back the words that were published, and content/DOCUMENT/published/ with "
                "them; a slip is corrected with --erratum",
                "revision %s of \"%s\" is served in \"%s\" with words that are not there any more",
                revision, document, text->language);
}

/* The day is frozen; the instant it begins at is the time zone's, whose rules lawgivers change. */
static void hear_instant(struct hearing *hearing, const char *document,
                         const struct manifest_revision *was, const struct revision *is)
{
    const struct site *site = &hearing->edition->site;
    bool same_zone = strcmp(hearing->time_zone, site->time_zone) == 0;

    if (was->effective != zone_day_start(site->time_zone, is->effective))
        finding(hearing->findings, same_zone ? FINDING_WARNING : FINDING_ERROR,
                yaml_place(site->settings, "time_zone"),
                same_zone ? "nothing is to be done: the day is the same, and the zone's rules are "
                            "those of this machine's tzdata"
                          : "keep the time zone, or publish under another address",
                "revision %s of \"%s\" would take effect at another hour than was announced",
                was->id, document);
}

static void hear_document(struct hearing *hearing, const struct manifest_document *document)
{
    const struct site *site = &hearing->edition->site;
    const struct place place = {&hearing->manifest, PLACE_FILE};
    size_t d = find_document(site, document->id);

    if (d == site->document_count && site_document(site, str_of(document->id))) {
        finding(hearing->findings, FINDING_ERROR, place,
                "bring its Markdown back, or publish for a later --date",
                "document \"%s\" is served, and would no longer be", document->id);
        return;
    }
    if (d == site->document_count) {
        hear_withdrawal(hearing, "document", document->id);
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

static void hear_languages(const struct hearing *hearing, const struct manifest *manifest)
{
    for (size_t l = 0; l < manifest->language_count; l++)
        if (!site_has_language(&hearing->edition->site, manifest->languages[l].tag))
            hear_withdrawal(hearing, "language", manifest->languages[l].tag);
}

/* The endpoint takes forms from its own address alone, and cookies go with it: under another one
 * no visitor is known and no form is taken. */
static void hear_address(const struct hearing *hearing, const char *was)
{
    const char *is = hearing->edition->base_url;
    char *remedy;

    if (!was || strcmp(was, is) == 0 || hearing->options->moves)
        return;
    remedy = mem_printf("give --base-url %s; where the site moves to %s, add --move", was, is);
    finding(hearing->findings, FINDING_ERROR, (struct place){&hearing->manifest, PLACE_FILE},
            remedy, "the site is served at %s, and its pages would name %s", was, is);
    free(remedy);
}

static bool names_document(const struct manifest *manifest, const char *name)
{
    for (size_t d = 0; d < manifest->document_count; d++)
        if (strcmp(manifest->documents[d].id, name) == 0)
            return true;
    for (size_t l = 0; l < manifest->language_count; l++)
        if (strcmp(manifest->languages[l].tag, name) == 0)
            return true;
    return false;
}

/* A withdrawal of nothing is a slip of the pen: what was meant stays online. */
static void check_withdrawals(const struct hearing *hearing, const struct manifest *manifest)
{
    const struct site *site = &hearing->edition->site;

    for (size_t i = 0; i < hearing->options->withdrawn_count; i++) {
        const char *name = hearing->options->withdrawn[i];
        bool is_listed = site_has_language(site, name) || site_document(site, str_of(name));

        if (names_document(manifest, name) && !is_listed)
            continue;
        finding(hearing->findings, FINDING_ERROR, (struct place){&site->source, PLACE_FILE},
                is_listed ? "take it off site.yaml as well" : "leave the option out",
                is_listed ? "--withdraw %s: site.yaml still lists it"
                          : "--withdraw %s: no such language or document is served",
                name);
    }
}

/* false after a finding: there is a manifest, and it cannot be looked at. */
static bool read_manifest(const struct hearing *hearing, struct buf *text)
{
    if (file_read(hearing->manifest.path, text) || errno == ENOENT || errno == ENOTDIR)
        return true;
    finding_error(hearing->findings, EX_NOINPUT, (struct place){&hearing->manifest, PLACE_FILE},
                  "publish as the user who owns the site", "cannot read what is served: %s",
                  strerror(errno));
    return false;
}

bool served_site_agrees(const struct edition *edition, const char *site,
                    const struct served_site_options *options, struct findings *findings)
{
    struct hearing hearing = {
        edition, options, {.path = mem_printf("%s/private/manifest.json", site)}, findings, NULL};
    struct buf text = BUF_INIT, why = BUF_INIT;
    size_t errors = findings->errors;
    struct manifest manifest = {.json = NULL};
    json_t *json = read_manifest(&hearing, &text) ? json_loads(text.data, 0, NULL) : NULL;

    if (json)
        hear_address(&hearing, json_string_value(json_object_get(json, "base_url")));
    if (json && manifest_read(&manifest, json, &why)) {
        hearing.time_zone = manifest.time_zone;
        hear_languages(&hearing, &manifest);
        for (size_t i = 0; i < manifest.document_count; i++)
            hear_document(&hearing, &manifest.documents[i]);
    }
    if (findings->errors == errors)
        check_withdrawals(&hearing, &manifest);
    manifest_release(&manifest);
    json_decref(json);
    buf_release(&text);
    buf_release(&why);
    free(hearing.manifest.path);
    return findings->errors == errors;
}
