/* Withdrawing and erasing.  Both are judged by the current answers, and never by what the site
 * offers: they work for documents, purposes and languages that the site no longer has. */
#include <string.h>

#include "handlers.h"
#include "page_disclosures.h"
#include "response.h"
#include "seen.h"
#include "site/offer.h"
#include "visitor.h"

/* Withdrawing.  For a stranger nothing is current, no text is looked at, and there is no limit. */

static const struct reply withdrawing[OUTCOME_COUNT] = {
    [OUTCOME_DONE] = {.done = "withdrawn"},
    [OUTCOME_NOTHING] = {.done = "nothing"},
    [OUTCOME_STRANGER] = {.done = "nothing"},
    [OUTCOME_CHANGED] = {.done = "nothing"},
    [OUTCOME_LIMITED] = {.done = "nothing"},
    [OUTCOME_UNAVAILABLE] = {.problem = PROBLEM_UNAVAILABLE},
    [OUTCOME_LOST] = {.problem = PROBLEM_MAYBE_SAVED},
};

static bool can_be_withdrawn(const struct standing *standing)
{
    return standing->answer == ANSWER_GIVEN || standing->answer == ANSWER_OBJECTED;
}

/* Whether a withdrawal names one question that is asked, or was asked and answered once: an answer
 * can be withdrawn also when the site no longer asks.  If no document is named, and several
 * documents have an answer to withdraw, the name is ambiguous: each is another consent. */
static bool names_one(const struct manifest *manifest, const struct standings *standings,
                      const char *document, const char *question)
{
    bool met = offer_asks(manifest, document, question);
    const char *meant = NULL;

    for (size_t i = 0; i < standings->count; i++) {
        if (strcmp(standings->items[i].question, question) != 0 ||
            (*document && strcmp(standings->items[i].document, document) != 0))
            continue;
        met = true;
        if (!can_be_withdrawn(&standings->items[i]))
            continue;
        if (meant && strcmp(meant, standings->items[i].document) != 0)
            return false;
        meant = standings->items[i].document;
    }
    return met;
}

static bool names_known(const struct manifest *manifest, const struct standings *standings,
                        const struct act *act)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (!names_one(manifest, standings, act->document, act->answers[i].question))
            return false;
    return true;
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

/* No form names a document without a purpose, so that is refused: it might mean all of it. */
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

static void carry_out(struct exchange *exchange, const struct visitor *visitor, struct act *act)
{
    struct ask_done done;
    enum outcome outcome = visitor_act(exchange, visitor, act, &done);

    if (outcome == OUTCOME_DONE)
        visitor_send(exchange, visitor);
    response_reply(exchange, &withdrawing[outcome]);
}

static void withdraw(struct exchange *exchange, const struct form *form)
{
    struct act act = {.kind = ACT_WITHDRAWAL};
    struct visitor visitor;
    struct standings standings;

    if (!take_withdrawal(&act, form)) {
        response_problem(exchange, PROBLEM_BAD_FORM);
        return;
    }
    visitor = visitor_read(exchange);
    if (!visitor_standings(exchange, &visitor, &standings))
        response_problem(exchange, PROBLEM_UNAVAILABLE);
    else if (!names_known(exchange_manifest(exchange), &standings, &act))
        response_problem(exchange, PROBLEM_BAD_FORM);
    else
        carry_out(exchange, &visitor, &act);
    standings_release(&standings);
}

/* The holder of a receipt may use any browser, so its cookie is not read.  A malformed code and one
 * that fits no record are answered alike. */
static void withdraw_by_code(struct exchange *exchange, struct str typed)
{
    enum outcome outcome = OUTCOME_NOTHING;
    uint8_t record[ACT_RECORD_ID];
    struct code code;

    if (code_read(&code, typed))
        outcome = ask_withdraw_by_code(&exchange->endpoint->keeper, &code, record);
    if (outcome == OUTCOME_NOTHING)
        response_problem(exchange, PROBLEM_CODE);
    else if (outcome == OUTCOME_DONE)
        response_done_by(exchange, "withdrawn", record, record);
    else
        response_reply(exchange, &withdrawing[outcome]);
}

void choices_withdraw(struct exchange *exchange, const struct form *form)
{
    const struct str *code = form_value(form, "code");

    if (!code)
        withdraw(exchange, form);
    else if (form->count == 1)
        withdraw_by_code(exchange, *code);
    else
        response_problem(exchange, PROBLEM_BAD_FORM);
}

/* Erasing. */

static const struct reply erasing[OUTCOME_COUNT] = {
    [OUTCOME_DONE] = {.done = "erased"},
    [OUTCOME_NOTHING] = {.done = "erased"},
    [OUTCOME_STRANGER] = {.done = "erased"},
    [OUTCOME_CHANGED] = {.done = "erased"},
    [OUTCOME_LIMITED] = {.done = "erased"},
    [OUTCOME_UNAVAILABLE] = {.problem = PROBLEM_NOT_ERASED},
    [OUTCOME_LOST] = {.problem = PROBLEM_MAYBE_ERASED},
};

void page_erase(struct exchange *exchange)
{
    struct visitor visitor = visitor_read(exchange);
    json_t *disclosures = json_array();
    struct standings standings;

    if (!visitor_standings(exchange, &visitor, &standings) ||
        (standings.known && !disclosures_slots(exchange, &visitor, disclosures)))
        response_problem(exchange, PROBLEM_NOT_ERASED);
    else if (!standings.known)
        response_reply(exchange, &erasing[OUTCOME_STRANGER]);
    else
        response_page(exchange, "erase.html",
                      json_pack("{s:b, s:O}", "has_disclosures", json_array_size(disclosures) > 0,
                                "disclosures", disclosures));
    json_decref(disclosures);
    standings_release(&standings);
}

static void erase(struct exchange *exchange)
{
    struct visitor visitor = visitor_read(exchange);
    enum outcome outcome = visitor.cookie == VISITOR_NONE
                               ? OUTCOME_STRANGER
                               : ask_erase(&exchange->endpoint->keeper, visitor.key);

    if (outcome == OUTCOME_DONE || outcome == OUTCOME_STRANGER) {
        seen_forget(exchange);
        visitor_forget(exchange);
    }
    response_reply(exchange, &erasing[outcome]);
}

void choices_erase(struct exchange *exchange, const struct form *form)
{
    const struct str *confirm = form_value(form, "confirm");

    if (!confirm)
        response_erase(exchange);
    else if (str_is(*confirm, "1"))
        erase(exchange);
    else
        response_problem(exchange, PROBLEM_BAD_FORM);
}
