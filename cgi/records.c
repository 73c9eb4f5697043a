/* teade-records: the operator's program.  The tables below are both dispatch and help. */
#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "db.h"
#include "keys.h"
#include "lex.h"
#include "records_backup.h"
#include "records_dossier.h"
#include "records_erase.h"
#include "records_export.h"
#include "records_log.h"
#include "records_print.h"
#include "records_provision.h"
#include "records_receipt.h"
#include "records_report.h"
#include "records_restore.h"
#include "records_subject.h"
#include "store.h"

#define VERSION "0.1"

struct options {
    const struct command *command;
    const char *database, *keys, *id, *anchor, *head, *to, *from;
    bool json, csv, yes, signers;
    struct report_filter filter;
    struct provision_options provision;
    struct records_receipt_options receipt;
    const char *site;
    int64_t now; /* UTC seconds */
};

enum {
    DATABASE = 1,
    KEYS = 2,
    JSON = 4,
    ID = 8,
    CSV = 16,
    FILTER = 32,
    YES = 64,
    HEAD = 128,
    SIGNERS = 256,
    PROVISION = 512,
    NOW = 1024,
    WHOM = 2048, /* with an ID, of that visitor only */
    ANCHOR = 4096,
    TO = 8192,
    FROM = 16384,
    RECEIPT = 32768 /* a file in place of a database */
};

/* A value that is not kept as it is. */
struct reader {
    bool (*read)(const char *value, void *to);
    const char *wrong; /* what is said of one that cannot be read, before it */
};

static bool read_instant(const char *value, void *to)
{
    uint32_t seconds;

    if (!lex_number(str_of(value), UINT32_MAX - 1, &seconds) || seconds == UINT32_MAX)
        return false;
    *(int64_t *)to = seconds;
    return true;
}

static const struct reader week_of = {records_week_of, "a day is YYYY-MM-DD, not"};
static const struct reader groupings = {
    records_by, "what to group by is purpose, version, language or week, not"};

static const struct reader instant = {read_instant, "an instant is in UTC seconds, not"};

static const struct option {
    int bit;
    const char *name, *value; /* no value: a switch */
    size_t offset;
    const char *help;
    const struct reader *reader; /* or NULL */
} options_table[] = {
    {DATABASE, "--database", "URL", offsetof(struct options, database),
     "the database: a path, or sqlite:PATH", NULL},
    {KEYS, "--keys", "DIR", offsetof(struct options, keys), "the folder of keys", NULL},
    {JSON, "--json", NULL, offsetof(struct options, json), "for programs", NULL},
    {CSV, "--csv", NULL, offsetof(struct options, csv), "a line for each answer, for spreadsheets",
     NULL},
    {ANCHOR, "--anchor", "FILE", offsetof(struct options, anchor),
     "where the endpoint keeps the newest head of the log (DATABASE.anchor)", NULL},
    {HEAD, "--head", "FILE", offsetof(struct options, head),
     "a head of the log that was kept elsewhere", NULL},
    {SIGNERS, "--keys", NULL, offsetof(struct options, signers),
     "the public keys instead, the newest last", NULL},
    {YES, "--yes", NULL, offsetof(struct options, yes), "without asking", NULL},
    {TO, "--to", "FILE", offsetof(struct options, to), "the backup, which must not be there", NULL},
    {FROM, "--from", "FILE", offsetof(struct options, from), "the backup", NULL},
    {FILTER, "--document", "ID", offsetof(struct options, filter.document), "of this document only",
     NULL},
    {FILTER, "--from", "DAY", offsetof(struct options, filter.from),
     "from the week of this day on, YYYY-MM-DD", &week_of},
    {FILTER, "--to", "DAY", offsetof(struct options, filter.to), "until the week of this day",
     &week_of},
    {FILTER, "--by", "WHAT", offsetof(struct options, filter.by),
     "a row for each purpose, version, language or week; some of them with commas", &groupings},
    {PROVISION, "--ground", "WHAT", offsetof(struct options, provision.ground),
     "consent, law, life-and-property, public-health or public-bodies", NULL},
    {PROVISION, "--recipient", "ID", offsetof(struct options, provision.recipient),
     "who got the data, as the document names them; wanted with consent", NULL},
    {PROVISION, "--document", "ID", offsetof(struct options, provision.document),
     "the document that asks for consent, where several do", NULL},
    {PROVISION, "--purpose", "ID", offsetof(struct options, provision.purpose),
     "the purpose, where several ask about the recipient", NULL},
    {PROVISION, "--name", "TEXT", offsetof(struct options, provision.words[0]),
     "the recipient's name", NULL},
    {PROVISION, "--address", "TEXT", offsetof(struct options, provision.words[1]),
     "the recipient's address", NULL},
    {PROVISION, "--representative", "TEXT", offsetof(struct options, provision.words[2]),
     "who represents the recipient, if it is a corporation", NULL},
    {PROVISION, "--data", "TEXT", offsetof(struct options, provision.words[3]),
     "which items were provided", NULL},
    {PROVISION, "--site", "DIR", offsetof(struct options, site),
     "the site to judge consent by, where no endpoint is running", NULL},
    {RECEIPT, "--key", "TEXT", offsetof(struct options, receipt.key),
     "the log's public key, NAME+ID+BASE64; without it, the one in the receipt", NULL},
    {RECEIPT, "--key-file", "FILE", offsetof(struct options, receipt.key_file),
     "a file with that key", NULL},
    {NOW, "--now", "INSTANT", offsetof(struct options, now),
     "UTC seconds instead of the clock, for tests", &instant},
};
enum { OPTION_COUNT = sizeof options_table / sizeof *options_table };

