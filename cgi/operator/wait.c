/* Waits until the endpoint shows a site: its keeper has the manifest, and no worker of the site
 * before is left. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "commands.h"
#include "keeper/control.h"
#include "say.h"

enum { PATIENCE = 5 /* seconds, for one answer */, PAUSE_MS = 50 };

/* What the endpoint answered last. */
struct shown {
    bool answered;
    char manifest[WAIT_DIGEST + 1];
    bool shows_old_site;
    struct buf why; /* it did not answer */
};

static void ask(struct control *control, const char *database, struct shown *shown)
{
    struct wire_reader reply;

    buf_reset(&shown->why);
    shown->answered = false;
    if (control->keeper && control->keeper->lost)
        control_close(control);
    if (!control->keeper && !control_reach(control, database, &shown->why))
        return;
    if (!keeper_ask(control->keeper, WIRE_HEALTH, str_of(""), PATIENCE, &reply)) {
        buf_adds(&shown->why, "it does not answer");
        return;
    }
    wire_take_number(&reply, 1);
    wire_take_text(&reply);
    wire_take_name(&reply, shown->manifest, sizeof shown->manifest);
    wire_take_number(&reply, 1);
    shown->shows_old_site = wire_take_number(&reply, 1);
    shown->answered = wire_done(&reply);
    if (!shown->answered)
        buf_adds(&shown->why, "it is a different version");
}

static int give_up(const char *wanted, const struct shown *shown)
{
    if (!shown->answered)
        return say_failure(EX_UNAVAILABLE, "the endpoint cannot be queried: %s", shown->why.data);
    if (shown->shows_old_site)
        return say_failure(EX_TEMPFAIL, "a worker still uses the previous site");
    return say_failure(EX_TEMPFAIL, "the endpoint uses site %s, not %s; see its log",
                       *shown->manifest ? shown->manifest : "(none)", wanted);
}

/* The hash that is waited for: the one given, or that of the site's manifest.  Else the exit
 * status. */
static int read_wanted(const struct options *options, char wanted[WAIT_DIGEST + 1])
{
    char *path;
    struct buf manifest = BUF_INIT;
    bool ok;

    if (!options->manifest == !options->site)
        return options_misuse(options, options->site ? "--manifest and --site exclude each other"
                                                     : "missing option: --manifest or --site");
    if (options->manifest) {
        memcpy(wanted, options->manifest, WAIT_DIGEST + 1);
        return EX_OK;
    }
    path = mem_printf("%s/private/manifest.json", options->site);
    ok = file_read(path, &manifest);
    hash_hex(buf_str(&manifest), wanted);
    buf_release(&manifest);
    if (!ok)
        say_failure(EX_NOINPUT, "%s: %s", path, strerror(errno));
    free(path);
    return ok ? EX_OK : EX_NOINPUT;
}

int command_wait(const struct options *options)
{
    char wanted[WAIT_DIGEST + 1];
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    int64_t until = clock_milliseconds() + (int64_t)options->timeout * 1000;
    struct control control = {0};
    struct shown shown = {.why = BUF_INIT};
    bool shows = false;
    int status = read_wanted(options, wanted);

    if (status != EX_OK)
        return status;
    do {
        ask(&control, options->database, &shown);
        shows = shown.answered && !shown.shows_old_site &&
                str_is(str_of(shown.manifest), wanted);
        if (!shows)
            nanosleep(&pause, NULL);
    } while (!shows && clock_milliseconds() < until);
    status = shows ? EX_OK : give_up(wanted, &shown);
    control_close(&control);
    buf_release(&shown.why);
    return status;
}
