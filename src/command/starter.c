/* A document is made as a file in each language.  The first is the document; the others are cut
 * into messages like it, and message by message they are its translation. */
#include "starter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog/catalog_writer.h"
#include "catalog/interface.h"
#include "catalog/translate.h"

static const char policy[] = "privacy-policy", record[] = "record-of-choices";

static char *catalog_beside(const char *templates, const char *tag, const char *name)
{
    char *below = mem_printf("locale/%s/LC_MESSAGES/%s.po", tag, name);
    char *path = beside_templates(templates, below);

    free(below);
    return path;
}

bool starter_has_language(const char *templates, const char *tag)
{
    const char *names[] = {"site", record};
    bool has = true;

    for (size_t i = 0; i < 2 && strcmp(tag, "en") != 0; i++) {
        char *path = catalog_beside(templates, tag, names[i]);

        has &= file_exists(path);
        free(path);
    }
    return has;
}

static bool create(const struct starter *starter, const char *name, struct str text,
                   struct findings *findings)
{
    char *path = mem_printf("%s/%s", starter->directory, name);
    struct source source = {.path = path};
    bool ok = file_create(path, text);

    if (!ok)
        finding_error(findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE},
                      "check permissions and free space", "cannot write: %s", strerror(errno));
    free(path);
    return ok;
}

static char *language_list(const struct starter *starter)
{
    struct buf list = BUF_INIT;

    for (size_t i = 0; i < starter->language_count; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", starter->languages[i]);
    return buf_detach(&list);
}

/* What templates/starter/ is filled with, but for the document on records. */
static json_t *slots_of(const struct starter *starter, const char *language)
{
    char *languages = language_list(starter);
    json_t *slots =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:b, s:b}", "language",
                  language, "day", starter->day.iso, "name", starter->name, "base_url",
                  starter->base_url, "time_zone", starter->time_zone, "languages", languages,
                  "address", starter->address, "email", starter->email, "phone", starter->phone,
                  "no_contact", !starter->address && !starter->email && !starter->phone, "is_local",
                  strncmp(starter->base_url, "http:", 5) == 0);

    free(languages);
    return slots;
}

/* The document on records, which came with the templates: its newest version. */
static char *record_path(const struct starter *starter)
{
    char *folder = beside_templates(starter->templates->directory, "content/record-of-choices");
    char *path = mem_printf("%s/*.md", folder);
    struct names names;

    directory_list(folder, &names);
    for (size_t i = 0; i < names.count; i++)
        if (strlen(names.name[i]) > 3 && strcmp(strrchr(names.name[i], '.'), ".md") == 0) {
            free(path);
            path = mem_printf("%s/%s", folder, names.name[i]);
        }
    names_release(&names);
    free(folder);
    return path;
}

static struct catalog *read_catalog(const struct starter *starter, const char *language,
                                    const char *name, struct findings *findings)
{
    char *path = catalog_beside(starter->templates->directory, language, name);
    struct catalog *catalog = catalog_read(path, language, findings);

    free(path);
    return catalog;
}

/* Title and article in a language; comments to translators are kept if it needs no translation. */
static bool add_record(const struct starter *starter, const char *language, json_t *slots,
                       struct findings *findings)
{
    struct revision revision = {.body = 0};
    struct article article = {.revision = NULL};
    struct catalog *catalog = NULL;
    struct buf words = BUF_INIT;
    char *path = record_path(starter);
    bool ok =
        revision_read_file(&revision, path, findings) && article_cut(&article, &revision, findings);
    bool is_own = ok && strcmp(revision.language, language) == 0;

    if (ok && !is_own)
        ok = (catalog = read_catalog(starter, language, record, findings)) != NULL;
    ok = ok && translate(&article, catalog, FINDING_ERROR, findings);
    if (ok) {
        is_own ? buf_adds(&words, revision.source.text.data + revision.body)
               : markdown_commonmark(&article.markdown, &words);
        json_object_set_new(slots, "title", json_string(translated_words(&article, "title")));
        json_object_set_new(slots, "article", json_stringn(words.data, words.len));
    }
    buf_release(&words);
    catalog_free(catalog);
    article_release(&article);
    revision_release(&revision);
    free(path);
    return ok;
}

