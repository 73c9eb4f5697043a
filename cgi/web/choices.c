/* Every handler goes the same way: the form, the text that was offered, the act, the
 * answer.  That the form came from this site was seen before. */
#include "choices.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/validate.h"
#include "seen.h"
#include "site/offer.h"
#include "view.h"
#include "visitor.h"

static const struct manifest *manifest_of(const struct exchange *exchange)
{
    return &exchange->endpoint->bundle->manifest;
}

static const char *value_of(const struct form *form, const char *name)
{
    const struct str *value = form_value(form, name);

    return value ? value->data : "";
}

/* The text that the form names; where it is not offered any more (or never was), the
 * answer is given here and NULL returned.  A notice goes on for a while after an editorial
 * revision took its text's place: `ended` says that it may have. */
static const struct manifest_revision *find_text(struct exchange *exchange, const struct form *form,
                                                 bool ended, const struct manifest_text **text)
{
    const struct manifest *manifest = manifest_of(exchange);
    const char *document = value_of(form, "document");
    const struct manifest_revision *revision = NULL, *current;
    enum offer offer =
        offer_find(manifest, exchange->now, document, value_of(form, "revision"),
                   exchange->language->tag, value_of(form, "digest"), &revision, text);

    if (offer == OFFER_CURRENT || (ended && offer == OFFER_ENDED))
        return revision;
    if (offer == OFFER_UNKNOWN) {
        view_problem(exchange, PROBLEM_BAD_FORM);
        return NULL;
    }
    current = offer_in_force(offer_document(manifest, document), exchange->now);
    *text = offer_text(current ? current : revision, exchange->language->tag);
    view_changed(exchange, document, (*text)->title);
    return NULL;
}

static void act_on(struct act *act, enum act_kind kind, const struct form *form,
                   const struct manifest_text *text)
{
    *act = (struct act){.kind = kind};
    /* Both were found in the manifest, whose ids fit. */
    strncpy(act->document, value_of(form, "document"), ACT_ID_MAX);
    strncpy(act->revision, value_of(form, "revision"), ACT_REVISION_MAX);
    strncpy(act->language, text->language, ACT_LANGUAGE_MAX);
    sodium_hex2bin(act->digest, sizeof act->digest, text->digest, strlen(text->digest), NULL, NULL,
                   NULL);
}

static void add_answer(struct act *act, const char *question, enum answer answer)
{
    struct act_answer *to = &act->answers[act->answer_count++];

    strncpy(to->question, question, ACT_QUESTION_MAX);
    to->answer = answer;
}

/* What may be said to a question that rests on a basis. */
static bool answer_fits(const char *basis, const char *word, enum answer *answer)
{
    static const struct {
        const char *basis, *word;
        enum answer answer;
    } rows[] = {
        {"consent", "given", ANSWER_GIVEN},
        {"consent", "refused", ANSWER_REFUSED},
        {"legitimate-interests", "objected", ANSWER_OBJECTED},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].basis, basis) == 0 && strcmp(rows[i].word, word) == 0) {
            *answer = rows[i].answer;
            return true;
        }
    return false;
}

/* One of the two buttons: it counts for more than what was marked above it. */
static bool take_all(struct act *act, const struct manifest_revision *revision, const char *word)
{
    enum answer answer;

    if (!answer_fits("consent", word, &answer))
        return false;
    act->answer_count = 0;
    for (size_t i = 0; i < revision->question_count; i++)
        if (strcmp(revision->questions[i].basis, "consent") == 0)
            add_answer(act, revision->questions[i].id, answer);
    return true;
}

/* The question of a field QUESTION@TEXT: the name of the field says on which text the mark was
 * made, by the beginning of its digest, so that no browser puts it back on other words.  NULL: not
 * one of this text.  A program can leave the text out. */
