#include "discovery.h"

#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "content/site_page.h"
#include "page.h"

/* The map */

static void add_url(const struct edition *edition, const char *language, const char *tail,
                    struct buf *out)
{
    buf_addf(out, "%s/%s/", edition->base_url, language);
    html_text(out, str_of(tail));
}

static void add_alternate(const struct edition *edition, const char *name, const char *language,
                          const char *tail, struct buf *out)
{
    buf_addf(out, "<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"", name);
    add_url(edition, language, tail, out);
    buf_adds(out, "\"/>\n");
}

/* As the page's own head has them (slot_alternates). */
static void add_alternates(const struct edition *edition, const struct page_texts *texts,
                           const char *tail, size_t language, struct buf *out)
{
    const struct site *site = &edition->site;

    if (!page_is_whole(edition, texts, language))
        return;
    for (size_t l = 0; l < site->language_count; l++)
        if (page_is_whole(edition, texts, l))
            add_alternate(edition, site->languages[l], site->languages[l], tail, out);
    if (!*tail)
        buf_addf(out, "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"%s/\"/>\n",
                 edition->base_url);
    else if (page_is_whole(edition, texts, 0))
        add_alternate(edition, "x-default", site->languages[0], tail, out);
}

/* One page in every language; `day` it was last changed, or NULL: it is not known. */
static void add_page(const struct edition *edition, const struct page_texts *texts,
                     const char *tail, const char *day, struct buf *out)
{
    const struct site *site = &edition->site;

    for (size_t l = 0; l < site->language_count; l++) {
        buf_adds(out, "<url>\n<loc>");
        add_url(edition, site->languages[l], tail, out);
        buf_adds(out, "</loc>\n");
        if (day)
            buf_addf(out, "<lastmod>%s</lastmod>\n", day);
        add_alternates(edition, texts, tail, l, out);
        buf_adds(out, "</url>\n");
    }
}

/* The day on which the page at a document's own address last became another. */
static const char *changed_on(const struct document *document, struct date day)
{
    const struct revision *current = document_current(document, day);

    switch (document_state(document, current, day)) {
    case STATE_ANNOUNCED:
        return current->published.iso;
    case STATE_RETRACTED:
        return current->retracted.iso;
    default:
        return current->effective.iso;
    }
}

static void add_document(const struct edition *edition, size_t d, struct buf *out)
{
    const struct document *document = &edition->site.documents[d];
    const struct revision *current = document_current(document, edition->day);
    const struct revision *first = document->revisions, *last = first + document->count - 1;
    char *tail = mem_printf("%s/", document->id);

    add_page(edition, &(struct page_texts){d, current, current}, tail,
             changed_on(document, edition->day), out);
    free(tail);
    tail = mem_printf("%s/history/", document->id);
    add_page(edition, &(struct page_texts){d, first, last}, tail, NULL, out);
    free(tail);
    for (const struct revision *r = first; r <= last; r++) {
        tail = mem_printf("%s/%s/", document->id, r->id);
        add_page(edition, &(struct page_texts){d, r, r}, tail, r->published.iso, out);
        free(tail);
    }
}

static void add_site_pages(const struct edition *edition, struct buf *out)
{
    static const struct page_texts none = {0};

    for (size_t i = 0; i < site_page_count; i++) {
        char *tail = site_page_tail(&site_pages[i]);

        if (site_pages[i].in_sitemap)
            add_page(edition, &none, tail, NULL, out);
        free(tail);
    }
}

static bool emit_sitemap(struct emission *emission)
{
    const struct edition *edition = emission->edition;
    struct buf out = BUF_INIT;
    bool ok;

    if (edition->site.status == STATUS_PREVIEW)
        return true;
    buf_adds(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                   "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    add_site_pages(edition, &out);
    for (size_t d = 0; d < edition->site.document_count; d++)
        add_document(edition, d, &out);
    buf_adds(&out, "</urlset>\n");
    ok = emission_file(emission, "public/sitemap.xml", buf_str(&out));
    buf_release(&out);
    return ok;
}

/* Robots are kept from the endpoint alone: of a preview they must see that it is noindex. */
static bool emit_robots(struct emission *emission)
{
    const struct edition *edition = emission->edition;
    struct buf out = BUF_INIT;
    bool ok;

    buf_adds(&out, "User-agent: *\nDisallow: /choices/\n");
    for (size_t l = 0; l < edition->site.language_count; l++)
        buf_addf(&out, "Disallow: /%s/choices/\n", edition->site.languages[l]);
    if (edition->site.status != STATUS_PREVIEW)
        buf_addf(&out, "\nSitemap: %s/sitemap.xml\n", edition->base_url);
    ok = emission_file(emission, "public/robots.txt", buf_str(&out));
    buf_release(&out);
    return ok;
}

/* JSON */

static bool emit_json(struct emission *emission, const char *path, json_t *json)
{
    char *text = json_dumps(json, JSON_INDENT(2));
    bool ok = emission_file(emission, path, str_of(text));

    json_decref(json);
    free(text);
    return ok;
}

/* A promise by the organisation: never made for it. */
static bool emit_gpc(struct emission *emission)
{
    return !emission->edition->site.gpc ||
           emit_json(emission, "public/.well-known/gpc.json", json_pack("{s:b}", "gpc", true));
}

static char *address(const struct edition *edition, const char *language, const char *document,
                     const char *revision)
{
    return mem_printf("%s/%s/%s/%s/", edition->base_url, language, document, revision);
}

static void set_reference(json_t *json, const char *name, char *url)
{
    json_object_set_new(json, name, json_pack("{s:s}", "@id", url));
    free(url);
}

static bool emit_about(struct emission *emission, size_t d, const struct text *text)
{
    const struct edition *edition = emission->edition;
    const struct document *document = &edition->site.documents[d];
    const struct revision *revision = text->revision, *before = document_before(document, revision);
    char *url = address(edition, text->language, document->id, revision->id);
    char *path =
        mem_printf("public/%s/%s/%s/about.jsonld", text->language, document->id, revision->id);
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:{s:s, s:s, s:s}}",
                  "@context", "https://schema.org", "@type", "DigitalDocument", "@id", url, "url",
                  url, "name", text->title, "inLanguage", text->language, "version", revision->id,
                  "datePublished", revision->published.iso, "publisher", "@type", "Organization",
                  "name", site_shown(&edition->site, "name"), "identifier", "@type",
                  "PropertyValue", "propertyID", "SHA-256", "value", text->digest);
    bool ok;

    if (strcmp(text->language, revision->language) != 0)
        set_reference(json, "translationOfWork",
                      address(edition, revision->language, document->id, revision->id));
    if (before)
        set_reference(json, "isBasedOn",
                      address(edition, text->language, document->id, before->id));
    ok = emit_json(emission, path, json);
    free(path);
    free(url);
    return ok;
}

bool page_abouts(struct emission *emission, size_t d, size_t language)
{
    const struct edition *edition = emission->edition;
    bool ok = true;

    for (size_t r = 0; r < edition->site.documents[d].count && ok; r++)
        ok = emit_about(emission, d, edition_text(edition, d, r, language));
    return ok;
}

bool discovery_emit(struct emission *emission)
{
    return emit_robots(emission) && emit_sitemap(emission) && emit_gpc(emission);
}
