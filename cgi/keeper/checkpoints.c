#include "checkpoints.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "anchor_file.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/number.h"
#include "log/checkpoint.h"

enum {
    ANCHOR_MS = 1000, /* between two moves of the anchor, each of which waits for the disk */
    PAUSE_MS = 10000  /* where it failed */
};

static const char program[] = "teade-consent: keeper";

/* The next one for the public comes an interval from now where there is one: when that was shown
 * first is not known, for one that was signed for a receipt becomes public later. */

static void take_public(void *context, const struct store_checkpoint *checkpoint)
{
    struct checkpoints *checkpoints = context;

    checkpoints->public_size = checkpoint->size;
}

static bool read_public(struct checkpoints *checkpoints)
{
    bool found;

    if (!store_checkpoint(checkpoints->store, true, &found, take_public, checkpoints))
        return false;
    checkpoints->public_at =
        clock_milliseconds() + (found ? checkpoints->options->interval * 1000 : 0);
    return true;
}

static void say_missing(struct store *store, const char *anchor)
{
    int64_t size;

    if (store_log_size(store, &size) && size)
        log_line(program, "%s does not exist; the database (%s) cannot be compared with it", anchor,
                 number_of(size, "entry", "entries").text);
}

bool checkpoints_begin(struct checkpoints *checkpoints, const struct checkpoints_options *options,
                       struct store *store, struct buf *why)
{
    bool is_there, ok;

    *checkpoints = (struct checkpoints){.options = options, .store = store};
    if (!keys_read_log(options->keys, checkpoints->seed, why))
        return false;
    ok = store_begin(store) && store_check_edge(store) && read_public(checkpoints);
    if (!ok)
        buf_adds(why, store_why(store));
    ok = ok && anchor_holds(options->anchor, store, &is_there, why);
    if (ok && !is_there)
        say_missing(store, options->anchor);
    store_rollback(store);
    return ok;
}

void checkpoints_speak_for(struct checkpoints *checkpoints, const char *base_url)
{
    const char *host = strstr(base_url, "://");
    struct buf origin = BUF_INIT;

    buf_addf(&origin, "%s/choices/log", host ? host + 3 : base_url);
    checkpoints->has_signer =
        note_signer_init(&checkpoints->signer, buf_str(&origin), checkpoints->seed);
    checkpoints->introduced = false;
    buf_release(&origin);
}

int checkpoints_due(const struct checkpoints *checkpoints)
{
    int64_t size =
        checkpoints->has_signer && checkpoints->store ? store_size(checkpoints->store) : 0;
    int public = size > checkpoints->public_size ? clock_until(checkpoints->public_at) : -1;
    int anchor = size > checkpoints->anchored ? clock_until(checkpoints->anchor_at) : -1;

    return public < 0 || (anchor >= 0 && anchor < public) ? anchor : public;
}

/* Signing, in a transaction. */

static bool sign(const struct checkpoints *checkpoints, int64_t size, struct buf *note)
{
    struct checkpoint checkpoint = {.origin = str_of(checkpoints->signer.key.name),
                                    .size = (uint64_t)size};

    bool ok = store_root(checkpoints->store, size, &checkpoint.root);
    bool is_one = ok && checkpoint_sign(&checkpoint, &checkpoints->signer, note);

    assert(is_one == ok);
    return is_one;
}

/* Whoever signs is known to the database first; that it is shows when that was committed. */
static bool introduce(const struct checkpoints *checkpoints, int64_t now)
{
    struct buf key = BUF_INIT;
    bool ok;

    note_key_add(&checkpoints->signer.key, &key);
    ok = checkpoints->introduced || store_add_signer(checkpoints->store, key.data, now);
    buf_release(&key);
    return ok;
}

static bool keep(struct checkpoints *checkpoints, int64_t size, bool public, int64_t now,
                 const char *note)
{
    return store_add_checkpoint(checkpoints->store,
                                &(struct store_checkpoint){size, now, public, note});
}

static void take_size(void *context, const struct store_checkpoint *checkpoint)
{
    *(int64_t *)context = checkpoint->size;
}

static void take_note(void *context, const struct store_checkpoint *checkpoint)
{
    buf_adds(context, checkpoint->note);
}

bool checkpoints_cover(struct checkpoints *checkpoints, int64_t place, int64_t now, int64_t *size,
                       struct buf *note)
{
    bool found;

    *size = 0;
    if (!store_checkpoint(checkpoints->store, false, &found, take_size, size))
        return false;
    if (*size > place)
        return store_checkpoint(checkpoints->store, false, &found, take_note, note);
    *size = store_size(checkpoints->store);
    return introduce(checkpoints, now) && sign(checkpoints, *size, note) &&
           keep(checkpoints, *size, false, now, note->data);
}

/* What is due. */

static bool sign_due(struct checkpoints *checkpoints, int64_t size, bool public, int64_t now,
                     struct buf *note)
{
    bool ok = store_begin(checkpoints->store) && introduce(checkpoints, now) &&
              sign(checkpoints, size, note) &&
              (!public || keep(checkpoints, size, true, now, note->data)) &&
              store_commit(checkpoints->store);

    checkpoints->introduced = ok;
    if (ok)
        return true;
    log_line(program, "the checkpoint of the log cannot be signed: %s",
             store_why(checkpoints->store));
    store_rollback(checkpoints->store);
    return false;
}

static void move_anchor(struct checkpoints *checkpoints, int64_t size, const char *note)
{
    if (anchor_write(checkpoints->options->anchor, note))
        checkpoints->anchored = size;
    else
        log_line(program, "%s: cannot be written: %s", checkpoints->options->anchor,
                 strerror(errno));
}

void checkpoints_do(struct checkpoints *checkpoints, int64_t now)
{
    int64_t size = store_size(checkpoints->store);
    struct buf note = BUF_INIT;
    bool public;

    if (checkpoints_due(checkpoints) != 0)
        return;
    public = size > checkpoints->public_size && clock_until(checkpoints->public_at) == 0;
    if (!sign_due(checkpoints, size, public, now, &note)) {
        checkpoints->public_at = clock_milliseconds() + PAUSE_MS;
        checkpoints->anchor_at = clock_milliseconds() + PAUSE_MS;
    } else {
        move_anchor(checkpoints, size, note.data);
        checkpoints->anchor_at =
            clock_milliseconds() + (checkpoints->anchored == size ? ANCHOR_MS : PAUSE_MS);
        if (public) {
            checkpoints->public_size = size;
            checkpoints->public_at = clock_milliseconds() + checkpoints->options->interval * 1000;
        }
    }
    buf_release(&note);
}

void checkpoints_end(struct checkpoints *checkpoints, int64_t now)
{
    checkpoints->anchor_at = 0;
    checkpoints_do(checkpoints, now);
    sodium_memzero(checkpoints, sizeof *checkpoints);
}
