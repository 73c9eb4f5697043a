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

/* Committed pages are written back to their place in the file (db.h), which takes some ten
 * milliseconds for as many MiB: in a quiet moment, or after the answers of a batch when there are
 * too many.  The longer they wait, the more often a page is written back once instead of twice. */
enum { PAGES_SOON = 1000, PAGES_LATEST = 8000, PAGES_QUIET_MS = 100 };

/* Each day all records are looked at that are old enough, a page in every pause. */
enum {
    PRUNE_DAY_MS = 24 * 60 * 60 * 1000,
    PRUNE_PAUSE_MS = 20,
    PRUNE_DISTRUST_MS = 60 * 60 * 1000
};

static const char program[] = "teade-consent: keeper";

static void add_hash(void *context, enum closing_reason reason, const uint8_t hash[CANONICAL_ENTRY])
{
    erased_line(context, (enum erased_kind)reason, hash);
}

static bool read_pending_wipes(struct maintenance *maintenance, int64_t *last, struct buf *lines)
{
    bool ok = store_begin(maintenance->store) &&
              store_pending_wipes(maintenance->store, maintenance->noted, last, add_hash, lines);

    store_rollback(maintenance->store);
    return ok;
}

/* Notes what is not noted yet. */
static bool note(struct maintenance *maintenance)
{
    struct buf lines = BUF_INIT;
    int64_t last;
    bool ok = read_pending_wipes(maintenance, &last, &lines);

    if (!ok)
        log_line(program, "%s", store_why(maintenance->store));
    else if (lines.len && !(ok = erased_note(maintenance->database, buf_str(&lines))))
        log_line(program, "%s.erased: cannot be written: %s", maintenance->database,
                 strerror(errno));
    if (ok && last > maintenance->noted) {
        maintenance->noted = last;
        maintenance->pending_wipes = true;
    }
    buf_release(&lines);
    return ok;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* After a quiet moment from now on, or at the latest; but the rest is kept. */
static int64_t next_try(const struct maintenance *maintenance)
{
    int64_t latest = maintenance->closed_since + LATEST_MS, quiet = clock_milliseconds() + QUIET_MS;

    return later(quiet < latest ? quiet : latest, maintenance->rest);
}

void maintenance_note(struct maintenance *maintenance)
{
    int64_t noted = maintenance->noted;
    bool pending_wipes = maintenance->pending_wipes;

    if (note(maintenance) && maintenance->noted == noted)
        return; /* nothing was closed */
    if (!pending_wipes)
        maintenance->closed_since = clock_milliseconds();
    maintenance->pending_wipes = true; /* also where it cannot be noted now */
    maintenance->next = next_try(maintenance);
}

void maintenance_begin(struct maintenance *maintenance, const char *database, struct store *store)
{
    *maintenance = (struct maintenance){
        .database = database, .store = store, .noted = -1, .closed_since = clock_milliseconds()};
    maintenance->next = maintenance->closed_since + QUIET_MS;
    if (!erased_note(database, str_of(""))) /* its absence then says that it was lost */
        log_line(program, "%s.erased: cannot be written: %s", database, strerror(errno));
    maintenance->pending_wipes = !note(maintenance) || maintenance->pending_wipes;
}

void maintenance_distrust_clock(struct maintenance *maintenance)
{
    maintenance->prune_at = clock_milliseconds() + PRUNE_DISTRUST_MS;
}

void maintenance_wait(struct maintenance *maintenance)
{
    maintenance->quiet_at = clock_milliseconds() + PAGES_QUIET_MS;
    if (maintenance->pending_wipes && maintenance->next < clock_milliseconds() + QUIET_MS)
        maintenance->next = next_try(maintenance);
}

/* Of two waits, -1 for none. */
static int sooner(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* Milliseconds until pages are written back. */
static int write_back_due(const struct maintenance *maintenance)
{
    int64_t pages = maintenance->store ? store_backlog(maintenance->store) : 0;

    return pages >= PAGES_LATEST ? 0
           : pages >= PAGES_SOON ? clock_until(maintenance->quiet_at)
                                 : -1;
}

int maintenance_due(const struct maintenance *maintenance)
{
    int prune = maintenance->manifest ? clock_until(maintenance->prune_at) : -1;
    int rewrite = maintenance->pending_wipes ? clock_until(maintenance->next) : -1;

    return sooner(sooner(prune, rewrite), write_back_due(maintenance));
}

static bool clear(struct maintenance *maintenance)
{
    bool ok = store_begin(maintenance->store) &&
              store_clear_pending_wipes(maintenance->store, maintenance->noted) &&
              store_commit(maintenance->store);

    store_rollback(maintenance->store);
    return ok;
}

static void prune(struct maintenance *maintenance, int64_t now)
{
    int64_t ended = instant_months_ago(now, maintenance->manifest->retention);
    struct store_retention retention = {
        ended, instant_months_ago(ended, maintenance->manifest->consent_validity),
        instant_months_ago(now, 12 * PROVISION_YEARS)};
    bool more = false;

    if (store_prune(maintenance->store, &retention, now, &maintenance->prune_from, &more))
        maintenance_note(maintenance);
    else
        log_line(program, "expired records cannot be removed: %s", store_why(maintenance->store));
    if (!more)
        maintenance->prune_from = 0;
    maintenance->prune_at = clock_milliseconds() + (more ? PRUNE_PAUSE_MS : PRUNE_DAY_MS);
}

static void rewrite(struct maintenance *maintenance)
{
    int64_t begun = clock_milliseconds(), ended;
    bool done = false;
    bool ok = note(maintenance) && store_compact(maintenance->store, &done) &&
              (!done || clear(maintenance));

    ended = clock_milliseconds();
    maintenance->rest = ended + (ended - begun) * REST;
    if (!ok)
        log_line(program, "deleted bytes are not overwritten yet: %s",
                 store_why(maintenance->store));
    maintenance->pending_wipes = !ok || !done;
    maintenance->pause = !maintenance->pending_wipes              ? 0
                         : !maintenance->pause                    ? FIRST_PAUSE_MS
                         : maintenance->pause < LAST_PAUSE_MS / 2 ? maintenance->pause * 2
                                                                  : LAST_PAUSE_MS;
    maintenance->next = later(ended + maintenance->pause, maintenance->rest);
}

void maintenance_do(struct maintenance *maintenance, int64_t now)
{
    if (write_back_due(maintenance) == 0 && !store_write_back(maintenance->store))
        log_line(program, "committed pages are not written back yet: %s",
                 store_why(maintenance->store));
    if (maintenance->manifest && clock_until(maintenance->prune_at) == 0)
        prune(maintenance, now);
    else if (maintenance->pending_wipes && clock_until(maintenance->next) == 0)
        rewrite(maintenance);
}
