/* Rewriting the files takes seconds where there are millions of records, and nobody is answered
 * meanwhile: it waits for a quiet moment, but not for long. */
#include "chores.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "erased.h"

enum {
    QUIET_MS = 500,                /* without a message */
    LATEST_MS = 10 * 60 * 1000,    /* after what was closed first */
    FIRST_PAUSE_MS = 1000,         /* where it failed, or a reader was in the way; */
    LAST_PAUSE_MS = 10 * 60 * 1000 /* it doubles, for each try costs what the last one did */
};

static const char program[] = "teade-consent: keeper";

static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void add_hash(void *context, const uint8_t hash[CANONICAL_ENTRY])
{
    erased_line(context, hash);
}

static bool read_traces(struct chores *chores, int64_t *last, struct buf *lines)
{
    bool ok = store_begin(chores->store) &&
              store_traces(chores->store, chores->noted, last, add_hash, lines);

    store_rollback(chores->store);
    return ok;
}

/* Notes what is not noted yet. */
static bool note(struct chores *chores)
{
    struct buf lines = BUF_INIT;
    int64_t last;
    bool ok = read_traces(chores, &last, &lines);

    if (!ok)
        log_line(program, "%s", store_why(chores->store));
    else if (lines.len && !(ok = erased_note(chores->database, buf_str(&lines))))
        log_line(program, "%s.erased: cannot be written: %s", chores->database, strerror(errno));
    if (ok && last > chores->noted) {
        chores->noted = last;
        chores->traces = true;
    }
    buf_release(&lines);
    return ok;
}

void chores_note(struct chores *chores)
{
    int64_t now = milliseconds();

    if (!chores->traces)
        chores->closed_since = now;
    chores->traces = true; /* also where it cannot be noted now */
    chores->next = now + QUIET_MS;
    note(chores);
}

void chores_begin(struct chores *chores, const char *database, struct store *store)
{
    *chores = (struct chores){
        .database = database, .store = store, .noted = -1, .closed_since = milliseconds()};
    chores->next = chores->closed_since + QUIET_MS;
    chores->traces = !note(chores) || chores->traces;
}

void chores_wait(struct chores *chores)
{
    int64_t latest = chores->closed_since + LATEST_MS, quiet = milliseconds() + QUIET_MS;

    if (chores->traces && chores->next < quiet)
        chores->next = quiet < latest ? quiet : latest;
}

int chores_due(const struct chores *chores)
{
    int64_t left = chores->next - milliseconds();

    return !chores->traces ? -1 : left > 0 ? (int)left : 0;
}

static bool clear(struct chores *chores)
{
    bool ok = store_begin(chores->store) && store_clear_traces(chores->store, chores->noted) &&
              store_commit(chores->store);

    store_rollback(chores->store);
    return ok;
}

void chores_do(struct chores *chores)
{
    bool done = false, ok;

    if (chores_due(chores) != 0)
        return;
    ok = note(chores) && store_compact(chores->store, &done) && (!done || clear(chores));
    if (!ok)
        log_line(program, "what was erased is not overwritten yet: %s", store_why(chores->store));
    chores->traces = !ok || !done;
    chores->pause = !chores->traces                     ? 0
                    : !chores->pause                    ? FIRST_PAUSE_MS
                    : chores->pause < LAST_PAUSE_MS / 2 ? chores->pause * 2
                                                        : LAST_PAUSE_MS;
    chores->next = milliseconds() + chores->pause;
}
