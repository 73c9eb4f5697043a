/* The visitor of a request: identified by a cookie, and known if the database has records. */
#ifndef TEADE_VISITOR_H
#define TEADE_VISITOR_H

#include "ask.h"
#include "exchange.h"

struct visitor {
    enum {
        VISITOR_NONE, /* a stranger: no valid cookie of ours, whatever else was sent */
        VISITOR_NEW,  /* the browser sent a cookie that waits for its first record */
        VISITOR_KNOWN /* one that was sent with a record; of a stranger, if no record is left */
    } cookie;
    struct identity identity;
    uint8_t key[ACT_VISITOR];
};

/* Of several valid cookies, the one whose visitor the database knows. */
struct visitor visitor_read(const struct exchange *exchange);

/* What the keeper knows of the visitor; nothing of a stranger.  false: unavailable.  Release the
 * standings either way. */
bool visitor_is_known(const struct exchange *exchange, const struct visitor *visitor, bool *known);
bool visitor_standings(const struct exchange *exchange, const struct visitor *visitor,
                       struct standings *standings);

/* Completes an act by who acts, and has it carried out.  STRANGER, also without asking: the browser
 * has not shown yet that it keeps a cookie. */
enum outcome visitor_act(const struct exchange *exchange, const struct visitor *visitor,
                         struct act *act, struct ask_done *done);

/* Sends the lasting cookie, dated today, and removes those that waited for a record.  To be called
 * behind all other cookies: curl 7.88 forgets that one is removed when another follows. */
void visitor_send(struct exchange *exchange, const struct visitor *visitor);

/* Sends a new visitor's cookie, which waits for its first record. */
void visitor_introduce(struct exchange *exchange);

/* Removes every cookie of ours that came with the request. */
void visitor_forget(struct exchange *exchange);

#endif