static const struct manifest_question *find_question(const struct manifest_revision *revision,
                                                     const struct manifest_text *text,
                                                     struct str name)
{
    char id[ACT_QUESTION_MAX + 1] = "";
    struct str question;
    size_t index;

    lex_cut(&name, '@', &question);
    if (question.len > ACT_QUESTION_MAX ||
        (name.data && (!name.len || strncmp(name.data, text->digest, name.len) != 0)))
        return NULL;
    memcpy(id, question.data, question.len);
    return offer_question(revision, id, &index);
}

static bool is_answered(const struct act *act, const char *question)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (strcmp(act->answers[i].question, question) == 0)
            return true;
    return false;
}

static bool take_choices(struct act *act, const struct manifest_revision *revision,
                         const struct manifest_text *text, const struct form *form)
{
    static const char prefix[] = "choice.";
    const size_t len = sizeof prefix - 1;

    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        const struct manifest_question *question;
        enum answer answer;

        if (strncmp(field->name.data, prefix, len) != 0)
            continue;
        question = find_question(revision, text,
                                 (struct str){field->name.data + len, field->name.len - len});
        if (!question || is_answered(act, question->id) ||
            !answer_fits(question->basis, field->value.data, &answer))
            return false;
        add_answer(act, question->id, answer);
    }
    return true;
}

/* Carries the act out, and goes on to the page that says what was done. */
static void carry_out(struct exchange *exchange, struct act *act, const char *what,
                      const struct form *form, const struct manifest_text *text)
{
    struct visitor_done done;
    struct visitor visitor;

    visitor_read(&visitor, exchange);
    switch (visitor_act(&visitor, exchange, act, &done)) {
    case VISITOR_DONE:
        if (act->kind == ACT_ACKNOWLEDGEMENT)
            seen_send(exchange, act->document, act->revision);
        visitor_send(&visitor, exchange);
        view_done_by(exchange, what, done.record, done.newest);
        break;
    case VISITOR_NOTHING:
        view_done(exchange, "unmarked");
        break;
    case VISITOR_CHANGED:
        view_changed(exchange, value_of(form, "document"), text->title);
        break;
    case VISITOR_UNAVAILABLE:
        view_problem(exchange, PROBLEM_UNAVAILABLE);
        break;
    case VISITOR_LIMITED:
        view_problem(exchange, PROBLEM_TOO_MANY);
        break;
    case VISITOR_LOST:
        view_problem(exchange, PROBLEM_MAYBE_SAVED);
        break;
    case VISITOR_STRANGER:
        if (!visitor_introduce(exchange))
            view_problem(exchange, PROBLEM_COOKIES);
        break;
    }
}

void choices_record(struct exchange *exchange, const struct form *form)
{
    const struct manifest_text *text = NULL;
    const struct manifest_revision *revision;
    struct act act;
    bool fits;

    if (!(revision = find_text(exchange, form, false, &text)))
        return;
    act_on(&act, ACT_ANSWERS, form, text);
    fits = take_choices(&act, revision, text, form) &&
           (!form_value(form, "all") || take_all(&act, revision, value_of(form, "all")));
    if (!fits)
        view_problem(exchange, PROBLEM_BAD_FORM);
    else if (!act.answer_count)
        view_done(exchange, "unmarked");
    else
        carry_out(exchange, &act, "saved", form, text);
}

void choices_acknowledge(struct exchange *exchange, const struct form *form)
{
    const struct manifest_text *text = NULL;
    struct act act;

    if (!find_text(exchange, form, true, &text))
        return;
    act_on(&act, ACT_ACKNOWLEDGEMENT, form, text);
    carry_out(exchange, &act, "acknowledged", form, text);
}

void choices_hide(struct exchange *exchange, const struct form *form)
{
    const struct manifest_text *text = NULL;

    if (!find_text(exchange, form, true, &text))
        return;
    seen_send(exchange, value_of(form, "document"), value_of(form, "revision"));
    view_done(exchange, "hidden");
}
