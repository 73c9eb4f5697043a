#include "ask.h"

#include "ask_private.h"

bool ask_keeper(struct keeper_client *keeper, enum wire_kind kind, struct buf *fields,
                struct wire_reader *reply)
{
    bool answered = keeper_ask(keeper, kind, buf_str(fields), ASK_SECONDS, reply);

    buf_release(fields);
    return answered;
}

/* Acts: the reply begins with a result. */

static const enum outcome outcomes[ACT_RESULT_COUNT] = {
    [ACT_DONE] = OUTCOME_DONE,
    [ACT_STRANGER] = OUTCOME_STRANGER,
    [ACT_NO_TEXT] = OUTCOME_CHANGED,
    [ACT_NOTHING] = OUTCOME_NOTHING,
    [ACT_UNAVAILABLE] = OUTCOME_UNAVAILABLE,
    [ACT_LIMITED] = OUTCOME_LIMITED,
};

/* A reply is a result and `len` bytes of record IDs. */
static enum outcome ask_outcome(struct keeper_client *keeper, enum wire_kind kind,
                                struct buf *fields, void *ids, size_t len)
{
    struct wire_reader reply;
    uint64_t result;

    if (!ask_keeper(keeper, kind, fields, &reply))
        return OUTCOME_LOST;
    result = wire_take_number(&reply, 1);
    if (len)
        wire_take_bytes(&reply, ids, len);
    return wire_done(&reply) && result < ACT_RESULT_COUNT ? outcomes[result] : OUTCOME_LOST;
}

enum outcome ask_act(struct keeper_client *keeper, const struct act *act, struct ask_done *done)
{
    struct buf fields = BUF_INIT;

    wire_put_act(&fields, act);
    return ask_outcome(keeper, WIRE_ACT, &fields, done, sizeof *done);
}

enum outcome ask_erase(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR])
{
    struct buf fields = BUF_INIT;

    buf_add(&fields, visitor, ACT_VISITOR);
    return ask_outcome(keeper, WIRE_ERASE, &fields, NULL, 0);
}

enum outcome ask_withdraw_by_code(struct keeper_client *keeper, const struct code *code,
                                  uint8_t record[ACT_RECORD_ID])
{
    struct buf fields = BUF_INIT;

    wire_put_number(&fields, code->index, 8);
    buf_add(&fields, code->tag, sizeof code->tag);
    return ask_outcome(keeper, WIRE_CODE, &fields, record, ACT_RECORD_ID);
}

/* Single facts. */

bool ask_withdrawal(struct keeper_client *keeper, const uint8_t record[ACT_RECORD_ID],
                    struct ask_withdrawal *withdrawal)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;

    *withdrawal = (struct ask_withdrawal){.found = false};
    buf_add(&fields, record, ACT_RECORD_ID);
    if (!ask_keeper(keeper, WIRE_WITHDRAWAL, &fields, &reply))
        return false;
    withdrawal->found = wire_take_number(&reply, 1);
    withdrawal->time = (int64_t)wire_take_number(&reply, 8);
    wire_take_name(&reply, withdrawal->revision, sizeof withdrawal->revision);
    return wire_done(&reply);
}

bool ask_wording(struct keeper_client *keeper, const struct standing *standing,
                 struct ask_wording *wording)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;

    wire_put_standing(&fields, standing);
    if (!ask_keeper(keeper, WIRE_WORDING, &fields, &reply))
        return false;
    wording->title = wire_take_text(&reply);
    wording->label = wire_take_text(&reply);
    wording->recipient = wire_take_text(&reply);
    return wire_done(&reply);
}

static bool ask_part_of_log(struct keeper_client *keeper, enum wire_kind kind, struct buf *fields,
                            struct str *bytes)
{
    struct wire_reader reply;

