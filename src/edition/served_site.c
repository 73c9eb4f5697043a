/* What visitors have read may not disappear by accident.  The manifest of the served site lists its
 * languages, documents, revisions and digests; each is looked up in the edition that is about to
 * replace it. */
#include "served_site.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/manifest.h"
#include "base/mem.h"
#include "language/zone.h"

struct comparison {
    const struct edition *edition;
    const struct served_site_options *options;
    struct source manifest; /* as findings name it */
    struct findings *findings;
    const char *time_zone; /* that the served site's days begin in */
};

static bool is_withdrawn(const struct comparison *comparison, const char *name)
{
    const struct served_site_options *options = comparison->options;

    for (size_t i = 0; i < options->withdrawn_count; i++)
        if (strcmp(options->withdrawn[i], name) == 0)
            return true;
    return false;
}

/* Taking a language or document offline needs an option: a line of site.yaml is easily lost. */
static void compare_withdrawal(const struct comparison *comparison, const char *kind,
                               const char *name)
{
    char *remedy;

    if (is_withdrawn(comparison, name))
        return;
    remedy =
        mem_printf("put it back in site.yaml; if it is to go offline, add --withdraw %s", name);
    finding(comparison->findings, FINDING_ERROR, (struct place){&comparison->manifest, PLACE_FILE},
            remedy, "%s \"%s\" is online and would no longer be served", kind, name);
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
        /* A text that is being corrected was served as it is frozen. */
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

static void compare_text(struct comparison *comparison, const char *document, const char *revision,
                         size_t d, size_t r, const struct manifest_text *text)
{
    const struct place place = {&comparison->manifest, PLACE_FILE};

    if (site_has_language(&comparison->edition->site, text->language) &&
        !has_text(comparison->edition, d, r, text))
        finding(
            comparison->findings, FINDING_ERROR, place,
            "restore the published words and content/DOCUMENT/published/; to correct a mistake, "
            "use --erratum",
            "version %s of \"%s\" is served in \"%s\" with words that are no longer in content/",
            revision, document, text->language);
}

/* The day is frozen.  The instant at which it begins depends on the rules of the time zone, which
 * can change. */
static void compare_instant(struct comparison *comparison, const char *document,
                            const struct manifest_revision *was, const struct revision *is)
{
    const struct site *site = &comparison->edition->site;
    bool same_zone = strcmp(comparison->time_zone, site->time_zone) == 0;

    if (was->effective != zone_day_start(site->time_zone, is->effective))
        finding(comparison->findings, same_zone ? FINDING_WARNING : FINDING_ERROR,
                yaml_place(site->settings, "time_zone"),
                same_zone ? "nothing to do: the day is the same, and the zone's rules are those of "
                            "this machine's tzdata"
                          : "keep the time zone, or publish under another address",
                "version %s of \"%s\" would take effect at another hour than was announced",
                was->id, document);
}

static void compare_document(struct comparison *comparison,
                             const struct manifest_document *document)
{
    const struct site *site = &comparison->edition->site;
    const struct place place = {&comparison->manifest, PLACE_FILE};
    size_t d = find_document(site, document->id);

    if (d == site->document_count && site_document(site, str_of(document->id))) {
        finding(comparison->findings, FINDING_ERROR, place,
                "restore its Markdown, or publish for a later --date",
                "document \"%s\" is online and would no longer be served", document->id);
        return;
    }
    if (d == site->document_count) {
        compare_withdrawal(comparison, "document", document->id);
        return;
    }
    for (size_t i = 0; i < document->revision_count; i++) {
        const struct manifest_revision *revision = &document->revisions[i];
        size_t r = find_revision(&site->documents[d], revision->id);

        if (r == site->documents[d].count)
            finding(comparison->findings, FINDING_ERROR, place,
                    "restore its Markdown, or publish for a later --date",
                    "version %s of \"%s\" is online and would no longer be served", revision->id,
                    document->id);
        else
            compare_instant(comparison, document->id, revision, &site->documents[d].revisions[r]);
        for (size_t t = 0; r < site->documents[d].count && t < revision->text_count; t++)
            compare_text(comparison, document->id, revision->id, d, r, &revision->texts[t]);
    }
}

static void compare_languages(const struct comparison *comparison, const struct manifest *manifest)
{
    for (size_t l = 0; l < manifest->language_count; l++)
        if (!site_has_language(&comparison->edition->site, manifest->languages[l].tag))
            compare_withdrawal(comparison, "language", manifest->languages[l].tag);
}

/* The endpoint accepts forms from its own address only, and cookies belong to that address: under
 * another one it knows no visitor and refuses all forms. */
static void compare_address(const struct comparison *comparison, const char *was)
{
    const char *is = comparison->edition->base_url;
    char *remedy;

    if (!was || strcmp(was, is) == 0 || comparison->options->moves)
        return;
    remedy = mem_printf("give --base-url %s; if the site moves to %s, add --move", was, is);
    finding(comparison->findings, FINDING_ERROR, (struct place){&comparison->manifest, PLACE_FILE},
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

/* --withdraw of something that is not served is probably misspelt: the document that was meant
 * would stay online. */
static void check_withdrawals(const struct comparison *comparison, const struct manifest *manifest)
{
    const struct site *site = &comparison->edition->site;

    for (size_t i = 0; i < comparison->options->withdrawn_count; i++) {
        const char *name = comparison->options->withdrawn[i];
        bool is_listed = site_has_language(site, name) || site_document(site, str_of(name));

        if (names_document(manifest, name) && !is_listed)
            continue;
        finding(comparison->findings, FINDING_ERROR, (struct place){&site->source, PLACE_FILE},
                is_listed ? "remove it from site.yaml as well" : "leave the option out",
                is_listed ? "--withdraw %s: site.yaml still lists it"
                          : "--withdraw %s: no such language or document is served",
                name);
    }
}

/* false after a finding: there is a manifest, but it cannot be read.  A missing one is empty. */
static bool read_manifest(const struct comparison *comparison, struct buf *text)
{
    if (file_read(comparison->manifest.path, text) || errno == ENOENT || errno == ENOTDIR)
        return true;
    finding_error(
        comparison->findings, EX_NOINPUT, (struct place){&comparison->manifest, PLACE_FILE},
        "publish as the user who owns the site", "cannot read what is served: %s", strerror(errno));
    return false;
}

bool served_site_agrees(const struct edition *edition, const char *site,
                        const struct served_site_options *options, struct findings *findings)
{
    struct comparison comparison = {
        edition, options, {.path = mem_printf("%s/private/manifest.json", site)}, findings, NULL};
    struct buf text = BUF_INIT, why = BUF_INIT;
    size_t errors = findings->errors;
    struct manifest manifest = {.json = NULL};
    json_t *json = read_manifest(&comparison, &text) ? json_loads(text.data, 0, NULL) : NULL;

    if (json)
        compare_address(&comparison, json_string_value(json_object_get(json, "base_url")));
    if (json && manifest_read(&manifest, json, &why)) {
        comparison.time_zone = manifest.time_zone;
        compare_languages(&comparison, &manifest);
        for (size_t i = 0; i < manifest.document_count; i++)
            compare_document(&comparison, &manifest.documents[i]);
    }
    if (findings->errors == errors)
        check_withdrawals(&comparison, &manifest);
    manifest_release(&manifest);
    json_decref(json);
    buf_release(&text);
    buf_release(&why);
    free(comparison.manifest.path);
    return findings->errors == errors;
}
