#include "extract.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void add_template_message(void *context, const char *msgid, const char *note,
                                 struct place place)
{
    catalog_writer_add(context, NULL, msgid, note, place.source->path);
}

static bool extract_templates(const struct templates *templates, const char *locale,
                              struct findings *findings)
{
    struct catalog_writer *writer = catalog_writer_new();
    char *path = mem_printf("%s/site.pot", locale);
    bool ok;

    templates_messages(templates, add_template_message, writer);
    ok = catalog_writer_finish(writer, path, findings);
    free(path);
    return ok;
}

/* References name the file and the block, not lines: an inserted line would otherwise
 * change every entry behind it. */
static bool extract_revision(struct catalog_writer *writer, const struct revision *revision,
                             struct findings *findings)
{
    struct article article;
    bool ok = article_cut(&article, revision, findings);

    for (size_t i = 0; i < article.message_count && ok; i++) {
        const struct message *message = &article.messages[i];
        char *reference = mem_printf("%s:%s", revision->source.path, message->path);

        catalog_writer_add(writer, message->context, message->msgid, message->note, reference);
        free(reference);
    }
    article_release(&article);
    return ok;
}

static bool extract_document(const struct document *document, const char *locale,
                             struct findings *findings)
{
    struct catalog_writer *writer = catalog_writer_new();
    char *path = mem_printf("%s/%s.pot", locale, document->id);
    bool ok = true;

    for (size_t r = 0; r < document->count; r++)
        ok &= extract_revision(writer, &document->revisions[r], findings);
    ok &= catalog_writer_finish(writer, path, findings);
    free(path);
    return ok;
}

bool extract(const struct edition_options *options, struct findings *findings)
{
    struct templates templates;
    struct site site;
    bool ok = site_read(&site, options->content, findings);

    ok &= templates_read(&templates, options->templates, findings);
    if (ok)
        ok = extract_templates(&templates, options->locale, findings);
    for (size_t d = 0; d < site.document_count && ok; d++)
        ok = extract_document(&site.documents[d], options->locale, findings);
    templates_release(&templates);
    site_release(&site);
    return ok;
}
