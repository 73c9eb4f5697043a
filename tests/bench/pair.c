/* Writes two texts to compare, OLD and NEW; the same bytes each time.  KIND is
 *
 *   word        a policy of 10,000 words with one word changed
 *   paragraphs  a megabyte with a word changed in each paragraph
 *   nothing     two megabytes that share nothing
 *   order       two megabytes of the same words in another order
 *
 *   pair KIND OLD NEW */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/fixtures/random_markdown.h"
#include "base/file.h"

struct text {
    uint64_t seed;
    size_t bytes, vocabulary;
    char letter;   /* words of different letters are different */
    size_t change; /* every how manieth word is another one, 0: none */
};

static const struct kind {
    const char *name;
    struct text old, new;
} kinds[] = {
    {"word", {1, 60000, 3000, 'a', 0}, {1, 60000, 3000, 'a', 9999}},
    {"paragraphs", {2, 1000000, 3000, 'a', 0}, {2, 1000000, 3000, 'a', 70}},
    {"nothing", {3, 1000000, 50000, 'a', 0}, {4, 1000000, 50000, 'b', 0}},
    {"order", {5, 1000000, 500, 'a', 0}, {6, 1000000, 500, 'a', 0}},
};

static void make(const struct text *text, struct buf *out)
{
    struct random_markdown random = {.state = text->seed};

    for (size_t word = 1; out->len < text->bytes; word++) {
        size_t number = random_below(&random, text->vocabulary);

        buf_addf(out, "%c%zu%s", text->letter, number,
                 text->change && word % text->change == text->change / 2 ? "x" : "");
        buf_adds(out, word % 70 ? " " : ".\n\n");
    }
}

static bool write_text(const char *path, const struct text *text)
{
    struct buf words = BUF_INIT;
    bool done;

    make(text, &words);
    done = file_replace(path, buf_str(&words));
    buf_release(&words);
    return done;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 4 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(argv[1], kinds[i].name) == 0)
            return write_text(argv[2], &kinds[i].old) && write_text(argv[3], &kinds[i].new)
                       ? EXIT_SUCCESS
                       : EXIT_FAILURE;
    fprintf(stderr, "usage: pair word|paragraphs|nothing|order OLD NEW\n");
    return EXIT_FAILURE;
}
