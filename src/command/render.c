#include "render.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "catalog/translate.h"
#include "language/language.h"

bool render_write(struct str html, FILE *out, struct findings *findings)
{
    bool ok = fwrite(html.data, 1, html.len, out) == html.len && fflush(out) == 0;

    if (!ok)
        finding_error(findings, EX_IOERR, (struct place){NULL, 0}, "check where the output goes",
                      "cannot write: %s", strerror(errno));
    return ok;
}

static bool render_article(struct article *article, const char *catalog_path, const char *language,
                           FILE *out, struct findings *findings)
{
    struct catalog *catalog = NULL;
    struct buf html = BUF_INIT;
    bool ok = true;

    if (catalog_path && !(catalog = catalog_read(catalog_path, language, findings)))
        return false;
    ok = translate(article, catalog, FINDING_WARNING, findings);
    if (language && language_breaks_phrases(language))
        break_headings(article);
    catalog_free(catalog);
    markdown_html(&article->markdown, &html);
    if (utf8_invalid(buf_str(&html)) == html.len) /* else a reference to no character, an error */
        ok &= render_write(buf_str(&html), out, findings);
    buf_release(&html);
    return ok;
}

bool render(const char *path, const char *catalog, const char *language, FILE *out,
            struct findings *findings)
{
    struct revision revision = {.body = 0};
    struct article article = {.revision = NULL};
    bool ok = revision_read_file(&revision, path, findings);

    if (!revision.language && !catalog) /* else it is the translation's */
        revision.language = language;
    ok = ok && article_cut(&article, &revision, findings) &&
              render_article(&article, catalog, language, out, findings);

    article_release(&article);
    revision_release(&revision);
    return ok;
}