static int run_init(const struct options *options);
static int run_list(const struct options *options);
static int run_show(const struct options *options);
static int run_verify(const struct options *options);
static int run_export(const struct options *options);
static int run_erase(const struct options *options);
static int run_checkpoint(const struct options *options);
static int run_stats(const struct options *options);
static int run_report(const struct options *options);
static int run_provision(const struct options *options);
static int run_dossier(const struct options *options);
static int run_backup(const struct options *options);
static int run_restore(const struct options *options);
static int run_migrate(const struct options *options);
static int run_verify_receipt(const struct options *options);

static const struct command {
    const char *name;
    int options;
    int (*run)(const struct options *options);
    const char *help;
} commands[] = {
    {"init", DATABASE | KEYS, run_init,
     "make the keys (--keys), the database (--database) or both; what is there stays"},
    {"list", DATABASE | JSON | WHOM, run_list, "list the records, oldest first"},
    {"show", DATABASE | JSON | ID, run_show,
     "show a record, or all of a visitor, and the exact texts they were made on"},
    {"verify", DATABASE | JSON | ANCHOR | HEAD, run_verify,
     "compare everything with everything, and with the anchor; exit 1 if it does not match"},
    {"checkpoint", DATABASE | SIGNERS, run_checkpoint,
     "print the newest signed head of the log, to be kept off this machine"},
    {"verify-receipt", RECEIPT, run_verify_receipt,
     "tell what a visitor's receipt proves, by its file alone; exit 1 if it does not"},
    {"export", DATABASE | CSV | WHOM, run_export,
     "print the records, oldest first, as JSON Lines or CSV"},
    {"erase", DATABASE | ID | YES, run_erase,
     "erase a visitor: all their records go, and what was provided to third parties stays"},
    {"provision", DATABASE | ID | PROVISION | NOW, run_provision,
     "record that a visitor's data went to a third party; exit 1 if consent does not allow it"},
    {"dossier", DATABASE | JSON | ID | NOW, run_dossier,
     "tell all there is about a visitor, as a document for an authority"},
    {"stats", DATABASE | JSON, run_stats, "tell how much there is, and since when"},
    {"report", DATABASE | JSON | FILTER, run_report,
     "count what visitors said, so that no group under five shows"},
    {"backup", DATABASE | TO | JSON, run_backup,
     "write a checked copy to a new file (--to), also while the endpoint runs"},
    {"restore", DATABASE | FROM | ANCHOR | YES, run_restore,
     "put a backup (--from) in the database's place; whoever was erased since stays erased"},
    {"migrate", DATABASE, run_migrate, "bring the database up to date with this program"},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static int fail(int status, const char *why)
{
    fprintf(stderr, "teade-records: %s\n", why);
    return status;
}

/* Of a command, or of none (NULL): the help that is named tells its options. */
static int wrong_use(const struct command *command, const char *what, const char *word)
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
        fail(EX_NOINPUT, why.data);
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
            fail(EX_CANTCREAT, why.data);
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
        fail(EX_CANTCREAT, why.data);
    store_close(store);
    buf_release(&why);
    return store ? EX_OK : EX_CANTCREAT;
}

static int run_init(const struct options *options)
{
    int status = EX_OK;

    if (!options->keys && !options->database)
        return wrong_use(options->command, "--keys or --database is missing for", "init");
    if (options->keys)
        status = init_keys(options->keys);
    if (options->database && status == EX_OK)
        status = init_database(options->database);
    return status;
}

