/* teade-records: the operator's program.  The tables below are both dispatch and help. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/output.h"
#include "commands.h"

enum {
    DATABASE = 1,
    KEYS = 2,
    JSON = 4,
    CSV = 8,
    FILTER = 16,
    YES = 32,
    CHECKPOINT = 64,
    SIGNERS = 128,
    PROVISION = 256,
    NOW = 512,
    ANCHOR = 1024,
    TO = 2048,
    FROM = 4096,
    RECEIPT = 8192,
    PROVISIONS = 16384,
    MANIFEST = 32768,
    TIMEOUT = 65536,
    WAIT_SITE = 131072
};

static const struct option_reader week = {report_read_week, "a day; write YYYY-MM-DD", 0, 0};
static const struct option_reader grouping = {
    report_read_grouping, "purpose, version, language or week, or several, comma-separated", 0, 0};

static bool read_digest(const struct option_reader *reader, const char *value, void *member)
{
    (void)reader;
    return options_text(strlen(value) == WAIT_DIGEST &&
                            strspn(value, "0123456789abcdef") == WAIT_DIGEST,
                        value, member);
}

static const struct option_reader digest = {read_digest, "64 hex digits", 0, 0};
static const struct option_reader timeout = {options_number, "a number of seconds up to 3600", 0,
                                             3600};

#define MEMBER(name) offsetof(struct options, name)
#define WORD(name) offsetof(struct options, provision.words[name])

static const struct option option_rows[] = {
    {DATABASE, "--database", "PATH", MEMBER(database), "the database", NULL},
    {KEYS, "--keys", "DIR", MEMBER(keys), "the directory for the keys", NULL},
    {JSON, "--json", NULL, MEMBER(json), "print JSON", NULL},
    {CSV, "--csv", NULL, MEMBER(csv), "print CSV, one line for each answer or disclosure", NULL},
    {PROVISIONS, "--provisions", NULL, MEMBER(provisions),
     "disclosures to third parties instead of records, also after the visitor's records were "
     "deleted",
     NULL},
    {ANCHOR, "--anchor", "FILE", MEMBER(anchor),
     "where the endpoint keeps the newest checkpoint (DATABASE.anchor)", NULL},
    {CHECKPOINT, "--checkpoint", "FILE", MEMBER(checkpoint), "a checkpoint that was kept elsewhere",
     NULL},
    {SIGNERS, "--keys", NULL, MEMBER(signers), "print the public keys instead, the newest last",
     NULL},
    {YES, "--yes", NULL, MEMBER(yes), "do not ask for confirmation", NULL},
    {TO, "--to", "FILE", MEMBER(to), "the file to create; it must not exist yet", NULL},
    {FROM, "--from", "FILE", MEMBER(from), "the backup", NULL},
    {FILTER, "--document", "ID", MEMBER(filter.document), "count this document only", NULL},
    {FILTER, "--from", "DAY", MEMBER(filter.from),
     "count from the week that contains this day, YYYY-MM-DD", &week},
    {FILTER, "--to", "DAY", MEMBER(filter.to),
     "count up to and including the week that contains this day", &week},
    {FILTER, "--by", "WHAT", MEMBER(filter.by),
     "one row for each purpose, version, language or week, or for several of them, comma-separated",
     &grouping},
    {PROVISION, "--ground", "WHAT", MEMBER(provision.ground),
     "consent, law, life-and-property, public-health or public-bodies", NULL},
    {PROVISION, "--recipient", "ID", MEMBER(provision.recipient),
     "the recipient's ID in the document; required with --ground consent", NULL},
    {PROVISION, "--document", "ID", MEMBER(provision.document),
     "the document that asks for the consent, if several do", NULL},
    {PROVISION, "--purpose", "ID", MEMBER(provision.purpose),
     "the purpose, if several name the recipient", NULL},
    {PROVISION, "--name", "TEXT", WORD(PROVISION_NAME),
     "the recipient's name; optional with --ground consent", NULL},
    {PROVISION, "--address", "TEXT", WORD(PROVISION_ADDRESS), "the recipient's address", NULL},
    {PROVISION, "--representative", "TEXT", WORD(PROVISION_REPRESENTATIVE),
     "the person who represents the recipient, if it is a corporation", NULL},
    {PROVISION, "--data", "TEXT", WORD(PROVISION_DATA), "the data that was disclosed", NULL},
    {PROVISION, "--site", "DIR", MEMBER(site),
     "the site to check consent against, if no endpoint is running", NULL},
    {RECEIPT, "--key", "KEY", MEMBER(receipt.key),
     "the log's public key, NAME+ID+BASE64; without it, the one in the receipt", NULL},
    {RECEIPT, "--key-file", "FILE", MEMBER(receipt.key_file),
     "a file with one or more public keys, one per line", NULL},
    {WAIT_SITE, "--site", "DIR", MEMBER(site), "the site, instead of the hash of its manifest", NULL},
    {MANIFEST, "--manifest", "HASH", MEMBER(manifest),
     "the SHA-256 of the site's private/manifest.json", &digest},
    {TIMEOUT, "--timeout", "SECONDS", MEMBER(timeout), "the longest time to wait, up to 3600 (30)",
     &timeout},
    {NOW, "--now", "INSTANT", MEMBER(now),
     "seconds since 1970 (UTC) in place of the clock, for tests", &option_instant},
};

#define ID_NOTE                                                                                \
    "ID is a record ID (32 hex digits, the line \"Record\" on a receipt) or a handle (64 hex " \
    "digits, an ID under which an account can find a visitor's records)."

static const struct command commands[] = {
    {"init",
     DATABASE | KEYS,
     0,
     command_init,
     "create the keys (--keys), the database (--database) or both; what already exists is kept",
     {NULL},
     NULL},
    {"list",
     DATABASE | JSON,
     DATABASE,
     command_list,
     "list the records, oldest first",
     {"[ID]"},
     ID_NOTE},
    {"show",
     DATABASE | JSON,
     DATABASE,
     command_show,
     "print a record, its proof and the exact text that it refers to",
     {"RECORD"},
     "RECORD is a record ID (32 hex digits).  `teade-records dossier` prints everything about a "
     "visitor."},
    {"verify",
     DATABASE | JSON | ANCHOR | CHECKPOINT | NOW,
     DATABASE,
     command_verify,
     "check all records, texts and log entries against each other and the anchor; exit 1 on a "
     "mismatch",
     {NULL},
     NULL},
    {"checkpoint",
     DATABASE | SIGNERS,
     DATABASE,
     command_checkpoint,
     "print the newest published checkpoint of the log; keep a copy elsewhere",
     {NULL},
     NULL},
    {"verify-receipt",
     RECEIPT | JSON,
     0,
     command_verify_receipt,
     "check a receipt offline and print what it proves; exit 1 if it proves nothing",
     {"FILE"},
     NULL},
    {"export",
     DATABASE | CSV | PROVISIONS,
     DATABASE,
     command_export,
     "print the records or the disclosures, oldest first, as JSON Lines or CSV",
     {"[ID]"},
     ID_NOTE},
    {"erase",
     DATABASE | YES,
     DATABASE,
     command_erase,
     "delete all records of a visitor; disclosures to third parties are kept",
     {"ID"},
     ID_NOTE},
    {"provision",
     DATABASE | PROVISION | NOW,
     DATABASE,
     command_provision,
     "record a disclosure (APPI: provision) of a visitor's data to a third party; exit 1 if "
     "consent does not allow it",
     {"ID"},
     ID_NOTE},
    {"dossier",
     DATABASE | JSON | NOW,
     DATABASE,
     command_dossier,
     "print an access report: everything recorded about a visitor, for them or an authority",
     {"ID"},
     ID_NOTE},
    {"wait",
     DATABASE | MANIFEST | WAIT_SITE | TIMEOUT,
     DATABASE,
     command_wait,
     "wait until the endpoint uses the site with this manifest; exit 75 if it does not, 69 if no "
     "endpoint is running",
     {NULL},
     NULL},
    {"stats",
     DATABASE | JSON,
     DATABASE,
     command_stats,
     "print counts, dates and the size of the database",
     {NULL},
     NULL},
    {"report",
     DATABASE | JSON | FILTER | NOW,
     DATABASE,
     command_report,
     "print counts of answers, without any group under five",
     {NULL},
     NULL},
    {"backup",
     DATABASE | TO | JSON,
     DATABASE | TO,
     command_backup,
     "write a checked copy of the database to a new file; the endpoint may be running",
     {NULL},
     NULL},
    {"restore",
     DATABASE | FROM | ANCHOR | YES,
     DATABASE | FROM,
     command_restore,
     "replace the database with a backup; later deletions and withdrawals are applied to it, other "
     "later records are lost",
     {NULL},
     NULL},
};

static const struct program program = {
    .name = "teade-records",
    .purpose = "Looks up, proves, exports and deletes the records of the endpoint.",
    .options = option_rows,
    .option_count = sizeof option_rows / sizeof *option_rows,
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
};

int main(int argc, char **argv)
{
    struct options options = {
        .filter = {.from = INT64_MIN, .to = INT64_MAX}, .timeout = 30, .now = (int64_t)time(NULL)};

    output_in_order();
    if (sodium_init() < 0) {
        fputs("teade-records: the system's random number generator is not available\n", stderr);
        return EX_OSERR;
    }
    return options_run(&program, &options, argv + (argc > 0));
}
