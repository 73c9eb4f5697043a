/* Signals are taken one by one with sigtimedwait(), so that nothing here runs inside a
 * handler. */
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/validate.h"
#include "database/database_name.h"
#include "keeper/keeper.h"
#include "keeper/keys.h"
#include "listener.h"
#include "notify.h"
#include "order.h"
#include "title.h"
#include "worker.h"

enum {
    TICK_MS = 20,
    LIVED_MS = 1000,     /* a child that lived so long is started again at once */
    FIRST_DELAY_MS = 50, /* else it waits, twice as long each time */
    LAST_DELAY_MS = 2000,
    LEAVE_MS = 7000 /* longer than a worker waits for the keeper */
};

static const char program[] = "teade-consent";

/* A place for a child that is to run for as long as we do. */
struct place_of_work {
    pid_t pid;                 /* 0: none runs */
    int64_t started, start_at; /* monotonic milliseconds */
    int delay;
};

/* A worker that is told to end finishes the request it has.  Where its peer says nothing that never
 * ends: its time is bounded. */
struct leaver {
    pid_t pid;
    int64_t until; /* monotonic milliseconds; then it is killed */
};

struct supervisor {
    const struct supervisor_options *options;
    int listener;
    char *anchor;
    struct identity_keys keys;
    struct bundle bundle, fresh; /* the site that is shown, and one that the keeper is to take */
    struct place_of_work keeper;
    int control;                        /* the keeper's, -1 while there is none */
    bool is_asked, has_fresh, is_stale; /* it owes an answer; it is about `fresh`; ask once more */
    struct place_of_work workers[SUPERVISOR_WORKERS_MAX];
    size_t worker_count;
    struct leaver *leaving; /* workers that were told to end */
    size_t leaving_count;
    struct turns *exports; /* of the workers */
    sigset_t signals, before;
};

/* Children */

