/* The visitor of an exchange: who the cookie says, and what the keeper knows. */
#ifndef TEADE_VISITOR_H
#define TEADE_VISITOR_H

#include "endpoint.h"

struct visitor {
    enum { VISITOR_NONE, VISITOR_KNOWN, VISITOR_BAD } cookie; /* BAD: twice, or not one of ours */
    struct identity identity;
    uint8_t key[ACT_VISITOR];
};

void visitor_read(struct visitor *visitor, const struct exchange *exchange);

/* Sends the cookie, dated today. */
void visitor_send(const struct visitor *visitor, struct exchange *exchange);

/* Takes the cookie away. */
void visitor_forget(struct exchange *exchange);

enum visitor_result {
    VISITOR_DONE,
    VISITOR_CHANGED,
    VISITOR_NOTHING,
    VISITOR_UNAVAILABLE,
    VISITOR_LIMITED,
    VISITOR_LOST
};

/* Has the keeper carry an act out for the visitor; one whom the database does not know
 * becomes a new pseudonym first.  Sends the cookie when something was recorded.
 * LOST: the keeper did not answer, so it may have been recorded all the same. */
enum visitor_result visitor_act(struct visitor *visitor, struct exchange *exchange,
                                struct act *act);

/* Has everything of the visitor erased, and the cookie taken away once it is. */
enum visitor_result visitor_erase(const struct visitor *visitor, struct exchange *exchange);

/* Has taken back what the record of a code says, whoever's it is; NOTHING: the code opens nothing,
 * or nothing stands. */
struct code;
enum visitor_result visitor_withdraw_code(struct exchange *exchange, const struct code *code);

/* What a question was called where something was said to it, to whom data would go, and the title
 * of the text; "" where that was never offered. */
struct visitor_wording {
    struct buf title, label, recipient;
};

/* false: unavailable.  Release the three either way. */
bool visitor_wording(struct exchange *exchange, const struct standing *said,
                     struct visitor_wording *wording);

/* What stands, newest answers only; false: unavailable.  The caller frees *standings. */
bool visitor_standings(const struct visitor *visitor, struct exchange *exchange, bool *known,
                       struct standing **standings, size_t *count);

#endif
