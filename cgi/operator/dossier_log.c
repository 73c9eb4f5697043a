/* What it takes to check a dossier without the one who drew it up: whose log it is, the keys that
 * signed its checkpoints, and the newest checkpoint. */
#include <string.h>

#include "log/checkpoint.h"
#include "dossier.h"
#include "store/signers.h"

static void take_head(void *context, const struct store_checkpoint *checkpoint)
{
    struct dossier_log *log = context;

    log->time = checkpoint->time;
    buf_adds(&log->head, checkpoint->note);
}

static void take_signers(struct dossier_log *log, const struct signers *signers)
{
    struct checkpoint head;

    for (size_t i = 0; i < signers->count; i++) {
        note_key_add(&signers->keys[i], &log->keys);
        buf_addc(&log->keys, '\n');
        memcpy(log->name, signers->keys[i].name, sizeof log->name);
    }
    log->holds = log->head.len && checkpoint_open(buf_str(&log->head), signers->keys,
                                                  signers->count, &head) == NOTE_VALID;
}

bool dossier_log_read(struct dossier_log *log, struct store *store)
{
    struct signers signers;
    bool found, ok;

    *log = (struct dossier_log){.keys = BUF_INIT, .head = BUF_INIT};
    ok = signers_read(&signers, store) && store_checkpoint(store, false, &found, take_head, log);
    take_signers(log, &signers);
    signers_release(&signers);
    return ok;
}

void dossier_log_release(struct dossier_log *log)
{
    buf_release(&log->keys);
    buf_release(&log->head);
}
