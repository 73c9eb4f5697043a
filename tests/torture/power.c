/* power: the database after power cuts.
 *
 * power CUTS SEED [wal|all]: visitors answer, withdraw and are erased, in batches as the keeper
 * makes them, with checkpoints, pages written back, compaction and a new start now and then.  Their
 * calls are recorded; then power is cut CUTS times, at calls chosen by SEED.  After each cut the
 * database must open without help, have every record that was acknowledged, be without faults, and
 * take another one.
 *
 * `wal` and `all` are disks that ignore flushes, of the WAL or of everything: they show that the
 * test would notice.  Prints a line of figures; exit 0 if nothing failed. */
#include "../unit/fixtures/store_fixture.h"

#include <unistd.h>

#include "base/file.h"
#include "disk.h"
#include "keeper/checkpoints.h"
#include "keeper/maintenance.h"

enum { BATCHES = 120, BATCH_MAX = 6, CUTS_A_RUN = 250, ACTS_MAX = BATCHES * BATCH_MAX };

static const char site[] = "https://www.example.com";

/* What was promised to whom, and after which call. */
struct promise {
    enum { RECORD, ERASURE } kind;
    int visitor;
    uint8_t id[ACT_RECORD_ID];
    size_t begun, acknowledged; /* calls recorded by then */
};

struct run {
    struct promise promises[ACTS_MAX];
    size_t count, done; /* done: acknowledged */
    int visitors;       /* numbers from 0; an erased one never comes back */
    bool erased[ACTS_MAX];
    uint64_t random;
};

struct service {
    char *folder, *database, *keys, *anchor;
    struct checkpoints_options options;
    struct checkpoints checkpoints;
    struct maintenance maintenance;
    struct store *store;
};

/* Why a cut failed: the first reason is printed. */
static struct {
    size_t not_opened, lost, faulty, stuck;
} failures;

static bool opens(struct service *service, struct buf *why)
{
    service->store = store_open(service->database, STORE_CREATE, why);
    if (!service->store)
        return false;
    if (!checkpoints_begin(&service->checkpoints, &service->options, service->store, why)) {
        store_close(service->store);
        return false;
    }
    checkpoints_speak_for(&service->checkpoints, site);
    maintenance_begin(&service->maintenance, service->database, service->store);
    return true;
}

static void closes(struct service *service)
{
    checkpoints_end(&service->checkpoints, NOON);
    store_close(service->store);
}

static struct service service_in(const char *folder, const char *keys)
{
    struct service service = {.folder = mem_dups(folder),
                              .database = mem_printf("%s/consent.db", folder),
                              .anchor = mem_printf("%s/anchor", folder),
                              .keys = mem_dups(keys)};

    service.options = (struct checkpoints_options){service.keys, service.anchor, 3600};
    return service;
}

static void service_release(struct service *service)
{
    free(service->folder);
    free(service->database);
    free(service->anchor);
    free(service->keys);
}

static void must(bool ok, struct store *store, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "power: %s: %s\n", what, store ? store_why(store) : "");
    exit(EXIT_FAILURE);
}

/* The work */

static int somebody(struct run *run, bool *fresh)
{
    int visitor = (int)disk_random(&run->random, (uint64_t)run->visitors + 1);

    *fresh = visitor == run->visitors || run->erased[visitor];
    if (*fresh)
        visitor = run->visitors++;
    return visitor;
}

static void do_one(struct service *service, struct run *run)
{
    static const char *const questions[] = {"newsletter", "partner-offers.randur",
                                            "partner-offers.meteor"};
    static const enum answer answers[] = {ANSWER_GIVEN, ANSWER_REFUSED};
    struct promise promise = {.kind = RECORD, .begun = disk_calls()};
    uint8_t key[ACT_VISITOR];
    bool fresh;
    int visitor = somebody(run, &fresh);

    promise.visitor = visitor;
    visitor_of(visitor, key);
    if (!fresh && disk_random(&run->random, 8) == 0) {
        promise.kind = ERASURE;
        run->erased[visitor] = true;
        must(store_erase(service->store, key, NOON) == ACT_DONE, service->store, "erase");
    } else {
        struct act act = act_on(ACT_ANSWERS, visitor, fresh, (int)disk_random(&run->random, 3));

        say(&act, questions[disk_random(&run->random, 3)], answers[disk_random(&run->random, 2)]);
        if (store_act(service->store, &act, NOON, promise.id) != ACT_DONE)
            return; /* the same answer again */
    }
    run->promises[run->count++] = promise;
}

/* As the keeper: acknowledged once it is committed, and what was closed is noted. */
static void do_batch(struct service *service, struct run *run)
{
    size_t acts = 1 + (size_t)disk_random(&run->random, BATCH_MAX);

    must(store_begin(service->store), service->store, "begin");
    while (acts--)
        do_one(service, run);
    must(store_commit(service->store), service->store, "commit");
    maintenance_note(&service->maintenance);
    for (; run->done < run->count; run->done++)
        run->promises[run->done].acknowledged = disk_calls();
}

static void compact(struct service *service)
{
    bool done;

    must(store_compact(service->store, &done), service->store, "compact");
}

static void do_work(struct service *service, struct run *run)
{
    struct buf why = BUF_INIT;

    must(opens(service, &why), NULL, "open");
    put_texts(service->store);
    for (int i = 0; i < BATCHES; i++) {
        do_batch(service, run);
        if (disk_random(&run->random, 8) == 0) {
            service->checkpoints.public_at = service->checkpoints.anchor_at = 0;
            checkpoints_do(&service->checkpoints, NOON);
        }
        if (disk_random(&run->random, 12) == 0)
            must(store_write_back(service->store), service->store, "write back");
        if (disk_random(&run->random, 40) == 0)
            compact(service);
        if (disk_random(&run->random, 40) == 0) {
            closes(service);
            must(opens(service, &why), NULL, why.data);
        }
    }
    closes(service);
    buf_release(&why);
}

