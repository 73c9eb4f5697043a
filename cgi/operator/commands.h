/* The operator's commands: each takes its options, and returns the exit status.  What is wrong is
 * said on stderr, with what to do about it. */
#ifndef TEADE_COMMANDS_H
#define TEADE_COMMANDS_H

#include "provision.h"
#include "report_print.h"
#include "verify_receipt.h"

struct options;

/* A row of the table of commands. */
struct command {
    const char *name;
    int options;
    int (*run)(const struct options *options);
    const char *help;
};

struct options {
    const struct command *command;
    const char *database, *keys, *id, *anchor, *head, *to, *from;
    bool json, csv, yes, signers, provisions;
    struct report_filter filter;
    struct provision_options provision;
    struct records_receipt_options receipt;
    const char *site;
    int64_t now; /* UTC seconds */
};

int records_run_init(const struct options *options);
int records_run_list(const struct options *options);
int records_run_show(const struct options *options);
int records_run_verify(const struct options *options);
int records_run_export(const struct options *options);
int records_run_erase(const struct options *options);
int records_run_checkpoint(const struct options *options);
int records_run_stats(const struct options *options);
int records_run_report(const struct options *options);
int records_run_provision(const struct options *options);
int records_run_dossier(const struct options *options);
int records_run_backup(const struct options *options);
int records_run_restore(const struct options *options);
int records_run_verify_receipt(const struct options *options);

int records_fail(int status, const char *why); /* says why; the status */

/* EX_USAGE.  Of a command, or of none (NULL): the help that is named tells its options. */
int records_wrong_use(const struct command *command, const char *what, const char *word);

#endif
