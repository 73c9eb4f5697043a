/* What does not need the bytes of the records takes as long as they do: the database's own check of
 * its pages and keys, the log's tree, and what each record names of its visitor's before it.  A
 * thread does it meanwhile, with a connection and a view of its own. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_log.h"
#include "store_private.h"

struct store_background {
    pthread_t thread;
    bool runs;
    const char *path;
    struct buf faults; /* each ends in a NUL */
    int64_t checkpoints;
};

static void add_fault(void *context, const char *fault)
{
    buf_adds(context, fault);
    buf_addc(context, '\0');
}

static void add_page_fault(void *context, const char *fault)
{
    fault_add(context, "database: %s", fault);
}

static bool check_all(struct store_background *background, struct store *store)
{
    struct fault_sink faults = {add_fault, &background->faults};
    struct fault_sink pages = {add_page_fault, &faults};
    int64_t size;

    if (!store_begin(store))
        return false;
    if (!db_check(store->db, &pages))
        return store_fail(store);
    if (!store_log_size(store, &size))
        return false;
    store_verify_log(store, size, &background->checkpoints, &faults);
    return store_verify_earlier(store, &faults);
}

static void *run(void *context)
{
    struct store_background *background = context;
    struct buf why = BUF_INIT;
    struct store *store = store_open(background->path, STORE_READ, &why);

    if (!store)
        add_fault(&background->faults, why.data);
    else if (!check_all(background, store))
        add_fault(&background->faults, store_why(store));
    store_close(store);
    buf_release(&why);
    return NULL;
}

struct store_background *store_background_start(struct store *store)
{
    struct store_background *background = mem_alloc(sizeof *background);

    background->path = db_path(store->db);
    buf_init(&background->faults);
    background->runs = pthread_create(&background->thread, NULL, run, background) == 0;
    if (!background->runs)
        run(background);
    return background;
}

int64_t store_background_end(struct store_background *background, const struct fault_sink *sink)
{
    int64_t checkpoints;

    if (background->runs)
        pthread_join(background->thread, NULL);
    for (size_t at = 0; at < background->faults.len; at += strlen(background->faults.data + at) + 1)
        sink->take(sink->context, background->faults.data + at);
    checkpoints = background->checkpoints;
    buf_release(&background->faults);
    free(background);
    return checkpoints;
}
