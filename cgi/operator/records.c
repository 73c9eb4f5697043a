/* teade-records: the operator's program.  The tables below are both dispatch and help. */
#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/output.h"
#include "base/validate.h"
#include "base/version.h"
#include "commands.h"

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
    RECEIPT = 32768, /* a file in place of a database */
    PROVISIONS = 65536
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
    {CSV, "--csv", NULL, offsetof(struct options, csv),
     "for spreadsheets: a line for each answer, or provision", NULL},
    {PROVISIONS, "--provisions", NULL, offsetof(struct options, provisions),
     "instead, what went to third parties; of visitors who were erased as well", NULL},
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
    {PROVISION, "--name", "TEXT", offsetof(struct options, provision.words[PROVISION_NAME]),
     "the recipient's name; with consent it is the one that was asked for, and can be left out",
     NULL},
    {PROVISION, "--address", "TEXT", offsetof(struct options, provision.words[PROVISION_ADDRESS]),
     "the recipient's address", NULL},
    {PROVISION, "--representative", "TEXT",
     offsetof(struct options, provision.words[PROVISION_REPRESENTATIVE]),
     "who represents the recipient, if it is a corporation", NULL},
    {PROVISION, "--data", "TEXT", offsetof(struct options, provision.words[PROVISION_DATA]),
     "which items were provided", NULL},
    {PROVISION, "--site", "DIR", offsetof(struct options, site),
     "the site to judge consent by, where no endpoint is running", NULL},
    {RECEIPT, "--key", "TEXT", offsetof(struct options, receipt.key),
     "the log's public key, NAME+ID+BASE64; without it, the one in the receipt", NULL},
    {RECEIPT, "--key-file", "FILE", offsetof(struct options, receipt.key_file),
     "a file with it, or with several, a line each", NULL},
    {NOW, "--now", "INSTANT", offsetof(struct options, now),
     "UTC seconds instead of the clock, for tests", &instant},
};
enum { OPTION_COUNT = sizeof options_table / sizeof *options_table };

static const struct command commands[] = {
    {"init", DATABASE | KEYS, records_run_init,
     "make the keys (--keys), the database (--database) or both; what is there stays"},
    {"list", DATABASE | JSON | WHOM, records_run_list, "list the records, oldest first"},
    {"show", DATABASE | JSON | ID, records_run_show,
     "show a record, or all of a visitor, and the exact texts they were made on"},
    {"verify", DATABASE | JSON | ANCHOR | HEAD | NOW, records_run_verify,
     "compare everything with everything, and with the anchor; exit 1 if it does not match"},
    {"checkpoint", DATABASE | SIGNERS, records_run_checkpoint,
     "print the newest public head of the log, to be kept off this machine"},
    {"verify-receipt", RECEIPT | JSON, records_run_verify_receipt,
     "tell what a visitor's receipt proves, by its file alone; exit 1 if it does not"},
    {"export", DATABASE | CSV | PROVISIONS | WHOM, records_run_export,
     "print the records or the provisions, oldest first, as JSON Lines or CSV"},
    {"erase", DATABASE | ID | YES, records_run_erase,
     "erase a visitor: all their records go, and what was provided to third parties stays"},
    {"provision", DATABASE | ID | PROVISION | NOW, records_run_provision,
     "record that a visitor's data went to a third party; exit 1 if consent does not allow it"},
    {"dossier", DATABASE | JSON | ID | NOW, records_run_dossier,
     "tell all there is about a visitor, as a document for an authority"},
    {"stats", DATABASE | JSON, records_run_stats, "tell how much there is, and since when"},
    {"report", DATABASE | JSON | FILTER | NOW, records_run_report,
     "count what visitors said, so that no group under five shows"},
    {"backup", DATABASE | TO | JSON, records_run_backup,
     "write a checked copy to a new file (--to), also while the endpoint runs"},
    {"restore", DATABASE | FROM | ANCHOR | YES, records_run_restore,
     "put a backup (--from) in the database's place; what came after is carried over, and whoever "
     "was erased since stays erased"},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };
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
        return records_wrong_use(command, *word == '-' ? "unknown option" : "unknown word", word);
    to = (char *)options + option->offset;
    if (!option->value && word[len])
        return records_wrong_use(command, "no value goes with", option->name);
    if (!option->value) {
        *(bool *)to = true;
        return EX_OK;
    }
    value = word[len] ? word + len + 1 : (*words)[1] ? *++*words : "";
    if (!*value)
        return records_wrong_use(command, "a value is missing for", option->name);
    if (!option->reader)
        *(const char **)to = value;
    else if (!option->reader->read(value, to))
        return records_wrong_use(command, option->reader->wrong, value);
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
        return records_wrong_use(command, "a handle or a record's id is missing for",
                                 command->name);
    if ((command->options & RECEIPT) && !options.id)
        return records_wrong_use(command, "the receipt's file is missing for", command->name);
    if ((command->options & DATABASE) && !options.database && command->run != records_run_init)
        return records_wrong_use(command, "--database is missing for", command->name);
    return command->run(&options);
}

static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return status == EX_OK ? records_fail(EX_IOERR, "stdout cannot be written") : status;
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;

    output_in_order();
    if (!word) {
        print_help(stderr, NULL);
        return EX_USAGE;
    }
    if (sodium_init() < 0)
        return records_fail(EX_OSERR, "no randomness");
    if (strcmp(word, "--help") == 0) {
        print_help(stdout, NULL);
        return finish(EX_OK);
    }
    if (strcmp(word, "--version") == 0) {
        puts("teade-records " TEADE_VERSION);
        return finish(EX_OK);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, word) == 0)
            return finish(run(&commands[i], argv + 2));
    return records_wrong_use(NULL, "unknown command", word);
}
