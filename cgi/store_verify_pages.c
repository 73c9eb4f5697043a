/* The database's own check of its pages and keys, which takes as long as that of the records: it is
 * done at the same time, by a thread with a connection of its own. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

struct store_page_check {
    pthread_t thread;
    bool runs;
    const char *path;
    int32_t application;
    struct buf faults; /* each ends in a NUL */
    struct buf why;    /* it could not be done */
};

static void add_fault(void *context, const char *fault)
{
    buf_adds(context, fault);
    buf_addc(context, '\0');
}

static void *run(void *context)
{
    struct store_page_check *check = context;
    struct db *db = db_open(check->path, DB_READ, check->application, &check->why);

    if (db && !db_check(db, add_fault, &check->faults))
        buf_adds(&check->why, db_why(db));
    db_close(db);
    return NULL;
}

struct store_page_check *store_page_check_start(struct store *store)
{
    struct store_page_check *check = mem_alloc(sizeof *check);

    check->path = db_path(store->db);
    check->application = SCHEMA_APPLICATION;
    buf_init(&check->faults);
    buf_init(&check->why);
    check->runs = pthread_create(&check->thread, NULL, run, check) == 0;
    if (!check->runs)
        run(check);
    return check;
}

void store_page_check_end(struct store_page_check *check,
                          void (*fault)(void *context, const char *what), void *context)
{
    if (check->runs)
        pthread_join(check->thread, NULL);
    for (size_t at = 0; at < check->faults.len; at += strlen(check->faults.data + at) + 1)
        fault(context, check->faults.data + at);
    if (check->why.len)
        fault(context, check->why.data);
    buf_release(&check->faults);
    buf_release(&check->why);
    free(check);
}
