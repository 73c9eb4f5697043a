/* The newest record may be in no signed checkpoint yet: then this makes one, in the batch's
 * transaction.
 */
#include "task_receipt.h"

#include <string.h>

#include "base/validate.h"
#include "store/signers.h"

void task_put_words(struct buf *reply, const char *words, size_t most)
{
    wire_put_text(reply, validate_whole(str_of(words), most));
}

struct found {
    struct buf *reply;
    int64_t index;
    bool taken;
};

static void take_record(void *context, const struct store_record *record)
{
    struct found *found = context;

    if (!record->view)
        return;
    found->taken = true;
    found->index = record->index;
    wire_put_number(found->reply, 1, 1);
    wire_put_number(found->reply, (uint64_t)record->index, 8);
    wire_put_text(found->reply, record->canonical);
    buf_add(found->reply, record->salt, sizeof record->salt);
    task_put_words(found->reply, record->title, WIRE_TITLE_MAX);
}

/* The key that signed a checkpoint: of those the database knows, for the site may have moved since.
 */
static bool put_signer(struct store *store, struct str note, struct buf *reply)
{
    struct buf text = BUF_INIT;
    const struct note_key *by = NULL;
    struct signers signers;
    struct str words;
    bool ok = signers_read(&signers, store);

    if (ok && note_verify(note, signers.keys, signers.count, &words, &by) == NOTE_VALID)
        note_key_add(by, &text);
    wire_put_text(reply, buf_str(&text));
    buf_release(&text);
    signers_release(&signers);
    return ok;
}

static bool put_proof(const struct task_context *context, int64_t index, struct buf *reply)
{
    struct buf note = BUF_INIT;
    struct merkle_proof proof;
    int64_t size;
    bool ok = checkpoints_cover(context->checkpoints, index, context->now, &size, &note) &&
              store_prove_inclusion(context->store, index, size, &proof);

    if (ok) {
        wire_put_text(reply, buf_str(&note));
        wire_put_number(reply, proof.count, 1);
        for (size_t i = 0; i < proof.count; i++)
            buf_add(reply, proof.hashes[i].bytes, MERKLE_HASH);
        ok = put_signer(context->store, buf_str(&note), reply);
    }
    buf_release(&note);
    return ok;
}

/* Whether an open record is this visitor's. */
static bool find_own(struct store *store, const uint8_t visitor[ACT_VISITOR],
                     const uint8_t id[ACT_RECORD_ID], bool *own)
{
    uint8_t whose[ACT_VISITOR];

    if (!store_visitor_of(store, id, own, whose))
        return false;
    *own = *own && memcmp(visitor, whose, ACT_VISITOR) == 0;
    return true;
}

enum task_outcome task_receipt(const struct task_context *context, struct buf *reply,
                               struct wire_reader *fields)
{
    uint8_t visitor[ACT_VISITOR], id[ACT_RECORD_ID];
    struct found found = {.reply = reply};
    bool own, ok;

    wire_take_bytes(fields, visitor, sizeof visitor);
    wire_take_bytes(fields, id, sizeof id);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    if (!context->checkpoints->has_signer)
        return TASK_DONE; /* without fields: unavailable */
    ok = find_own(context->store, visitor, id, &own) &&
         (!own || store_find(context->store, id, &own, take_record, &found));
    if (ok && found.taken)
        ok = put_proof(context, found.index, reply);
    else if (ok)
        wire_put_number(reply, 0, 1);
    return ok ? TASK_DONE : TASK_STORE_FAILED;
}

enum task_outcome task_text(const struct task_context *context, struct buf *reply,
                            struct wire_reader *fields)
{
    enum { PIECE = WIRE_MAX - 64 };
    uint8_t digest[ACT_DIGEST];
    struct buf body = BUF_INIT;
    size_t from, len;
    bool found, ok;

    wire_take_bytes(fields, digest, sizeof digest);
    from = wire_take_number(fields, 8);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    ok = store_text_body(context->store, digest, &found, &body);
    if (ok) {
        from = from < body.len ? from : body.len;
        len = body.len - from < PIECE ? body.len - from : PIECE;
        wire_put_text(reply, (struct str){body.data + from, len});
        wire_put_number(reply, from + len < body.len, 1);
    }
    buf_release(&body);
    return ok ? TASK_DONE : TASK_STORE_FAILED;
}
