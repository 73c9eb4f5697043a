/* Front matter is compared as what its author wrote: each value by the names of its keys. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog/interface.h"
#include "catalog/translate.h"
#include "language/language.h"
#include "redline/change_terms.h"
#include "redline/redline_slots.h"
#include "render.h"

/* One of the two. */
struct copy {
    const char *path;
    struct revision revision;
    struct buf text;  /* the article as CommonMark: comments to the program are no words of it */
    json_t *settings; /* its front matter: strings, in order, by names such as purposes.ID.basis */
};

/* What a value of a list is called: by its id, or by its place. */
static char *name_in_list(const char *list, const struct yaml *value, size_t index)
{
    for (size_t i = 0; value->kind == YAML_MAP && i < value->count; i++)
        if (strcmp(value->key[i]->text, "id") == 0 && value->item[i]->kind == YAML_SCALAR)
            return mem_printf("%s.%s", list, value->item[i]->text);
    return mem_printf("%s.%zu", list, index + 1);
}

static bool is_of_scalars(const struct yaml *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->item[i]->kind != YAML_SCALAR)
            return false;
    return true;
}

static void add_line(json_t *settings, const char *name, const struct yaml *list)
{
    struct buf line = BUF_INIT;

    for (size_t i = 0; i < list->count; i++)
        buf_addf(&line, "%s%s", i ? ", " : "", list->item[i]->text);
    json_object_set_new(settings, name, json_string(line.len ? line.data : "[]"));
    buf_release(&line);
}

static void add_settings(json_t *settings, const char *name, const struct yaml *value)
{
    if (value->kind == YAML_SCALAR) {
        json_object_set_new(settings, name, json_string(value->text));
        return;
    }
    if (value->kind == YAML_LIST && is_of_scalars(value)) {
        add_line(settings, name, value);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        char *inner = value->kind == YAML_LIST ? name_in_list(name, value->item[i], i)
                      : *name                  ? mem_printf("%s.%s", name, value->key[i]->text)
                                               : mem_dups(value->key[i]->text);

        add_settings(settings, inner, value->item[i]);
        free(inner);
    }
}

/* A file that is not YAML, or more YAML than settings need, is compared as plain text. */
static void read_settings(struct copy *copy)
{
    enum { FENCE = 4 /* bytes of a line --- */ };
    struct findings quiet = {.out = NULL};
    const struct source *source = &copy->revision.source;
    size_t body = copy->revision.body;
    struct yaml *yaml;

    copy->settings = json_object();
    if (!body)
        return;
    yaml = yaml_parse(source, FENCE, body - FENCE, &quiet);
    if (yaml && yaml->kind == YAML_MAP)
        add_settings(copy->settings, "", yaml);
    else
        json_object_set_new(copy->settings, "---",
                            json_stringn(source->text.data + FENCE, body - 2 * FENCE));
    yaml_discard(yaml);
}

static bool copy_read(struct copy *copy, const char *path, struct findings *findings)
{
    struct article article = {.revision = NULL};
    bool ok;

    *copy = (struct copy){.path = path, .text = BUF_INIT};
    ok = revision_read_text(&copy->revision, path, findings);
    if (ok)
        read_settings(copy);
    ok = ok && article_cut(&article, &copy->revision, findings);
    if (ok)
        markdown_commonmark(&article.markdown, &copy->text);
    article_release(&article);
    return ok;
}

static void copy_release(struct copy *copy)
{
    revision_release(&copy->revision);
    buf_release(&copy->text);
    json_decref(copy->settings);
}

/* "" where it has none. */
static const char *setting(const struct copy *copy, const char *name)
{
    const char *text = json_string_value(json_object_get(copy->settings, name));

    return text ? text : "";
}

/* Adds the redline of two texts; false: there is no difference. */
static bool add_difference(struct buf *html, const char *before, const char *after,
                           const struct redline_options *how)
{
    struct redline redline;
    bool differs;

    redline_make(&redline, before, after, how);
    differs = redline.change_count;
    buf_addstr(html, buf_str(&redline.html));
    redline_release(&redline);
    return differs;
}

