#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "control.h"
#include "maintenance.h"
#include "site/bundle.h"
#include "site_texts.h"
#include "store/store.h"
#include "task.h"

enum {
    RETRY_MS = 500, /* between attempts to open the database */
    ALARM_MS = 24 * 60 * 60 * 1000,
    ACTS_A_DAY = 400, /* records that a visitor can have made: nobody changes their mind so often */
    SAME_ACT = 24 * 60 * 60, /* seconds in which an answer that is sent again is the same one */
    OPERATORS_MAX = 16       /* at a time; the others wait, and leave descriptors for workers */
};

static const char program[] = "teade-consent: keeper";

/* Who sends messages: a worker, or the operator through the control socket. */
struct client {
    int socket; /* -1: a free place */
    bool is_operator;
    bool shows_old_site; /* a worker that began before the site was taken */
    struct wire_header header;
    bool asked;       /* a message of this batch */
    struct buf reply; /* its fields */
};

struct keeper {
    const struct keeper_options *options;
    int supervisor;      /* a socket */
    int control;         /* the listener of control.h, or -1 */
    struct store *store; /* NULL while the database cannot be had */
    struct maintenance maintenance;
    struct checkpoints checkpoints;
    struct buf why;      /* then the reason */
    bool ahead;          /* the newest entry is ahead of the clock */
    struct buf alarm;    /* what was said when it was so last, */
    int64_t alarm_until; /* and until when health repeats it: monotonic milliseconds */
    struct buf message;  /* on its way to a client */
    struct client *clients;
    size_t client_count;
    struct bundle bundle; /* the site whose texts are stored */
    bool has_site, site_stored;
    time_t proved; /* when a commit last succeeded */
};

static volatile sig_atomic_t ending;

static void on_term(int signal)
{
    (void)signal;
    ending = 1;
}

static int64_t now(const struct keeper *keeper)
{
    return keeper->options->now ? keeper->options->now : (int64_t)time(NULL);
}

/* The database */

/* Says each reason once, and that it is gone. */
static void set_why(struct keeper *keeper, const char *why)
{
    if (strcmp(keeper->why.data, why) == 0)
        return;
    buf_reset(&keeper->why);
    buf_adds(&keeper->why, why);
    log_line(program, "%s", *why ? why : "the database is writable again");
}

/* In a transaction that begins; says once what may last.  The next record ends it, which can be too
 * soon for monitoring: health repeats it for a day. */
static void watch_clock(struct keeper *keeper)
{
    struct buf why = BUF_INIT;
    bool ahead = store_is_ahead(keeper->store, now(keeper), &why);

    if (ahead && !keeper->ahead)
        log_line(program, "%s; new records get the time of the clock", why.data);
    if (ahead) {
        buf_reset(&keeper->alarm);
        buf_addstr(&keeper->alarm, buf_str(&why));
        keeper->alarm_until = clock_milliseconds() + ALARM_MS;
    } else if (keeper->alarm.len && clock_milliseconds() > keeper->alarm_until) {
        buf_reset(&keeper->alarm);
    }
    keeper->ahead = ahead;
    buf_release(&why);
}

/* Stores the texts of the site before anything can be said about them. */
static bool store_site(struct keeper *keeper)
{
    if (keeper->site_stored)
        return true;
    if (store_begin(keeper->store)) {
        watch_clock(keeper);
        keeper->site_stored =
            site_store_texts(&keeper->bundle, keeper->store) && store_commit(keeper->store);
        if (!keeper->site_stored) {
            set_why(keeper, store_why(keeper->store));
            store_rollback(keeper->store);
        }
    } else {
        set_why(keeper, store_why(keeper->store));
    }
    return keeper->site_stored;
}

