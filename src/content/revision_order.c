#include "revision_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

/* What was announced for a day and overtaken before it would never have been in force. */
static void check_days(const struct revision *older, const struct revision *newer,
                       struct findings *findings)
{
    if (strcmp(newer->effective.iso, older->effective.iso) < 0)
        finding(findings, FINDING_ERROR, yaml_place(newer->front_matter, "effective"),
                "let it take effect on that day or later, or retract the older one",
                "version %s takes effect before version %s, which takes effect on %s", newer->id,
                older->id, older->effective.iso);
}

static void check_summary(const struct revision *revision, struct findings *findings)
{
    if (!revision->summary)
        finding(findings, FINDING_ERROR, yaml_place(revision->front_matter, "class"),
                "add summary: and a sentence or two that tell visitors what changes",
                "version %s does not say what changes", revision->id);
}

static void check_notice(const struct revision *revision, int notice_period,
                         struct findings *findings)
{
    long days = date_number(revision->effective) - date_number(revision->published);
    char *remedy;

    if (revision->class != CLASS_RECONSENT || days >= notice_period)
        return;
    remedy = mem_printf("announce it %s before (notice_period in site.yaml)",
                        number_of(notice_period, "day", "days").text);
    finding(findings, FINDING_ERROR, yaml_place(revision->front_matter, "effective"), remedy,
            "this change asks for consent again and is announced %s before it takes effect",
            number_of(days, "day", "days").text);
    free(remedy);
}

static bool same_recipients(const struct purpose *a, const struct purpose *b)
{
    if (a->has_recipients != b->has_recipients || a->recipient_count != b->recipient_count)
        return false;
    for (size_t i = 0; i < a->recipient_count; i++) {
        const struct recipient *x = &a->recipients[i], *y = &b->recipients[i];

        if (strcmp(x->id, y->id) != 0 || strcmp(x->name, y->name) != 0 ||
            strcmp(x->country, y->country) != 0 || strcmp(x->data, y->data) != 0)
            return false;
    }
    return true;
}

/* How a purpose differs from the one of that id before, or NULL. */
static const char *difference(const struct purpose *before, const struct purpose *now)
{
    return !before                         ? "is new"
           : before->basis != now->basis   ? "has another legal basis"
           : !same_recipients(before, now) ? "has other recipients"
                                           : NULL;
}

static void report_difference(const struct revision *revision, struct place place,
                              const char *purpose, const char *what, struct findings *findings)
{
    finding(findings, FINDING_ERROR, place, "write class: notify or class: reconsent",
            "version %s is editorial, but its purpose \"%s\" %s", revision->id, purpose, what);
}

static void check_editorial(const struct revision *older, const struct revision *newer,
                            struct findings *findings)
{
    if (newer->class != CLASS_EDITORIAL)
        return;
    for (size_t i = 0; i < newer->purpose_count; i++) {
        const struct purpose *now = &newer->purposes[i];
        const char *what = difference(revision_purpose(older, str_of(now->id)), now);

        if (what)
            report_difference(newer, now->place, now->id, what, findings);
    }
    for (size_t i = 0; i < older->purpose_count; i++)
        if (!revision_purpose(newer, str_of(older->purposes[i].id)))
            report_difference(newer, yaml_place(newer->front_matter, "purposes"),
                              older->purposes[i].id, "is removed", findings);
}

static bool is_asked_again(const struct revision *revision, const char *purpose)
{
    for (size_t i = 0; revision->reconsent && i < revision->reconsent->count; i++)
        if (strcmp(revision->reconsent->item[i]->text, purpose) == 0)
            return true;
    return false;
}

static bool is_answered(const struct purpose *purpose)
{
    return purpose->basis == BASIS_CONSENT || purpose->basis == BASIS_LEGITIMATE_INTERESTS;
}

/* A recipient of the same id that is another, or gets other data. */
static const struct recipient *changed_recipient(const struct purpose *before,
                                                 const struct purpose *now)
{
    for (size_t i = 0; i < now->recipient_count; i++)
        for (size_t k = 0; k < before->recipient_count; k++) {
            const struct recipient *x = &before->recipients[k], *y = &now->recipients[i];

            if (strcmp(x->id, y->id) == 0 &&
                (strcmp(x->name, y->name) != 0 || strcmp(x->country, y->country) != 0 ||
                 strcmp(x->data, y->data) != 0))
                return y;
        }
    return NULL;
}

/* Answers stay valid under the same id, so the purpose or recipient that they were given to must
 * not change. */
static void check_answers(const struct revision *older, const struct revision *newer,
                          struct findings *findings)
{
    for (size_t i = 0; i < newer->purpose_count; i++) {
        const struct purpose *now = &newer->purposes[i];
        const struct purpose *before = revision_purpose(older, str_of(now->id));
        const struct recipient *recipient = before ? changed_recipient(before, now) : NULL;

        if (newer->class == CLASS_EDITORIAL || !before || is_asked_again(newer, now->id))
            continue;
        if (recipient)
            finding(findings, FINDING_ERROR, recipient->place,
                    "name the purpose in reconsent, or give the recipient a new id",
                    "answers about recipient \"%s\" would stay valid for another recipient or "
                    "other data",
                    recipient->id);
        else if (before->basis != now->basis && is_answered(before) && is_answered(now))
            finding(findings, FINDING_ERROR, now->place,
                    "name the purpose in reconsent, or give it a new id",
                    "answers to \"%s\" would stay valid under another legal basis", now->id);
    }
}

bool revision_order_check(const struct document *document, int notice_period,
                          struct findings *findings)
{
    size_t errors = findings->errors;

    for (size_t i = 0; i < document->count; i++) {
        const struct revision *revision = &document->revisions[i];
        const struct revision *before = document_before(document, revision);

        if (!before)
            continue;
        check_summary(revision, findings);
        if (!*revision->retracted.iso)
            check_days(before, revision, findings);
        check_notice(revision, notice_period, findings);
        check_editorial(before, revision, findings);
        check_answers(before, revision, findings);
    }
    return findings->errors == errors;
}