/* `read`: the database could be read to the end; `sound`: no record is damaged. */
static int finish_reading(struct store *store, bool read, bool sound)
{
    int status = EX_OK;

    if (!read)
        status = fail(EX_IOERR, store_why(store));
    else if (!sound)
        status = fail(EXIT_FAILURE, "a record is damaged; see `teade-records verify`");
    store_close(store);
    return status;
}

/* Opens the database and finds whom the ID means.  NULL with an exit status in *status. */
static struct store *open_for(const struct options *options, struct subject *subject, int *status)
{
    struct store *store;
    bool found;

    if (!subject_is_handle(options->id) && !subject_is_number(options->id)) {
        *status = wrong_use(options->command,
                            "a handle is 64 hex digits in small letters, and a record's id 32; not",
                            options->id);
        return NULL;
    }
    *status = EX_NOINPUT;
    if (!(store = open_to_read(options)))
        return NULL;
    if (!subject_find(subject, store, options->id, &found))
        *status = fail(EX_IOERR, store_why(store));
    else if (!found)
        *status = fail(EXIT_FAILURE, "there is no such record or visitor");
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
    *status = fail(EXIT_FAILURE, "the visitor was erased; see `teade-records dossier`");
    store_close(store);
    return NULL;
}

static int run_list(const struct options *options)
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

static int run_show(const struct options *options)
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

static int run_erase(const struct options *options)
{
    struct subject subject;
    struct store *store;
    int status;

    if (!options->yes && !isatty(STDIN_FILENO))
        return wrong_use(options->command, "there is nobody to ask; --yes is missing for", "erase");
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

static int run_verify(const struct options *options)
{
    struct store *store;
    char *anchor;
    bool sound;

    if (!is_readable(options->head) || !is_readable(options->anchor) ||
        !(store = open_to_read(options)))
        return EX_NOINPUT;
    anchor = anchor_of(options);
    if (!file_exists(anchor))
        fprintf(stderr, "teade-records: %s: is not there, and nothing is compared with it\n",
                anchor);
    sound = records_verify(store, anchor, options->head, options->json);
    free(anchor);
    store_close(store);
    return sound ? EX_OK : EXIT_FAILURE;
}

static int run_checkpoint(const struct options *options)
{
    struct store *store = open_to_read(options);
    bool found = true, read;
    int status = EX_OK;

    if (!store)
        return EX_NOINPUT;
    read = options->signers ? records_signers(store) : records_checkpoint(store, &found);
    if (!read)
        status = fail(EX_IOERR, store_why(store));
    else if (!found)
        status = fail(EXIT_FAILURE, "no head of the log was signed yet");
    store_close(store);
    return status;
}

static int run_export(const struct options *options)
{
    struct subject subject = {.is_known = false};
    int status = EX_NOINPUT;
    struct store *store =
        options->id ? open_for_known(options, &subject, &status) : open_to_read(options);
    bool read, sound;

    if (!store)
        return status;
    read = records_export(store, options->id ? subject.visitor : NULL, options->csv, &sound);
    return finish_reading(store, read, sound);
}

static int run_provision(const struct options *options)
{
    struct subject subject;
    struct store *store;
    struct provide asked;
    struct buf why = BUF_INIT;
    int status = EX_USAGE;

    if (!provision_request(&options->provision, &asked, &why)) {
        fail(EX_USAGE, why.data);
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

static int run_dossier(const struct options *options)
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

static int run_stats(const struct options *options)
{
    struct store *store = open_to_read(options);

    return store ? finish_reading(store, records_stats(store, options->json), true) : EX_NOINPUT;
}

static int run_report(const struct options *options)
{
    struct store *store;
    bool read, sound;

    if (options->filter.from > options->filter.to)
        return wrong_use(options->command, "--from is later than --to for", "report");
    if (!(store = open_to_read(options)))
        return EX_NOINPUT;
    read = records_report(store, &options->filter, options->json, &sound);
    return finish_reading(store, read, sound);
}

static int run_backup(const struct options *options)
{
    struct store *store;
    int status;

    if (!options->to)
        return wrong_use(options->command, "--to is missing for", "backup");
    if (!(store = open_to_read(options)))
        return EX_NOINPUT;
    status = records_backup(store, options->to, options->json);
    store_close(store);
    return status;
}

static int run_restore(const struct options *options)
{
    char *anchor;
    int status;

    if (!options->from)
        return wrong_use(options->command, "--from is missing for", "restore");
    if (!options->yes && !isatty(STDIN_FILENO))
        return wrong_use(options->command, "there is nobody to ask; --yes is missing for",
                         "restore");
    anchor = anchor_of(options);
    status = records_restore(options->database, options->from, anchor, options->yes);
    free(anchor);
    return status;
}

static int run_migrate(const struct options *options)
{
    return records_migrate(options->database);
}

static int run_verify_receipt(const struct options *options)
{
    if (options->receipt.key && options->receipt.key_file)
        return wrong_use(options->command,
                         "it is one or the other, not both:", "--key and --key-file");
    return records_verify_receipt(options->id, &options->receipt);
}

static void print_options(FILE *out, int bits)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options_table[i].bit & bits)
            fprintf(out, "  %s %-*s %s\n", options_table[i].name,
                    (int)(22 - strlen(options_table[i].name)),
                    options_table[i].value ? options_table[i].value : "", options_table[i].help);
}

static void print_help(FILE *out, const struct command *command)
{
    if (command) {
        fprintf(out, "Usage: teade-records %s%s%s [options]%s\n\n%s\n\nOptions:\n", command->name,
                command->options & ID ? " ID" : "", command->options & RECEIPT ? " FILE" : "",
                command->options & WHOM ? " [ID]" : "", command->help);
        print_options(out, command->options);
        if (command->options & (ID | WHOM))
            fprintf(out,
                    "\nID is the number of a record, as it stands on a receipt, or a visitor's "
                    "handle.\n");
        return;
    }
    fprintf(out, "Usage: teade-records COMMAND [options]\n\nKeeps and proves what visitors "
                 "answered.\n\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-14s %s\n", commands[i].name, commands[i].help);
    fprintf(out, "\n`teade-records COMMAND --help` lists a command's options.  "
                 "`teade-records --version`\n");
}

static const struct option *find_option(const struct command *command, const char *name, size_t len)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if ((options_table[i].bit & command->options) && strlen(options_table[i].name) == len &&
            strncmp(options_table[i].name, name, len) == 0)
            return &options_table[i];
    return NULL;
}

