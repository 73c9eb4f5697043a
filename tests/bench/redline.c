/* What a redline costs, beside git's word diff of the same two texts: time and memory of a process
 * each.  Rows: a policy of 10,000 words with one word changed, a megabyte with a word changed in
 * each paragraph, two megabytes that share nothing, two of the same words in another order.
 *
 *   redline TEADE */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../unit/fixtures/random_markdown.h"
#include "base/file.h"
#include "base/mem.h"

struct text {
    uint64_t seed;
    size_t bytes, vocabulary;
    char letter;   /* words of different letters are different */
    size_t change; /* every how manieth word is another one, 0: none */
};

static void make(const struct text *text, struct buf *out)
{
    struct random_markdown random = {.state = text->seed};

    buf_reset(out);
    for (size_t word = 1; out->len < text->bytes; word++) {
        size_t number = random_below(&random, text->vocabulary);

        buf_addf(out, "%c%zu%s", text->letter, number,
                 text->change && word % text->change == text->change / 2 ? "x" : "");
        buf_adds(out, word % 70 ? " " : ".\n\n");
    }
}

struct cost {
    double seconds;
    long kib;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct cost run(const char *const *arguments)
{
    double start = now();
    struct rusage usage;
    int status;
    pid_t pid;

    fflush(stdout); /* or the child would say it again */
    pid = fork();
    if (pid == 0) {
        if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
            _exit(71);
        execvp(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) { /* 1: git found differences */
        fprintf(stderr, "redline: cannot run %s\n", arguments[0]);
        exit(69);
    }
    return (struct cost){now() - start, usage.ru_maxrss};
}

static void write_file(const char *path, const struct text *text)
{
    struct buf words = BUF_INIT;

    make(text, &words);
    if (!file_replace(path, buf_str(&words)))
        exit(73);
    buf_release(&words);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        struct text old, new;
    } rows[] = {
        {"one word of 10,000", {1, 60000, 3000, 'a', 0}, {1, 60000, 3000, 'a', 9999}},
        {"a word of each paragraph, 1 MB", {2, 1000000, 3000, 'a', 0}, {2, 1000000, 3000, 'a', 70}},
        {"nothing in common, 1 MB", {3, 1000000, 50000, 'a', 0}, {4, 1000000, 50000, 'b', 0}},
        {"the same words, 1 MB", {5, 1000000, 500, 'a', 0}, {6, 1000000, 500, 'a', 0}},
    };
    char folder[] = "/tmp/teade-bench.XXXXXX";
    char *old, *new;

    if (argc != 2 || !mkdtemp(folder))
        return 64;
    old = mem_printf("%s/old.md", folder);
    new = mem_printf("%s/new.md", folder);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const ours[] = {argv[1], "diff", old, new, NULL};
        const char *const git[] = {"git", "diff", "--no-index", "--word-diff", old, new, NULL};
        struct cost redline, peer;

        write_file(old, &rows[i].old);
        write_file(new, &rows[i].new);
        redline = run(ours);
        peer = run(git);
        printf("%-32s teade diff %.2f s, %ld MiB; git's word diff %.2f s, %ld MiB\n", rows[i].name,
               redline.seconds, redline.kib / 1024, peer.seconds, peer.kib / 1024);
    }
    directory_remove(folder);
    free(old);
    free(new);
    return 0;
}
