/* teade-consent: the command line of the visitors' program. */
#include <stddef.h>

#include "base/options.h"
#include "process/supervisor.h"
#include "process/title.h"

struct options {
    struct command_line line;
    struct supervisor_options supervisor;
};

enum { SITE = 1, DATABASE = 2, KEYS = 4, REQUIRED = SITE | DATABASE | KEYS, OPTIONAL = 8 };
#define MEMBER(name) offsetof(struct options, supervisor.name)

static const struct option_reader workers = {options_number, "a number from 1 to 256", 1,
                                             SUPERVISOR_WORKERS_MAX};
static const struct option_reader interval = {options_number, "a number of seconds up to 604800",
                                              0, SUPERVISOR_INTERVAL_MAX};

static const struct option option_rows[] = {
    {SITE, "--site", "DIR", MEMBER(site), "the site that `teade build` made", NULL},
    {DATABASE, "--database", "PATH", MEMBER(database), "the database for the records", NULL},
    {KEYS, "--keys", "DIR", MEMBER(keys), "the directory of keys that `teade-records init` made",
     NULL},
    {OPTIONAL, "--listen", "SOCKET", MEMBER(listen),
     "a UNIX socket's path; without it, the socket passed as descriptor 3 or 0", NULL},
    {OPTIONAL, "--workers", "N", MEMBER(workers), "worker processes, 1 to 256 (16)", &workers},
    {OPTIONAL, "--anchor", "FILE", MEMBER(anchor),
     "where to keep the newest checkpoint, best on another disk (DATABASE.anchor)", NULL},
    {OPTIONAL, "--interval", "SECONDS", MEMBER(interval),
     "the time between published checkpoints, up to 604800 (3600)", &interval},
    {OPTIONAL, "--now", "INSTANT", MEMBER(now),
     "seconds since 1970 (UTC) in place of the clock, for tests", &option_instant},
};

static int serve(const struct options *options)
{
    return supervisor_run(&options->supervisor);
}

static const struct command serving = {
    .options = REQUIRED | OPTIONAL,
    .required = REQUIRED,
    .run = serve,
    .note = "SIGHUP reloads the site, SIGTERM stops the service.",
};

static const struct program program = {
    .name = "teade-consent",
    .purpose = "Records what visitors answer and which notices they have seen.",
    .options = option_rows,
    .option_count = sizeof option_rows / sizeof *option_rows,
    .commands = &serving,
    .command_count = 1,
};

int main(int argc, char **argv)
{
    /* Workers: 12 to 32 took the same processor time for a record, within the noise, and one more
     * takes 0.2 MiB; the keeper commits for as many at once as wait. */
    struct options options = {.supervisor = {.workers = 16, .interval = 3600}};

    return options_run(&program, &options, title_init(argc, argv) + (argc > 0));
}