/* Takes the option that **words begins with, and moves to its last word. */
static int take_option(const struct command *command, char ***words, struct options *options)
{
    char *word = **words;
    size_t len = strcspn(word, "=");
    const struct option *option = find_option(command, word, len);
    const char *value;
    void *to;

    if (!option)
        return wrong_use(command, *word == '-' ? "unknown option" : "unknown word", word);
    to = (char *)options + option->offset;
    if (!option->value && word[len])
        return wrong_use(command, "no value goes with", option->name);
    if (!option->value) {
        *(bool *)to = true;
        return EX_OK;
    }
    value = word[len] ? word + len + 1 : (*words)[1] ? *++*words : "";
    if (!*value)
        return wrong_use(command, "a value is missing for", option->name);
    if (!option->reader)
        *(const char **)to = value;
    else if (!option->reader->read(value, to))
        return wrong_use(command, option->reader->wrong, value);
    return EX_OK;
}

static int run(const struct command *command, char **words)
{
    struct options options = {.command = command,
                              .filter = {.from = INT64_MIN, .to = INT64_MAX},
                              .now = (int64_t)time(NULL)};
    int status = EX_OK;

    for (; *words && status == EX_OK; words++) {
        if (strcmp(*words, "--help") == 0) {
            print_help(stdout, command);
            return EX_OK;
        }
        if (**words != '-' && (command->options & (ID | WHOM | RECEIPT)) && !options.id)
            options.id = *words;
        else
            status = take_option(command, &words, &options);
    }
    if (status != EX_OK)
        return status;
    if ((command->options & ID) && !options.id)
        return wrong_use(command, "a handle or a record's id is missing for", command->name);
    if ((command->options & RECEIPT) && !options.id)
        return wrong_use(command, "the receipt's file is missing for", command->name);
    if ((command->options & DATABASE) && !options.database && command->run != run_init)
        return wrong_use(command, "--database is missing for", command->name);
    return command->run(&options);
}

static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return status == EX_OK ? fail(EX_IOERR, "stdout cannot be written") : status;
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;

    if (!word) {
        print_help(stderr, NULL);
        return EX_USAGE;
    }
    if (sodium_init() < 0)
        return fail(EX_OSERR, "no randomness");
    if (strcmp(word, "--help") == 0) {
        print_help(stdout, NULL);
        return finish(EX_OK);
    }
    if (strcmp(word, "--version") == 0) {
        puts("teade-records " VERSION);
        return finish(EX_OK);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, word) == 0)
            return finish(run(&commands[i], argv + 2));
    return wrong_use(NULL, "unknown command", word);
}
