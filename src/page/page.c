#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "children.h"
#include "content/site_page.h"
#include "language/language.h"
#include "notice.h"
#include "part_key.h"

/* More documents than these are a list of their own, on the start page; every page links to it. */
enum { NAVIGATION_MAX = 7 };

/* The site's languages, for a page in one of them; their paths are a page's own. */
static json_t *language_list(const struct site *site, const char *language)
{
    json_t *list = json_array();

    for (size_t i = 0; i < site->language_count; i++) {
        const char *tag = site->languages[i];
        struct buf name = BUF_INIT;
        json_t *item = json_pack("{s:s, s:b, s:b}", "lang", tag, "current",
                                 strcmp(tag, language) == 0, "alternate", true);

        language_own_name(tag, &name);
        slot_text(item, "name", buf_detach(&name));
        json_array_append_new(list, item);
    }
    return list;
}

/* The version that is to take the place of the current one, or null. */
static void set_next(json_t *item, const struct edition *edition, size_t document, size_t language)
{
    const struct document *d = &edition->site.documents[document];
    const struct revision *newest = document_newest(d, edition->day);
    json_t *announced = json_null();

    if (newest && newest != document_current(d, edition->day) &&
        document_state(d, newest, edition->day) == STATE_ANNOUNCED) {
        const char *tag = edition->site.languages[language];

        announced = json_object();
        slot_date(announced, "effective", tag, newest->effective);
        slot_text(announced, "path", mem_printf("/%s/%s/%s/", tag, d->id, newest->id));
    }
    json_object_set_new(item, "next", announced);
}

static json_t *document_slots(const struct edition *edition, size_t document, size_t language)
{
    const struct document *of = &edition->site.documents[document];
    const struct text *text = edition_text_current(edition, document, language);
    json_t *item = json_pack("{s:s, s:b}", "title", text->title, "current", false);

    slot_text(item, "path", mem_printf("/%s/%s/", text->language, of->id));
    slot_life(item, edition, of, text);
    slot_text(item, "history_path", mem_printf("/%s/%s/history/", text->language, of->id));
    set_next(item, edition, document, language);
    return item;
}

static json_t *document_list(const struct edition *edition, size_t language)
{
    json_t *list = json_array();

    for (size_t d = 0; d < edition->site.document_count; d++)
        json_array_append_new(list, document_slots(edition, d, language));
    return list;
}

/* Where the site's own pages are, and its own texts. */
static void slot_site(json_t *slots, const struct site *site, const char *language)
{
    const char *key;

    for (size_t i = 0; i < site_page_count; i++) {
        char *tail = site_page_tail(&site_pages[i]);
        char *name = *tail ? mem_printf("%s_path", site_pages[i].name) : mem_dups("home");

        slot_text(slots, name, page_path(language, tail));
        free(name);
        free(tail);
    }
    for (size_t i = 0; (key = site_shown_key(i)); i++) {
        char *name = mem_printf("site_%s", key);
        const char *text = site_shown(site, key);

        json_object_set_new(slots, name, text ? json_string(text) : json_null());
        free(name);
    }
}

/* What all pages of a language have in common. */
static json_t *shared_slots(const struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;
    const struct site *site = &edition->site;
    const char *tag = site->languages[language];
    bool preview = site->status == STATUS_PREVIEW, many = site->document_count > NAVIGATION_MAX;
    json_t *documents = document_list(edition, language);
    json_t *slots =
        json_pack("{s:s, s:s, s:b, s:b, s:o, s:o, s:o, s:b, s:o}", "lang", tag, "dir",
                  language_right_to_left(tag) ? "rtl" : "ltr", "preview", preview, "noindex",
                  preview, "languages", language_list(site, tag), "documents", documents,
                  "navigation", many ? json_array() : json_incref(documents), "has_document_list",
                  many, "notices", notice_list(emission, language));

    json_object_update(slots, emission->assets);
    slot_site(slots, site, tag);
    slot_text(slots, "feed_path", page_path(tag, "feed.xml"));
    json_object_set_new(slots, "record_path", json_null());
    if (!site_is_waiting(site, site_document(site, str_of(site->record_of_choices))))
        slot_text(slots, "record_path", mem_printf("/%s/%s/", tag, site->record_of_choices));
    json_object_set_new(slots, "below", json_string(""));
    return slots;
}

