#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "children.h"
#include "content/site_page.h"
#include "language/language.h"
#include "notice.h"

static json_t *language_list(const struct edition *edition, const char *language, const char *tail)
{
    json_t *list = json_array();

    for (size_t i = 0; i < edition->site.language_count; i++) {
        const char *tag = edition->site.languages[i];
        char *path = page_path(tag, tail);
        struct buf name = BUF_INIT;
        json_t *item = json_pack("{s:s, s:s, s:b, s:b}", "lang", tag, "path", path, "current",
                                 language && strcmp(tag, language) == 0, "alternate", true);

        language_own_name(tag, &name);
        slot_text(item, "name", buf_detach(&name));
        slot_text(item, "url", mem_printf("%s%s", edition->base_url, path));
        json_array_append_new(list, item);
        free(path);
    }
    return list;
}

/* The version that is to take the place of the current one, or null. */
static void set_next(json_t *item, const struct edition *edition, size_t document,
                          size_t language)
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

static json_t *document_list(const struct edition *edition, size_t language, const char *tail)
{
    const struct site *site = &edition->site;
    json_t *list = json_array();

    for (size_t i = 0; i < site->document_count; i++) {
        const struct text *text = edition_text_current(edition, i, language);
        char *document_tail = mem_printf("%s/", site->documents[i].id);
        json_t *item = json_pack("{s:s, s:b}", "title", text->title, "current",
                                 strcmp(tail, document_tail) == 0);

        slot_text(item, "path", page_path(text->language, document_tail));
        slot_life(item, edition, &site->documents[i], text);
        slot_text(item, "history_path",
                  mem_printf("/%s/%s/history/", text->language, site->documents[i].id));
        set_next(item, edition, i, language);
        json_array_append_new(list, item);
        free(document_tail);
    }
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

json_t *page_slots(const struct emission *emission, size_t language, const char *tail)
{
    const struct edition *edition = emission->edition;
    const struct site *site = &edition->site;
    const char *tag = site->languages[language];
    bool preview = site->status == STATUS_PREVIEW;
    json_t *slots = json_pack(
        "{s:s, s:s, s:b, s:b, s:b, s:o, s:o}", "lang", tag, "dir",
        language_right_to_left(tag) ? "rtl" : "ltr", "preview", preview,
        "noindex", preview, "choices_current", strcmp(tail, "choices/") == 0, "languages",
        language_list(edition, tag, tail), "documents", document_list(edition, language, tail));
    char *path = page_path(tag, tail);

    json_object_update(slots, emission->assets);
    slot_site(slots, site, tag);
    slot_text(slots, "canonical", mem_printf("%s%s", edition->base_url, path));
    slot_text(slots, "x_default",
              *tail ? mem_printf("%s/%s/%s", edition->base_url, site->languages[0], tail)
                    : mem_printf("%s/", edition->base_url));
    slot_text(slots, "feed_path", page_path(tag, "feed.xml"));
    json_object_set_new(slots, "notices", notice_list(emission, language));
    json_object_set_new(slots, "record_path", json_null());
    if (!site_is_waiting(site, site_document(site, str_of(site->record_of_choices))))
        slot_text(slots, "record_path", mem_printf("/%s/%s/", tag, site->record_of_choices));
    json_object_set_new(slots, "below", json_string(""));
    free(path);
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

void slot_children(json_t *slots, const struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;

    json_object_set_new(slots, "children",
                        children_slot(&edition->site, &edition->templates,
                                      edition->site_catalogs[language],
                                      edition->site.languages[language], emission->findings));
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
