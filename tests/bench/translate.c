/* What translation costs over libcmark alone, in one run: documents of 6 KB and 30 messages, in
 * three languages, their own and two others.  The peer parses and renders the bytes that
 * translation arrives at.  Prints the processor seconds of cutting, translating and rendering, and
 * those of the peer.
 *
 *   translate DOCUMENTS */
#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "catalog/translate.h"

enum { LANGUAGES = 3 };

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* As legal texts are: mostly plain, now and then a link, emphasis or code. */
static void add_words(struct buf *out, size_t seed, const char *mark)
{
    size_t count = seed % 31 % 6 ? 20 : 4; /* a heading */

    static const char *const words[] = {"isikuandmed", "kasutaja", "nõusolek", "eesmärk",
                                        "õigus",       "töötleme", "teave",    "seadus",
                                        "ja",          "ettevõte"};

    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s%s%s", i ? " " : "", words[(seed * 7 + i * (seed % 5 + 1)) % 10], mark);
    if (seed % 5 == 0)
        buf_addf(out, " [%s%s](https://example.org/%zu) **%s**", words[seed % 10], mark, seed % 7,
                 words[seed % 9]);
    if (seed % 11 == 0)
        buf_adds(out, " `cookie`");
    buf_addc(out, '.');
}

static void make_document(size_t number, struct buf *out)
{
    buf_reset(out);
    for (size_t i = 0; i < 30; i++) {
        buf_adds(out, i % 6 == 0 ? "## " : i % 6 > 3 ? "- " : "");
        add_words(out, number * 31 + i, "");
        buf_adds(out, i % 6 == 4 ? "\n" : "\n\n");
    }
}

static void add_entry(struct buf *out, size_t seed, const char *mark)
{
    buf_adds(out, "msgid \"");
    add_words(out, seed, "");
    buf_adds(out, "\"\nmsgstr \"");
    add_words(out, seed, mark);
    buf_adds(out, "\"\n\n");
}

static void make_catalogue(size_t number, const char *mark, const char *path)
{
    FILE *file = fopen(path, "w");
    struct buf text = BUF_INIT;

    buf_adds(&text, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n");
    for (size_t i = 0; i < 30; i++) {
        bool seen = false;
        struct buf one = BUF_INIT;

        add_entry(&one, number * 31 + i, mark);
        seen = strstr(text.data, one.data);
        if (!seen)
            buf_addstr(&text, buf_str(&one));
        buf_release(&one);
    }
    fwrite(text.data, 1, text.len, file);
    fclose(file);
    buf_release(&text);
}

static double peer(struct str text)
{
    double start = seconds();
    cmark_node *tree = cmark_parse_document(text.data, text.len, CMARK_OPT_VALIDATE_UTF8);
    char *html = cmark_render_html(tree, CMARK_OPT_NOBREAKS);

    free(html);
    cmark_node_free(tree);
    return seconds() - start;
}

struct times {
    double ours, peer;
};

static void run_one(size_t number, const char *path, struct times *times)
{
    static const char *const marks[LANGUAGES] = {"a", "õ", "同"};
    struct findings findings = {.out = stderr};
    struct revision revision = {.body = 0};
    struct catalog *catalogs[LANGUAGES] = {NULL}; /* NULL: its own language */
    struct buf text = BUF_INIT, html = BUF_INIT, commonmark = BUF_INIT;
    struct article article;
    double start;

    make_document(number, &text);
    source_set(&revision.source, "bench.md", buf_str(&text), &findings);
    for (size_t l = 1; l < LANGUAGES; l++) {
        make_catalogue(number, marks[l], path);
        catalogs[l] = catalog_read(path, NULL, &findings);
    }
    start = seconds();
    article_cut(&article, &revision, &findings);
    times->ours += seconds() - start;
    for (size_t l = 0; l < LANGUAGES; l++) {
        start = seconds();
        buf_reset(&html);
        translate(&article, catalogs[l], FINDING_ERROR, &findings);
        markdown_html(&article.markdown, &html);
        times->ours += seconds() - start;
        buf_reset(&commonmark);
        markdown_commonmark(&article.markdown, &commonmark);
        times->peer += peer(buf_str(&commonmark));
        catalog_free(catalogs[l]);
    }
    if (findings.errors)
        exit(EXIT_FAILURE);
    start = seconds();
    article_release(&article);
    times->ours += seconds() - start;
    source_release(&revision.source);
    buf_release(&commonmark);
    buf_release(&html);
    buf_release(&text);
}

int main(int argc, char **argv)
{
    size_t documents = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    char path[] = "/tmp/teade-bench.XXXXXX";
    struct times times = {0};
    int file = documents ? mkstemp(path) : -1;

    if (file < 0)
        return EXIT_FAILURE;
    close(file);
    for (size_t i = 0; i < documents; i++)
        run_one(i, path, &times);
    unlink(path);
    printf("%.3f %.3f\n", times.ours, times.peer);
    return EXIT_SUCCESS;
}
