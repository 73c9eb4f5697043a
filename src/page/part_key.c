/* Rather too much is in a key than too little: a part that is made again costs milliseconds. */
#include "part_key.h"

#include <stdlib.h>

/* Links lead to them. */
static void add_versions(struct fingerprint *print, const struct site *site)
{
    for (size_t d = 0; d < site->document_count + site->waiting; d++) {
        fingerprint_addf(print, "%s %zu", site->documents[d].id, site->documents[d].count);
        for (size_t r = 0; r < site->documents[d].count; r++)
            fingerprint_add(print, str_of(site->documents[d].revisions[r].id));
    }
}

static void add_json(struct fingerprint *print, const json_t *json)
{
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;

    fingerprint_add(print, str_of(text ? text : ""));
    free(text);
}

/* What a page shows that is of no document: the address, the day, templates and their words, the
 * navigation, notices, settings. */
json_t *part_shared_key(const struct emission *emission, const json_t *slots)
{
    const struct edition *edition = emission->edition;
    struct fingerprint *print = fingerprint_new();
    char key[HASH_HEX + 1];

    fingerprint_add(print, str_of(emission->look));
    fingerprint_addf(print, "%d", emission->packs);
    fingerprint_add(print, str_of(edition->base_url));
    fingerprint_add(print, str_of(edition->day.iso));
    fingerprint_add(print, buf_str(&edition->site.source.text));
    add_json(print, slots);
    add_versions(print, &edition->site);
    fingerprint_end(print, key);
    return json_string(key);
}

static void add_text(struct fingerprint *print, const struct text *text)
{
    fingerprint_add(print, buf_str(&text->revision->source.text));
    fingerprint_addf(print, "%zu %d %d", text->untranslated, text->title_is_foreign,
                     text->summary != NULL);
    fingerprint_add(print, str_of(text->title));
    fingerprint_add(print, str_of(text->summary ? text->summary : ""));
    fingerprint_add(print, buf_str(&text->heading));
    fingerprint_add(print, buf_str(&text->html));
    fingerprint_add(print, buf_str(&text->commonmark));
    add_json(print, text->form);
    add_json(print, text->notes);
}

void part_key(const struct emission *emission, size_t d, size_t language, char key[HASH_HEX + 1])
{
    const struct edition *edition = emission->edition;
    const struct site *site = &edition->site;
    const json_t *shared = json_array_get(emission->shared_keys, language);
    struct fingerprint *print = fingerprint_new();
    size_t errata = 0;

    fingerprint_add(print, str_of(json_string_value(shared)));
    fingerprint_addf(print, "%zu %s", d, site->languages[language]);
    for (size_t r = 0; r < site->documents[d].count; r++) {
        add_text(print, edition_text(edition, d, r, language));
        for (size_t l = 0; l < site->language_count; l++)
            fingerprint_addf(print, "%zu", edition_text(edition, d, r, l)->untranslated);
        errata += edition->frozen[d][r].erratum_count;
    }
    fingerprint_end(print, key);
    if (errata) /* their reasons are in the catalogues */
        *key = '\0';
}
