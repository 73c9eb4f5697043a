#include "render.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "language.h"
#include "said.h"
#include "translate.h"

static bool write_out(struct str html, FILE *out, struct findings *findings)
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
    ok &= write_out(buf_str(&html), out, findings);
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

/* A file's article as CommonMark: what is compared has no comments to the program. */
static bool read_text(const char *path, struct buf *text, struct findings *findings)
{
    struct revision revision = {.body = 0};
    struct article article = {.revision = NULL};
    bool ok =
        revision_read_file(&revision, path, findings) && article_cut(&article, &revision, findings);

    if (ok)
        markdown_commonmark(&article.markdown, text);
    article_release(&article);
    revision_release(&revision);
    return ok;
}

/* The site's own words in a language; where nobody translated them, the English ones. */
static bool read_words(const struct edition_options *options, const char *language,
                       struct redline_words *words, struct findings *findings)
{
    char *path = mem_printf("%s/%s/LC_MESSAGES/site.po", options->locale, language);
    struct catalog *catalog = NULL;
    struct templates templates;
    bool ok = templates_read(&templates, options->templates, findings) &&
              (!file_exists(path) || (catalog = catalog_read(path, language, findings)));

    ok = ok && said_read(words, &templates, catalog, findings);
    catalog_free(catalog);
    templates_release(&templates);
    free(path);
    return ok;
}

bool render_diff(const char *before, const char *after, const char *language,
                 const struct edition_options *options, FILE *out, struct findings *findings)
{
    struct redline_options how = {.language = language ? language : template_language};
    struct buf old = BUF_INIT, new = BUF_INIT;
    struct redline redline;
    bool ok = read_text(before, &old, findings) && read_text(after, &new, findings) &&
              read_words(options, how.language, &how.words, findings);

    if (ok) {
        redline_make(&redline, old.data, new.data, &how);
        ok = write_out(buf_str(&redline.html), out, findings);
        redline_release(&redline);
    }
    said_release(&how.words);
    buf_release(&old);
    buf_release(&new);
    return ok;
}
