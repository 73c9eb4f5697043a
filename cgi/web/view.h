/* Answers: pages of the site filled, redirects, JSON.  No word a visitor reads is here. */
#ifndef TEADE_VIEW_H
#define TEADE_VIEW_H

#include "exchange.h"

/* What can be wrong with a request; each has its section in problem.html and its status. */
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

void view_problem(struct exchange *exchange, enum problem problem);
/* PROBLEM_CHANGED, with the way to the text that is offered now. */
void view_changed(struct exchange *exchange, const char *document, const char *title);

/* The visitor's own page, and the one that asks before it erases, over their slots, which are taken
 * over. */
void view_choices(struct exchange *exchange, json_t *slots);

/* The same for a receipt. */
void view_receipt(struct exchange *exchange, json_t *slots);
void view_erase(struct exchange *exchange, json_t *slots);

/* To the visitor's page, which says what was done if the records say so: confirm.h; or by which
 * record, when the visitor's newest one was another: `newest`. */
void view_done(struct exchange *exchange, const char *done);
void view_erase_asks(struct exchange *exchange); /* to the page that asks before it erases */
void view_done_by(struct exchange *exchange, const char *done, const uint8_t record[ACT_RECORD_ID],
                  const uint8_t newest[ACT_RECORD_ID]);

void view_redirect(struct exchange *exchange, int status, const char *path);

/* Has the browser send the same form to the same address again, with a query behind it. */
void view_once_more(struct exchange *exchange, const char *query);
void view_json(struct exchange *exchange, int status, json_t *json /* taken over */);

/* Dates in the exchange's language, by the manifest's patterns. */
void view_time(const struct exchange *exchange, int64_t time, struct buf *out);
void view_instant(const struct exchange *exchange, const char *utc /* as view_utc() writes it */,
                  struct buf *out);
void view_day(const struct exchange *exchange, const char *day /* YYYY-MM-DD */, struct buf *out);

/* The day that a revision's id names; of several on one day the later ones with their number: .1 is
 * " (2)". */
void view_version(const struct exchange *exchange, const char *revision, struct buf *out);

/* A language by its name in the page's; by its tag, where the site no longer has it. */
const char *view_language(const struct exchange *exchange, const char *tag);

/* An instant for programs: YYYY-MM-DDTHH:MM:SSZ. */
void view_utc(int64_t time, struct buf *out);

#endif
