/* What visitors take back, judged by what stands and never by what the site offers: it works for
 * documents, purposes and languages that are gone. */
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "page_disclosures.h"
#include "record/code.h"
#include "site/offer.h"
#include "view.h"

/* How the answer goes on, by result: to the page that says what was done, or that nothing was; or
 * what is wrong. */
struct ways {
    const char *done, *nothing;
    enum problem unavailable, lost;
};

static void answer_to(struct exchange *exchange, enum visitor_result result,
                      const struct ways *ways)
{
    switch (result) {
    case VISITOR_DONE:
        view_done(exchange, ways->done);
        break;
    case VISITOR_NOTHING:
    case VISITOR_STRANGER: /* nothing of theirs is current, */
    case VISITOR_CHANGED:  /* no text is looked at, */
    case VISITOR_LIMITED:  /* and taking back is never too much */
        view_done(exchange, ways->nothing);
        break;
    case VISITOR_UNAVAILABLE:
        view_problem(exchange, ways->unavailable);
        break;
    case VISITOR_LOST:
        view_problem(exchange, ways->lost);
        break;
    }
}

/* Withdrawing. */

static const struct ways withdrawing = {"withdrawn", "nothing", PROBLEM_UNAVAILABLE,
                                        PROBLEM_MAYBE_SAVED};

static bool can_be_withdrawn(const struct standing *standing)
{
    return standing->answer == ANSWER_GIVEN || standing->answer == ANSWER_OBJECTED;
}

/* Whether a withdrawal names a question that is asked, or was once and answered: the site may have
 * dropped it, and its answer can be taken back all the same.  Where no document is named and the
 * question of several can be meant, nothing is: each is another consent. */
static bool names_one(const struct manifest *manifest, const struct standing *standings,
                      size_t count, const char *document, const char *question)
{
    bool met = offer_asks(manifest, document, question);
    const char *meant = NULL;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(standings[i].question, question) != 0 ||
            (*document && strcmp(standings[i].document, document) != 0))
            continue;
        met = true;
        if (!can_be_withdrawn(&standings[i]))
            continue;
        if (meant && strcmp(meant, standings[i].document) != 0)
            return false;
        meant = standings[i].document;
    }
    return met;
}

/* What is wrong is answered here. */
static bool names_known(struct exchange *exchange, const struct visitor *visitor,
                        const struct act *act)
{
    const struct manifest *manifest = &exchange->endpoint->bundle->manifest;
    struct standing *standings = NULL;
    size_t count = 0;
    bool known, fits = true;
    bool read = visitor_standings(visitor, exchange, &known, &standings, &count);

    for (size_t i = 0; read && i < act->answer_count; i++)
        fits =
            fits && names_one(manifest, standings, count, act->document, act->answers[i].question);
    free(standings);
    if (!read || !fits)
        view_problem(exchange, read ? PROBLEM_BAD_FORM : PROBLEM_UNAVAILABLE);
    return read && fits;
}

static bool take_purpose(struct act *act, struct str purpose)
{
    struct act_answer *answer = &act->answers[act->answer_count];

    if (purpose.len > ACT_QUESTION_MAX || act->answer_count == ACT_ANSWERS_MAX)
        return false;
    memcpy(answer->question, purpose.data, purpose.len);
    answer->answer = ANSWER_WITHDRAWN;
    act->answer_count++;
    return true;
}

/* A document alone would be all of it: no form says so, so that nobody means less by it. */
static bool take_withdrawal(struct act *act, const struct form *form)
{
    const struct str *document = form_value(form, "document");

    if (document && document->len > ACT_ID_MAX)
        return false;
    if (document)
        memcpy(act->document, document->data, document->len);
    for (size_t i = 0; i < form->count; i++)
        if (str_is(form->fields[i].name, "purpose") && !take_purpose(act, form->fields[i].value))
            return false;
    return !document || (act->answer_count && document->len);
}

static void withdraw(struct exchange *exchange, const struct form *form)
{
    struct act act = {.kind = ACT_WITHDRAWAL};
    enum visitor_result result;
    struct visitor_done done;
    struct visitor visitor;

    if (!take_withdrawal(&act, form)) {
        view_problem(exchange, PROBLEM_BAD_FORM);
        return;
    }
    visitor_read(&visitor, exchange);
    if (!names_known(exchange, &visitor, &act))
        return;
    result = visitor_act(&visitor, exchange, &act, &done);
    if (result == VISITOR_DONE)
        visitor_send(&visitor, exchange);
    answer_to(exchange, result, &withdrawing);
}

/* Whoever holds a receipt may sit at anybody's browser: its cookie is not looked at.  What is no
 * code and what opens nothing are answered alike. */
static void withdraw_by_code(struct exchange *exchange, struct str typed)
{
    enum visitor_result result = VISITOR_NOTHING;
    uint8_t record[ACT_RECORD_ID];
    struct code code;

    if (code_read(&code, typed))
        result = visitor_withdraw_code(exchange, &code, record);
    if (result == VISITOR_NOTHING)
        view_problem(exchange, PROBLEM_CODE);
    else if (result == VISITOR_DONE)
        view_done_by(exchange, "withdrawn", record, record);
    else
        answer_to(exchange, result, &withdrawing);
}

void choices_withdraw(struct exchange *exchange, const struct form *form)
{
    const struct str *code = form_value(form, "code");

    if (!code)
        withdraw(exchange, form);
    else if (form->count == 1)
        withdraw_by_code(exchange, *code);
    else
        view_problem(exchange, PROBLEM_BAD_FORM);
}

/* Erasing. */

static const struct ways erasing = {"erased", "erased", PROBLEM_NOT_ERASED, PROBLEM_MAYBE_ERASED};

/* Says what it means before anything is done. */
static void ask_first(struct exchange *exchange, const struct visitor *visitor)
{
    json_t *provided = json_array();
    struct standing *standings;
    size_t count;
    bool known;

    if (!visitor_standings(visitor, exchange, &known, &standings, &count) ||
        (known && !provided_add(visitor, exchange, provided)))
        view_problem(exchange, PROBLEM_NOT_ERASED);
    else if (!known)
        view_done(exchange, erasing.nothing);
    else
        view_erase(exchange, json_pack("{s:b, s:O}", "has_provided", json_array_size(provided) > 0,
                                       "provided", provided));
    json_decref(provided);
    free(standings);
}

void choices_ask_erase(struct exchange *exchange)
{
    struct visitor visitor;

    visitor_read(&visitor, exchange);
    ask_first(exchange, &visitor);
}

void choices_erase(struct exchange *exchange, const struct form *form)
{
    const struct str *confirm = form_value(form, "confirm");
    struct visitor visitor;

    if (!confirm) {
        view_erase_asks(exchange);
        return;
    }
    visitor_read(&visitor, exchange);
    if (str_is(*confirm, "1"))
        answer_to(exchange, visitor_erase(&visitor, exchange), &erasing);
    else
        view_problem(exchange, PROBLEM_BAD_FORM);
}