bool page_share(struct emission *emission)
{
    const struct edition *edition = emission->edition;
    bool ok = true;

    emission->shared = json_array();
    emission->shared_keys = json_array();
    for (size_t l = 0; l < edition->site.language_count && ok; l++) {
        json_t *slots = shared_slots(emission, l);
        json_t *children =
            children_slot(&edition->site, &edition->templates, edition->site_catalogs[l],
                          edition->site.languages[l], emission->findings);

        ok = children != NULL;
        json_object_set_new(slots, "children", children);
        json_array_append_new(emission->shared, slots);
        json_array_append_new(emission->shared_keys, part_shared_key(emission, slots));
    }
    return ok;
}

static json_t *copy_of(const json_t *list, size_t i)
{
    return json_copy(json_array_get(list, i));
}

/* The paths of the page in all languages. */
static void slot_languages(json_t *slots, const struct edition *edition, const char *tail)
{
    const json_t *shared = json_object_get(slots, "languages");
    json_t *list = json_array();

    for (size_t l = 0; l < edition->site.language_count; l++) {
        char *path = page_path(edition->site.languages[l], tail);
        json_t *item = copy_of(shared, l);

        slot_text(item, "url", mem_printf("%s%s", edition->base_url, path));
        slot_text(item, "path", path);
        json_array_append_new(list, item);
    }
    json_object_set_new(slots, "languages", list);
}

static bool is_page_of(const struct document *document, const char *tail)
{
    size_t len = strlen(document->id);

    return strncmp(tail, document->id, len) == 0 && strcmp(tail + len, "/") == 0;
}

/* Marks the document whose own page this is, if it is one's. */
static void slot_navigation(json_t *slots, const struct site *site, const char *tail)
{
    json_t *shared = json_object_get(slots, "navigation"), *list;

    for (size_t d = 0; d < json_array_size(shared); d++) {
        if (!is_page_of(&site->documents[d], tail))
            continue;
        list = json_copy(shared);
        json_array_set_new(list, d, copy_of(shared, d));
        json_object_set_new(json_array_get(list, d), "current", json_true());
        json_object_set_new(slots, "navigation", list);
        return;
    }
}

json_t *page_slots(const struct emission *emission, size_t language, const char *tail)
{
    const struct edition *edition = emission->edition;
    const struct site *site = &edition->site;
    json_t *slots = copy_of(emission->shared, language);

    json_object_set_new(slots, "choices_current", json_boolean(strcmp(tail, "choices/") == 0));
    json_object_set_new(slots, "home_current", json_boolean(!*tail));
    slot_languages(slots, edition, tail);
    slot_navigation(slots, site, tail);
    slot_text(slots, "canonical",
              mem_printf("%s/%s/%s", edition->base_url, site->languages[language], tail));
    slot_text(slots, "x_default",
              *tail ? mem_printf("%s/%s/%s", edition->base_url, site->languages[0], tail)
                    : mem_printf("%s/", edition->base_url));
    return slots;
}

bool page_is_whole(const struct edition *edition, const struct page_texts *texts, size_t language)
{
    for (const struct revision *r = texts->first; r && r <= texts->last; r++)
        if (edition_text_of(edition, texts->document, r, language)->untranslated)
            return false;
    return true;
}

void slot_alternates(json_t *slots, const struct edition *edition, const struct page_texts *texts,
                     size_t language)
{
    bool whole = page_is_whole(edition, texts, language);
    json_t *item;
    size_t l;

    json_array_foreach(json_object_get(slots, "languages"), l, item)
    {
        bool alternate = whole && page_is_whole(edition, texts, l);

        json_object_set_new(item, "alternate", json_boolean(alternate));
    }
    if (!whole || !page_is_whole(edition, texts, 0))
        json_object_set_new(slots, "x_default", json_null());
}

bool page_emit_at(struct emission *emission, size_t language, const char *template, json_t *slots,
                  const char *path)
{
    const struct edition *edition = emission->edition;
    struct buf page = BUF_INIT;
    bool ok = templates_render(&edition->templates, template, edition->site_catalogs[language],
                               slots, &page, emission->findings) &&
              emission_file(emission, path, buf_str(&page));

    buf_release(&page);
    json_decref(slots);
    return ok;
}

bool page_emit(struct emission *emission, size_t language, const char *template, json_t *slots,
               const char *tail)
{
    size_t len = strlen(tail);
    bool folder = len == 0 || tail[len - 1] == '/';
    char *path = mem_printf("public/%s/%s%s", emission->edition->site.languages[language], tail,
                            folder ? "index.html" : "");
    bool ok = page_emit_at(emission, language, template, slots, path);

    free(path);
    return ok;
}
