/* Responses: filled pages, redirects, JSON.  No words for visitors are in this file. */
#ifndef TEADE_RESPONSE_H
#define TEADE_RESPONSE_H

#include <jansson.h>

#include "exchange.h"

/* Why a request is not answered as wished; each has a status and a section of problem.html. */
enum problem {
    PROBLEM_BAD_FORM,
    PROBLEM_CROSS_SITE,
    PROBLEM_NOT_FOUND,
    PROBLEM_WRONG_METHOD,
    PROBLEM_CHANGED,
    PROBLEM_TOO_LARGE,
    PROBLEM_MEDIA_TYPE,
    PROBLEM_UNAVAILABLE,
    PROBLEM_MAYBE_SAVED,
    PROBLEM_NOT_ERASED,
    PROBLEM_MAYBE_ERASED,
    PROBLEM_CODE,
    PROBLEM_TOO_MANY,
    PROBLEM_COOKIES,
    PROBLEM_COUNT
};

void response_problem(struct exchange *exchange, enum problem problem);
/* PROBLEM_CHANGED, with a link to the text in force. */
void response_changed(struct exchange *exchange, const char *document, const char *title);

/* A page such as "choices.html", filled with slots, which are taken over. */
void response_page(struct exchange *exchange, const char *page, json_t *slots);

/* Redirects to the visitor's page, which reports `done` if the records confirm it: confirm.h.
 * `newest` is the visitor's newest record, by which a later visit sees that nothing came after. */
void response_done(struct exchange *exchange, const char *done);
void response_done_by(struct exchange *exchange, const char *done,
                      const uint8_t record[ACT_RECORD_ID], const uint8_t newest[ACT_RECORD_ID]);

/* One of the two: response_done(), or response_problem() if `done` is NULL. */
struct reply {
    const char *done;
    enum problem problem;
};
void response_reply(struct exchange *exchange, const struct reply *reply);

/* Redirects to the page that asks before it erases. */
void response_erase(struct exchange *exchange);

void response_redirect(struct exchange *exchange, enum http_status status, const char *path);

/* Has the browser send the same form to the same address again, with a query appended. */
void response_repeat(struct exchange *exchange, const char *query);

void response_json(struct exchange *exchange, enum http_status status,
                   json_t *json /* taken over */);

#endif
