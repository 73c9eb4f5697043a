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
    struct heads *heads = context;

    heads->public_size = checkpoint->size;
}

static bool read_public(struct heads *heads)
{
    bool found;

    if (!store_checkpoint(heads->store, true, &found, take_public, heads))
        return false;
    heads->public_at = clock_milliseconds() + (found ? heads->options->interval * 1000 : 0);
    return true;
}

static void say_missing(struct store *store, const char *anchor)
{
    int64_t size;

    if (store_log_size(store, &size) && size)
        log_line(program, "%s is not there: the database is taken as it is, %s", anchor,
                 number_of(size, "entry", "entries").text);
}

bool heads_begin(struct heads *heads, const struct heads_options *options, struct store *store,
                 struct buf *why)
{
    bool is_there, ok;

    *heads = (struct heads){.options = options, .store = store};
    if (!keys_read_log(options->keys, heads->seed, why))
        return false;
    ok = store_begin(store) && store_check_edge(store) && read_public(heads);
    if (!ok)
        buf_adds(why, store_why(store));
    ok = ok && anchor_holds(options->anchor, store, &is_there, why);
    if (ok && !is_there)
        say_missing(store, options->anchor);
    store_rollback(store);
    return ok;
}

void heads_speak_for(struct heads *heads, const char *base_url)
{
    const char *host = strstr(base_url, "://");
    struct buf origin = BUF_INIT;

    buf_addf(&origin, "%s/choices/log", host ? host + 3 : base_url);
    heads->has_signer = note_signer_init(&heads->signer, buf_str(&origin), heads->seed);
    heads->introduced = false;
    buf_release(&origin);
}

int heads_due(const struct heads *heads)
{
    int64_t size = heads->has_signer && heads->store ? store_size(heads->store) : 0;
    int public = size > heads->public_size ? clock_until(heads->public_at) : -1;
    int anchor = size > heads->anchored ? clock_until(heads->anchor_at) : -1;

    return public < 0 || (anchor >= 0 && anchor < public) ? anchor : public;
}

/* Signing, in a transaction. */

static bool sign(const struct heads *heads, int64_t size, struct buf *note)
{
    struct checkpoint head = {.origin = str_of(heads->signer.key.name), .size = (uint64_t)size};

    bool ok = store_root(heads->store, size, &head.root);
    bool is_one = ok && checkpoint_sign(&head, &heads->signer, 1, note);

    assert(is_one == ok);
    return is_one;
}

/* Whoever signs is known to the database first; that it is shows when that was committed. */
static bool introduce(const struct heads *heads, int64_t now)
{
    struct buf key = BUF_INIT;
    bool ok;

    note_key_add(&heads->signer.key, &key);
    ok = heads->introduced || store_add_signer(heads->store, key.data, now);
    buf_release(&key);
    return ok;
}

static bool keep(struct heads *heads, int64_t size, bool public, int64_t now, const char *note)
{
    return store_add_checkpoint(heads->store, &(struct store_checkpoint){size, now, public, note});
}

static void take_size(void *context, const struct store_checkpoint *checkpoint)
{
    *(int64_t *)context = checkpoint->size;
}

static void take_note(void *context, const struct store_checkpoint *checkpoint)
{
    buf_adds(context, checkpoint->note);
}

bool heads_cover(struct heads *heads, int64_t place, int64_t now, int64_t *size, struct buf *note)
{
    bool found;

    *size = 0;
    if (!store_checkpoint(heads->store, false, &found, take_size, size))
        return false;
    if (*size > place)
        return store_checkpoint(heads->store, false, &found, take_note, note);
    *size = store_size(heads->store);
    return introduce(heads, now) && sign(heads, *size, note) &&
           keep(heads, *size, false, now, note->data);
}

/* What is due. */

static bool sign_due(struct heads *heads, int64_t size, bool public, int64_t now, struct buf *note)
{
    bool ok = store_begin(heads->store) && introduce(heads, now) && sign(heads, size, note) &&
              (!public || keep(heads, size, true, now, note->data)) && store_commit(heads->store);

    heads->introduced = ok;
    if (ok)
        return true;
    log_line(program, "the head of the log cannot be signed: %s", store_why(heads->store));
    store_rollback(heads->store);
    return false;
}

static void move_anchor(struct heads *heads, int64_t size, const char *note)
{
    if (anchor_write(heads->options->anchor, note))
        heads->anchored = size;
    else
        log_line(program, "%s: cannot be written: %s", heads->options->anchor, strerror(errno));
}

void heads_do(struct heads *heads, int64_t now)
{
    int64_t size = store_size(heads->store);
    struct buf note = BUF_INIT;
    bool public;

    if (heads_due(heads) != 0)
        return;
    public = size > heads->public_size && clock_until(heads->public_at) == 0;
    if (!sign_due(heads, size, public, now, &note)) {
        heads->public_at = clock_milliseconds() + PAUSE_MS;
        heads->anchor_at = clock_milliseconds() + PAUSE_MS;
    } else {
        move_anchor(heads, size, note.data);
        heads->anchor_at = clock_milliseconds() + (heads->anchored == size ? ANCHOR_MS : PAUSE_MS);
        if (public) {
            heads->public_size = size;
            heads->public_at = clock_milliseconds() + heads->options->interval * 1000;
        }
    }
    buf_release(&note);
}

void heads_end(struct heads *heads, int64_t now)
{
    heads->anchor_at = 0;
    heads_do(heads, now);
    sodium_memzero(heads, sizeof *heads);
}
