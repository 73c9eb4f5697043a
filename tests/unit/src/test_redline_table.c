/* Redlines of tables: a row is aligned as an item is, a cell with its own column, and on either
 * side stands that side's table, cell by cell. */
#include "../fixtures/test.h"

#include <ctype.h>

#include "../fixtures/random_markdown.h"
#include "markdown/markdown.h"
#include "redline/redline.h"

static void make(struct redline *redline, const char *old, const char *new, const char *language)
{
    struct redline_options options = {.language = language};

    redline_make(redline, old, new, &options);
}

/* Examples */

/* A redline's rows, a line each: what became of it (= same, ~ changed, + - added or removed, > <
 * moved), its cells, and before a cell + or - where its column came or went. */
static void draw(const char *html, struct buf *out)
{
    static const char *const rows[][2] = {
        {"<tr>", "= "},
        {"<tr class=\"changed\">", "~ "},
        {"<tr class=\"added\">", "+ "},
        {"<tr class=\"removed\">", "- "},
        {"<tr class=\"moved-here\">", "> "},
        {"<tr class=\"moved-away\">", "< "},
        {"</tr>\n", "|\n"},
        {"<th scope=\"col\">", "|"},
        {"<th scope=\"col\" class=\"added\">", "|+"},
        {"<td class=\"added\">", "|+"},
        {"<th scope=\"col\" class=\"removed\">", "|-"},
        {"<td class=\"removed\">", "|-"},
        {"<th scope=\"col\" class=\"to-right\">", "|r"},
        {"<td class=\"to-right\">", "|r"},
        {"<th scope=\"col\" class=\"added to-right\">", "|+r"},
        {"<td class=\"added to-right\">", "|+r"},
        {"<td>", "|"},
        {"</td>\n", ""},
        {"</th>\n", ""},
        {"<thead>\n", "# "},
        {"</thead>\n", ""},
        {"<table>\n", ""},
        {"</table>\n", ""},
        {"<div class=\"table\" tabindex=\"0\">\n", "["},
        {"</div>\n", "]"},
        {"<ins>", "{+"},
        {"</ins>", "+}"},
        {"<del>", "{-"},
        {"</del>", "-}"},
    };

    while (*html) {
        size_t i = 0;

        while (i < COUNT(rows) && strncmp(html, rows[i][0], strlen(rows[i][0])) != 0)
            i++;
        if (i < COUNT(rows))
            buf_adds(out, rows[i][1]);
        else
            buf_addc(out, *html);
        html += i < COUNT(rows) ? strlen(rows[i][0]) : 1;
    }
}

#define HEAD "|Cookie|Purpose|Months|\n|-|-|-|\n"

