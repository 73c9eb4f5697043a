#include "receipt_fetch.h"

#include "base/hex.h"

/* A text that the site no longer has is still in the database. */
static bool find_text(struct fetched *fetched, const struct exchange *exchange)
{
    const uint8_t *digest = fetched->receipt.view.act.digest;
    const char *text = bundle_text(exchange->endpoint->bundle, hex_of(digest, ACT_DIGEST).text);

    if (text)
        buf_adds(&fetched->text, text);
    else if (!ask_text(&exchange->endpoint->keeper, digest, &fetched->text))
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

/* Only a record with a yes has something that a code could withdraw. */
static void add_code(struct fetched *fetched, const struct identity_keys *keys)
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
    code_make(&code, keys, receipt->proof.index, receipt->salt, entry);
    code_write(&code, fetched->code);
    receipt->code = fetched->code;
}

enum fetch receipt_fetch(struct fetched *fetched, const struct exchange *exchange,
                         const struct visitor *visitor, const uint8_t id[ACT_RECORD_ID])
{
    bool found;

    *fetched = (struct fetched){.reply = BUF_INIT, .text = BUF_INIT};
    if (visitor->cookie == VISITOR_NONE)
        return FETCH_NOT_FOUND;
    if (!ask_receipt(&exchange->endpoint->keeper, visitor->key, id, &found, &fetched->receipt,
                     &fetched->reply))
        return FETCH_UNAVAILABLE;
    if (!found)
        return FETCH_NOT_FOUND;
    if (!find_text(fetched, exchange))
        return FETCH_UNAVAILABLE;
    find_questions(fetched);
    add_code(fetched, exchange->endpoint->keys);
    return FETCH_DONE;
}

void receipt_fetched_release(struct fetched *fetched)
{
    buf_release(&fetched->reply);
    buf_release(&fetched->text);
    questions_release(&fetched->asked);
    *fetched = (struct fetched){.reply = BUF_INIT, .text = BUF_INIT};
}
