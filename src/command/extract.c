/* All is read and cut before the first file is written: half a template would take the
 * other half's translations out of every catalogue. */
#include "extract.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog/catalog_writer.h"
#include "catalog/interface.h"
#include "language/zone.h"

/* What is collected from a folder, and the name of the file it goes to. */
struct collection {
    const char *folder, *name;
    struct catalog_writer *writer;
};

/* Where a message stands, for translators: the folder's own name and what is below it,
 * wherever the folder lies on this machine.  References name the block by the heading above
 * it, not the line: what is inserted elsewhere changes no other entry. */
static char *reference(const char *folder, const char *path, const char *block)
{
    const char *below = path + strlen(folder);
    struct str name = str_of(folder);
    const char *slash;

    while (name.len > 1 && name.data[name.len - 1] == '/')
        name.len--;
    slash = memrchr(name.data, '/', name.len);
    if (slash)
        name = (struct str){slash + 1, (size_t)(name.data + name.len - slash - 1)};
    below += strspn(below, "/");
    return mem_printf("%.*s/%s%s%s", (int)name.len, name.data, below, block ? ":" : "",
                      block ? block : "");
}

static void add(struct collection *collection, const char *path, const struct message *message)
{
    char *where;

    if (message->skipped)
        return;
    where = reference(collection->folder, path, message->path);
    catalog_writer_add(collection->writer, message->context, message->msgid, message->note, where);
    free(where);
}

static void take_template_message(void *context, const char *msgid, const char *note,
                                  struct place place)
{
    struct collection *collection = context;
    char *where = reference(collection->folder, place.source->path, NULL);

    catalog_writer_add(collection->writer, NULL, msgid, note, where);
    free(where);
}

/* Why its published words were corrected, where that was done to a translation. */
static bool take_errata(struct collection *collection, const struct document *document,
                        const struct revision *revision, struct findings *findings)
{
    struct frozen frozen;
    bool ok = frozen_read(&frozen, document->folder, revision->id, FROZEN_NOW, findings);

    for (size_t i = 0; ok && i < frozen.erratum_count; i++) {
        char *where = reference(collection->folder, frozen.source.path, "erratum");

        if (strcmp(frozen.errata[i].before.language, revision->language) != 0)
            catalog_writer_add(collection->writer, NULL, frozen.errata[i].why,
                               "Why published words were corrected, for visitors", where);
        free(where);
    }
    frozen_release(&frozen);
    return ok;
}

static bool take_revision(struct collection *collection, const struct revision *revision,
                          struct findings *findings)
{
    struct article article;
    bool ok = article_cut(&article, revision, findings);

    for (size_t i = 0; i < article.message_count; i++)
        add(collection, revision->source.path, &article.messages[i]);
    article_release(&article);
    return ok;
}

/* Faults of a draft do not stop the extraction; its messages can be translated already. */
static void take_draft(struct collection *collection, const struct revision *revision,
                       struct findings *findings)
{
    struct findings before = findings_demote(findings);

    take_revision(collection, revision, findings);
    findings_promote(findings, &before);
}

static bool take_document(struct collection *collection, const struct document *document,
                          struct date day, struct findings *findings)
{
    bool muted = findings->muted, ok = true;

    for (size_t r = 0; r < document->count; r++) {
        const struct revision *revision = &document->revisions[r];

        if (strcmp(revision->published.iso, day.iso) > 0) {
            take_draft(collection, revision, findings);
            continue;
        }
        findings->muted = muted || document_is_over(document, revision, day);
        ok &= take_revision(collection, revision, findings);
        ok &= take_errata(collection, document, revision, findings);
        findings->muted = muted;
    }
    return ok;
}

static bool write_collection(const struct collection *collection, const char *locale,
                             struct findings *findings)
{
    char *path = mem_printf("%s/%s.pot", locale, collection->name);
    bool ok = catalog_writer_write(collection->writer, path, findings);

    free(path);
    return ok;
}

/* Whether the interface is translated here, in a language at least. */
static bool has_own_interface(const struct edition_options *options, const struct site *site,
                              const char *added)
{
    char *path = mem_printf("%s/site.pot", options->locale);
    bool is_own = file_exists(path) ||
                  (added && interface_is_own(options->locale, options->templates, added));

    for (size_t l = 0; l < site->language_count + site->in_progress; l++)
        is_own |= interface_is_own(options->locale, options->templates, site->languages[l]);
    free(path);
    return is_own;
}

/* The site's templates first, then the documents. */
static bool extract_all(const struct edition_options *options, const struct site *site,
                        const struct templates *templates, bool with_interface,
                        struct findings *findings)
{
    struct date day = *options->day.iso ? options->day : zone_today(site->time_zone);
    size_t count = 1 + site->document_count;
    struct collection *collections = mem_alloc(count * sizeof *collections);
    bool ok = true;

    for (size_t i = 0; i < count; i++) {
        collections[i] = (struct collection){
            options->content, i ? site->documents[i - 1].id : "site", catalog_writer_new()};
        if (i)
            ok &= take_document(&collections[i], &site->documents[i - 1], day, findings);
    }
    collections[0].folder = options->templates;
    templates_messages(templates, take_template_message, &collections[0]);
    for (size_t i = 0; i < count; i++) {
        if (i ? document_language(&site->documents[i - 1]) != NULL /* else it stays as it was */
              : with_interface)
            ok = ok && write_collection(&collections[i], options->locale, findings);
        catalog_writer_free(collections[i].writer);
    }
    free(collections);
    return ok;
}

bool extract(const struct edition_options *options, const char *added, struct findings *findings)
{
    struct templates templates;
    struct site site;
    bool ok = site_read(&site, options->content, options->day, findings);

    ok &= templates_read(&templates, options->templates, findings);
    ok = ok && extract_all(options, &site, &templates, has_own_interface(options, &site, added),
                           findings);
    templates_release(&templates);
    site_release(&site);
    return ok;
}

bool extract_file(const char *path, FILE *out, struct findings *findings)
{
    struct revision revision = {.body = 0};
    struct article article = {.revision = NULL};
    struct catalog_writer *writer = catalog_writer_new();
    bool ok =
        revision_read_file(&revision, path, findings) && article_cut(&article, &revision, findings);

    for (size_t i = 0; ok && i < article.message_count; i++) {
        const struct message *message = &article.messages[i];
        char *where = mem_printf("%s:%s", path, message->path);

        if (!message->skipped)
            catalog_writer_add(writer, message->context, message->msgid, message->note, where);
        free(where);
    }
    ok = ok && catalog_writer_print(writer, out, findings);
    catalog_writer_free(writer);
    article_release(&article);
    revision_release(&revision);
    return ok;
}
