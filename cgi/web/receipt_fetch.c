#include "receipt_fetch.h"

#include <sodium.h>

enum { PATIENCE = 5 /* seconds to wait for the keeper */ };

static bool ask(struct exchange *exchange, enum wire_kind kind, struct buf *fields,
                struct wire_reader *reply)
{
    bool answered = keeper_ask(&exchange->endpoint->keeper, kind, buf_str(fields), PATIENCE, reply);

    buf_release(fields);
    return answered && reply->rest.len;
}

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

/* A text that is not this site's any more is the database's still; it comes in pieces. */
static bool fetch_text(struct exchange *exchange, const uint8_t digest[ACT_DIGEST],
                       struct buf *text)
{
    struct wire_reader reply;
    bool more = true;

    while (more) {
        struct buf fields = BUF_INIT;

        buf_add(&fields, digest, ACT_DIGEST);
        wire_put_number(&fields, text->len, 8);
        if (!ask(exchange, WIRE_TEXT, &fields, &reply))
            return false;
        buf_addstr(text, wire_take_text(&reply));
        more = wire_take_number(&reply, 1);
        if (!wire_done(&reply))
            return false;
    }
    return text->len > 0;
}

static bool find_text(struct fetched *fetched, struct exchange *exchange)
{
    const uint8_t *digest = fetched->receipt.view.act.digest;
    char hex[2 * ACT_DIGEST + 1];
    const char *text = bundle_text(exchange->endpoint->bundle,
                                   sodium_bin2hex(hex, sizeof hex, digest, ACT_DIGEST));

    if (text)
        buf_adds(&fetched->text, text);
    else if (!fetch_text(exchange, digest, &fetched->text))
        return false;
    fetched->receipt.text = buf_str(&fetched->text);
    return true;
}

static void find_questions(struct fetched *fetched)
{
    const struct act *act = &fetched->receipt.view.act;

    questions_read(&fetched->asked, fetched->receipt.text);
    for (size_t i = 0; i < act->answer_count; i++)
        fetched->receipt.asked[i] = questions_find(&fetched->asked, act->answers[i].question);
}

/* A record without a yes has nothing that its code could take back. */
static void add_code(struct fetched *fetched, const struct exchange *exchange)
{
    struct receipt *receipt = &fetched->receipt;
    const struct act *act = &receipt->view.act;
    uint8_t entry[RECORD_ENTRY];
    struct code code;
    size_t i = 0;

    while (i < act->answer_count && act->answers[i].answer != ANSWER_GIVEN)
        i++;
    if (i == act->answer_count)
        return;
    record_entry(receipt->salt, receipt->canonical, entry);
    code_make(&code, exchange->endpoint->keys, receipt->proof.index, receipt->salt, entry);
    code_write(&code, fetched->code);
    receipt->code = fetched->code;
}

enum fetch receipt_fetch(struct fetched *fetched, const struct visitor *visitor,
                         struct exchange *exchange, const uint8_t id[ACT_RECORD_ID])
{
    struct buf fields = BUF_INIT;
    struct wire_reader reply;

    *fetched = (struct fetched){.reply = BUF_INIT, .text = BUF_INIT};
    if (visitor->cookie == VISITOR_NONE)
        return FETCH_NOT_FOUND;
    buf_add(&fields, visitor->key, sizeof visitor->key);
    buf_add(&fields, id, ACT_RECORD_ID);
    if (!ask(exchange, WIRE_RECEIPT, &fields, &reply))
        return FETCH_UNAVAILABLE;
    buf_addstr(&fetched->reply, reply.rest);
    reply.rest = buf_str(&fetched->reply);
    if (!wire_take_number(&reply, 1))
        return wire_done(&reply) ? FETCH_NOT_FOUND : FETCH_UNAVAILABLE;
    if (!take_receipt(&reply, &fetched->receipt) || !find_text(fetched, exchange))
        return FETCH_UNAVAILABLE;
    find_questions(fetched);
    add_code(fetched, exchange);
    return FETCH_DONE;
}

void receipt_fetched_release(struct fetched *fetched)
{
    buf_release(&fetched->reply);
    buf_release(&fetched->text);
    questions_release(&fetched->asked);
    *fetched = (struct fetched){.reply = BUF_INIT, .text = BUF_INIT};
}
