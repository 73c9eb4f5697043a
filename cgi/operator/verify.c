/* Whether the database matches itself and the checkpoints that were kept outside of it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/plain.h"
#include "commands.h"
#include "database/database_name.h"
#include "keeper/anchor_file.h"
#include "say.h"
#include "store/store_verify.h"
#include "subject.h"

char *command_anchor(const struct options *options)
{
    return options->anchor ? mem_dups(options->anchor)
                           : mem_printf("%s.anchor", database_file(options->database));
}

/* Each fault goes where it belongs: on a line of its own, or into a list. */
struct verdict {
    json_t *list; /* or NULL */
    struct store_count count;
};

static void take_fault(void *context, const char *what)
{
    struct verdict *verdict = context;

    if (verdict->list)
        json_array_append_new(verdict->list, json_string(what));
    else
        puts(what);
}

static void print_count(const struct store_count *count)
{
    printf("%s, %s, %lld removed, %s, %s, %s: ", number_of(count->entries, "entry", "entries").text,
           number_of(count->records, "record", "records").text, (long long)count->closed,
           number_of(count->provisions, "disclosure", "disclosures").text,
           number_of(count->texts, "text", "texts").text,
           number_of(count->checkpoints, "checkpoint", "checkpoints").text);
    if (count->faults)
        puts(number_of(count->faults, "fault", "faults").text);
    else
        puts("everything matches");
}

static void print_count_json(const struct store_count *count, json_t *faults)
{
    print_json(json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:O}", "checkpoints",
                         (json_int_t)count->checkpoints, "entries", (json_int_t)count->entries,
                         "records", (json_int_t)count->records, "removed",
                         (json_int_t)count->closed, "disclosures", (json_int_t)count->provisions,
                         "texts", (json_int_t)count->texts, "faults", faults));
}

/* Somebody who can shorten a database may be able to remove its anchor as well. */
static void say_missing(struct store *store, const char *file)
{
    int64_t size;

    if (store_log_size(store, &size) && size)
        say("%s: does not exist; the endpoint creates it when it starts, --anchor names another "
            "file. Without it, a log that was cut short or replaced is not detected.",
            file);
}

/* Whether the log continues from the checkpoint in a file; `optional`: the file need not exist. */
static bool continues(struct store *store, const char *file, bool optional, struct buf *why)
{
    bool exists = false, ok;

    if (!store_begin(store)) {
        buf_adds(why, store_why(store));
        return false;
    }
    ok = anchor_holds(file, store, &exists, why);
    if (ok && !exists && optional)
        say_missing(store, file);
    store_rollback(store);
    if (ok && !exists && !optional) {
        buf_addf(why, "%s: does not exist", file);
        ok = false;
    }
    return ok;
}

static void compare(struct verdict *verdict, struct store *store, const char *file, bool optional)
{
    struct buf why = BUF_INIT;

    if (!continues(store, file, optional, &why)) {
        verdict->count.faults++;
        take_fault(verdict, why.data);
    }
    buf_release(&why);
}

static void verify(struct verdict *verdict, struct store *store, const struct options *options)
{
    char *anchor = command_anchor(options);

    store_verify(store, &(struct fault_sink){take_fault, verdict}, &verdict->count);
    store_verify_times(store, options->now, &(struct fault_sink){take_fault, verdict},
                       &verdict->count);
    compare(verdict, store, anchor, true);
    if (options->checkpoint)
        compare(verdict, store, options->checkpoint, false);
    free(anchor);
}

/* A checkpoint that was named and cannot be read says nothing about the database. */
static bool is_readable(const char *file)
{
    return !file || access(file, R_OK) == 0 ||
           say_failure(false, "%s: cannot be read: %s", file, strerror(errno));
}

int command_verify(const struct options *options)
{
    struct verdict verdict = {.list = options->json ? json_array() : NULL};
    struct store *store = NULL;

    if (is_readable(options->checkpoint) && is_readable(options->anchor) &&
        (store = subject_database(options))) {
        verify(&verdict, store, options);
        if (options->json)
            print_count_json(&verdict.count, verdict.list);
        else
            print_count(&verdict.count);
    }
    json_decref(verdict.list);
    store_close(store);
    return !store ? EX_NOINPUT : verdict.count.faults ? EXIT_FAILURE : EX_OK;
}

/* What was signed, and by which keys. */

/* A note and a key that we wrote have nothing in them that a terminal would obey. */
static void print_plain(const char *text)
{
    struct buf plain = BUF_INIT;

    plain_add(&plain, str_of(text));
    fputs(plain.data, stdout);
    buf_release(&plain);
}

static void print_note(void *context, const struct store_checkpoint *checkpoint)
{
    (void)context;
    print_plain(checkpoint->note);
}

static void print_key(void *context, const char *key)
{
    (void)context;
    print_plain(key);
    putchar('\n');
}

int command_checkpoint(const struct options *options)
{
    struct store *store = subject_database(options);
    bool found = true, read;
    int status = EX_OK;

    if (!store)
        return EX_NOINPUT;
    read = options->signers ? store_signers(store, print_key, NULL)
                            : store_checkpoint(store, true, &found, print_note, NULL);
    if (!read)
        status = say_failure(EX_IOERR, "%s", store_why(store));
    else if (!found)
        status = say_failure(EXIT_FAILURE, "no checkpoint was published yet; the endpoint signs "
                                           "one after the first record");
    store_close(store);
    return status;
}
