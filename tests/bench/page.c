/* What the page of a visitor costs the keeper: what stands, and their newest fifty records, as the
 * worker asks for them.  DATABASE is one that fill made.
 *
 *   page DATABASE */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "crowd.h"
#include "keeper/task.h"
#include "store/store.h"
#include "store/store_log.h"

enum { TIMES = 401 };

static _Noreturn void give_up(const char *why)
{
    fprintf(stderr, "page: %s\n", why);
    exit(EXIT_FAILURE);
}

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static void ask(const struct task_context *context, enum wire_kind kind, const uint8_t *visitor,
                size_t behind)
{
    struct buf fields = BUF_INIT, reply = BUF_INIT;
    struct wire_reader reader;

    buf_add(&fields, visitor, ACT_VISITOR);
    wire_put_number(&fields, 0, behind);
    reader = (struct wire_reader){buf_str(&fields), false};
    if (task_carry_out(context, kind, &reader, &reply) != TASK_DONE)
        give_up(store_why(context->store));
    buf_release(&fields);
    buf_release(&reply);
}

static double page(const struct task_context *context, const uint8_t *visitor)
{
    double before = milliseconds();

    if (!store_begin(context->store))
        give_up(store_why(context->store));
    ask(context, WIRE_STANDING, visitor, 4);
    ask(context, WIRE_RECORDS, visitor, 8);
    if (!store_commit(context->store))
        give_up(store_why(context->store));
    return milliseconds() - before;
}

static int compare(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

static void measure(const struct task_context *context, size_t number, size_t records)
{
    double times[TIMES], first;
    uint8_t visitor[ACT_VISITOR];

    crowd_visitor(number, visitor);
    first = page(context, visitor);
    for (int i = 0; i < TIMES; i++)
        times[i] = page(context, visitor);
    qsort(times, TIMES, sizeof *times, compare);
    printf("  %5zu records: %.2f ms, 99 of 100 within %.2f ms; the first time %.2f ms\n", records,
           times[TIMES / 2], times[TIMES * 99 / 100], first);
}

int main(int argc, char **argv)
{
    struct task_context context = {.now = (int64_t)time(NULL), .site = ""};
    struct buf why = BUF_INIT;

    if (argc != 2 || sodium_init() < 0)
        give_up("page DATABASE");
    if (!(context.store = store_open(argv[1], STORE_WRITE, &why)))
        give_up(why.data);
    for (size_t i = 0; i < CROWD_HISTORIES; i++)
        measure(&context, i, crowd_histories[i]);
    store_close(context.store);
    buf_release(&why);
    return EXIT_SUCCESS;
}
