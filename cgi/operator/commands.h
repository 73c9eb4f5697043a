/* The commands of teade-records.  Each takes what the command line says, prints what it finds on
 * stdout and what is wrong on stderr (say.h), and returns the exit status. */
#ifndef TEADE_COMMANDS_H
#define TEADE_COMMANDS_H

#include "base/options.h"
#include "record/disclosure.h"
#include "report.h"

enum { WAIT_DIGEST = 64 /* hex digits of a manifest's digest */ };

struct options {
    struct command_line line;
    const char *database, *keys, *anchor, *checkpoint, *to, *from, *site;
    const char *manifest; /* a digest */
    uint32_t timeout;     /* seconds */
    bool json, csv, yes, signers, provisions;
    struct report_filter filter;
    struct provision_options {
        const char *ground, *recipient, *document, *purpose;
        const char *words[PROVISION_WORDS]; /* in the order of provision_words */
    } provision;
    struct receipt_options {
        const char *key, *key_file;
    } receipt;
    int64_t now; /* UTC seconds */
};

int command_init(const struct options *options);
int command_list(const struct options *options);
int command_show(const struct options *options);
int command_verify(const struct options *options);
int command_checkpoint(const struct options *options);
int command_verify_receipt(const struct options *options);
int command_export(const struct options *options);
int command_erase(const struct options *options);
int command_provision(const struct options *options);
int command_wait(const struct options *options);
int command_dossier(const struct options *options);
int command_stats(const struct options *options);
int command_report(const struct options *options);
int command_backup(const struct options *options);
int command_restore(const struct options *options);

/* What the values of --from, --to and --by say: the week of a day, an int64_t of week.h; what rows
 * are grouped by, added to an unsigned. */
bool report_read_week(const struct option_reader *reader, const char *value, void *member);
bool report_read_grouping(const struct option_reader *reader, const char *value, void *member);

/* The anchor's file: the one that is named, or the database's own.  The caller frees it. */
char *command_anchor(const struct options *options);

#endif
