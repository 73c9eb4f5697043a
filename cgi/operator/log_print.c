#include "log_print.h"

#include <stdio.h>

#include "base/plain.h"
#include "keeper/anchor_file.h"

/* A note and a key that we wrote have nothing in them that a terminal would obey. */
static void print(const char *text)
{
    struct buf plain = BUF_INIT;

    plain_add(&plain, str_of(text));
    fputs(plain.data, stdout);
    buf_release(&plain);
}

static void print_note(void *context, const struct store_checkpoint *checkpoint)
{
    (void)context;
    print(checkpoint->note);
}

bool records_checkpoint(struct store *store, bool *found)
{
    return store_checkpoint(store, true, found, print_note, NULL);
}

static void print_key(void *context, const char *key)
{
    (void)context;
    print(key);
    putchar('\n');
}

bool records_signers(struct store *store)
{
    return store_signers(store, print_key, NULL);
}

/* Whoever can shorten a database may be able to remove its anchor as well. */
static void say_missing(struct store *store, const char *file)
{
    int64_t size;

    if (store_log_size(store, &size) && size)
        fprintf(stderr,
                "teade-records: %s: is not there; the endpoint makes it when it starts, --anchor "
                "names another. Without it nobody notices that the log was cut short or "
                "replaced.\n",
                file);
}

bool records_goes_on(struct store *store, const char *file, bool must_exist, struct buf *why)
{
    bool is_there = false, ok;

    if (!store_begin(store)) {
        buf_adds(why, store_why(store));
        return false;
    }
    ok = anchor_holds(file, store, &is_there, why);
    if (ok && !is_there && !must_exist)
        say_missing(store, file);
    store_rollback(store);
    if (ok && !is_there && must_exist) {
        buf_addf(why, "%s: is not there", file);
        ok = false;
    }
    return ok;
}
