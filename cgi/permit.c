#include "permit.h"

#include <string.h>

#include "canonical.h"
#include "offer.h"

/* A question that asks for consent to the recipient, and where. */
struct found {
    const struct manifest_document *document;
    const struct manifest_revision *revision;
    const struct manifest_question *question;
    size_t count;
};

static bool is_asked(const struct manifest_question *question, const struct permit_question *asked)
{
    size_t len = strlen(question->purpose);

    return strcmp(question->basis, "consent") == 0 && question->id[len] == '.' &&
           strcmp(question->id + len + 1, asked->recipient) == 0 &&
           (!*asked->purpose || strcmp(question->purpose, asked->purpose) == 0);
}

static void look(const struct manifest_document *document, int64_t now,
                 const struct permit_question *asked, struct found *found)
{
    const struct manifest_revision *revision = offer_in_force(document, now);

    for (size_t i = 0; revision && i < revision->question_count; i++)
        if (is_asked(&revision->questions[i], asked)) {
            found->document = document;
            found->revision = revision;
            found->question = &revision->questions[i];
            found->count++;
        }
}

static void judge_said(struct permit *permit, const struct manifest *manifest, int64_t now,
                       const struct standing *said)
{
    permit->since = said->time;
    if (said->answer == ANSWER_WITHDRAWN) {
        permit->verdict = PERMIT_WITHDRAWN;
    } else if (offer_has_expired(manifest, now, said)) {
        permit->verdict = PERMIT_EXPIRED;
        permit->since = offer_expires(manifest, said->time);
    } else {
        permit->verdict = said->answer == ANSWER_GIVEN ? PERMIT_GIVEN : PERMIT_REFUSED;
    }
}

void permit_judge(struct permit *permit, const struct manifest *manifest, int64_t now,
                  const struct permit_question *asked, const struct standing *standings,
                  size_t count)
{
    struct found found = {0};
    const struct standing *said;
    bool holds;

    *permit = (struct permit){.verdict = PERMIT_NO_RECIPIENT};
    for (size_t i = 0; i < manifest->document_count; i++)
        if (!*asked->document || strcmp(manifest->documents[i].id, asked->document) == 0)
            look(&manifest->documents[i], now, asked, &found);
    if (found.count != 1) {
        permit->verdict = found.count ? PERMIT_AMBIGUOUS : PERMIT_NO_RECIPIENT;
        return;
    }
    said = offer_said(found.document, found.revision, found.question->id, standings, count, &holds);
    permit->question = found.question;
    permit->said = said;
    permit->verdict = said ? PERMIT_ASKED_ANEW : PERMIT_NEVER;
    if (holds)
        judge_said(permit, manifest, now, said);
    else if (said)
        permit->since = offer_asked_anew(found.document, found.revision, said)->effective;
}

void permit_tell(enum permit_verdict verdict, int64_t since, const char *recipient, struct buf *out)
{
    static const struct {
        const char *words;
        bool dated;
    } reasons[PERMIT_COUNT] = {
        [PERMIT_GIVEN] = {"the visitor has agreed since", true},
        [PERMIT_NO_RECIPIENT] = {"no version in force asks consent for this recipient", false},
        [PERMIT_AMBIGUOUS] = {"more than one purpose asks about this recipient; name --document or "
                              "--purpose",
                              false},
        [PERMIT_NEVER] = {"the visitor never answered the question about it", false},
        [PERMIT_REFUSED] = {"the visitor refused on", true},
        [PERMIT_WITHDRAWN] = {"the visitor withdrew consent on", true},
        [PERMIT_EXPIRED] = {"the visitor's answer expired on", true},
        [PERMIT_ASKED_ANEW] = {"the question is asked anew, and not answered, since", true},
    };
    char time[21];

    canonical_time(since, time);
    buf_addf(out, "\"%s\": %s", recipient, reasons[verdict].words);
    if (reasons[verdict].dated)
        buf_addf(out, " %.10s", time);
}
