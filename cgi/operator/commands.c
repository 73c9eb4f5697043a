#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "backup.h"
#include "base/mem.h"
#include "dossier.h"
#include "erase.h"
#include "export_provisions.h"
#include "export_records.h"
#include "keeper/keys.h"
#include "log_print.h"
#include "restore.h"
#include "show.h"
#include "store/db.h"
#include "subject.h"

int records_fail(int status, const char *why)
{
    fprintf(stderr, "teade-records: %s\n", why);
    return status;
}

int records_wrong_use(const struct command *command, const char *what, const char *word)
{
    fprintf(stderr, "teade-records: %s \"%s\"; see `teade-records %s%s--help`\n", what, word,
            command ? command->name : "", command ? " " : "");
    return EX_USAGE;
}

static struct store *open_to_read(const struct options *options)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(options->database, STORE_READ, false, &why);

    if (!store)
        records_fail(EX_NOINPUT, why.data);
    buf_release(&why);
    return store;
}

static int init_keys(const char *folder)
{
    struct buf why = BUF_INIT;
    bool made, ok = true;

    for (const struct keys_file *file = keys_files; ok && file->name; file++) {
        ok = keys_make(folder, file, &made, &why);
        if (ok)
            fprintf(stderr, "teade-records: %s/%s %s\n", folder, file->name,
                    made ? "made; back it up apart from the database" : "is there and stays");
        else
            records_fail(EX_CANTCREAT, why.data);
    }
    buf_release(&why);
    return ok ? EX_OK : EX_CANTCREAT;
}

static int init_database(const char *database)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(database, STORE_WRITE, true, &why);

    if (store)
        fprintf(stderr, "teade-records: %s is ready\n", database);
    else
        records_fail(EX_CANTCREAT, why.data);
    store_close(store);
    buf_release(&why);
    return store ? EX_OK : EX_CANTCREAT;
}

int records_run_init(const struct options *options)
{
    int status = EX_OK;

    if (!options->keys && !options->database)
        return records_wrong_use(options->command, "--keys or --database is missing for", "init");
    if (options->keys)
        status = init_keys(options->keys);
    if (options->database && status == EX_OK)
        status = init_database(options->database);
    return status;
}

/* `read`: the database could be read to the end; `sound`: no record or provision is damaged. */
static int finish_reading(struct store *store, bool read, bool sound)
{
    int status = EX_OK;

    if (!read)
        status = records_fail(EX_IOERR, store_why(store));
    else if (!sound)
        status = records_fail(EXIT_FAILURE,
                              "a record or a provision is damaged; see `teade-records verify`");
    store_close(store);
    return status;
}

static int fail_unknown(const char *id)
{
    fprintf(
        stderr,
        "teade-records: %s: no %s: check its digits; one that was erased, or whose time was over, "
        "leaves nothing behind\n",
        id,
        subject_is_handle(id) ? "visitor here has this handle"
                              : "record or provision here has this number");
    return EXIT_FAILURE;
}

/* Opens the database and finds whom the ID means.  NULL with an exit status in *status. */
static struct store *open_for(const struct options *options, struct subject *subject, int *status)
{
    struct store *store;
    bool found;

    if (!subject_is_handle(options->id) && !subject_is_number(options->id)) {
        *status = records_wrong_use(
            options->command,
            "a handle is 64 hex digits in small letters, and a record's id 32; not", options->id);
        return NULL;
    }
    *status = EX_NOINPUT;
    if (!(store = open_to_read(options)))
        return NULL;
    if (!subject_find(subject, store, options->id, &found))
        *status = records_fail(EX_IOERR, store_why(store));
    else if (!found)
        *status = fail_unknown(options->id);
    else
        return store;
    store_close(store);
    return NULL;
}

/* The same for what wants more than provisions. */
static struct store *open_for_known(const struct options *options, struct subject *subject,
                                    int *status)
{
    struct store *store = open_for(options, subject, status);

    if (!store || subject->is_known)
        return store;
    *status = records_fail(EXIT_FAILURE, "the visitor was erased; see `teade-records dossier`");
    store_close(store);
    return NULL;
}

int records_run_list(const struct options *options)
{
    struct subject subject = {.is_known = false};
    int status = EX_NOINPUT;
    struct store *store =
        options->id ? open_for_known(options, &subject, &status) : open_to_read(options);

    return store
               ? finish_reading(
                     store,
                     records_list(store, options->id ? subject.visitor : NULL, options->json), true)
               : status;
}

int records_run_show(const struct options *options)
{
    struct subject subject;
    bool read, found, sound;
    int status;
    struct store *store = open_for_known(options, &subject, &status);

    if (!store)
        return status;
    read = subject.by_record ? records_show(store, subject.record, options->json, &found, &sound)
                             : records_show_all(store, subject.visitor, options->json, &sound);
    return finish_reading(store, read, sound);
}

int records_run_erase(const struct options *options)
{
    struct subject subject;
    struct store *store;
    int status;

    if (!options->yes && !isatty(STDIN_FILENO))
        return records_wrong_use(options->command, "there is nobody to ask; --yes is missing for",
                                 "erase");
    if (!(store = open_for_known(options, &subject, &status)))
        return status;
    store_close(store);
    return records_erase(options->database, subject.visitor, options->yes);
}