/* The file of a document as it is in a language. */
static bool render_document(const struct starter *starter, const char *document,
                            const char *language, struct buf *out, struct findings *findings)
{
    char *template = mem_printf("starter/%s.md", document);
    json_t *slots = slots_of(starter, language);
    bool is_english = strcmp(language, "en") == 0;
    struct catalog *catalog = is_english ? NULL : read_catalog(starter, language, "site", findings);
    bool ok = (catalog || is_english) &&
              (document == policy || add_record(starter, language, slots, findings)) &&
              templates_render(starter->templates, template, catalog, slots, out, findings);

    catalog_free(catalog);
    json_decref(slots);
    free(template);
    return ok;
}

static bool write_catalog(const struct starter *starter, const char *document,
                          const struct article *source, const struct article *translation,
                          const char *language, struct findings *findings)
{
    struct catalog_writer *writer = catalog_writer_new();
    char *folder = mem_printf("%s/locale/%s/LC_MESSAGES", starter->directory, language);
    char *path = mem_printf("%s/%s.po", folder, document);
    bool ok;

    catalog_writer_set_language(writer, language, starter->day.iso);
    for (size_t i = 0; i < source->message_count && i < translation->message_count; i++)
        if (!source->messages[i].skipped)
            catalog_writer_translate(writer, source->messages[i].context, source->messages[i].msgid,
                                     translation->messages[i].msgid);
    ok = directory_make(folder) && catalog_writer_write(writer, path, findings);
    catalog_writer_free(writer);
    free(path);
    free(folder);
    return ok;
}

/* The document's catalogue in a language. */
static bool write_translation(const struct starter *starter, const char *document, const char *path,
                              const struct article *source, const char *language,
                              struct findings *findings)
{
    struct revision revision = {.body = 0};
    struct article article = {.revision = NULL};
    struct buf text = BUF_INIT;
    bool ok = render_document(starter, document, language, &text, findings) &&
              revision_set_file(&revision, path, buf_str(&text), findings) &&
              article_cut(&article, &revision, findings) &&
              write_catalog(starter, document, source, &article, language, findings);

    article_release(&article);
    revision_release(&revision);
    buf_release(&text);
    return ok;
}

static bool write_document(const struct starter *starter, const char *document,
                           struct findings *findings)
{
    char *name = mem_printf("content/%s/%s.md", document, starter->day.iso);
    struct revision revision = {.body = 0};
    struct article article = {.revision = NULL};
    struct buf text = BUF_INIT;
    bool ok = render_document(starter, document, starter->languages[0], &text, findings) &&
              create(starter, name, buf_str(&text), findings) &&
              revision_set_file(&revision, name, buf_str(&text), findings) &&
              article_cut(&article, &revision, findings);

    for (size_t i = 1; ok && i < starter->language_count; i++)
        ok = write_translation(starter, document, name, &article, starter->languages[i], findings);
    article_release(&article);
    revision_release(&revision);
    buf_release(&text);
    free(name);
    return ok;
}

static bool write_settings(const struct starter *starter, struct findings *findings)
{
    json_t *slots = slots_of(starter, starter->languages[0]);
    struct buf text = BUF_INIT;
    bool ok =
        templates_render(starter->templates, "starter/site.yaml", NULL, slots, &text, findings) &&
        create(starter, "content/site.yaml", buf_str(&text), findings);

    buf_release(&text);
    json_decref(slots);
    return ok;
}

bool starter_write(const struct starter *starter, struct findings *findings)
{
    bool was_muted = findings->muted, ok;

    findings->muted = true; /* of what is to be stated yet, teade check tells */
    ok = write_settings(starter, findings) && write_document(starter, policy, findings) &&
         write_document(starter, record, findings) &&
         create(starter, ".gitignore", str_of("/build/\n*.mo\n*.po~\n"), findings);
    findings->muted = was_muted;
    return ok;
}
