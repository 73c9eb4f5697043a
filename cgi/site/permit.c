#include "permit.h"

#include <sodium.h>
#include <string.h>

#include "base/instant.h"
#include "offer.h"
#include "record/canonical.h"

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
    struct permit_told *told = &permit->told;

    told->since = said->time;
    if (said->answer == ANSWER_WITHDRAWN) {
        told->verdict = PERMIT_WITHDRAWN;
    } else if (offer_is_ahead(now, said)) {
        told->verdict = PERMIT_AHEAD;
    } else if (offer_has_expired(manifest, now, said)) {
        told->verdict = PERMIT_EXPIRED;
        told->since = offer_expires(manifest, said->time);
    } else {
        told->verdict = said->answer == ANSWER_GIVEN ? PERMIT_GIVEN : PERMIT_REFUSED;
    }
}

/* What was answered under a version that the site has no more is in the one in force (offer.h). */
static void name_version(struct permit *permit, const struct found *found)
{
    permit->revision = offer_revision(found->document, permit->said->revision);
    if (!permit->revision ||
        !offer_question(permit->revision, found->question->id, &permit->index)) {
        permit->revision = found->revision;
        offer_question(permit->revision, found->question->id, &permit->index);
    }
}

static void judge_asked_again(struct permit *permit, const struct found *found,
                             const struct standing *said)
{
    const struct manifest_revision *again =
        offer_asked_again(found->document, found->revision, said);

    permit->told.since = again->effective;
    permit->told.day = str_of(again->effective_day);
}

void permit_judge(struct permit *permit, const struct manifest *manifest, int64_t now,
                  const struct permit_question *asked, const struct standing *standings,
                  size_t count)
{
    struct found found = {0};
    const struct standing *said;
    bool holds;

    *permit = (struct permit){.told.verdict = PERMIT_NO_RECIPIENT};
    for (size_t i = 0; i < manifest->document_count; i++)
        if (!*asked->document || strcmp(manifest->documents[i].id, asked->document) == 0)
            look(&manifest->documents[i], now, asked, &found);
    if (found.count != 1) {
        permit->told.verdict = found.count ? PERMIT_AMBIGUOUS : PERMIT_NO_RECIPIENT;
        return;
    }
    said = offer_said(found.document, found.revision, found.question->id, standings, count, &holds);
    permit->question = found.question;
    permit->said = said;
    permit->told.verdict = said ? PERMIT_ASKED_AGAIN : PERMIT_NEVER;
    if (holds)
        judge_said(permit, manifest, now, said);
    else if (said)
        judge_asked_again(permit, &found, said);
    if (permit->told.verdict == PERMIT_GIVEN)
        name_version(permit, &found);
}

/* What it covers. */

static const struct manifest_text *text_answered(const struct permit *permit,
                                                 const uint8_t digest[ACT_DIGEST])
{
    const struct manifest_revision *revision = permit->revision;
    const struct manifest_text *text;
    char hex[2 * ACT_DIGEST + 1];

    sodium_bin2hex(hex, sizeof hex, digest, ACT_DIGEST);
    for (size_t i = 0; i < revision->text_count; i++)
        if (strcmp(revision->texts[i].digest, hex) == 0)
            return &revision->texts[i];
    text = offer_text(revision, permit->said->language);
    return text || !revision->text_count ? text : &revision->texts[0];
}

static struct str words_of(const char *text)
{
    return str_trim(str_of(text ? text : ""));
}

void permit_cover(struct permit *permit, const uint8_t digest[ACT_DIGEST])
{
    const struct manifest_text *text = text_answered(permit, digest);
    const struct manifest_wording *wording = text ? &text->wordings[permit->index] : NULL;

    if (!wording)
        return;
    permit->told.name = words_of(wording->recipient);
    permit->told.country = words_of(wording->country);
    permit->told.data = words_of(wording->data);
    permit->told.language = str_of(text->language);
}

bool permit_names(const struct permit *permit, struct str name)
{
    const struct manifest_revision *revision = permit->revision;

    for (size_t i = 0; i < revision->text_count; i++)
        if (str_equal(words_of(revision->texts[i].wordings[permit->index].recipient), name))
            return true;
    return false;
}

/* Telling. */

void permit_tell(const struct permit_told *told, const char *recipient, struct buf *out)
{
    static const struct {
        const char *words;
        enum { NOTHING, INSTANT, DAY, NAME } more;
    } reasons[PERMIT_COUNT] = {
        [PERMIT_GIVEN] = {"the visitor has agreed since", INSTANT},
        [PERMIT_NO_RECIPIENT] = {"no version in force asks for consent to this recipient", NOTHING},
        [PERMIT_AMBIGUOUS] = {"more than one purpose asks about this recipient; name --document or "
                              "--purpose",
                              NOTHING},
        [PERMIT_NEVER] = {"the visitor never answered the question about it", NOTHING},
        [PERMIT_REFUSED] = {"the visitor refused on", INSTANT},
        [PERMIT_WITHDRAWN] = {"the visitor withdrew consent on", INSTANT},
        [PERMIT_EXPIRED] = {"the visitor's answer expired on", INSTANT},
        [PERMIT_AHEAD] = {"the visitor's answer has a time that is ahead of the clock,", INSTANT},
        [PERMIT_ASKED_AGAIN] = {"the question is asked again, and has not been answered, since",
                                DAY},
        [PERMIT_OTHER_NAME] = {"the consent covers this recipient under another name only; omit "
                               "--name, or use",
                               NAME},
    };
    char time[INSTANT_SIZE];

    instant_write(told->since, time);
    buf_addf(out, "\"%s\": %s", recipient, reasons[told->verdict].words);
    if (reasons[told->verdict].more == INSTANT)
        buf_addf(out, " %.10s", time);
    else if (reasons[told->verdict].more == DAY)
        buf_addf(out, " %.*s", (int)told->day.len, told->day.data);
    else if (reasons[told->verdict].more == NAME)
        buf_addf(out, " \"%.*s\"", (int)told->name.len, told->name.data);
}
