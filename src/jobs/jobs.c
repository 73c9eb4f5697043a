#include "jobs.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"

struct part {
    struct findings findings;
    struct finding_queue queue;
    bool ok;
};

struct work {
    bool (*part)(void *context, size_t index, struct findings *findings);
    void *context;
    struct part *parts;
    size_t count;
    atomic_size_t next; /* the first that is not begun */
};

size_t jobs_default(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return (size_t)(count < 1 ? 1 : count > JOBS_MAX ? JOBS_MAX : count);
}

static void *do_parts(void *argument)
{
    struct work *work = argument;
    size_t i;

    while ((i = atomic_fetch_add(&work->next, 1)) < work->count)
        work->parts[i].ok = work->part(work->context, i, &work->parts[i].findings);
    return NULL;
}

/* The caller is one of the threads.  One that cannot be had leaves more to the others. */
static void do_all(struct work *work, size_t jobs)
{
    pthread_t threads[JOBS_MAX];
    size_t count = 0;

    while (count + 1 < jobs && count + 1 < work->count && count < JOBS_MAX &&
           pthread_create(&threads[count], NULL, do_parts, work) == 0)
        count++;
    do_parts(work);
    while (count > 0)
        pthread_join(threads[--count], NULL);
}

bool jobs_run(size_t jobs, size_t count,
              bool (*part)(void *context, size_t index, struct findings *findings), void *context,
              struct findings *findings)
{
    struct work work = {.part = part,
                        .context = context,
                        .parts = mem_alloc((count + 1) * sizeof *work.parts),
                        .count = count};
    bool ok = true;

    for (size_t i = 0; i < count; i++)
        findings_queue(&work.parts[i].findings, &work.parts[i].queue, findings);
    do_all(&work, jobs);
    for (size_t i = 0; i < count; i++) {
        findings_pass_on(&work.parts[i].findings, findings);
        ok &= work.parts[i].ok;
    }
    free(work.parts);
    return ok;
}
