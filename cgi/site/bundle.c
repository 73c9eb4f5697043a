#include "bundle.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/html.h"
#include "base/mem.h"
#include "record/act.h"

struct bundle_page {
    const char *name; /* LANG/NAME */
    struct source source;
    struct template *template;
};

static bool load_file(const char *path, json_t *into, const char *key, struct buf *why)
{
    struct buf text = BUF_INIT;
    json_t *value;
    bool ok = file_read(path, &text);

    if (!ok) {
        buf_addf(why, "%s: %s", path, strerror(errno));
    } else {
        value = json_stringn(text.data, text.len);
        ok = value != NULL;
        if (ok)
            json_object_set_new(into, key, value);
        else
            buf_addf(why, "%s: is not UTF-8", path);
    }
    buf_release(&text);
    return ok;
}

static bool load_texts(json_t *texts, const struct manifest *manifest, const char *site,
                       struct buf *why)
{
    for (size_t d = 0; d < manifest->document_count; d++)
        for (size_t r = 0; r < manifest->documents[d].revision_count; r++) {
            const struct manifest_revision *revision = &manifest->documents[d].revisions[r];

            for (size_t t = 0; t < revision->text_count; t++) {
                const char *digest = revision->texts[t].digest;
                char *path = mem_printf("%s/private/texts/%s.md", site, digest);
                bool ok = load_file(path, texts, digest, why);

                free(path);
                if (!ok)
                    return false;
            }
        }
    return true;
}

static bool load_pages(json_t *pages, const struct manifest *manifest, const char *site,
                       struct buf *why)
{
    static const char *const names[] = {"choices.html", "erase.html", "problem.html",
                                        "receipt.html"};

    for (size_t l = 0; l < manifest->language_count; l++)
        for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
            char *key = mem_printf("%s/%s", manifest->languages[l].tag, names[n]);
            char *path = mem_printf("%s/private/pages/%s", site, key);
            bool ok = load_file(path, pages, key, why);

            free(path);
            free(key);
            if (!ok)
                return false;
        }
    return true;
}

static const struct bundle_page *find_page(const struct bundle *bundle, const char *language,
                                           const char *name)
{
    size_t len = strlen(language);

    for (size_t i = 0; i < bundle->page_count; i++) {
        const char *key = bundle->pages[i].name;

        if (strncmp(key, language, len) == 0 && key[len] == '/' && strcmp(key + len + 1, name) == 0)
            return &bundle->pages[i];
    }
    return NULL;
}

/* Findings about a template become the reason. */
static bool parse_page(struct bundle_page *page, const char *text, struct buf *why)
{
    char *talk = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&talk, &size);
    struct findings findings;

    if (!stream)
        mem_die(size);
    findings = (struct findings){.out = stream};
    if (source_set(&page->source, page->name, str_of(text), &findings))
        page->template = template_parse(&page->source, &template_tags_usual, &findings);
    fclose(stream);
    if (!page->template)
        buf_addstr(why, str_trim((struct str){talk, size}));
    free(talk);
    return page->template != NULL;
}

static bool parse_pages(struct bundle *bundle, struct buf *why)
{
    json_t *pages = json_object_get(bundle->json, "pages"), *page;
    const char *name;

    bundle->pages = mem_alloc(json_object_size(pages) * sizeof *bundle->pages);
    json_object_foreach(pages, name, page)
    {
        struct bundle_page *to = &bundle->pages[bundle->page_count++];

        to->name = name;
        if (!json_is_string(page) || !parse_page(to, json_string_value(page), why))
            return false;
    }
    return true;
}

/* The manifest's bytes are kept as a string: their digest names the site. */
static bool open_json(struct bundle *bundle, struct buf *why)
{
    const char *text = json_string_value(json_object_get(bundle->json, "manifest"));
    json_error_t error;
    json_t *json;
    bool ok;

    if (!text) {
        buf_adds(why, "the manifest is missing");
        return false;
    }
    hash_hex(str_of(text), bundle->digest);
    json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!json) {
        buf_addf(why, "manifest.json:%d: %s", error.line, error.text);
        return false;
    }
    ok = manifest_read(&bundle->manifest, json, why);
    json_decref(json);
    return ok;
}

