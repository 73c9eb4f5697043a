#include "entry_proof.h"

#include <string.h>

#include "log/checkpoint.h"
#include "store/signers.h"

struct newest {
    int64_t size;
    struct buf note;
};

static void take_head(void *context, const struct store_checkpoint *checkpoint)
{
    struct newest *newest = context;

    newest->size = checkpoint->size;
    buf_adds(&newest->note, checkpoint->note);
}

static bool judge(struct store *store, const struct receipt_proof *made,
                  const uint8_t entry[CANONICAL_ENTRY], struct records_proof *proof)
{
    struct checkpoint head;
    struct signers signers;
    struct merkle_hash leaf;
    bool ok = signers_read(&signers, store);

    if (ok && checkpoint_open(made->note, signers.keys, signers.count, &head) == NOTE_VALID) {
        merkle_leaf(entry, CANONICAL_ENTRY, &leaf);
        proof->holds =
            merkle_verify_inclusion(&leaf, made->index, head.size, &made->path, &head.root);
        memcpy(proof->signer, head.origin.data, head.origin.len);
    }
    signers_release(&signers);
    return ok;
}

bool records_prove(struct store *store, int64_t index, const uint8_t entry[CANONICAL_ENTRY],
                   struct records_proof *proof)
{
    struct newest newest = {.note = BUF_INIT};
    struct receipt_proof made = {.index = (uint64_t)index};
    bool found, ok = store_checkpoint(store, false, &found, take_head, &newest);

    *proof = (struct records_proof){.text = BUF_INIT, .size = newest.size};
    proof->is_covered = ok && found && newest.size > index;
    if (proof->is_covered) {
        made.note = buf_str(&newest.note);
        ok = store_prove_inclusion(store, index, newest.size, &made.path) &&
             judge(store, &made, entry, proof);
        receipt_proof_write(&made, &proof->text);
    }
    buf_release(&newest.note);
    return ok;
}

void records_proof_release(struct records_proof *proof)
{
    buf_release(&proof->text);
}
