/* Who is meant is read first, as any reader does; what changes something goes the operator's way.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/number.h"
#include "commands.h"
#include "keeper/control.h"
#include "keeper/maintenance.h"
#include "record/disclosure.h"
#include "say.h"
#include "subject.h"

enum { PATIENCE = 60 /* seconds, for the answer and for the bytes to be overwritten */ };

/* What would go, and what stays. */
struct extent {
    size_t records, provisions;
    char first[INSTANT_SIZE], last[INSTANT_SIZE];
    int64_t kept_until; /* the last provision, UTC seconds */
};

static void take_record(void *context, const struct store_record *record)
{
    struct extent *extent = context;
    const char *time = record->view ? record->view->time : "?";

    if (!extent->records++)
        snprintf(extent->last, sizeof extent->last, "%s", time);
    snprintf(extent->first, sizeof extent->first, "%s", time);
}

static void take_provision(void *context, const struct store_provision *provision)
{
    struct extent *extent = context;
    int64_t until = provision->view ? provision_kept_until(provision->view->time) : 0;

    extent->provisions++;
    if (until > extent->kept_until)
        extent->kept_until = until;
}

static int measure(const char *database, const uint8_t visitor[ACT_VISITOR], struct extent *extent)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(database, STORE_READ, &why);
    int status = EX_OK;

    if (!store)
        status = say_reason(EX_NOINPUT, &why);
    else if (!store_records(store, visitor, 0, SIZE_MAX, take_record, extent) ||
             !store_provisions_of(store, visitor, take_provision, extent))
        status = say_failure(EX_IOERR, "%s", store_why(store));
    store_close(store);
    buf_release(&why);
    return status;
}

/* Disclosures stay; adds nothing where there are none. */
static void add_provisions(struct buf *text, const struct extent *extent)
{
    char until[INSTANT_SIZE];

    if (!extent->provisions)
        return;
    instant_write(extent->kept_until, until);
    buf_addf(text, "; %s until %.10s",
             number_of((long long)extent->provisions, "disclosure to a third party is kept",
                       "disclosures to third parties are kept")
                 .text,
             until);
}

static bool is_agreed(const struct extent *extent)
{
    struct buf text = BUF_INIT;
    bool agreed;

    buf_addf(&text, "%s, from %s to %s, will be deleted permanently; their hashes stay in the log",
             number_of((long long)extent->records, "record", "records").text, extent->first,
             extent->last);
    add_provisions(&text, extent);
    buf_adds(&text, ".  Delete?");
    agreed = say_asks(text.data);
    buf_release(&text);
    return agreed;
}

static void wait_a_little(void)
{
    nanosleep(&(struct timespec){0, 100 * 1000000L}, NULL);
}

static enum act_result erase_here(struct store *store, const char *database,
                                  const uint8_t visitor[ACT_VISITOR], bool *overwritten)
{
    struct maintenance maintenance;
    enum act_result result;
    time_t until = time(NULL) + PATIENCE;

    if (!store_begin(store))
        return ACT_UNAVAILABLE;
    result = store_erase(store, visitor, (int64_t)time(NULL));
    if (!store_commit(store))
        return ACT_UNAVAILABLE;
    for (maintenance_begin(&maintenance, database, store);
         maintenance.pending_wipes && time(NULL) < until; wait_a_little())
        maintenance_do(&maintenance, 0);
    *overwritten = !maintenance.pending_wipes;
    return result;
}

/* The keeper rewrites its files when nobody waits for it. */
static bool is_overwritten(struct keeper_client *keeper)
{
    struct wire_reader reply;

    if (!keeper_ask(keeper, WIRE_HEALTH, str_of(""), PATIENCE, &reply))
        return false;
    wire_take_number(&reply, 1);
    wire_take_text(&reply);
    wire_take_text(&reply);
    return wire_take_number(&reply, 1) == 0 && !reply.bad;
}

static enum act_result erase_by_keeper(struct keeper_client *keeper,
                                       const uint8_t visitor[ACT_VISITOR], bool *overwritten)
{
    time_t until = time(NULL) + PATIENCE;
    struct wire_reader reply;
    enum act_result result;

    if (!keeper_ask(keeper, WIRE_ERASE, (struct str){(const char *)visitor, ACT_VISITOR}, PATIENCE,
                    &reply))
        return ACT_UNAVAILABLE;
    result = (enum act_result)wire_take_number(&reply, 1);
    if (!wire_done(&reply) || result >= ACT_RESULT_COUNT)
        return ACT_UNAVAILABLE;
    while (!(*overwritten = is_overwritten(keeper)) && !keeper->lost && time(NULL) < until)
        wait_a_little();
    return result;
}

static int tell(enum act_result result, const struct extent *extent, bool overwritten,
                const char *why)
{
    struct buf text = BUF_INIT;

    if (result == ACT_STRANGER)
        return say_failure(EXIT_FAILURE, "another process has just deleted these records");
    if (result != ACT_DONE)
        return say_failure(EX_IOERR, "%s", why);
    add_provisions(&text, extent);
    say("%s deleted%s", number_of((long long)extent->records, "record", "records").text, text.data);
    buf_release(&text);
    if (overwritten)
        return EX_OK;
    return say_failure(EX_TEMPFAIL,
                       "the deleted bytes are not overwritten yet; the endpoint does that when it "
                       "is idle, and its health reports when it is done");
}

static int erase(const char *database, const uint8_t visitor[ACT_VISITOR], bool yes)
{
    struct extent extent = {0};
    struct control control;
    struct buf why = BUF_INIT;
    bool overwritten = false;
    enum act_result result;
    int status = measure(database, visitor, &extent);

    if (status != EX_OK)
        return status;
    if (!yes && !is_agreed(&extent))
        return say_failure(EXIT_FAILURE, "nothing was deleted");
    if (!control_open(&control, database, &why)) {
        status = say_reason(EX_UNAVAILABLE, &why);
    } else {
        result = control.keeper ? erase_by_keeper(control.keeper, visitor, &overwritten)
                                : erase_here(control.store, database, visitor, &overwritten);
        status = tell(result, &extent, overwritten,
                      control.store ? store_why(control.store)
                                    : "the endpoint could not delete the records; see its log");
    }
    control_close(&control);
    buf_release(&why);
    return status;
}

int command_erase(const struct options *options)
{
    struct subject subject;
    struct store *store;
    int status;

    if (!options->yes && !isatty(STDIN_FILENO))
        return options_misuse(options, "standard input is not a terminal; use --yes");
    if (!(store = subject_open(options, true, &subject, &status)))
        return status;
    store_close(store);
    return erase(options->database, subject.visitor, options->yes);
}
