/* Nothing is lost, doubled or moved between the source, the catalogue and the page: over
 * the examples of the CommonMark specification and a real policy's revisions, where they
 * are in $TEST_DATA, and over random documents (TEST_SEED, TEST_DOCUMENTS). */
#include "../fixtures/test.h"

#include <cmark.h>
#include <dirent.h>

#include "../fixtures/random_markdown.h"
#include "catalog/translate.h"

/* What is tried on every text, and what came of it. */
struct trial {
    char *folder;
    FILE *silence; /* where findings are printed, once for each text */
    bool quiet;    /* not printed: a finding reads its line, and here are 10,000 in one */
    size_t texts, tables, messages, refused, wrong;
};

static void trial_init(struct trial *trial)
{
    *trial = (struct trial){.folder = folder_new(), .silence = fopen("/dev/null", "w")};
    assert_non_null(trial->silence);
}

static void trial_release(struct trial *trial, const char *what)
{
    print_message("%s: %zu texts, %zu tables, %zu messages, %zu blocks that cannot stand alone\n",
                  what, trial->texts, trial->tables, trial->messages, trial->refused);
    fclose(trial->silence);
    folder_free(trial->folder);
    assert_int_equal(trial->wrong, 0);
}

static void add_escaped(struct buf *out, char c)
{
    if (c == '"' || c == '\\')
        buf_addc(out, '\\');
    buf_addc(out, c);
}

static void add_quoted(struct buf *out, const char *keyword, const char *text)
{
    buf_addf(out, "%s \"", keyword);
    for (; *text; text++)
        if (*text == '\n')
            buf_adds(out, "\\n");
        else if (*text == '\t')
            buf_adds(out, "\\t");
        else
            add_escaped(out, *text);
    buf_adds(out, "\"\n");
}

/* For each message the first one with the same words. */
static size_t *firsts_of(const struct article *article)
{
    size_t *first = mem_alloc((article->message_count + 1) * sizeof *first);

    for (size_t i = 0; i < article->message_count; i++)
        while (strcmp(article->messages[first[i]].msgid, article->messages[i].msgid) != 0)
            first[i]++;
    return first;
}

static void token_of(size_t message, char token[24])
{
    snprintf(token, 24, "Q%zuZ", message);
}

