/* Random documents for tests and benches: every block and inline that CommonMark has, words
 * of three languages, and now and then what no editor would write. */
#ifndef TEADE_RANDOM_MARKDOWN_H
#define TEADE_RANDOM_MARKDOWN_H

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

struct random_markdown {
    uint64_t state; /* of splitmix64, the seed at first */
    bool tables;    /* stock CommonMark has none */
};

static inline uint64_t random_below(struct random_markdown *random, uint64_t limit)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (z ^ z >> 31) % limit;
}

static inline const char *random_word(struct random_markdown *random)
{
    static const char *const words[] = {
        "privacy", "Õigus",  "isikuandmed", "policy",     "andmed.", "data,", "jõustumine",
        "2026",    "cookie", "x第三者x",    "u同意a",     "1.",      "2)",    "#tag",
        "-",       "+",      ">",           "=",          "a_b",     "x*y",   "C++",
        "\"quoted\"", "(in brackets)", "»tsitaat«", "https://example.org/a_b", "!",
    };

    return words[random_below(random, sizeof words / sizeof *words)];
}

static inline void random_inline(struct random_markdown *random, struct buf *out)
{
    static const char *const shapes[] = {
        "*%*",         "**%**",          "_%_",           "__%__",
        "`%`",         "`` % ` ``",      "[%](http://example.org/ \"%\")", "[%](<a b> '%')",
        "![%](x.png)", "[%][r]",         "[r]",           "<http://example.org/%>",
        "<b>%</b>",    "&amp;",          "&#233;",        "&copy;",
        "\\*%\\*",     "\\\\",           "***%** %*",     "*%**%***",
        "**% *%***",   "[*%* `%`](#a)",  "<!-- % -->",    "~~%~~",
        "a*\"%\"*",    "![*%*](y 'z')",  "[%",            "*%",
        "<me@example.org>", "**%**%",
    };

    if (random_below(random, 3)) {
        buf_adds(out, random_word(random));
        return;
    }
    for (const char *at = shapes[random_below(random, sizeof shapes / sizeof *shapes)]; *at; at++)
        if (*at == '%')
            buf_adds(out, random_word(random));
        else
            buf_addc(out, *at);
}

/* Lines of words; `prefix` stands before each but the first. */
static inline void random_lines(struct random_markdown *random, const char *prefix, struct buf *out)
{
    static const char *const joins[] = {" ", " ", " ", " ", "", "\n", "  \n", "\\\n"};
    size_t count = 1 + random_below(random, 12);

    for (size_t i = 0; i < count; i++) {
        const char *join = joins[random_below(random, sizeof joins / sizeof *joins)];
        const char *line_end = strchr(join, '\n');

        random_inline(random, out);
        if (i + 1 == count)
            break;
        if (line_end) /* between Latin letters: stock cmark keeps the break in Japanese */
            buf_adds(out, " or");
        buf_adds(out, join);
        if (line_end) {
            buf_adds(out, prefix);
            buf_adds(out, "and ");
        }
    }
    buf_addc(out, '\n');
}

static inline void random_cell(struct random_markdown *random, struct buf *out)
{
    static const char *const shapes[] = {"", "-", "12", "a \\| b", "`c\\|d`", "\\\\", "*e\\|*", "f\\"};

    if (!random_below(random, 3))
        buf_adds(out, shapes[random_below(random, sizeof shapes / sizeof *shapes)]);
    else
        for (size_t i = random_below(random, 4) + 1; i-- > 0;) {
            random_inline(random, out);
            buf_adds(out, i ? " " : "");
        }
}

static inline void random_row(struct random_markdown *random, size_t columns, struct buf *out)
{
    bool outer = random_below(random, 4);

    buf_adds(out, outer ? "|" : "x ");
    for (size_t c = 0; c < columns; c++) {
        if (c)
            buf_addc(out, '|');
        buf_addc(out, ' ');
        random_cell(random, out);
        buf_addc(out, ' ');
    }
    buf_adds(out, outer ? "|\n" : "\n");
}

static inline void random_table(struct random_markdown *random, const char *prefix, struct buf *out)
{
    static const char *const delimiters[] = {"---", ":-", "-:", " :---: ", "-"};
    size_t columns = 1 + random_below(random, 5), rows = random_below(random, 6);

    random_row(random, columns, out);
    buf_addf(out, "%s|", prefix);
    for (size_t c = 0; c < columns; c++)
        buf_addf(out, "%s|", delimiters[random_below(random, 5)]);
    buf_addc(out, '\n');
    for (size_t r = 0; r < rows; r++) {
        buf_adds(out, prefix);
        random_row(random, random_below(random, 5) ? columns : 1 + random_below(random, 6), out);
    }
}

/* A block, its first line where `out` stands, the others behind `prefix`. */
static inline void random_block(struct random_markdown *random, const char *prefix, int depth,
                                struct buf *out)
{
    static const char *const markers[] = {"- ", "* ", "+ ", "1. ", "7) ", "10. "};
    static const char *const hashes[] = {"# ", "## ", "###### "};
    char inner[64];

    if (random->tables && !random_below(random, 3)) {
        random_table(random, prefix, out);
        return;
    }
    switch (random_below(random, depth < 4 ? 11 : 6)) {
    case 0:
        buf_adds(out, hashes[random_below(random, 3)]);
        random_inline(random, out);
        buf_adds(out, random_below(random, 3) ? "\n" : " ##\n");
        break;
    case 1:
        random_lines(random, prefix, out);
        buf_addf(out, "%s%s\n", prefix, random_below(random, 2) ? "===" : "---");
        break;
    case 2:
        buf_addf(out, "```\n%scode *x* &amp;\n%s```\n", prefix, prefix);
        break;
    case 3:
        buf_adds(out, random_below(random, 2) ? "***\n" : "<!-- a comment -->\n");
        break;
    case 4:
    case 5:
        random_lines(random, prefix, out);
        break;
    case 6:
    case 7: {
        snprintf(inner, sizeof inner, "%s> ", prefix);
        buf_adds(out, "> ");
        random_block(random, inner, depth + 1, out);
        buf_addf(out, "%s>\n%s> ", prefix, prefix);
        random_block(random, random_below(random, 4) ? inner : prefix, depth + 1, out);
        break;
    }
    default: {
        const char *marker = markers[random_below(random, sizeof markers / sizeof *markers)];
        size_t items = 1 + random_below(random, 4);

        snprintf(inner, sizeof inner, "%s%*s", prefix, (int)strlen(marker), "");
        for (size_t i = 0; i < items; i++) {
            buf_addf(out, "%s%s", i ? prefix : "", marker);
            random_block(random, inner, depth + 1, out);
            if (!random_below(random, 3)) {
                buf_addf(out, "%s\n%s", prefix, inner);
                random_block(random, inner, depth + 1, out);
            }
        }
        break;
    }
    }
}

static inline void random_document(struct random_markdown *random, struct buf *out)
{
    size_t blocks = 1 + random_below(random, 8);

    for (size_t i = 0; i < blocks; i++) {
        random_block(random, "", 0, out);
        buf_addc(out, '\n');
    }
    if (random_below(random, 2))
        buf_adds(out, "[r]: http://example.org/r \"title\"\n");
}

#endif