/* In the child: signals as they were, and a death of the parent is one's own. */
static void become_child(const struct supervisor *supervisor, pid_t parent, int death,
                         const char *role)
{
    title_set(role);
    notify_forget();
    prctl(PR_SET_PDEATHSIG, death);
    if (getppid() != parent)
        _exit(EX_TEMPFAIL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* Ctrl-C goes to all; the supervisor ends us in order */
    sigprocmask(SIG_SETMASK, &supervisor->before, NULL);
}

static void started(struct place_of_work *place, pid_t pid)
{
    place->pid = pid;
    place->started = clock_milliseconds();
}

static void start_keeper(struct supervisor *supervisor)
{
    pid_t parent = getpid(), pid;
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return;
    pid = fork();
    if (pid == 0) {
        struct keeper_options options = {.database = supervisor->options->database,
                                         .keys = &supervisor->keys,
                                         .checkpoints = {.keys = supervisor->options->keys,
                                                         .anchor = supervisor->anchor,
                                                         .interval = supervisor->options->interval},
                                         .now = supervisor->options->now};

        become_child(supervisor, parent, SIGTERM, "keeper");
        close(pair[0]);
        close(supervisor->listener);
        exit(keeper_run(pair[1], &options));
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return;
    }
    supervisor->control = pair[0];
    started(&supervisor->keeper, pid);
    supervisor->is_asked = order_send_site(supervisor->control, &supervisor->bundle);
    if (!supervisor->is_asked)
        kill(pid, SIGKILL);
}

static void start_worker(struct supervisor *supervisor, struct place_of_work *place)
{
    pid_t parent = getpid(), pid;
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return;
    pid = fork();
    if (pid == 0) {
        struct endpoint endpoint = {.bundle = &supervisor->bundle,
                                    .keys = &supervisor->keys,
                                    .keeper = {.socket = pair[0]},
                                    .fixed_now = supervisor->options->now,
                                    .exports = supervisor->exports};

        become_child(supervisor, parent, SIGKILL, "worker");
        close(pair[1]);
        close(supervisor->control);
        exit(worker_run(supervisor->listener, &endpoint));
    }
    close(pair[0]);
    if (pid > 0)
        started(place, pid);
    if (pid > 0 && !order_send(supervisor->control, KEEPER_WORKER, pair[1]))
        kill(pid, SIGKILL); /* as any child that did not live long, its place waits */
    close(pair[1]);
}

/* Starts whatever should run, does not, and has waited long enough. */
static void start_missing(struct supervisor *supervisor)
{
    int64_t now = clock_milliseconds();

    if (!supervisor->keeper.pid && supervisor->keeper.start_at <= now)
        start_keeper(supervisor);
    for (size_t i = 0; supervisor->keeper.pid && i < supervisor->worker_count; i++)
        if (!supervisor->workers[i].pid && supervisor->workers[i].start_at <= now)
            start_worker(supervisor, &supervisor->workers[i]);
}

static void ended(struct place_of_work *place)
{
    int64_t now = clock_milliseconds();

    place->delay = now - place->started >= LIVED_MS ? 0
                   : !place->delay                  ? FIRST_DELAY_MS
                   : place->delay < LAST_DELAY_MS   ? place->delay * 2
                                                    : LAST_DELAY_MS;
    place->pid = 0;
    place->start_at = now + place->delay;
}

/* Workers are sent away and their places are free at once: new ones need not wait. */
static void send_away(struct supervisor *supervisor)
{
    for (size_t i = 0; i < supervisor->worker_count; i++) {
        struct place_of_work *place = &supervisor->workers[i];

        if (!place->pid)
            continue;
        kill(place->pid, SIGTERM);
        supervisor->leaving =
            mem_grow(supervisor->leaving, supervisor->leaving_count, sizeof *supervisor->leaving);
        supervisor->leaving[supervisor->leaving_count++] =
            (struct leaver){place->pid, clock_milliseconds() + LEAVE_MS};
        *place = (struct place_of_work){0};
    }
}

static void end_overdue(const struct supervisor *supervisor)
{
    int64_t now = clock_milliseconds();

    for (size_t i = 0; i < supervisor->leaving_count; i++)
        if (now >= supervisor->leaving[i].until)
            kill(supervisor->leaving[i].pid, SIGKILL);
}

static void refuse_fresh(struct supervisor *supervisor, const char *why)
{
    log_line(program, "the new site is rejected: %s", why);
    notify_ready("site %.12s; a new one is rejected: %s", supervisor->bundle.digest, why);
    bundle_release(&supervisor->fresh);
    supervisor->has_fresh = false;
}

/* Without a keeper no worker can go on: each answers what it has in hand, and is replaced. */
static void keeper_ended(struct supervisor *supervisor)
{
    close(supervisor->control);
    supervisor->control = -1;
    supervisor->is_asked = false;
    if (supervisor->has_fresh)
        refuse_fresh(supervisor, "the keeper ended");
    ended(&supervisor->keeper);
    send_away(supervisor);
}

static void forget(struct supervisor *supervisor, pid_t pid, int status)
{
    for (size_t i = 0; i < supervisor->leaving_count; i++)
        if (supervisor->leaving[i].pid == pid) {
            supervisor->leaving[i] = supervisor->leaving[--supervisor->leaving_count];
            return;
        }
    if (WIFSIGNALED(status))
        log_line(program, "a %s was killed by signal %d",
                 pid == supervisor->keeper.pid ? "keeper" : "worker", WTERMSIG(status));
    if (pid == supervisor->keeper.pid) {
        keeper_ended(supervisor);
        return;
    }
    for (size_t i = 0; i < supervisor->worker_count; i++)
        if (supervisor->workers[i].pid == pid)
            ended(&supervisor->workers[i]);
}

static void collect(struct supervisor *supervisor)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        forget(supervisor, pid, status);
}

/* A new site: the keeper stores its texts, new workers show it, the old ones finish. */

static void take_fresh(struct supervisor *supervisor)
{
    bundle_release(&supervisor->bundle);
    supervisor->bundle = supervisor->fresh;
    supervisor->fresh = (struct bundle){0};
    supervisor->has_fresh = false;
    send_away(supervisor);
    start_missing(supervisor);
    log_line(program, "site %.12s", supervisor->bundle.digest);
    notify_ready("site %.12s", supervisor->bundle.digest);
}

static void reload(struct supervisor *supervisor)
{
    struct buf why = BUF_INIT;

    supervisor->is_stale = supervisor->is_asked; /* one answer at a time */
    if (supervisor->is_asked)
        return;
    notify_reloading();
    supervisor->has_fresh = true;
    if (!bundle_load(&supervisor->fresh, supervisor->options->site, &why))
        refuse_fresh(supervisor, why.data);
    else if (!supervisor->keeper.pid)
        take_fresh(supervisor);
    else if (!(supervisor->is_asked = order_send_site(supervisor->control, &supervisor->fresh)))
        refuse_fresh(supervisor, "the keeper cannot be reached");
    buf_release(&why);
}

static void keeper_has_begun(const struct supervisor *supervisor, bool accepts)
{
    if (!accepts)
        log_line(program, "the keeper does not accept the site");
    notify_ready("site %.12s%s", supervisor->bundle.digest,
                 accepts ? "" : "; the keeper does not accept it");
}

static void hear_keeper(struct supervisor *supervisor)
{
    char answer;

    if (!supervisor->is_asked || recv(supervisor->control, &answer, 1, MSG_DONTWAIT) != 1)
        return;
    supervisor->is_asked = false;
    if (supervisor->has_fresh && answer == 'y')
        take_fresh(supervisor);
    else if (supervisor->has_fresh)
        refuse_fresh(supervisor, "the keeper refused it");
    else
        keeper_has_begun(supervisor, answer == 'y');
    if (supervisor->is_stale)
        reload(supervisor);
}

