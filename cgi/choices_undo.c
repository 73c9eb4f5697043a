/* What visitors take back, judged by what stands and never by what the site offers: it works for
 * documents, purposes and languages that are gone. */
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "code.h"
#include "offer.h"
#include "provided.h"
#include "view.h"

static void answer_to(struct exchange *exchange, enum visitor_result result, const char *done,
                      enum problem unavailable, enum problem lost)
{
    switch (result) {
    case VISITOR_DONE:
        view_done(exchange, done);
        break;
    case VISITOR_NOTHING:
    case VISITOR_CHANGED: /* no text is looked at, */
    case VISITOR_LIMITED: /* and taking back is never too much */
        view_done(exchange, NULL);
        break;
    case VISITOR_UNAVAILABLE:
        view_problem(exchange, unavailable);
        break;
    case VISITOR_LOST:
        view_problem(exchange, lost);
        break;
    }
}

/* Withdrawing. */

static bool stands(const struct standing *standings, size_t count, const char *question)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(standings[i].question, question) == 0)
            return true;
    return false;
}

/* Whether a withdrawal names only what is asked, or was once and still stands: the site may have
 * dropped a purpose, and its answer can be taken back all the same.  What is wrong is answered
 * here. */
static bool names_known(struct exchange *exchange, const struct visitor *visitor,
                        const struct act *act)
{
    const struct manifest *manifest = &exchange->endpoint->bundle->manifest;
    struct standing *standings = NULL;
    size_t count = 0, strange = 0;
    bool known, read = true;

    for (size_t i = 0; i < act->answer_count; i++)
        strange += !offer_asks(manifest, act->answers[i].question);
    if (!strange)
        return true;
    read = visitor_standings(visitor, exchange, &known, &standings, &count);
    for (size_t i = 0; i < act->answer_count; i++)
        strange -= !offer_asks(manifest, act->answers[i].question) &&
                   stands(standings, count, act->answers[i].question);
    free(standings);
    if (!read || strange)
        view_problem(exchange, read ? PROBLEM_BAD_FORM : PROBLEM_UNAVAILABLE);
    return read && !strange;
}

static void withdraw(struct exchange *exchange, const struct form *form)
{
    struct act act = {.kind = ACT_WITHDRAWAL};
    struct visitor visitor;

    if (!choices_visitor(exchange, &visitor))
        return;
    for (size_t i = 0; i < form->count; i++) {
        struct act_answer *answer = &act.answers[act.answer_count];

        if (form->fields[i].value.len > ACT_QUESTION_MAX || act.answer_count == ACT_ANSWERS_MAX) {
            view_problem(exchange, PROBLEM_BAD_FORM);
            return;
        }
        strncpy(answer->question, form->fields[i].value.data, ACT_QUESTION_MAX);
        answer->answer = ANSWER_WITHDRAWN;
        act.answer_count++;
    }
    if (names_known(exchange, &visitor, &act))
        answer_to(exchange, visitor_act(&visitor, exchange, &act), "withdrawn", PROBLEM_UNAVAILABLE,
                  PROBLEM_MAYBE_SAVED);
}

/* Whoever holds a receipt may sit at anybody's browser: its cookie is not looked at.  What is no
 * code and what opens nothing are answered alike. */
static void withdraw_by_code(struct exchange *exchange, struct str typed)
{
    enum visitor_result result = VISITOR_NOTHING;
    struct code code;

    if (code_read(&code, typed))
        result = visitor_withdraw_code(exchange, &code);
    if (result == VISITOR_NOTHING)
        view_problem(exchange, PROBLEM_CODE);
    else
        answer_to(exchange, result, "withdrawn", PROBLEM_UNAVAILABLE, PROBLEM_MAYBE_SAVED);
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
        view_done(exchange, NULL);
    else
        view_erase(exchange, json_pack("{s:b, s:O}", "has_provided", json_array_size(provided) > 0,
                                       "provided", provided));
    json_decref(provided);
    free(standings);
}

void choices_erase(struct exchange *exchange, const struct form *form)
{
    const struct str *confirm = form_value(form, "confirm");
    struct visitor visitor;

    if (!choices_visitor(exchange, &visitor))
        return;
    if (!confirm)
        ask_first(exchange, &visitor);
    else if (str_is(*confirm, "1"))
        answer_to(exchange, visitor_erase(&visitor, exchange), "erased", PROBLEM_NOT_ERASED,
                  PROBLEM_MAYBE_ERASED);
    else
        view_problem(exchange, PROBLEM_BAD_FORM);
}