static void examples(void **state)
{
    static const struct {
        const char *old, *new, *wanted;
    } rows[] = {
        {HEAD "|a|b|1|\n", HEAD "|a|b|1|\n", "[# = |Cookie|Purpose|Months|\n= |a|b|1|\n]"},
        /* cells */
        {HEAD "|a|signing in|1|\n|b|counting visits|2|\n",
         HEAD "|a|signing in|12|\n|b|counting visits|2|\n",
         "[# = |Cookie|Purpose|Months|\n~ |a|signing in|{-1-}{+12+}|\n= |b|counting visits|2|\n]"},
        {HEAD "|a|counting all of your visits|1|\n", HEAD "|a|counting some of your visits||\n",
         "[# = |Cookie|Purpose|Months|\n"
         "~ |a|counting {-all-}{+some+} of your visits|{-1-}|\n]"},
        {HEAD "|a|b c|1|\n", HEAD "|a b|c|1|\n",
         "[# = |Cookie|Purpose|Months|\n~ |a{+ b+}|{-b -}c|1|\n]"},
        /* rows */
        {HEAD "|a|b|1|\n|d|e|1|\n|g|h|1|\n", HEAD "|a|b|1|\n|g|h|1|\n",
         "[# = |Cookie|Purpose|Months|\n= |a|b|1|\n- |{-d-}|{-e-}|{-1-}|\n= |g|h|1|\n]"},
        {HEAD "|a|b|1|\n|g|h|1|\n", HEAD "|a|b|1|\n|d|e|1|\n|g|h|1|\n|i||\n",
         "[# = |Cookie|Purpose|Months|\n= |a|b|1|\n+ |{+d+}|{+e+}|{+1+}|\n= |g|h|1|\n"
         "+ |{+i+}|||\n]"},
        {HEAD "|a|b|1|\n|d|e|2|\n|g|h|3|\n", HEAD "|d|e|2|\n|a|b|1|\n|g|h|3|\n",
         "[# = |Cookie|Purpose|Months|\n< |{-a-}|{-b-}|{-1-}|\n= |d|e|2|\n"
         "> |{+a+}|{+b+}|{+1+}|\n= |g|h|3|\n]"},
        /* a row is known by its first cell, whatever else became of it */
        {HEAD "|a|signing in with us|1|\n|d|e|2|\n|g|h|3|\n",
         HEAD "|n|o|9|\n|a|quite other things than that|never|\n|g|h|3|\n",
         "[# = |Cookie|Purpose|Months|\n+ |{+n+}|{+o+}|{+9+}|\n"
         "~ |a|{-signing in with us-}{+quite other things than that+}|{-1-}{+never+}|\n"
         "- |{-d-}|{-e-}|{-2-}|\n= |g|h|3|\n]"},
        /* columns */
        {HEAD "|a|b|1|\n|d|e|2|\n",
         "|Cookie|Set by|Purpose|Months|\n|-|-|-|-|\n|a|us|b|1|\n|d|them|e|2|\n",
         "[# ~ |Cookie|+{+Set by+}|Purpose|Months|\n~ |a|+{+us+}|b|1|\n~ |d|+{+them+}|e|2|\n]"},
        {HEAD "|a|b|1|\n|d|e|2|\n", "|Cookie|Months|\n|-|-|\n|a|1|\n|d|2|\n",
         "[# ~ |Cookie|-{-Purpose-}|Months|\n~ |a|-{-b-}|1|\n~ |d|-{-e-}|2|\n]"},
        {HEAD "|a|b|1|\n|d|e|2|\n", "|Cookie|\n|-|\n|a|\n|n|\n",
         "[# ~ |Cookie|-{-Purpose-}|-{-Months-}|\n~ |a|-{-b-}|-{-1-}|\n"
         "~ |{-d-}{+n+}|-{-e-}|-{-2-}|\n]"},
        {"|Cookie|\n|-|\n|a|\n|d|\n", "|Cookie|Months|\n|-|-:|\n|a|1|\n|n|3|\n|d|2|\n",
         "[# ~ |Cookie|+r{+Months+}|\n~ |a|+r{+1+}|\n+ |{+n+}|+r{+3+}|\n~ |d|+r{+2+}|\n]"},
        {HEAD "|a|b|1|\n|x|y|2|\n|d|e|3|\n", "|Cookie|Months|\n|-|-|\n|a|1|\n|d|3|\n",
         "[# ~ |Cookie|-{-Purpose-}|Months|\n~ |a|-{-b-}|1|\n- |{-x-}|-{-y-}|{-2-}|\n"
         "~ |d|-{-e-}|3|\n]"},
        {HEAD "|a|b|1|\n", "|Cookie|Reason|Days|\n|-|-|-:|\n|a|b|30|\n", /* other names */
         "[# ~ |Cookie|{-Purpose-}{+Reason+}|r{-Months-}{+Days+}|\n~ |a|b|r{-1-}{+30+}|\n]"},
        {HEAD "|a|b|1|\n", "|Cookie|Months|Purpose|\n|-|-|-|\n|a|1|b|\n", /* another order */
         "[# ~ |Cookie|-{-Purpose-}|Months|+{+Purpose+}|\n~ |a|-{-b-}|1|+{+b+}|\n]"},
        /* tables */
        {"One.\n\nTwo.\n", "One.\n\n" HEAD "|a|b|1|\n\nTwo.\n",
         "<p>One.</p>\n[# + |{+Cookie+}|{+Purpose+}|{+Months+}|\n+ "
         "|{+a+}|{+b+}|{+1+}|\n]<p>Two.</p>\n"},
        {HEAD "|a|b|1|\n\nTwo.\n", "Two.\n",
         "[# - |{-Cookie-}|{-Purpose-}|{-Months-}|\n- |{-a-}|{-b-}|{-1-}|\n]<p>Two.</p>\n"},
        {HEAD "|a|b|1|\n|d|e|2|\n",
         HEAD "|x|y|7|\n\nAnd:\n\n" HEAD "|a|b|1|\n|d|e|2|\n", /* one more before it */
         "[# + |{+Cookie+}|{+Purpose+}|{+Months+}|\n+ |{+x+}|{+y+}|{+7+}|\n]"
         "<p class=\"added\">{+And:+}</p>\n"
         "[# = |Cookie|Purpose|Months|\n= |a|b|1|\n= |d|e|2|\n]"},
        {"- x\n\n  |a|b|\n  |-|-|\n  |c|d|\n", "- x\n\n  |a|b|\n  |-|-|\n  |c|d|\n  |e|f|\n",
         "<ul>\n<li><p>x</p>\n[# = |a|b|\n= |c|d|\n+ |{+e+}|{+f+}|\n]</li>\n</ul>\n"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf drawn = BUF_INIT;
        struct redline redline;

        make(&redline, rows[i].old, rows[i].new, "en");
        draw(redline.html.data, &drawn);
        wrong += differs(rows[i].new, buf_str(&drawn), rows[i].wanted);
        redline_release(&redline);
        buf_release(&drawn);
    }
    assert_int_equal(wrong, 0);
}

/* In the table that sets both texts side by side a row is a line. */
static void side_by_side(void **state)
{
    static const char old[] = HEAD "|a|b|1|\n|d|e *f*|2|\n",
                      new[] = "|Cookie|Months|\n|-|-|\n|a|1|\n|n||\n";
    static const char *const wanted[][2] = {
        {"Cookie | <del>Purpose</del> | Months", "Cookie | Months"},
        {"a | <del>b</del> | 1", "a | 1"},
        {"<del>d</del> | <del>e <em>f</em></del> | <del>2</del>", "<ins>n</ins> | "},
    };
    struct redline redline;

    (void)state;
    make(&redline, old, new, "ja");
    assert_int_equal(redline.row_count, COUNT(wanted));
    for (size_t i = 0; i < redline.row_count; i++) {
        assert_string_equal(redline.rows[i].before, wanted[i][0]);
        assert_string_equal(redline.rows[i].after, wanted[i][1]);
    }
    redline_release(&redline);
}

/* Soundness */

static bool is_tag(const char *html, const char *name)
{
    size_t len = strlen(name);

    return *html == '<' && strncmp(html + 1, name, len) == 0 &&
           !isalnum((unsigned char)html[len + 1]);
}

static const char *element_end(const char *from)
{
    char name[16] = "";
    size_t depth = 0;

    memcpy(name, from + 1, strcspn(from + 1, " >"));
    if (strcmp(name, "hr") == 0)
        return strchr(from, '>') + 1;
    for (;; from = strchr(from + 1, '<')) {
        depth += is_tag(from, name);
        if (from[1] == '/' && strncmp(from + 2, name, strlen(name)) == 0 &&
            from[2 + strlen(name)] == '>' && --depth == 0)
            return strchr(from, '>') + 1;
    }
}

static bool has_class(const char *html, const char *class)
{
    const char *found = memmem(html, strcspn(html, ">"), " class=\"", 8);

    return *html == '<' && found && strncmp(found + 8, class, strlen(class)) == 0;
}

/* The tables of one side as a reader of it sees them: a line a row, letters alone.  `element` and
 * the classes are what that side has not; NULL: it has all.  Where a changed link leads is told
 * besides. */
static void grid_of(const char *html, const char *element, const char *const classes[2],
                    struct buf *out)
{
    size_t in_table = 0;

    while (*html) {
        if (element && (is_tag(html, element) || has_class(html, classes[0]) ||
                        has_class(html, classes[1]) || has_class(html, "address"))) {
            html = element_end(html);
            continue;
        }
        in_table += is_tag(html, "table");
        in_table -= strncmp(html, "</table>", 8) == 0;
        if (is_tag(html, "tr"))
            buf_addc(out, '\n');
        if (is_tag(html, "td") || is_tag(html, "th"))
            buf_addc(out, '|');
        if (is_tag(html, "img"))
            buf_add(out, html, strcspn(html, ">"));
        if (*html == '<')
            html += strcspn(html, ">");
        else if (in_table && strncmp(html, "&#39;", 5) == 0) /* cmark leaves it as it is */
            buf_addc(out, '\''), html += 4;
        else if (in_table && !isspace((unsigned char)*html))
            buf_addc(out, *html);
        html++;
    }
}

static void grid_of_text(const char *text, struct buf *out)
{
    struct markdown markdown;
    struct buf html = BUF_INIT;

    markdown_parse(&markdown, str_of(text));
    markdown_html(&markdown, &html);
    grid_of(html.data, NULL, NULL, out);
    markdown_release(&markdown);
    buf_release(&html);
}

static void require_sound(const char *old, const char *new)
{
    static const char *const comes[] = {"added", "moved-here"}, *const goes[] = {"removed",
                                                                                 "moved-away"};
    struct buf grids[4] = {BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT};
    struct redline redline;

    make(&redline, old, new, "en");
    grid_of(redline.html.data, "ins", comes, &grids[0]);
    grid_of_text(old, &grids[1]);
    grid_of(redline.html.data, "del", goes, &grids[2]);
    grid_of_text(new, &grids[3]);
    for (size_t i = 0; i < 4; i += 2) {
        if (strcmp(grids[i].data, grids[i + 1].data) != 0)
            print_error("--- old\n%s\n--- new\n%s\n--- redline\n%s\n", old, new, redline.html.data);
        assert_string_equal(grids[i].data, grids[i + 1].data);
    }
    for (size_t i = 0; i < 4; i++)
        buf_release(&grids[i]);
    redline_release(&redline);
}

/* A random table, as a list of cells that can be changed. */
struct table {
    char *cell[12][8];
    size_t rows, columns;
};

static char *random_words(struct random_markdown *random)
{
    struct buf words = BUF_INIT;

    do
        random_cell(random, &words);
    while (words.len && words.data[words.len - 1] == '\\');
    return buf_detach(&words);
}

static void table_random(struct table *table, struct random_markdown *random)
{
    table->rows = 1 + random_below(random, 8);
    table->columns = 1 + random_below(random, 5);
    for (size_t r = 0; r < table->rows; r++)
        for (size_t c = 0; c < table->columns; c++)
            table->cell[r][c] = random_words(random);
}

static void table_write(const struct table *table, struct buf *out)
{
    for (size_t r = 0; r < table->rows; r++)
        for (size_t c = 0; c <= table->columns; c++) {
            buf_addf(out, "| %s%s", c < table->columns ? table->cell[r][c] : "\n",
                     c < table->columns ? " " : "");
            for (size_t d = 0; r == 0 && c == table->columns && d <= c; d++)
                buf_adds(out, d < c ? "| --- " : "|\n");
        }
}

static void add_row(struct table *table, struct random_markdown *random)
{
    size_t at = 1 + random_below(random, table->rows);

    if (table->rows == COUNT(table->cell))
        return;
    memmove(&table->cell[at + 1], &table->cell[at], (table->rows - at) * sizeof table->cell[0]);
    for (size_t c = 0; c < table->columns; c++)
        table->cell[at][c] = random_words(random);
    table->rows++;
}

static void remove_row(struct table *table, struct random_markdown *random)
{
    size_t at = random_below(random, table->rows);

    if (table->rows == 1)
        return;
    for (size_t c = 0; c < table->columns; c++)
        free(table->cell[at][c]);
    table->rows--;
    memmove(&table->cell[at], &table->cell[at + 1], (table->rows - at) * sizeof table->cell[0]);
}

static void swap_rows(struct table *table, struct random_markdown *random)
{
    size_t a = random_below(random, table->rows), b = random_below(random, table->rows);

    for (size_t c = 0; c < table->columns; c++) {
        char *cell = table->cell[a][c];

        table->cell[a][c] = table->cell[b][c];
        table->cell[b][c] = cell;
    }
}

static void add_column(struct table *table, struct random_markdown *random)
{
    size_t at = random_below(random, table->columns + 1);

    if (table->columns == COUNT(table->cell[0]))
        return;
    for (size_t r = 0; r < table->rows; r++) {
        memmove(&table->cell[r][at + 1], &table->cell[r][at],
                (table->columns - at) * sizeof table->cell[r][0]);
        table->cell[r][at] = random_words(random);
    }
    table->columns++;
}

static void remove_column(struct table *table, struct random_markdown *random)
{
    size_t at = random_below(random, table->columns);

    if (table->columns == 1)
        return;
    table->columns--;
    for (size_t r = 0; r < table->rows; r++) {
        free(table->cell[r][at]);
        memmove(&table->cell[r][at], &table->cell[r][at + 1],
                (table->columns - at) * sizeof table->cell[r][0]);
    }
}

static void change_cell(struct table *table, struct random_markdown *random)
{
    char **cell =
        &table->cell[random_below(random, table->rows)][random_below(random, table->columns)];

    free(*cell);
    *cell = random_words(random);
}

static void table_edit(struct table *table, struct random_markdown *random)
{
    static void (*const ways[])(struct table *, struct random_markdown *) = {
        add_row, remove_row, swap_rows, add_column, remove_column, change_cell, change_cell};

    ways[random_below(random, COUNT(ways))](table, random);
}

static void table_release(struct table *table)
{
    while (table->rows > 0)
        for (size_t c = 0, r = --table->rows; c < table->columns; c++)
            free(table->cell[r][c]);
}

static uint64_t seed(void)
{
    const char *value = getenv("TEST_SEED");
    uint64_t number = value ? strtoull(value, NULL, 10) : 20261130;

    print_message("TEST_SEED=%llu\n", (unsigned long long)number);
    return number;
}

/* Tables of which rows, columns and cells came, went and changed; now and then wholly others, and
 * more than one. */
static void edited_tables(void **state)
{
    struct random_markdown random = {.state = seed()};

    (void)state;
    for (int n = 0; n < 500; n++) {
        struct table table, other;
        struct buf old = BUF_INIT, new = BUF_INIT;

        table_random(&table, &random);
        table_random(&other, &random);
        table_write(&table, &old);
        if (n % 3 == 0)
            buf_adds(&old, "\nBetween.\n\n"), table_write(&other, &old);
        for (uint64_t edits = random_below(&random, 6); edits-- > 0;)
            table_edit(&table, &random);
        if (n % 5 == 0)
            table_write(&other, &new), buf_adds(&new, "\nBetween.\n\n");
        table_write(&table, &new);
        require_sound(old.data, new.data);
        require_sound(old.data, old.data);
        buf_release(&old);
        buf_release(&new);
        table_release(&table);
        table_release(&other);
    }
}

/* Tables in lists and quotes. */
static void documents(void **state)
{
    struct random_markdown random = {seed(), true};

    (void)state;
    for (int n = 0; n < 500; n++) {
        struct random_markdown again = random;
        struct buf old = BUF_INIT, new = BUF_INIT;

        random_document(&random, &old);
        if (n % 2)
            random_document(&random, &new);
        else
            random_document(&again, &new), random_document(&random, &new);
        require_sound(old.data, new.data);
        require_sound(new.data, old.data);
        buf_release(&old);
        buf_release(&new);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),
        cmocka_unit_test(side_by_side),
        cmocka_unit_test(edited_tables),
        cmocka_unit_test(documents),
    };

    return cmocka_run_group_tests_name("redline_table", tests, NULL, NULL);
}