/* One tick; false: it is time to end. */
static bool tick(struct supervisor *supervisor)
{
    struct timespec wait = {0, TICK_MS * 1000000L};
    int signal;

    start_missing(supervisor);
    end_overdue(supervisor);
    signal = sigtimedwait(&supervisor->signals, NULL, &wait);
    collect(supervisor);
    hear_keeper(supervisor);
    if (signal == SIGHUP)
        reload(supervisor);
    return signal != SIGTERM && signal != SIGINT;
}

/* Workers finish what they have, then the keeper what it was sent. */
static void end(struct supervisor *supervisor)
{
    struct timespec wait = {0, TICK_MS * 1000000L};

    send_away(supervisor);
    while (supervisor->leaving_count) {
        end_overdue(supervisor);
        sigtimedwait(&supervisor->signals, NULL, &wait);
        collect(supervisor);
    }
    if (supervisor->control >= 0)
        close(supervisor->control); /* that tells the keeper */
    for (int64_t until = clock_milliseconds() + LEAVE_MS;
         supervisor->keeper.pid && waitpid(supervisor->keeper.pid, NULL, WNOHANG) == 0;) {
        if (clock_milliseconds() > until) /* it hangs; nobody was told that anything is saved */
            kill(supervisor->keeper.pid, SIGKILL);
        sigtimedwait(&supervisor->signals, NULL, &wait);
    }
}

/* Starting up */

static bool read_keys(struct supervisor *supervisor, struct buf *why)
{
    const char *folder = supervisor->options->keys;
    struct buf text = BUF_INIT;
    bool ok = keys_read(folder, "visitor.key", &text, why);

    if (ok && !(ok = identity_keys_parse(&supervisor->keys, buf_str(&text), why)))
        buf_addf(why, " (%s/visitor.key)", folder);
    sodium_memzero(text.data, text.len);
    buf_release(&text);
    return ok;
}

/* The keeper alone reads what is in it. */
static bool has_log_key(const struct supervisor *supervisor, struct buf *why)
{
    char *path = mem_printf("%s/log.key", supervisor->options->keys);
    bool is_there = file_exists(path);

    if (!is_there)
        keys_say_unread(path, why);
    free(path);
    return is_there;
}

static bool prepare(struct supervisor *supervisor, struct buf *why)
{
    const struct supervisor_options *options = supervisor->options;

    supervisor->anchor = options->anchor
                             ? mem_dups(options->anchor)
                             : mem_printf("%s.anchor", database_file(options->database));
    supervisor->worker_count = options->workers;
    supervisor->exports = turns_new((supervisor->worker_count + 3) / 4);
    if (!supervisor->exports) {
        buf_addf(why, "cannot get memory for the workers: %s", strerror(errno));
        return false;
    }
    return read_keys(supervisor, why) && has_log_key(supervisor, why) &&
           bundle_load(&supervisor->bundle, options->site, why) &&
           (supervisor->listener = listener_open(options->listen, why)) >= 0;
}

static void block_signals(struct supervisor *supervisor)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};

    sigemptyset(&supervisor->signals);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&supervisor->signals, signals[i]);
    sigprocmask(SIG_BLOCK, &supervisor->signals, &supervisor->before);
}

/* Where nginx answers 502, this is what its operator needs.  Whom systemd passed a socket for is in
 * the unit, and not always to be seen from here. */
static void log_listener(const struct supervisor *supervisor)
{
    struct buf where = BUF_INIT;

    if (supervisor->options->listen)
        listener_describe(supervisor->listener, &where);
    if (where.len)
        log_line(program, "listens on %s", where.data);
    buf_release(&where);
}

int supervisor_run(const struct supervisor_options *options)
{
    static struct supervisor supervisor = {.listener = -1, .control = -1};
    struct buf why = BUF_INIT;
    int status = EX_OK;

    supervisor.options = options;
    block_signals(&supervisor);
    if (prepare(&supervisor, &why)) {
        log_line(program, "site %.12s, %s", supervisor.bundle.digest,
                 number_of((long long)supervisor.worker_count, "worker", "workers").text);
        log_listener(&supervisor);
        title_set("supervisor");
        while (tick(&supervisor))
            ;
        notify_stopping();
        end(&supervisor);
        listener_remove(options->listen);
    } else {
        log_line(program, "%s", why.data);
        status = EX_CONFIG;
    }
    bundle_release(&supervisor.fresh);
    bundle_release(&supervisor.bundle);
    free(supervisor.leaving);
    free(supervisor.anchor);
    buf_release(&why);
    return status;
}