/* A database that is not what it was is not written to. */
static bool open_store(struct keeper *keeper, struct buf *why)
{
    keeper->store = store_open(keeper->options->database, STORE_CREATE, why);
    if (!keeper->store)
        return false;
    store_limit_acts(keeper->store, ACTS_A_DAY);
    if (checkpoints_begin(&keeper->checkpoints, &keeper->options->checkpoints, keeper->store, why))
        return true;
    store_close(keeper->store);
    keeper->store = NULL;
    return false;
}

/* Whoever has the database is the only one who can listen beside it. */
static void open_database(struct keeper *keeper)
{
    const char *database = keeper->options->database;
    struct buf why = BUF_INIT;

    if (!open_store(keeper, &why)) {
        set_why(keeper, why.data);
    } else {
        maintenance_begin(&keeper->maintenance, database, keeper->store);
        if (!keeper->options->now)
            maintenance_distrust_clock(&keeper->maintenance);
        keeper->control = control_listen(database, &why);
        if (keeper->control < 0)
            log_line(program, "teade-records cannot write while the endpoint runs: %s", why.data);
        if (keeper->has_site)
            checkpoints_speak_for(&keeper->checkpoints, keeper->bundle.manifest.base_url);
    }
    buf_release(&why);
}

/* Whether the database can be used now; tries to get it where it could not be had. */
static bool is_ready(struct keeper *keeper)
{
    if (!keeper->store)
        open_database(keeper);
    return keeper->store && keeper->has_site && store_site(keeper);
}

/* Batches */

static void drop(struct client *client)
{
    close(client->socket);
    buf_release(&client->reply);
    *client = (struct client){.socket = -1, .reply = BUF_INIT};
}

/* Takes a worker's message, if one is ready.  A worker that is gone or talks nonsense is
 * dropped; the supervisor starts another. */
static bool take_message(struct client *client, char *message, struct wire_reader *fields)
{
    ssize_t got = recv(client->socket, message, WIRE_MAX, MSG_DONTWAIT);

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    *fields = (struct wire_reader){{message, got > 0 ? (size_t)got : 0}, false};
    if (got > 0 && wire_take_header(fields, &client->header))
        return true;
    drop(client);
    return false;
}