static char *anchor_of(const struct options *options)
{
    return options->anchor ? mem_dups(options->anchor)
                           : mem_printf("%s.anchor", db_file(options->database));
}

/* A head that was named and is not there tells nothing of the database. */
static bool is_readable(const char *file)
{
    if (!file || access(file, R_OK) == 0)
        return true;
    fprintf(stderr, "teade-records: %s: cannot be read: %s\n", file, strerror(errno));
    return false;
}

int records_run_verify(const struct options *options)
{
    struct store *store;
    char *anchor;
    bool sound;

    if (!is_readable(options->head) || !is_readable(options->anchor) ||
        !(store = open_to_read(options)))
        return EX_NOINPUT;
    anchor = anchor_of(options);
    sound = records_verify(store, anchor, options->head, options->now, options->json);
    free(anchor);
    store_close(store);
    return sound ? EX_OK : EXIT_FAILURE;
}

int records_run_checkpoint(const struct options *options)
{
    struct store *store = open_to_read(options);
    bool found = true, read;
    int status = EX_OK;

    if (!store)
        return EX_NOINPUT;
    read = options->signers ? records_signers(store) : records_checkpoint(store, &found);
    if (!read)
        status = records_fail(EX_IOERR, store_why(store));
    else if (!found)
        status = records_fail(EXIT_FAILURE, "no head of the log was signed for the public yet; the "
                                            "endpoint does so after the first record");
    store_close(store);
    return status;
}

int records_run_export(const struct options *options)
{
    struct subject subject = {.is_known = false};
    int status = EX_NOINPUT;
    struct store *store = !options->id          ? open_to_read(options)
                          : options->provisions ? open_for(options, &subject, &status)
                                                : open_for_known(options, &subject, &status);
    bool read, sound;

    if (!store)
        return status;
    if (options->provisions)
        read =
            records_export_provisions(store, options->id ? &subject : NULL, options->csv, &sound);
    else
        read = records_export(store, options->id ? subject.visitor : NULL, options->csv, &sound);
    return finish_reading(store, read, sound);
}

int records_run_provision(const struct options *options)
{
    struct subject subject;
    struct store *store;
    struct provide asked;
    struct buf why = BUF_INIT;
    int status = EX_USAGE;

    if (!provision_request(&options->provision, &asked, &why)) {
        records_fail(EX_USAGE, why.data);
    } else if ((store = open_for_known(options, &subject, &status))) {
        store_close(store);
        memcpy(asked.visitor, subject.visitor, sizeof asked.visitor);
        status = provision_enter(options->database, options->site, options->now, &asked);
    }
    buf_release(&why);
    return status;
}

static void print_dossier(const struct dossier *dossier, bool json)
{
    struct buf text = BUF_INIT;

    if (json) {
        print_json(dossier_json(dossier));
        return;
    }
    dossier_text(dossier, &text);
    fwrite(text.data, 1, text.len, stdout);
    buf_release(&text);
}

int records_run_dossier(const struct options *options)
{
    struct subject subject;
    struct dossier dossier;
    int status;
    struct store *store = open_for(options, &subject, &status);
    bool read, sound;

    if (!store)
        return status;
    read = dossier_read(&dossier, store, &subject, options->now);
    sound = dossier.is_sound;
    if (read)
        print_dossier(&dossier, options->json);
    dossier_release(&dossier);
    return finish_reading(store, read, sound);
}

int records_run_stats(const struct options *options)
{
    struct store *store = open_to_read(options);

    return store ? finish_reading(store, records_stats(store, options->json), true) : EX_NOINPUT;
}

int records_run_report(const struct options *options)
{
    struct store *store;
    bool read, sound;

    if (options->filter.from > options->filter.to)
        return records_wrong_use(options->command, "--from is later than --to for", "report");
    if (!(store = open_to_read(options)))
        return EX_NOINPUT;
    read = records_report(store, &options->filter, options->now, options->json, &sound);
    return finish_reading(store, read, sound);
}

int records_run_backup(const struct options *options)
{
    struct store *store;
    int status;

    if (!options->to)
        return records_wrong_use(options->command, "--to is missing for", "backup");
    if (!(store = open_to_read(options)))
        return EX_NOINPUT;
    status = records_backup(store, options->to, options->json);
    store_close(store);
    return status;
}

int records_run_restore(const struct options *options)
{
    char *anchor;
    int status;

    if (!options->from)
        return records_wrong_use(options->command, "--from is missing for", "restore");
    if (!options->yes && !isatty(STDIN_FILENO))
        return records_wrong_use(options->command, "there is nobody to ask; --yes is missing for",
                                 "restore");
    anchor = anchor_of(options);
    status = records_restore(options->database, options->from, anchor, options->yes);
    free(anchor);
    return status;
}

int records_run_verify_receipt(const struct options *options)
{
    if (options->receipt.key && options->receipt.key_file)
        return records_wrong_use(options->command,
                                 "it is one or the other, not both:", "--key and --key-file");
    return records_verify_receipt(options->id, &options->receipt, options->json);
}
