/* What does not need the records takes as long as they do: the database's own check of its pages
 * and keys, and the log's tree.  A thread does it meanwhile, with a connection and a view of its
 * own. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

struct store_beside {
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
    buf_adds(context, "database: ");
    add_fault(context, fault);
}

static bool check_all(struct store_beside *beside, struct store *store)
{
    int64_t size;

    if (!store_begin(store))
        return false;
    if (!db_check(store->db, add_page_fault, &beside->faults))
        return store_fail(store);
    if (!store_log_size(store, &size))
        return false;
    store_verify_log(store, size, &beside->checkpoints, add_fault, &beside->faults);
    return true;
}

static void *run(void *context)
{
    struct store_beside *beside = context;
    struct buf why = BUF_INIT;
    struct store *store = store_open(beside->path, STORE_READ, false, &why);

    if (!store)
        add_fault(&beside->faults, why.data);
    else if (!check_all(beside, store))
        add_fault(&beside->faults, store_why(store));
    store_close(store);
    buf_release(&why);
    return NULL;
}

struct store_beside *store_beside_start(struct store *store)
{
    struct store_beside *beside = mem_alloc(sizeof *beside);

    beside->path = db_path(store->db);
    buf_init(&beside->faults);
    beside->runs = pthread_create(&beside->thread, NULL, run, beside) == 0;
    if (!beside->runs)
        run(beside);
    return beside;
}

int64_t store_beside_end(struct store_beside *beside,
                         void (*fault)(void *context, const char *what), void *context)
{
    int64_t checkpoints;

    if (beside->runs)
        pthread_join(beside->thread, NULL);
    for (size_t at = 0; at < beside->faults.len; at += strlen(beside->faults.data + at) + 1)
        fault(context, beside->faults.data + at);
    checkpoints = beside->checkpoints;
    buf_release(&beside->faults);
    free(beside);
    return checkpoints;
}