static void send_reply(struct keeper *keeper, struct client *client)
{
    struct buf *message = &keeper->message;

    buf_reset(message);
    wire_put_header(message, client->header);
    buf_addstr(message, buf_str(&client->reply));
    if (send(client->socket, message->data, message->len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        drop(client);
}

/* One client's part of a batch; false where the whole batch has failed. */
static bool serve(struct client *client, const struct task_context *context, bool ready)
{
    static char message[WIRE_MAX];
    struct wire_reader fields;
    enum task_outcome outcome = TASK_DONE;

    buf_reset(&client->reply);
    client->asked = take_message(client, message, &fields);
    if (client->asked && !client->is_operator && task_is_the_operators(client->header.kind))
        outcome = TASK_NOT_A_MESSAGE;
    else if (client->asked && ready)
        outcome = task_carry_out(context, client->header.kind, &fields, &client->reply);
    if (outcome == TASK_NOT_A_MESSAGE) {
        log_line(program, "malformed message from a worker");
        drop(client);
    }
    return ready && outcome != TASK_STORE_FAILED;
}

/* A batch that only read commits on a full disk as well, and by a wrong clock: only a write shows
 * that it is over. */
static bool is_over(struct keeper *keeper)
{
    bool ok = store_knows_time(keeper->store, now(keeper)) && store_begin(keeper->store) &&
              store_probe(keeper->store) && store_commit(keeper->store);

    store_rollback(keeper->store);
    return ok;
}

static bool commit(struct keeper *keeper)
{
    if (store_commit(keeper->store)) {
        if (keeper->why.len && is_over(keeper))
            set_why(keeper, "");
        return true;
    }
    set_why(keeper, store_why(keeper->store));
    store_rollback(keeper->store);
    return false;
}

static void answer(struct keeper *keeper, const struct task_context *context, bool committed)
{
    for (size_t i = 0; i < keeper->client_count; i++) {
        struct client *client = &keeper->clients[i];

        if (!client->asked)
            continue;
        client->asked = false;
        if (client->header.kind != WIRE_HEALTH) /* monitoring does not count as waiting */
            maintenance_wait(&keeper->maintenance);
        if (!committed) {
            buf_reset(&client->reply);
            task_unavailable(context, client->header.kind, buf_str(&keeper->why), &client->reply);
        } else if (client->header.kind == WIRE_HEALTH) {
            keeper->proved = time(NULL);
        }
        send_reply(keeper, client);
    }
}

static bool shows_old_site(const struct keeper *keeper)
{
    for (size_t i = 0; i < keeper->client_count; i++)
        if (keeper->clients[i].shows_old_site)
            return true;
    return false;
}

/* Carries out whatever is ready.  Reads run in the same transaction and are answered
 * after the commit as well: nobody is shown what is not on disk. */
static void run_batch(struct keeper *keeper, const struct pollfd *waits)
{
    bool ready = is_ready(keeper), ok = ready && store_begin(keeper->store);
    bool closed = false, committed;
    struct task_context context = {.store = keeper->store,
                                   .keys = keeper->options->keys,
                                   .checkpoints = &keeper->checkpoints,
                                   .now = now(keeper),
                                   .manifest = keeper->has_site ? &keeper->bundle.manifest : NULL,
                                   .site = keeper->bundle.digest,
                                   .just_committed = keeper->proved == time(NULL),
                                   .pending_wipes = keeper->maintenance.pending_wipes,
                                   .shows_old_site = shows_old_site(keeper),
                                   .closed = &closed};

    if (ok) {
        watch_clock(keeper);
        context.alarm = buf_str(&keeper->alarm);
    }
    if (ready)
        store_renew_before(keeper->store, context.now - SAME_ACT);
    for (size_t i = 0; i < keeper->client_count; i++)
        if (keeper->clients[i].socket >= 0 && waits[i].revents)
            ok = serve(&keeper->clients[i], &context, ok);
    if (ready && !ok) {
        set_why(keeper, store_why(keeper->store));
        store_rollback(keeper->store);
    }
    committed = ok && commit(keeper);
    if (committed && closed)
        maintenance_note(&keeper->maintenance);
    answer(keeper, &context, committed);
}

/* Orders */

static void add_client(struct keeper *keeper, int socket, bool is_operator)
{
    struct client *client = NULL;

    for (size_t i = 0; i < keeper->client_count && !client; i++)
        if (keeper->clients[i].socket < 0)
            client = &keeper->clients[i];
    if (!client) {
        keeper->clients = mem_grow(keeper->clients, keeper->client_count, sizeof *keeper->clients);
        client = &keeper->clients[keeper->client_count++];
    }
    *client = (struct client){.socket = socket, .is_operator = is_operator, .reply = BUF_INIT};
}

/* Takes a new site.  While the database cannot be had its texts wait: until they are
 * stored every act is answered "unavailable". */
static void take_site(struct keeper *keeper, int memory)
{
    struct buf answer = BUF_INIT;
    struct bundle bundle;

    if (bundle_receive(&bundle, memory, &answer)) {
        bundle_release(&keeper->bundle);
        keeper->bundle = bundle;
        keeper->has_site = true;
        for (size_t i = 0; i < keeper->client_count; i++)
            keeper->clients[i].shows_old_site =
                keeper->clients[i].socket >= 0 && !keeper->clients[i].is_operator;
        keeper->site_stored = false;
        if (keeper->store)
            checkpoints_speak_for(&keeper->checkpoints, bundle.manifest.base_url);
        is_ready(keeper);
        buf_adds(&answer, "y");
    } else {
        bundle_release(&bundle);
        log_line(program, "the site cannot be read: %s", answer.data);
        buf_reset(&answer);
        buf_adds(&answer, "n");
    }
    close(memory);
    send(keeper->supervisor, answer.data, answer.len, MSG_NOSIGNAL);
    buf_release(&answer);
}

/* false: the supervisor is gone. */
static bool take_order(struct keeper *keeper)
{
    char order = 0;
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr head;
    } beside;
    struct iovec part = {&order, 1};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = beside.bytes,
                             .msg_controllen = sizeof beside.bytes};
    ssize_t got = recvmsg(keeper->supervisor, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    int descriptor;

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0 || !head || head->cmsg_type != SCM_RIGHTS)
        return false;
    memcpy(&descriptor, CMSG_DATA(head), sizeof descriptor);
    if (order == KEEPER_WORKER)
        add_client(keeper, descriptor, false);
    else
        take_site(keeper, descriptor);
    return true;
}

