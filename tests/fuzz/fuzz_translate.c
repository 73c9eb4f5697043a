/* A Markdown text, a NUL, and a translator's words for every message of it.  Cutting and putting
 * the same words back changes nothing; whatever the translation says, the blocks are those of
 * the source, and nothing on the page is markup that nobody checked. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "catalog/translate.h"
#include "catalog/translation.h"

/* Tags of blocks alone: what a translation may not change. */
static void block_tags(const char *html, struct buf *out)
{
    static const char *const tags[] = {"p",  "ul", "ol", "li", "blockquote", "pre", "hr /", "h1", "h2",
                                       "h3", "h4", "h5", "h6", "table",      "tr",  "th",   "td"};

    for (; (html = strchr(html, '<')); html++)
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
            const char *name = html + 1 + (html[1] == '/');
            size_t len = strlen(tags[i]);

            if (strncmp(name, tags[i], len) == 0 && strchr("> ", name[len])) {
                buf_add(out, html, (size_t)(name + len - html));
                buf_addc(out, '>');
            }
        }
}

static void render(const struct article *article, struct buf *html, struct buf *tags)
{
    buf_reset(html);
    buf_reset(tags);
    markdown_html(&article->markdown, html);
    block_tags(html->data, tags);
    assert(utf8_invalid(buf_str(html)) == html->len);
    assert(!strstr(html->data, "<script"));
    assert(!strcasestr(html->data, "href=\"javascript:"));
}

/* Whatever a translation is, its faults have a place in its file. */
static void check_words(struct article *article, const char *words, struct findings *findings)
{
    static const char catalog[] = "msgid \"a\"\nmsgstr \"\"\n\"b\\n\"\n";
    struct source source;
    struct entry entry = {.msgstr = words};

    source_set(&source, "x.po", str_of(catalog), findings);
    entry.place = (struct place){&source, 0};
    for (size_t i = 0; i < article->message_count; i++) {
        struct translation translation = {.message = &article->messages[i],
                                          .entry = &entry,
                                          .our_language = "en",
                                          .their_language = i % 2 ? "ja" : "et"};

        translation_begin(&translation, FINDING_ERROR, findings);
        translation_check(&translation);
        translation_end(&translation);
    }
    source_release(&source);
}

static void try_words(struct article *article, const char *words)
{
    struct buf html = BUF_INIT, before = BUF_INIT, after = BUF_INIT, again = BUF_INIT;

    render(article, &html, &before);
    for (size_t i = 0; i < article->message_count; i++)
        markdown_set_words(article->messages[i].leaf, article->messages[i].msgid, false);
    render(article, &again, &after);
    assert(str_equal(buf_str(&html), buf_str(&again)));
    for (size_t i = 0; i < article->message_count; i++)
        markdown_set_words(article->messages[i].leaf, words, i % 2);
    render(article, &again, &after);
    assert(str_equal(buf_str(&before), buf_str(&after)));
    buf_release(&html);
    buf_release(&before);
    buf_release(&after);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static FILE *silence;
    char *text = mem_dup((const char *)bytes, size);
    size_t len = strlen(text), rest = len < size ? len + 1 : len;
    struct findings findings = {.out = silence = silence ? silence : fopen("/dev/null", "w")};
    struct revision revision = {.body = 0};
    struct article article = {.revision = NULL};

    if (utf8_invalid(str_of(text + rest)) == strlen(text + rest) &&
        source_set(&revision.source, "x.md", (struct str){text, len}, &findings) &&
        article_cut(&article, &revision, &findings))
        try_words(&article, text + rest), check_words(&article, text + rest, &findings);
    article_release(&article);
    source_release(&revision.source);
    free(text);
    return 0;
}
