/* Rewriting the files takes seconds where there are millions of records, and nobody is answered
 * meanwhile: it waits for a quiet moment, but not for long. */
#include "maintenance.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/instant.h"
#include "base/log.h"
#include "record/disclosure.h"
#include "site/offer.h"
#include "store/erased.h"

enum {
    QUIET_MS = 500,                /* without a message */
    LATEST_MS = 10 * 60 * 1000,    /* after what was closed first */
    FIRST_PAUSE_MS = 1000,         /* where it failed, or a reader was in the way; */
    LAST_PAUSE_MS = 10 * 60 * 1000 /* it doubles, for each try costs what the last one did */
};

/* Nobody is answered while the files are rewritten: so many times as long they are then left alone.
 */
enum { REST = 20 };

/* Each day all records are looked at that are old enough, a page in every pause. */
enum {
    PRUNE_DAY_MS = 24 * 60 * 60 * 1000,
    PRUNE_PAUSE_MS = 20,
    PRUNE_DISTRUST_MS = 60 * 60 * 1000
};

static const char program[] = "teade-consent: keeper";

static void add_hash(void *context, enum closing_reason reason, const uint8_t hash[CANONICAL_ENTRY])
{
    erased_line(context, reason, hash);
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

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* After a quiet moment from now on, or at the latest; but the rest is kept. */
static int64_t next_try(const struct chores *chores)
{
    int64_t latest = chores->closed_since + LATEST_MS, quiet = clock_milliseconds() + QUIET_MS;

    return later(quiet < latest ? quiet : latest, chores->rest);
}

void chores_note(struct chores *chores)
{
    int64_t noted = chores->noted;
    bool traces = chores->traces;

    if (note(chores) && chores->noted == noted)
        return; /* nothing was closed */
    if (!traces)
        chores->closed_since = clock_milliseconds();
    chores->traces = true; /* also where it cannot be noted now */
    chores->next = next_try(chores);
}

void chores_begin(struct chores *chores, const char *database, struct store *store)
{
    *chores = (struct chores){
        .database = database, .store = store, .noted = -1, .closed_since = clock_milliseconds()};
    chores->next = chores->closed_since + QUIET_MS;
    chores->traces = !note(chores) || chores->traces;
}

void chores_distrust_clock(struct chores *chores)
{
    chores->prune_at = clock_milliseconds() + PRUNE_DISTRUST_MS;
}

void chores_wait(struct chores *chores)
{
    if (chores->traces && chores->next < clock_milliseconds() + QUIET_MS)
        chores->next = next_try(chores);
}

int chores_due(const struct chores *chores)
{
    int prune = chores->manifest ? clock_until(chores->prune_at) : -1;
    int rewrite = chores->traces ? clock_until(chores->next) : -1;

    return prune < 0 || (rewrite >= 0 && rewrite < prune) ? rewrite : prune;
}

static bool clear(struct chores *chores)
{
    bool ok = store_begin(chores->store) && store_clear_traces(chores->store, chores->noted) &&
              store_commit(chores->store);

    store_rollback(chores->store);
    return ok;
}

static void prune(struct chores *chores, int64_t now)
{
    int64_t ended = instant_months_ago(now, chores->manifest->retention);
    struct store_retention retention = {ended,
                                        instant_months_ago(ended, chores->manifest->consent_validity),
                                        instant_months_ago(now, 12 * PROVISION_YEARS)};
    bool more = false;

    if (store_prune(chores->store, &retention, now, &chores->prune_from, &more))
        chores_note(chores);
    else
        log_line(program, "what was kept long enough cannot be removed: %s",
                 store_why(chores->store));
    if (!more)
        chores->prune_from = 0;
    chores->prune_at = clock_milliseconds() + (more ? PRUNE_PAUSE_MS : PRUNE_DAY_MS);
}

static void rewrite(struct chores *chores)
{
    int64_t begun = clock_milliseconds(), ended;
    bool done = false;
    bool ok = note(chores) && store_compact(chores->store, &done) && (!done || clear(chores));

    ended = clock_milliseconds();
    chores->rest = ended + (ended - begun) * REST;
    if (!ok)
        log_line(program, "what was erased is not overwritten yet: %s", store_why(chores->store));
    chores->traces = !ok || !done;
    chores->pause = !chores->traces                     ? 0
                    : !chores->pause                    ? FIRST_PAUSE_MS
                    : chores->pause < LAST_PAUSE_MS / 2 ? chores->pause * 2
                                                        : LAST_PAUSE_MS;
    chores->next = later(ended + chores->pause, chores->rest);
}

void chores_do(struct chores *chores, int64_t now)
{
    if (chores->manifest && clock_until(chores->prune_at) == 0)
        prune(chores, now);
    else if (chores->traces && clock_until(chores->next) == 0)
        rewrite(chores);
}
