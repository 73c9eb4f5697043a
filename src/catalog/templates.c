#include "templates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/html.h"
#include "base/mem.h"
#include "markdown/markdown.h"
#include "translation.h"

/* Between double quotes in YAML. */
static void quoted_text(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            buf_addc(out, '\\');
        buf_addc(out, text.data[i]);
    }
}

/* A kind of template: a folder, a file ending, and what they mean. */
static const struct kind {
    const char *folder, *ending;
    const struct template_tags *tags;
    void (*escape)(struct buf *out, struct str text);
} kinds[] = {
    {"", ".html", &template_tags_usual, html_text},
    {"", ".xml", &template_tags_usual, html_text},
    {"", ".md", &template_tags_usual, markdown_text},
    {"choices/", ".html", &template_tags_two_phase, html_text_for_template},
    {"nginx/", ".conf", &template_tags_usual, buf_addstr},
    {"parts/", ".html", &template_tags_usual, html_text},
    {"parts/", ".txt", &template_tags_usual, buf_addstr},
    {"starter/", ".md", &template_tags_usual, markdown_text},
    {"starter/", ".yaml", &template_tags_usual, quoted_text},
};

struct template_file {
    struct source source;
    char *name;
    const struct kind *kind;
    struct template *template;
};

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), end = strlen(ending);

    return len > end && strcmp(name + len - end, ending) == 0;
}

static void read_file(struct templates *templates, const struct kind *kind, const char *name,
                      struct findings *findings)
{
    struct template_file *file = mem_alloc(sizeof *file);
    char *path = mem_printf("%s/%s%s", templates->directory, kind->folder, name);

    templates->files = mem_grow(templates->files, templates->count, sizeof *templates->files);
    templates->files[templates->count++] = file;
    file->name = mem_printf("%s%s", kind->folder, name);
    file->kind = kind;
    if (source_read(&file->source, path, findings))
        file->template = template_parse(&file->source, kind->tags, findings);
    free(path);
}

/* false: there is no such folder, and the next one is not looked for. */
static bool read_kind(struct templates *templates, const struct kind *kind,
                      struct findings *findings)
{
    struct source folder = {.path = mem_printf("%s/%s", templates->directory, kind->folder)};
    struct names names;
    bool there = directory_list(folder.path, &names);

    if (!there)
        finding_error(findings, EX_NOINPUT, (struct place){&folder, PLACE_FILE},
                      "name the folder of templates with --templates", "cannot read: %s",
                      strerror(errno));
    for (size_t i = 0; i < names.count; i++)
        if (ends_with(names.name[i], kind->ending))
            read_file(templates, kind, names.name[i], findings);
    names_release(&names);
    free(folder.path);
    return there;
}

bool templates_read(struct templates *templates, const char *directory, struct findings *findings)
{
    size_t errors = findings->errors, i = 0;

    *templates = (struct templates){.directory = mem_dups(directory)};
    while (i < sizeof kinds / sizeof *kinds && read_kind(templates, &kinds[i], findings))
        i++;
    return findings->errors == errors;
}

void templates_release(struct templates *templates)
{
    for (size_t i = 0; i < templates->count; i++) {
        template_free(templates->files[i]->template);
        source_release(&templates->files[i]->source);
        free(templates->files[i]->name);
        free(templates->files[i]);
    }
    free(templates->files);
    free(templates->directory);
    *templates = (struct templates){0};
}

static const struct template_file *find(const struct templates *templates, const char *folder,
                                        const char *name, const char *ending)
{
    for (size_t i = 0; i < templates->count; i++) {
        const char *rest = templates->files[i]->name;
        size_t len = strlen(folder);

        if (strncmp(rest, folder, len) != 0)
            continue;
        rest += len;
        len = strlen(name);
        if (strncmp(rest, name, len) == 0 && strcmp(rest + len, ending) == 0)
            return templates->files[i];
    }
    return NULL;
}

void templates_messages(const struct templates *templates,
                        void (*take)(void *context, const char *msgid, const char *note,
                                     struct place place),
                        void *context)
{
    for (size_t i = 0; i < templates->count; i++)
        template_messages(templates->files[i]->template, take, context);
}