static void accept_operator(struct keeper *keeper)
{
    int socket = accept4(keeper->control, NULL, NULL, SOCK_CLOEXEC);

    if (socket >= 0)
        add_client(keeper, socket, true);
}

static bool accepts_operators(const struct keeper *keeper)
{
    size_t count = 0;

    for (size_t i = 0; i < keeper->client_count; i++)
        count += keeper->clients[i].socket >= 0 && keeper->clients[i].is_operator;
    return count < OPERATORS_MAX;
}

static bool anybody_asks(const struct pollfd *waits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (waits[i].revents)
            return true;
    return false;
}

/* How long to wait for messages, in milliseconds; -1: for ever. */
static int patience(const struct keeper *keeper)
{
    int maintenance = maintenance_due(&keeper->maintenance),
        checkpoints = checkpoints_due(&keeper->checkpoints);

    if (!keeper->store)
        return RETRY_MS;
    return maintenance < 0 || (checkpoints >= 0 && checkpoints < maintenance) ? checkpoints
                                                                              : maintenance;
}

/* Waits until there is something to do; false: the end. */
static bool wait_and_work(struct keeper *keeper)
{
    size_t count = keeper->client_count;
    struct pollfd *waits = mem_alloc((count + 2) * sizeof *waits);
    bool more = true;

    for (size_t i = 0; i < count; i++)
        waits[i] = (struct pollfd){.fd = keeper->clients[i].socket, .events = POLLIN};
    waits[count] = (struct pollfd){.fd = keeper->supervisor, .events = POLLIN};
    waits[count + 1] =
        (struct pollfd){.fd = accepts_operators(keeper) ? keeper->control : -1, .events = POLLIN};
    keeper->maintenance.manifest = keeper->has_site ? &keeper->bundle.manifest : NULL;
    if (poll(waits, count + 2, patience(keeper)) > 0) {
        if (anybody_asks(waits, count))
            run_batch(keeper, waits);
        if (waits[count + 1].revents)
            accept_operator(keeper);
        if (waits[count].revents)
            more = take_order(keeper);
    } else if (!keeper->store) {
        is_ready(keeper);
    }
    if (keeper->store) {
        checkpoints_do(&keeper->checkpoints, now(keeper));
        maintenance_do(&keeper->maintenance, now(keeper));
    }
    free(waits);
    return more && !ending;
}

int keeper_run(int supervisor, const struct keeper_options *options)
{
    struct keeper keeper = {.options = options,
                            .supervisor = supervisor,
                            .control = -1,
                            .message = BUF_INIT,
                            .why = BUF_INIT,
                            .alarm = BUF_INIT};
    struct sigaction end = {.sa_handler = on_term};

    sigaction(SIGTERM, &end, NULL);
    while (wait_and_work(&keeper))
        ;
    for (size_t i = 0; i < keeper.client_count; i++)
        if (keeper.clients[i].socket >= 0)
            drop(&keeper.clients[i]);
    free(keeper.clients);
    control_unlisten(options->database, keeper.control);
    if (keeper.store)
        checkpoints_end(&keeper.checkpoints, now(&keeper));
    store_close(keeper.store);
    bundle_release(&keeper.bundle);
    buf_release(&keeper.message);
    buf_release(&keeper.why);
    buf_release(&keeper.alarm);
    return EX_OK;
}
