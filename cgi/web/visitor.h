/* The visitor of an exchange: who the cookie says, and what the keeper knows. */
#ifndef TEADE_VISITOR_H
#define TEADE_VISITOR_H

#include "exchange.h"

struct visitor {
    enum {
        VISITOR_NONE, /* a stranger: no cookie of ours that is valid, whatever else there is */
        VISITOR_NEW,  /* the browser brings a cookie that waits for its first record */
        VISITOR_KNOWN /* one that was sent with a record; a stranger's, if nothing is left of it */
    } cookie;
    struct identity identity;
    uint8_t key[ACT_VISITOR];
};

/* Of several valid cookies the one whose visitor the database knows. */
void visitor_read(struct visitor *visitor, const struct exchange *exchange);

/* Whether the database has anything of the visitor; false: unavailable. */
bool visitor_is_known(const struct visitor *visitor, const struct exchange *exchange, bool *known);

/* Sends the lasting cookie, dated today, in the place of those that waited for a record. */
void visitor_send(const struct visitor *visitor, struct exchange *exchange);

/* Takes every cookie of ours away that came with the request. */
void visitor_forget(struct exchange *exchange);

enum visitor_result {
    VISITOR_DONE,
    VISITOR_CHANGED,
    VISITOR_NOTHING,
    VISITOR_UNAVAILABLE,
    VISITOR_LIMITED,
    VISITOR_LOST,
    VISITOR_STRANGER
};

/* The record that says what was done, made now or before, and the visitor's newest one then. */
struct visitor_done {
    uint8_t record[ACT_RECORD_ID], newest[ACT_RECORD_ID];
};

/* Has the keeper carry an act out for the visitor, who is sent the cookie by visitor_send() when
 * something was recorded, behind all other cookies: curl 7.88 forgets that one is taken away when
 * another follows.  LOST: the keeper did not answer, so it may have been recorded all the same.
 * STRANGER: nothing was done, for the browser has not shown that it keeps a cookie:
 * visitor_introduce(). */
enum visitor_result visitor_act(const struct visitor *visitor, struct exchange *exchange,
                                struct act *act, struct visitor_done *done);

/* Makes a cookie and has the browser send the same form once more, with it.  false: it was sent
 * once more, and the cookie did not come back. */
bool visitor_introduce(struct exchange *exchange);

/* Has everything of the visitor erased, and the cookies taken away once nothing is left. */
enum visitor_result visitor_erase(const struct visitor *visitor, struct exchange *exchange);

/* Has taken back what the record of a code says, whoever's it is; NOTHING: the code opens nothing,
 * or nothing stands.  `record` is that of the withdrawal. */
struct code;
enum visitor_result visitor_withdraw_code(struct exchange *exchange, const struct code *code,
                                          uint8_t record[ACT_RECORD_ID]);

/* Of a record of whatever visitor: whether it is a withdrawal, when it was made and on which
 * version.  false: unavailable. */
struct visitor_withdrawal {
    bool found;
    int64_t time; /* UTC seconds */
    char revision[ACT_REVISION_MAX + 1];
};
bool visitor_withdrawal(struct exchange *exchange, const uint8_t record[ACT_RECORD_ID],
                        struct visitor_withdrawal *withdrawal);

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