/* A site must not offer a text that its digest does not name. */
static bool texts_fit(const struct bundle *bundle, struct buf *why)
{
    json_t *texts = json_object_get(bundle->json, "texts"), *text;
    char hex[HASH_HEX + 1];
    const char *digest;

    json_object_foreach(texts, digest, text)
    {
        hash_hex((struct str){json_string_value(text), json_string_length(text)}, hex);
        if (strcmp(hex, digest) != 0) {
            buf_addf(why, "the text %s.md does not match the hash in its name", digest);
            return false;
        }
    }
    return true;
}

/* A name must fit the fields of an act, or two long ones could become one. */
static bool fits(const char *name, size_t max, struct buf *why)
{
    if (strlen(name) <= max)
        return true;
    buf_addf(why, "the name \"%.40s…\" is longer than %zu bytes", name, max);
    return false;
}

static bool revision_fits(const struct manifest_revision *revision, struct buf *why)
{
    if (revision->question_count > ACT_ANSWERS_MAX) {
        buf_addf(why, "version %s has %zu questions; one form can have at most %d", revision->id,
                 revision->question_count, ACT_ANSWERS_MAX);
        return false;
    }
    for (size_t q = 0; q < revision->question_count; q++)
        if (!fits(revision->questions[q].id, ACT_QUESTION_MAX, why))
            return false;
    return fits(revision->id, ACT_REVISION_MAX, why);
}

static bool names_fit(const struct manifest *manifest, struct buf *why)
{
    for (size_t l = 0; l < manifest->language_count; l++)
        if (!fits(manifest->languages[l].tag, ACT_LANGUAGE_MAX, why))
            return false;
    for (size_t d = 0; d < manifest->document_count; d++) {
        const struct manifest_document *document = &manifest->documents[d];

        if (!fits(document->id, ACT_ID_MAX, why))
            return false;
        for (size_t r = 0; r < document->revision_count; r++)
            if (!revision_fits(&document->revisions[r], why))
                return false;
    }
    return true;
}

bool bundle_load(struct bundle *bundle, const char *site, struct buf *why)
{
    json_t *texts = json_object(), *pages = json_object();
    char *path = mem_printf("%s/private/manifest.json", site);
    bool ok;

    *bundle = (struct bundle){.json = json_pack("{s:o, s:o}", "texts", texts, "pages", pages)};
    ok = load_file(path, bundle->json, "manifest", why) && open_json(bundle, why) &&
         names_fit(&bundle->manifest, why) && load_texts(texts, &bundle->manifest, site, why) &&
         texts_fit(bundle, why) && load_pages(pages, &bundle->manifest, site, why) &&
         parse_pages(bundle, why);
    free(path);
    return ok;
}

void bundle_write(const struct bundle *bundle, struct buf *out)
{
    char *text = json_dumps(bundle->json, JSON_COMPACT);

    buf_adds(out, text);
    free(text);
}

static bool read_bundle(struct bundle *bundle, struct str bytes, struct buf *why)
{
    json_error_t error;

    *bundle = (struct bundle){.json = json_loadb(bytes.data, bytes.len, 0, &error)};
    if (bundle->json)
        return open_json(bundle, why) && parse_pages(bundle, why);
    buf_adds(why, error.text);
    return false;
}

void bundle_release(struct bundle *bundle)
{
    for (size_t i = 0; i < bundle->page_count; i++) {
        template_free(bundle->pages[i].template);
        source_release(&bundle->pages[i].source);
    }
    free(bundle->pages);
    manifest_release(&bundle->manifest);
    json_decref(bundle->json);
    *bundle = (struct bundle){0};
}

const char *bundle_text(const struct bundle *bundle, const char *digest)
{
    return json_string_value(json_object_get(json_object_get(bundle->json, "texts"), digest));
}

bool bundle_page(const struct bundle *bundle, const char *language, const char *name,
                 const json_t *slots, struct buf *out)
{
    static const struct template_renderer renderer = {.escape = html_text, .strict = true};
    const struct bundle_page *page = find_page(bundle, language, name);
    struct findings findings;

    findings_init(&findings, stderr);
    return page && template_render(page->template, &renderer, slots, out, &findings);
}

bool bundle_receive(struct bundle *bundle, int memory, struct buf *why)
{
    struct stat status;
    void *bytes;
    bool ok;

    *bundle = (struct bundle){0};
    if (fstat(memory, &status) != 0 || status.st_size == 0)
        return false;
    bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, memory, 0);
    if (bytes == MAP_FAILED)
        return false;
    ok = read_bundle(bundle, (struct str){bytes, (size_t)status.st_size}, why);
    munmap(bytes, (size_t)status.st_size);
    return ok;
}