/* Checking */

struct check {
    struct catalog *catalog;
    const struct template_tags *tags;
    struct findings *findings;
    json_t *seen; /* a set: messages that stand in several templates are reported once */
};

static bool is_new(struct check *check, const char *msgid)
{
    if (json_object_get(check->seen, msgid))
        return false;
    json_object_set_new(check->seen, msgid, json_true());
    return true;
}

static void check_words(const struct check *check, const char *msgid, const struct entry *entry)
{
    struct message message = {.msgid = (char *)msgid};
    struct translation translation = {.message = &message,
                                      .entry = entry,
                                      .our_language = "en",
                                      .their_language = catalog_language(check->catalog)};
    struct buf why = BUF_INIT;

    markdown_show_plain(&message.shown, msgid);
    translation_begin(&translation, FINDING_ERROR, check->findings);
    translation_check(&translation);
    translation_end(&translation);
    markdown_shown_release(&message.shown);
    if (!template_same_variables(msgid, entry->msgstr, check->tags, &why))
        finding(check->findings, FINDING_ERROR, entry_place(entry, 0),
                "use the variables of the message, with the same spelling", "the translation %s",
                why.data);
    buf_release(&why);
}

static void check_message(void *context, const char *msgid, const char *note, struct place place)
{
    struct check *check = context;
    const struct entry *entry = catalog_find(check->catalog, NULL, msgid);
    size_t errors = check->findings->errors;

    (void)note;
    if (!is_new(check, msgid))
        return;
    if (!entry)
        finding(check->findings, FINDING_ERROR, place,
                "update the catalogue with `teade po`, then translate it",
                "%s does not have this message", catalog_place(check->catalog).source->path);
    else if (entry->fuzzy || !*entry->msgstr)
        finding(check->findings, FINDING_ERROR, entry->place,
                "translate the message; once it is right, remove its fuzzy mark",
                "this message is %s", entry->fuzzy ? "fuzzy" : "not translated");
    else
        check_words(check, msgid, entry);
    if (entry && check->findings->errors > errors)
        catalog_reject(check->catalog, NULL, msgid);
}

void templates_check_catalog(const struct templates *templates, struct catalog *catalog,
                             struct findings *findings)
{
    struct check check = {.catalog = catalog, .findings = findings, .seen = json_object()};

    for (size_t i = 0; i < templates->count && !catalog_is_unread(catalog); i++) {
        check.tags = templates->files[i]->kind->tags;
        template_messages(templates->files[i]->template, check_message, &check);
    }
    json_decref(check.seen);
}

/* Rendering */

struct rendering {
    const struct templates *templates;
    const struct catalog *catalog;
};

/* What a catalogue lacks is found by templates_check_catalog(). */
static const char *translate_message(void *context, const char *msgid, struct place place)
{
    const struct rendering *rendering = context;
    const struct entry *entry =
        rendering->catalog ? catalog_find(rendering->catalog, NULL, msgid) : NULL;

    (void)place;
    return entry && !entry->fuzzy && *entry->msgstr ? entry->msgstr : NULL;
}

static const struct template *find_part(void *context, const char *name)
{
    const struct rendering *rendering = context;
    const struct template_file *file = find(rendering->templates, "parts/", name, ".html");

    return file ? file->template : NULL;
}

bool templates_render(const struct templates *templates, const char *name,
                      const struct catalog *catalog, const json_t *data, struct buf *out,
                      struct findings *findings)
{
    const struct template_file *file = find(templates, "", name, "");
    struct rendering rendering = {templates, catalog};
    struct template_renderer renderer = {.strict = true,
                                         .context = &rendering,
                                         .translate = translate_message,
                                         .partial = find_part};

    if (!file) {
        struct source missing = {.path = mem_printf("%s/%s", templates->directory, name)};

        finding(findings, FINDING_ERROR, (struct place){&missing, PLACE_FILE},
                "every site needs this template", "the template is missing");
        free(missing.path);
        return false;
    }
    renderer.escape = file->kind->escape;
    return template_render(file->template, &renderer, data, out, findings);
}