/* After a cut */

static void note_found(void *context, const struct store_record *record)
{
    *(bool *)context = record->view != NULL;
}

/* Whether anybody asked to erase this visitor by then: that may have been done. */
static bool may_be_erased(const struct run *run, int visitor, size_t calls)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->promises[i].kind == ERASURE && run->promises[i].visitor == visitor)
            return run->promises[i].begun <= calls;
    return false;
}

static void ignore(void *context, const struct standing *standing)
{
    (void)context, (void)standing;
}

static bool is_kept(struct store *store, const struct run *run, const struct promise *promise,
                    size_t calls)
{
    uint8_t key[ACT_VISITOR];
    bool found = false, readable = false, known = true;

    visitor_of(promise->visitor, key);
    if (promise->kind == ERASURE)
        return store_standing(store, key, &known, ignore, NULL) && !known;
    if (may_be_erased(run, promise->visitor, calls))
        return true;
    return store_find(store, promise->id, &found, note_found, &readable) && found && readable;
}

static bool all_kept(struct store *store, const struct run *run, size_t calls)
{
    bool ok = store_begin(store);

    for (size_t i = 0; ok && i < run->count; i++)
        if (run->promises[i].acknowledged <= calls)
            ok = is_kept(store, run, &run->promises[i], calls);
    store_rollback(store);
    return ok;
}

static bool is_sound(struct store *store)
{
    struct buf faults = BUF_INIT;
    struct fault_sink sink = {add_fault, &faults};
    struct store_count count = {0};

    store_verify(store, &sink, &count);
    if (count.faults && !failures.faulty)
        fprintf(stderr, "power: %s", faults.data);
    buf_release(&faults);
    return count.faults == 0;
}

/* Nothing is asserted: a disk that ignores flushes can leave a database that takes no text. */
static bool takes_another(struct store *store)
{
    struct store_text text = text_of(EN_1);
    struct act act = act_on(ACT_ANSWERS, 1000000, true, EN_1);
    uint8_t id[ACT_RECORD_ID];
    bool ok;

    say(&act, "newsletter", ANSWER_GIVEN);
    ok = store_begin(store) && store_put_text(store, &text) &&
         store_act(store, &act, NOON, id) == ACT_DONE && store_commit(store);
    store_rollback(store);
    return ok;
}

static void judge(struct service *after, const struct run *run, size_t calls)
{
    struct buf why = BUF_INIT;

    if (!opens(after, &why)) {
        if (!failures.not_opened++)
            fprintf(stderr, "power: after call %zu: %s\n", calls, why.data);
    } else {
        failures.lost += !all_kept(after->store, run, calls);
        failures.faulty += !is_sound(after->store);
        failures.stuck += !takes_another(after->store);
        closes(after);
    }
    buf_release(&why);
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return x < y ? -1 : x > y;
}

static void cut_often(const struct run *run, const char *keys, enum disk_flushes flushes,
                      size_t cuts, uint64_t *random)
{
    size_t at[CUTS_A_RUN];

    for (size_t i = 0; i < cuts; i++)
        at[i] = (size_t)disk_random(random, disk_calls() + 1);
    qsort(at, cuts, sizeof *at, by_number);
    disk_begin(flushes);
    for (size_t i = 0; i < cuts; i++) {
        char *folder = folder_new();
        struct service after = service_in(folder, keys);

        disk_replay(at[i]);
        disk_cut(folder, random);
        judge(&after, run, at[i]);
        service_release(&after);
        folder_free(folder);
    }
}

static void run_once(enum disk_flushes flushes, size_t cuts, uint64_t *random)
{
    struct run *run = mem_alloc(sizeof *run);
    char *folder = folder_new(), *keys = folder_new();
    struct service service = service_in(folder, keys);
    struct buf why = BUF_INIT;
    bool made;

    for (const struct keys_file *file = keys_files; file->name; file++)
        must(keys_make(keys, file, &made, &why), NULL, why.data);
    run->random = *random;
    disk_watch(folder);
    do_work(&service, run);
    disk_unwatch();
    cut_often(run, keys, flushes, cuts, random);
    buf_release(&why);
    service_release(&service);
    folder_free(folder);
    folder_free(keys);
    free(run);
}

int main(int count, char **words)
{
    size_t cuts = count > 2 ? strtoull(words[1], NULL, 10) : 0;
    uint64_t random = count > 2 ? strtoull(words[2], NULL, 10) | 1 : 1;
    enum disk_flushes flushes = count < 4                      ? DISK_HONEST
                                : strcmp(words[3], "wal") == 0 ? DISK_IGNORES_WAL
                                                               : DISK_IGNORES_ALL;

    if (!cuts) {
        fputs("usage: power CUTS SEED [wal|all]\n", stderr);
        return EXIT_FAILURE;
    }
    for (size_t left = cuts, now; left; left -= now) {
        now = left < CUTS_A_RUN ? left : CUTS_A_RUN;
        run_once(flushes, now, &random);
    }
    printf(
        "%zu power cuts: %zu not opened, %zu lost a record, %zu with faults, %zu without service\n",
        cuts, failures.not_opened, failures.lost, failures.faulty, failures.stuck);
    return failures.not_opened || failures.lost || failures.faulty || failures.stuck;
}
