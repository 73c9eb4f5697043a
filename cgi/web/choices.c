/* The road of an answer, and of a notice that was seen:
 *
 *   form → text that was offered → act        offered.h
 *        → visitor, by the cookies            visitor.h
 *        → keeper, who records it             ask.h
 *        → reply, by the outcome              here, and response.h
 *
 * The endpoint has checked that the form fits its rules and came from this site. */
#include "handlers.h"
#include "offered.h"
#include "response.h"
#include "seen.h"
#include "visitor.h"

/* Sends a cookie, and has the browser send the same form again with it.  false: it was sent again,
 * and the cookie did not come back. */
static bool introduce(struct exchange *exchange)
{
    if (str_is(request_query(exchange->request, "cookie"), "sent"))
        return false;
    visitor_introduce(exchange);
    response_repeat(exchange, "?cookie=sent");
    return true;
}

/* Those outcomes that need nothing else: an outcome → the reply. */
static const struct reply replies[OUTCOME_COUNT] = {
    [OUTCOME_NOTHING] = {.done = "unmarked"},
    [OUTCOME_UNAVAILABLE] = {.problem = PROBLEM_UNAVAILABLE},
    [OUTCOME_LIMITED] = {.problem = PROBLEM_TOO_MANY},
    [OUTCOME_LOST] = {.problem = PROBLEM_MAYBE_SAVED},
    [OUTCOME_STRANGER] = {.problem = PROBLEM_COOKIES},
};

static void carry_out(struct exchange *exchange, const struct offered *offered, struct act *act,
                      const char *what)
{
    struct visitor visitor = visitor_read(exchange);
    struct ask_done done;
    enum outcome outcome = visitor_act(exchange, &visitor, act, &done);

    if (outcome == OUTCOME_DONE) {
        if (act->kind == ACT_ACKNOWLEDGEMENT)
            seen_send(exchange, act->document, act->revision);
        visitor_send(exchange, &visitor);
        response_done_by(exchange, what, done.record, done.newest);
    } else if (outcome == OUTCOME_CHANGED) {
        response_changed(exchange, offered->document, offered->title_now);
    } else if (outcome != OUTCOME_STRANGER || !introduce(exchange)) {
        response_reply(exchange, &replies[outcome]);
    }
}

static struct offered find(const struct exchange *exchange, const struct form *form)
{
    return offered_find(exchange_manifest(exchange), exchange->now, exchange->language->tag, form);
}

static void refuse(struct exchange *exchange, const struct offered *offered)
{
    if (offered->offer == OFFER_UNKNOWN)
        response_problem(exchange, PROBLEM_BAD_FORM);
    else
        response_changed(exchange, offered->document, offered->title_now);
}

void choices_record(struct exchange *exchange, const struct form *form)
{
    struct offered offered = find(exchange, form);
    struct act act;

    if (offered.offer != OFFER_CURRENT)
        refuse(exchange, &offered);
    else if (!offered_answers(&offered, form, &act))
        response_problem(exchange, PROBLEM_BAD_FORM);
    else if (!act.answer_count)
        response_done(exchange, "unmarked");
    else
        carry_out(exchange, &offered, &act, "saved");
}

/* A notice is shown for a while after an editorial version has replaced its text. */
static bool can_be_seen(const struct offered *offered)
{
    return offered->offer == OFFER_CURRENT || offered->offer == OFFER_ENDED;
}

void choices_acknowledge(struct exchange *exchange, const struct form *form)
{
    struct offered offered = find(exchange, form);
    struct act act;

    if (!can_be_seen(&offered)) {
        refuse(exchange, &offered);
    } else {
        offered_act(&offered, ACT_ACKNOWLEDGEMENT, &act);
        carry_out(exchange, &offered, &act, "acknowledged");
    }
}

void choices_hide(struct exchange *exchange, const struct form *form)
{
    struct offered offered = find(exchange, form);

    if (!can_be_seen(&offered)) {
        refuse(exchange, &offered);
    } else {
        seen_send(exchange, offered.document, offered.revision->id);
        response_done(exchange, "hidden");
    }
}