    if (!ask_keeper(keeper, kind, fields, &reply) || !reply.rest.len)
        return false;
    *bytes = wire_take_text(&reply);
    if (!wire_done(&reply))
        *bytes = (struct str){"", 0};
    return true;
}

bool ask_checkpoint(struct keeper_client *keeper, struct str *note)
{
    struct buf fields = BUF_INIT;

    return ask_part_of_log(keeper, WIRE_CHECKPOINT, &fields, note);
}

bool ask_tile(struct keeper_client *keeper, const struct tile *tile, struct str *bytes)
{
    struct buf fields = BUF_INIT;

    wire_put_number(&fields, tile->entries, 1);
    wire_put_number(&fields, tile->level, 1);
    wire_put_number(&fields, tile->index, 8);
    wire_put_number(&fields, tile->width, 2);
    return ask_part_of_log(keeper, WIRE_TILE, &fields, bytes);
}

bool ask_health(struct keeper_client *keeper, struct ask_health *health)
{
    enum { SECONDS = 2 }; /* who watches the endpoint does not wait for long */
    struct wire_reader reply;
    uint64_t number;

    if (!keeper_ask(keeper, WIRE_HEALTH, str_of(""), SECONDS, &reply))
        return false;
    number = wire_take_number(&reply, 1);
    health->health = number < HEALTH_COUNT ? (enum wire_health)number : HEALTH_UNAVAILABLE;
    health->reason = wire_take_text(&reply);
    health->manifest = wire_take_text(&reply);
    health->pending_wipes = wire_take_number(&reply, 1);
    return true;
}

/* Receipts. */

static void take_proof(struct wire_reader *reply, struct receipt_proof *proof)
{
    proof->note = wire_take_text(reply);
    proof->path.count = wire_take_number(reply, 1);
    if (proof->path.count > MERKLE_PROOF_MAX)
        reply->bad = true;
    for (size_t i = 0; !reply->bad && i < proof->path.count; i++)
        wire_take_bytes(reply, proof->path.hashes[i].bytes, MERKLE_HASH);
}

static bool take_receipt(struct wire_reader *reply, struct receipt *receipt)
{
    receipt->proof.index = wire_take_number(reply, 8);
    receipt->canonical = wire_take_text(reply);
    wire_take_bytes(reply, receipt->salt, sizeof receipt->salt);
    receipt->title = wire_take_text(reply);
    if (!record_parse(receipt->canonical, &receipt->view))
        reply->bad = true;
    take_proof(reply, &receipt->proof);
    receipt->key = wire_take_text(reply);
    return wire_done(reply) && receipt->key.len;
}

bool ask_receipt(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR],
                 const uint8_t record[ACT_RECORD_ID], bool *found, struct receipt *receipt,
                 struct buf *reply)
{
    struct buf fields = BUF_INIT;
    struct wire_reader reader;

    buf_add(&fields, visitor, ACT_VISITOR);
    buf_add(&fields, record, ACT_RECORD_ID);
    if (!ask_keeper(keeper, WIRE_RECEIPT, &fields, &reader))
        return false;
    buf_addstr(reply, reader.rest);
    reader.rest = buf_str(reply);
    *found = wire_take_number(&reader, 1);
    return *found ? take_receipt(&reader, receipt) : wire_done(&reader);
}

/* A text comes in pieces. */
bool ask_text(struct keeper_client *keeper, const uint8_t digest[ACT_DIGEST], struct buf *text)
{
    size_t before = text->len;
    bool more = true;

    while (more) {
        struct buf fields = BUF_INIT;
        struct wire_reader reply;

        buf_add(&fields, digest, ACT_DIGEST);
        wire_put_number(&fields, text->len - before, 8);
        if (!ask_keeper(keeper, WIRE_TEXT, &fields, &reply))
            return false;
        buf_addstr(text, wire_take_text(&reply));
        more = wire_take_number(&reply, 1);
        if (!wire_done(&reply))
            return false;
    }
    return text->len > before;
}
