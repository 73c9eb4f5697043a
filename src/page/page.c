#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "children.h"
#include "edition/erratum.h"
#include "content/site_page.h"
#include "language/language.h"
#include "page_private.h"
#include "publish/pack.h"

char *page_path(const char *language, const char *tail)
{
    return mem_printf("/%s/%s", language, tail);
}

void slot_text(json_t *slots, const char *name, char *text)
{
    json_object_set_new(slots, name, json_string(text));
    free(text);
}

void slot_date(json_t *slots, const char *name, const char *language, struct date date)
{
    struct buf text = BUF_INIT;

    language_date(language, date, &text);
    slot_text(slots, name, buf_detach(&text));
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

/* The state of a revision, and the days of its life. */
static void slot_life(json_t *slots, const struct edition *edition, const struct document *document,
                      const struct text *text)
{
    const struct revision *revision = text->revision;
    enum state state = document_state(document, revision, edition->day);

    slot_state(slots, state);
    slot_date(slots, "effective", text->language, revision->effective);
    json_object_set_new(slots, "retracted_on", json_null());
    if (state == STATE_RETRACTED)
        slot_date(slots, "retracted_on", text->language, revision->retracted);
    json_object_set_new(slots, "replaced_on", json_null());
    if (state == STATE_SUPERSEDED)
        slot_date(slots, "replaced_on", text->language,
                  document_after(document, revision)->effective);
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

void slot_state(json_t *slots, enum state state)
{
    json_object_set_new(slots, "announced", json_boolean(state == STATE_ANNOUNCED));
    json_object_set_new(slots, "in_force", json_boolean(state == STATE_IN_FORCE));
    json_object_set_new(slots, "superseded", json_boolean(state == STATE_SUPERSEDED));
    json_object_set_new(slots, "retracted", json_boolean(state == STATE_RETRACTED));
}

/* What was corrected in a text since it was published. */
static json_t *errata_list(const struct emission *emission, size_t document,
                           const struct text *text)
{
    const struct edition *edition = emission->edition;
    const struct frozen *frozen =
        &edition->frozen[document][text->revision - edition->site.documents[document].revisions];
    json_t *list = json_array();

    for (size_t i = 0; i < frozen->erratum_count; i++) {
        const struct erratum *erratum = &frozen->errata[i];
        const char *why;
        json_t *item;

        if (strcmp(erratum->before.language, text->language) != 0)
            continue;
        why = erratum_reason(edition, document, text->language, erratum->why);
        item = json_pack("{s:s, s:s?}", "why", why ? why : erratum->why, "why_lang",
                         why ? NULL : text->revision->language);
        slot_date(item, "date", text->language, erratum->date);
        json_array_append_new(list, item);
    }
    return list;
}

/* Versions go by their day; the second of a day is "(2)". */
static void slot_version(json_t *slots, const char *language, const struct revision *revision)
{
    struct buf text = BUF_INIT;
    struct date day;
    int number;

    language_date(language, revision->published, &text);
    if (revision_id_parse(str_of(revision->id), &day, &number) && number)
        buf_addf(&text, " (%d)", number + 1);
    slot_text(slots, "published", buf_detach(&text));
}

void slot_revision(json_t *slots, const struct emission *emission, size_t document,
                   const struct text *text)
{
    const struct document *d = &emission->edition->site.documents[document];
    const struct revision *revision = text->revision, *before = document_before(d, revision);

    slot_life(slots, emission->edition, d, text);
    slot_version(slots, text->language, revision);
    json_object_set_new(slots, "summary", text->summary ? json_string(text->summary) : json_null());
    slot_text(slots, "revision_path",
              mem_printf("/%s/%s/%s/", text->language, d->id, revision->id));
    json_object_set_new(slots, "errata", errata_list(emission, document, text));
    json_object_set_new(slots, "changes_path", json_null());
    if (before)
        slot_text(slots, "changes_path", changes_path(text, d->id, before));
}

char *changes_path(const struct text *to, const char *document, const struct revision *from)
{
    return mem_printf("/%s/%s/changes/%s/%s/", to->language, document, from->id, to->revision->id);
}

/* A packed copy of a file that is as it was is as it was too. */
static bool emit_packed(struct emission *emission, const char *path, const char *ending,
                        void (*pack)(struct str, struct buf *), struct str content, bool kept)
{
    char *packed_path = mem_printf("%s%s", path, ending);
    struct buf packed = BUF_INIT;
    bool ok = kept && publish_keep(emission->publish, packed_path);

    if (!ok) {
        pack(content, &packed);
        ok = publish_file(emission->publish, packed_path, buf_str(&packed));
    }
    buf_release(&packed);
    free(packed_path);
    return ok;
}

bool emission_file(struct emission *emission, const char *path, struct str content)
{
    size_t kept;

    if (!emission->publish)
        return true;
    kept = emission->publish->kept;
    if (!publish_file(emission->publish, path, content))
        return false;
    kept = emission->publish->kept - kept;
    return strncmp(path, "public/", 7) != 0 || !pack_is_worth_it(path) ||
           (emit_packed(emission, path, ".gz", pack_gzip, content, kept) &&
            emit_packed(emission, path, ".br", pack_brotli, content, kept));
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

static bool emit_site_page(struct emission *emission, size_t language, const struct site_page *page)
{
    char *tail = site_page_tail(page);
    json_t *slots = page_slots(emission, language, tail);
    bool ok;

    slot_text(slots, "log", mem_printf("%s/choices/log", emission->edition->base_url));
    json_object_set_new(slots, "controllers", text_controllers(&emission->edition->site));
    ok = page_emit(emission, language, page->template, slots, tail);
    free(tail);
    return ok;
}

static bool emit_site_pages(struct emission *emission, size_t language)
{
    bool ok = true;

    for (size_t i = 0; i < site_page_count && ok; i++)
        if (site_pages[i].template)
            ok = emit_site_page(emission, language, &site_pages[i]);
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
        ok = page_emit(emission, language, "error.html", slots, tail);
        free(tail);
    }
    return ok;
}

static bool emit_choices(struct emission *emission, size_t language)
{
    static const char *const names[] = {"choices.html", "erase.html", "problem.html",
                                        "receipt.html"};
    const char *tag = emission->edition->site.languages[language];
    bool ok = true;

    for (size_t i = 0; i < sizeof names / sizeof *names && ok; i++) {
        char *template = mem_printf("choices/%s", names[i]);
        char *path = mem_printf("private/pages/%s/%s", tag, names[i]);
        json_t *slots = page_slots(emission, language, "choices/");

        json_object_set_new(slots, "noindex", json_true());
        slot_children(slots, emission, language);
        json_object_set_new(slots, "controllers", text_controllers(&emission->edition->site));
        if (strcmp(names[i], "receipt.html") == 0)
            json_object_set_new(slots, "below", json_string("receipts/{{id}}"));
        slot_text(slots, "action", page_path(tag, "choices/record"));
        slot_text(slots, "withdraw_action", page_path(tag, "choices/withdraw"));
        slot_text(slots, "erase_action", page_path(tag, "choices/erase"));
        ok = page_emit_at(emission, language, template, slots, path);
        free(path);
        free(template);
    }
    return ok;
}

bool page_emit_all(struct emission *emission, size_t language)
{
    static bool (*const emitters[])(struct emission *, size_t) = {
        emit_site_pages, page_documents, page_histories, page_changes,
        page_feeds,      emit_errors,    emit_choices};

    for (size_t i = 0; i < sizeof emitters / sizeof *emitters; i++)
        if (!emitters[i](emission, language))
            return false;
    return true;
}

bool page_emit_index(struct emission *emission)
{
    json_t *slots = page_slots(emission, 0, "");

    slot_text(slots, "canonical", mem_printf("%s/", emission->edition->base_url));
    return page_emit_at(emission, 0, "language.html", slots, "public/index.html");
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
        slot_text(emission->assets, slot, mem_dups(target + strlen("public")));
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