/* A catalogue in which every msgstr is its msgid, or a token. */
static struct catalog *catalog_of(const struct trial *trial, const struct article *article,
                                  bool tokens, struct findings *findings)
{
    struct buf text = BUF_INIT;
    struct catalog *catalog;
    size_t *first = firsts_of(article);
    char *path, token[24];

    buf_adds(&text, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n");
    for (size_t i = 0; i < article->message_count; i++)
        if (first[i] == i) {
            token_of(i, token);
            add_quoted(&text, "msgid", article->messages[i].msgid);
            add_quoted(&text, "msgstr", tokens ? token : article->messages[i].msgid);
            buf_addc(&text, '\n');
        }
    path = folder_file(trial->folder, "x.po", text.data);
    catalog = catalog_read(path, NULL, findings);
    assert_non_null(catalog);
    assert_int_equal(remove(path), 0);
    free(path);
    free(first);
    buf_release(&text);
    return catalog;
}

/* The HTML by stock cmark. */
static char *peer(struct str text)
{
    cmark_node *tree = cmark_parse_document(text.data, text.len, CMARK_OPT_VALIDATE_UTF8);
    char *html = cmark_render_html(tree, CMARK_OPT_NOBREAKS);

    cmark_node_free(tree);
    return html;
}

/* The ids of headings are ours alone, and the names of tables say their heads again. */
static void without_names(const struct buf *html, struct buf *out)
{
    buf_reset(out);
    for (const char *at = html->data; *at;) {
        bool heading = at[0] == '<' && at[1] == 'h' && at[2] >= '1' && at[2] <= '6';

        if (heading && strncmp(at + 3, " id=\"", 5) == 0) {
            buf_add(out, at, 3);
            at = strchr(at, '>');
        } else if (strncmp(at, "<div ", 5) == 0) {
            buf_adds(out, "<div");
            at = strchr(at, '>');
        } else {
            buf_addc(out, *at++);
        }
    }
}

static size_t occurrences(const char *text, const char *word)
{
    size_t count = 0, len = strlen(word);

    for (; (text = strchr(text, *word)); text++) /* strstr() is slow under sanitizers */
        count += strncmp(text, word, len) == 0;
    return count;
}

/* Each token as often as its message. */
static bool has_each_token(const struct article *article, const struct buf *html)
{
    size_t *first = firsts_of(article);
    size_t *places = mem_alloc((article->message_count + 1) * sizeof *places);
    bool has = true;
    char token[24];

    for (size_t i = 0; i < article->message_count; i++)
        places[first[i]]++;
    for (size_t i = 0; has && i < article->message_count; i++) {
        token_of(i, token);
        has = first[i] != i || occurrences(html->data, token) == places[i];
    }
    free(places);
    free(first);
    return has;
}

/* No letter outside tags, code blocks and tokens. */
static bool has_nothing_else(const struct buf *html)
{
    for (const char *at = html->data; *at; at++) {
        if (strncmp(at, "<pre>", 5) == 0)
            at = strstr(at, "</pre>");
        if (*at == '<')
            at = strchr(at, '>');
        else if (*at == 'Q')
            at = strchr(at, 'Z');
        else if (*at != '\n')
            return false;
    }
    return true;
}

static void render_with(const struct trial *trial, struct article *article, bool tokens,
                        struct buf *html)
{
    struct findings findings = {.out = tokens || trial->quiet ? NULL : trial->silence};
    struct catalog *catalog = catalog_of(trial, article, tokens, &findings);

    buf_reset(html);
    assert_true(translate(article, catalog, FINDING_WARNING, &findings));
    assert_int_equal(untranslated_count(article), 0);
    markdown_html(&article->markdown, html);
    catalog_free(catalog);
}

static void say(struct trial *trial, const char *what, struct str text, const char *html)
{
    if (trial->wrong++ < 5)
        print_error("%s\n--- text\n%.*s\n--- html\n%s\n", what, (int)text.len, text.data, html);
}

/* What a text without a catalogue shows: stock cmark's HTML, or, as that has no tables, our own. */
static void untranslated(const struct article *article, struct str text, struct buf *out)
{
    struct buf html = BUF_INIT;

    if (article->markdown.table_count) {
        markdown_html(&article->markdown, &html);
        without_names(&html, out);
    } else {
        char *stock = peer(text);

        buf_adds(out, stock);
        free(stock);
    }
    buf_release(&html);
}

/* The text of a revision that is only a text. */
static void try_text(struct trial *trial, struct str text)
{
    struct revision revision = {.body = 0};
    struct heard heard;
    struct buf html = BUF_INIT, plain = BUF_INIT, wanted = BUF_INIT;
    struct article article;
    size_t refused;

    heard_init(&heard);
    assert_true(source_set(&revision.source, "x.md", text, &heard.findings));
    assert_true(article_cut(&article, &revision, &heard.findings));
    refused = occurrences(heard_text(&heard).data, "does not mean the same") +
              occurrences(heard_text(&heard).data, "nested too deep");
    heard_release(&heard);
    untranslated(&article, text, &wanted);
    render_with(trial, &article, false, &html);
    without_names(&html, &plain);
    if (!str_equal(buf_str(&plain), buf_str(&wanted)))
        say(trial, "identity", text, plain.data);
    render_with(trial, &article, true, &html);
    without_names(&html, &plain);
    if (!refused && !(has_each_token(&article, &plain) && has_nothing_else(&plain)))
        say(trial, "exactly once", text, plain.data);
    trial->tables += article.markdown.table_count;
    trial->texts++;
    trial->messages += article.message_count;
    trial->refused += refused;
    article_release(&article);
    source_release(&revision.source);
    buf_release(&plain);
    buf_release(&html);
    buf_release(&wanted);
}

/* Data */

/* The next example of the specification: its Markdown, arrows being tabs. */
static bool next_example(const char **rest, struct buf *text)
{
    static const char fence[] = "````````````````````````````````", tab[] = "→";
    const char *end;

    do {
        *rest = strstr(*rest, fence);
        if (!*rest)
            return false;
        *rest += sizeof fence - 1;
    } while (strncmp(*rest, " example\n", 9) != 0);
    *rest += 9;
    end = strncmp(*rest, ".\n", 2) == 0 ? *rest : strstr(*rest, "\n.\n") + 1;
    buf_reset(text);
    while (*rest < end) {
        bool is_tab = strncmp(*rest, tab, sizeof tab - 1) == 0;

        buf_addc(text, is_tab ? '\t' : **rest);
        *rest += is_tab ? sizeof tab - 1 : 1;
    }
    return true;
}

static void specification(void **state)
{
    char *path = test_data("commonmark/spec-0.30.txt");
    struct buf spec = BUF_INIT, text = BUF_INIT;
    struct trial trial;

    (void)state;
    assert_true(file_read(path, &spec));
    free(path);
    trial_init(&trial);
    for (const char *rest = spec.data; next_example(&rest, &text);)
        try_text(&trial, buf_str(&text));
    assert_int_equal(trial.texts, 652);
    buf_release(&text);
    buf_release(&spec);
    trial_release(&trial, "CommonMark 0.30");
}

static struct str body_of(struct str text)
{
    const char *end = strstr(text.data, "\n---\n");

    if (strncmp(text.data, "---\n", 4) != 0 || !end)
        return text;
    return (struct str){end + 5, text.len - (size_t)(end + 5 - text.data)};
}

static void policies(void **state)
{
    char *folder = test_data("policies/github-privacy-statement");
    struct names names = {0};
    struct trial trial;

    (void)state;
    assert_true(directory_list(folder, &names));
    trial_init(&trial);
    for (size_t i = 0; i < names.count; i++) {
        char *path = mem_printf("%s/%s", folder, names.name[i]);
        struct buf text = BUF_INIT;

        assert_true(file_read(path, &text));
        try_text(&trial, body_of(buf_str(&text)));
        buf_release(&text);
        free(path);
    }
    names_release(&names);
    free(folder);
    trial_release(&trial, "a real policy");
}

static uint64_t number_from(const char *name, uint64_t usual)
{
    const char *value = getenv(name);

    return value ? strtoull(value, NULL, 10) : usual;
}

static void try_random(struct random_markdown random, size_t count, const char *what)
{
    struct buf text = BUF_INIT;
    struct trial trial;

    print_message("TEST_SEED=%llu\n", (unsigned long long)random.state);
    trial_init(&trial);
    for (size_t i = 0; i < count; i++) {
        buf_reset(&text);
        random_document(&random, &text);
        try_text(&trial, buf_str(&text));
    }
    buf_release(&text);
    trial_release(&trial, what);
}

static void random_documents(void **state)
{
    (void)state;
    try_random((struct random_markdown){.state = number_from("TEST_SEED", 20261125)},
               number_from("TEST_DOCUMENTS", 5000), "random documents");
}

static void random_tables(void **state)
{
    (void)state;
    try_random((struct random_markdown){number_from("TEST_SEED", 20261126), true},
               number_from("TEST_DOCUMENTS", 500), "random documents with tables");
}

/* Their own table, so that the test means something anywhere. */
static void samples(void **state)
{
    static const char *const rows[] = {
        "",
        "a\nb\n",
        "# a\n\na\n\n> a\n> b\n",
        "1. a\n   b  \n   c\n2. d\n\n   - e\n",
        "[a][b] ![c](d 'e')\n\n[b]: http://f 'g'\n",
        "***\n---\na\n===\n",
        "<b>a</b> <!-- c -->\n\n<div>\n\nd\n",
        "```\na\n```\n\n    b\n",
        "*a **b** `c` <d@e.f>* &amp; \\*\n",
        "---\nFoo\n---\nBar\n---\n",
        "| a | `b\\|c` |\n|---|:-:|\n| *d* | [e][f] |\n\n[f]: g|h\n",
        "- a | b\n  - | -\n> c|\n> -|\n> d\ne\n",
        "\v \na\n", /* a line that only cmark's inlines take for blank */
    };
    struct trial trial;

    (void)state;
    trial_init(&trial);
    for (size_t i = 0; i < COUNT(rows); i++)
        try_text(&trial, str_of(rows[i]));
    trial_release(&trial, "samples");
}

/* What makes careless parsers slow, recursive or both; and much of what is usual. */
static void pathological(void **state)
{
    static const struct {
        const char *part;
        size_t times;
    } rows[] = {
        {"[", 10000},   {"![", 10000},     {"[a](", 10000}, {"> ", 10000},     {"- ", 10000},
        {"1. ", 10000}, {"*a ", 10000},    {"**a*", 10000}, {"`", 10000},      {"`a``", 10000},
        {"<", 10000},   {"&", 10000},      {"\\", 10000},  {"a\n", 10000},    {"a\\\n", 10000},
        {"*", 10000},   {"# a\n\n", 3000}, {"_a_", 10000},  {"**「a」**", 10000}, {"</a>", 10000},
        {"## Õigus\n\nMe *ei* [võltsi](http://example.org/) andmeid.\nAga `koodi` küll.\n\n"
         "1. Üks\n2. Kaks\n\n> Kolm\n\n",
         0}, /* 10 MiB by 5,000 documents */
    };
    size_t much = 20 * number_from("TEST_DOCUMENTS", 5000);
    struct trial trial;

    (void)state;
    trial_init(&trial);
    trial.quiet = true;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT;

        for (size_t n = 0; n < (rows[i].times ? rows[i].times : much); n++)
            buf_adds(&text, rows[i].part);
        buf_addc(&text, '\n');
        try_text(&trial, buf_str(&text));
        buf_release(&text);
    }
    trial_release(&trial, "pathological texts");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples),
        cmocka_unit_test(pathological),
        cmocka_unit_test(specification),
        cmocka_unit_test(policies),
        cmocka_unit_test(random_documents),
        cmocka_unit_test(random_tables),
    };

    return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
