#include "page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "language.h"
#include "pack.h"

/* A page is known by its tail: what stands behind /LANG/ in its path, the same in
 * every language, so that the language switch keeps the page. */
static char *page_path(const char *language, const char *tail)
{
    return mem_printf("/%s/%s", language, tail);
}

static void set_text(json_t *slots, const char *name, char *text)
{
    json_object_set_new(slots, name, json_string(text));
    free(text);
}

static void set_date(json_t *slots, const char *name, const char *language, struct date date)
{
    struct buf text = BUF_INIT;

    language_date(language, date, &text);
    set_text(slots, name, buf_detach(&text));
}

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
        set_text(item, "name", buf_detach(&name));
        set_text(item, "url", mem_printf("%s%s", edition->base_url, path));
        json_array_append_new(list, item);
        free(path);
    }
    return list;
}

static json_t *document_list(const struct edition *edition, size_t language, const char *tail)
{
    const struct site *site = &edition->site;
    json_t *list = json_array();

    for (size_t i = 0; i < site->document_count; i++) {
        const struct text *text = edition_text_in_force(edition, i, language);
        char *document_tail = mem_printf("%s/", site->documents[i].id);
        json_t *item = json_pack("{s:s, s:b}", "title", text->title, "current",
                                 strcmp(tail, document_tail) == 0);

        set_text(item, "path", page_path(text->language, document_tail));
        set_date(item, "effective", text->language, text->revision->effective);
        json_array_append_new(list, item);
        free(document_tail);
    }
    return list;
}

/* The slots every page has (parts/head.html, top.html, foot.html). */
static json_t *page_slots(const struct emission *emission, size_t language, const char *tail)
{
    const struct edition *edition = emission->edition;
    const struct site *site = &edition->site;
    const char *tag = site->languages[language];
    bool preview = site->status == STATUS_PREVIEW;
    json_t *slots = json_pack(
        "{s:s, s:s, s:s, s:b, s:b, s:b, s:o, s:o}", "lang", tag, "dir",
        language_right_to_left(tag) ? "rtl" : "ltr", "site_name", site->name, "preview", preview,
        "noindex", preview, "choices_current", strcmp(tail, "choices/") == 0, "languages",
        language_list(edition, tag, tail), "documents", document_list(edition, language, tail));
    char *path = page_path(tag, tail);

    json_object_update(slots, emission->assets);
    set_text(slots, "canonical", mem_printf("%s%s", edition->base_url, path));
    set_text(slots, "x_default",
             *tail ? mem_printf("%s/%s/%s", edition->base_url, site->languages[0], tail)
                   : mem_printf("%s/", edition->base_url));
    set_text(slots, "home", page_path(tag, ""));
    set_text(slots, "choices_path", page_path(tag, "choices/"));
    set_text(slots, "record_path", mem_printf("/%s/%s/", tag, site->record_of_choices));
    free(path);
    return slots;
}

bool emission_file(struct emission *emission, const char *path, struct str content)
{
    struct buf packed = BUF_INIT;
    char *packed_path;
    bool ok;

    if (!emission->publish)
        return true;
    ok = publish_file(emission->publish, path, content);
    if (!ok || strncmp(path, "public/", 7) != 0 || !pack_is_worth_it(path))
        return ok;
    pack_gzip(content, &packed);
    packed_path = mem_printf("%s.gz", path);
    ok = publish_file(emission->publish, packed_path, buf_str(&packed));
    free(packed_path);
    buf_reset(&packed);
    pack_brotli(content, &packed);
    packed_path = mem_printf("%s.br", path);
    ok = ok && publish_file(emission->publish, packed_path, buf_str(&packed));
    free(packed_path);
    buf_release(&packed);
    return ok;
}