/* A sentence is compared word by word; a day, a name or a term is another one as a whole. */
static void compare_setting(json_t *list, const struct copy *old, const struct copy *new,
                            const char *name, const struct redline_options *how)
{
    struct buf before = BUF_INIT, after = BUF_INIT, html = BUF_INIT;

    markdown_text(&before, str_of(setting(old, name)));
    markdown_text(&after, str_of(setting(new, name)));
    if (add_difference(&html, before.data, after.data, how)) {
        if (before.len && after.len && !strchr(before.data, ' ') && !strchr(after.data, ' ')) {
            buf_reset(&html);
            add_difference(&html, before.data, "", how);
            add_difference(&html, "", after.data, how);
        }
        json_array_append_new(list, json_pack("{s:s, s:s}", "name", name, "value", html.data));
    }
    buf_release(&before);
    buf_release(&after);
    buf_release(&html);
}

/* `how` without links from change to change. */
static json_t *compare_settings(const struct copy *old, const struct copy *new,
                                struct redline_options how)
{
    json_t *list = json_array(), *value;
    const char *name;

    how.words.next = NULL;
    json_object_foreach(old->settings, name, value) compare_setting(list, old, new, name, &how);
    json_object_foreach(new->settings, name, value) if (!json_object_get(old->settings, name))
        compare_setting(list, old, new, name, &how);
    return list;
}

/* The page's words and style. */
struct setting_out {
    struct templates templates;
    struct catalog *catalog; /* NULL if there is none for the language: English */
    struct source style;
    struct redline_words words;
};

static bool setting_out_read(struct setting_out *page, const struct edition_options *options,
                             const char *language, struct findings *findings)
{
    char *catalog = interface_catalog(options->locale, options->templates, language);
    char *style = mem_printf("%s/assets/style.css", options->templates);
    bool ok =
        templates_read(&page->templates, options->templates, findings) &&
        source_read(&page->style, style, findings) &&
        (!file_exists(catalog) || (page->catalog = catalog_read(catalog, language, findings))) &&
        change_terms_read(&page->words, &page->templates, page->catalog, findings);

    free(catalog);
    free(style);
    return ok;
}

static void setting_out_release(struct setting_out *page)
{
    change_terms_release(&page->words);
    catalog_free(page->catalog);
    source_release(&page->style);
    templates_release(&page->templates);
}

static json_t *page_of(const struct copy *old, const struct copy *new,
                       const struct setting_out *page, const char *language, bool *same)
{
    struct redline_options how = {.language = language, .words = page->words, .heading_shift = 1};
    json_t *slots = json_object(), *settings = compare_settings(old, new, how);
    const char *title = setting(new, "title");
    struct redline redline;

    redline_make(&redline, old->text.data, new->text.data, &how);
    *same = !redline.change_count && !json_array_size(settings);
    slot_redline(slots, &redline, language);
    redline_release(&redline);
    json_object_set_new(slots, "lang", json_string(language));
    json_object_set_new(slots, "dir",
                        json_string(language_right_to_left(language) ? "rtl" : "ltr"));
    json_object_set_new(slots, "style", json_string(page->style.text.data));
    json_object_set_new(slots, "title", json_string(*title ? title : new->path));
    json_object_set_new(slots, "before", json_string(old->path));
    json_object_set_new(slots, "after", json_string(new->path));
    json_object_set_new(slots, "all_same", json_boolean(*same));
    json_object_set_new(slots, "has_settings", json_boolean(json_array_size(settings) > 0));
    json_object_set_new(slots, "settings", settings);
    return slots;
}

static const char *language_of(const struct copy *copy)
{
    const char *language = setting(copy, "language");

    return language_known(language) ? language : template_language;
}

bool compare_files(const char *before, const char *after, const char *language,
                   const struct edition_options *options, FILE *out, bool *same,
                   struct findings *findings)
{
    struct copy old = {.path = NULL}, new = {.path = NULL};
    struct setting_out page = {.catalog = NULL};
    struct buf html = BUF_INIT;
    json_t *slots = NULL;
    bool ok = copy_read(&old, before, findings) && copy_read(&new, after, findings);

    if (ok && !language)
        language = language_of(&new);
    ok = ok && setting_out_read(&page, options, language, findings);
    if (ok)
        slots = page_of(&old, &new, &page, language, same);
    ok = ok &&
         templates_render(&page.templates, "diff.html", page.catalog, slots, &html, findings) &&
         render_write(buf_str(&html), out, findings);
    json_decref(slots);
    buf_release(&html);
    setting_out_release(&page);
    copy_release(&old);
    copy_release(&new);
    return ok;
}