/* Renders over the slots, which it takes over, and writes. */
static bool emit(struct emission *emission, size_t language, const char *template, json_t *slots,
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

/* Writes a public page; a tail that ends in a slash is a folder with an index.html. */
static bool emit_page(struct emission *emission, size_t language, const char *template,
                      json_t *slots, const char *tail)
{
    size_t len = strlen(tail);
    bool folder = len == 0 || tail[len - 1] == '/';
    char *path = mem_printf("public/%s/%s%s", emission->edition->site.languages[language], tail,
                            folder ? "index.html" : "");
    bool ok = emit(emission, language, template, slots, path);

    free(path);
    return ok;
}

static bool emit_start(struct emission *emission, size_t language)
{
    json_t *slots = page_slots(emission, language, "");

    json_object_set_new(slots, "controllers", text_controllers(&emission->edition->site));
    return emit_page(emission, language, "start.html", slots, "");
}

/* Whether it is a translation, and what the document says about which language prevails. */
static json_t *translation_slots(const struct text *text)
{
    const struct revision *revision = text->revision;
    struct buf source = BUF_INIT, prevailing = BUF_INIT;
    json_t *slots;

    if (strcmp(text->language, revision->language) == 0)
        return json_null();
    language_name(text->language, revision->language, &source);
    if (revision->authoritative)
        language_name(text->language, revision->authoritative, &prevailing);
    slots = json_pack("{s:s, s:s}", "source_language", source.data, "prevailing_language",
                      prevailing.data);
    buf_release(&source);
    buf_release(&prevailing);
    return slots;
}

static void set_states(json_t *slots, enum state state)
{
    json_object_set_new(slots, "announced", json_boolean(state == STATE_ANNOUNCED));
    json_object_set_new(slots, "in_force", json_boolean(state == STATE_IN_FORCE));
    json_object_set_new(slots, "superseded", json_boolean(state == STATE_SUPERSEDED));
}

static void set_source_date(json_t *slots, const struct text *text)
{
    struct date date;

    json_object_set_new(slots, "undated", json_boolean(text->revision->undated));
    json_object_set_new(slots, "source_date", json_null());
    if (text->revision->source_date && date_parse(str_of(text->revision->source_date), &date))
        set_date(slots, "source_date", text->language, date);
}

/* The form, where the text can still be answered: a superseded one cannot. */
static json_t *form_slots(const struct text *text, const char *document, enum state state)
{
    json_t *form;

    if (!text->form || state == STATE_SUPERSEDED)
        return json_null();
    form = json_copy(text->form);
    json_object_set_new(form, "document", json_string(document));
    json_object_set_new(form, "revision", json_string(text->revision->id));
    json_object_set_new(form, "digest", json_string(text->digest));
    set_text(form, "action", page_path(text->language, "choices/record"));
    return form;
}

/* A text that is not all in its language is no alternate of the others, and they are none of it. */
static void set_alternates(json_t *slots, const struct edition *edition,
                           const struct document *document, const struct text *text)
{
    size_t d = (size_t)(document - edition->site.documents);
    size_t r = (size_t)(text->revision - document->revisions), l;
    json_t *item;

    json_array_foreach(json_object_get(slots, "languages"), l, item)
    {
        bool whole = !text->untranslated && !edition_text(edition, d, r, l)->untranslated;

        json_object_set_new(item, "alternate", json_boolean(whole));
    }
    if (text->untranslated)
        json_object_set_new(slots, "x_default", json_null());
}

static bool emit_document(struct emission *emission, size_t language,
                          const struct document *document, const struct text *text,
                          const char *tail)
{
    enum state state = document_state(document, text->revision, emission->edition->day);
    json_t *slots = page_slots(emission, language, tail);

    set_states(slots, state);
    set_source_date(slots, text);
    set_date(slots, "published", text->language, text->revision->published);
    set_date(slots, "effective", text->language, text->revision->effective);
    set_text(slots, "revision_path",
             mem_printf("/%s/%s/%s/", text->language, document->id, text->revision->id));
    set_alternates(slots, emission->edition, document, text);
    json_object_set_new(slots, "title", json_string(text->title));
    json_object_set_new(slots, "title_lang",
                        text->title_is_foreign ? json_string(text->revision->language)
                                               : json_null());
    json_object_set_new(slots, "heading", json_string(text->heading.data));
    json_object_set_new(slots, "article", json_string(text->html.data));
    json_object_set_new(slots, "translation", translation_slots(text));
    json_object_set_new(slots, "form", form_slots(text, document->id, state));
    return emit_page(emission, language, "document.html", slots, tail);
}

static bool emit_documents(struct emission *emission, size_t language)
{
    const struct edition *edition = emission->edition;
    bool ok = true;

    for (size_t d = 0; d < edition->site.document_count && ok; d++) {
        const struct document *document = &edition->site.documents[d];
        char *tail = mem_printf("%s/", document->id);

        ok = emit_document(emission, language, document,
                           edition_text_in_force(edition, d, language), tail);
        free(tail);
        for (size_t r = 0; r < document->count && ok; r++) {
            tail = mem_printf("%s/%s/", document->id, document->revisions[r].id);
            ok = emit_document(emission, language, document, edition_text(edition, d, r, language),
                               tail);
            free(tail);
        }
    }
    return ok;
}

static bool emit_errors(struct emission *emission, size_t language)
{
    static const struct {
        const char *file, *slot;
    } kinds[] = {
        {"400", "bad_request"}, {"404", "not_found"},   {"413", "too_large"},
        {"429", "too_many"},    {"50x", "unavailable"},
    };
    enum { COUNT = sizeof kinds / sizeof *kinds };
    bool ok = true;

    for (size_t i = 0; i < COUNT && ok; i++) {
        char *tail = mem_printf("errors/%s.html", kinds[i].file);
        json_t *slots = page_slots(emission, language, tail);

        for (size_t k = 0; k < COUNT; k++)
            json_object_set_new(slots, kinds[k].slot, json_boolean(k == i));
        json_object_set_new(slots, "noindex", json_true());
        ok = emit_page(emission, language, "error.html", slots, tail);
        free(tail);
    }
    return ok;
}

static bool emit_choices(struct emission *emission, size_t language)
{
    static const char *const names[] = {"choices.html", "problem.html"};
    const char *tag = emission->edition->site.languages[language];
    bool ok = true;

    for (size_t i = 0; i < sizeof names / sizeof *names && ok; i++) {
        char *template = mem_printf("choices/%s", names[i]);
        char *path = mem_printf("private/pages/%s/%s", tag, names[i]);
        json_t *slots = page_slots(emission, language, "choices/");

        json_object_set_new(slots, "noindex", json_true());
        set_text(slots, "action", page_path(tag, "choices/record"));
        set_text(slots, "withdraw_action", page_path(tag, "choices/withdraw"));
        ok = emit(emission, language, template, slots, path);
        free(path);
        free(template);
    }
    return ok;
}

bool page_emit_all(struct emission *emission, size_t language)
{
    static bool (*const emitters[])(struct emission *, size_t) = {emit_start, emit_documents,
                                                                  emit_errors, emit_choices};

    for (size_t i = 0; i < sizeof emitters / sizeof *emitters; i++)
        if (!emitters[i](emission, language))
            return false;
    return true;
}

bool page_emit_index(struct emission *emission)
{
    json_t *slots = page_slots(emission, 0, "");

    set_text(slots, "canonical", mem_printf("%s/", emission->edition->base_url));
    return emit(emission, 0, "language.html", slots, "public/index.html");
}

/* Assets */

static bool emit_asset(struct emission *emission, const char *directory, const char *name)
{
    char *path = mem_printf("%s/assets/%s", directory, name);
    const char *dot = strrchr(name, '.');
    size_t stem = dot ? (size_t)(dot - name) : strlen(name);
    char hex[HASH_HEX + 1], *slot = mem_dup(name, stem), *target;
    struct source source;
    bool ok = source_read(&source, path, emission->findings);

    if (ok) {
        hash_hex(buf_str(&source.text), hex);
        target = mem_printf("public/assets/%s.%.12s%s", slot, hex, dot ? dot : "");
        set_text(emission->assets, slot, mem_dups(target + strlen("public")));
        ok = emission_file(emission, target, buf_str(&source.text));
        free(target);
    }
    source_release(&source);
    free(slot);
    free(path);
    return ok;
}

bool emission_assets(struct emission *emission, const char *templates_directory)
{
    char *folder = mem_printf("%s/assets", templates_directory);
    struct names names;
    struct source source = {.path = folder};
    bool ok = directory_list(folder, &names);

    if (!ok)
        finding_error(emission->findings, EX_NOINPUT, (struct place){&source, PLACE_FILE},
                      "name the folder of templates with --templates", "cannot read: %s",
                      strerror(errno));
    for (size_t i = 0; i < names.count && ok; i++)
        ok = emit_asset(emission, templates_directory, names.name[i]);
    names_release(&names);
    free(folder);
    return ok;
}
