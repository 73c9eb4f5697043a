#include "offer.h"

#include <string.h>
#include <time.h>

#include "base/instant.h"
#include "record/canonical.h"

const struct manifest_document *offer_document(const struct manifest *manifest, const char *id)
{
    for (size_t i = 0; i < manifest->document_count; i++)
        if (strcmp(manifest->documents[i].id, id) == 0)
            return &manifest->documents[i];
    return NULL;
}

const struct manifest_revision *offer_in_force(const struct manifest_document *document,
                                               int64_t now)
{
    for (size_t i = document->revision_count; i-- > 0;)
        if (document->revisions[i].effective <= now && !document->revisions[i].retracted)
            return &document->revisions[i];
    return NULL;
}

bool offer_is_announced(const struct manifest_revision *revision, int64_t now)
{
    return revision->effective > now && (!revision->retracted || now < revision->retracted);
}

const struct manifest_revision *offer_newest(const struct manifest_document *document, int64_t now)
{
    for (size_t i = document->revision_count; i-- > 0;) {
        const struct manifest_revision *revision = &document->revisions[i];

        if (!revision->retracted || now < revision->retracted)
            return revision;
    }
    return NULL;
}

const struct manifest_revision *offer_revision(const struct manifest_document *document,
                                               const char *id)
{
    for (size_t i = 0; i < document->revision_count; i++)
        if (strcmp(document->revisions[i].id, id) == 0)
            return &document->revisions[i];
    return NULL;
}

/* `question` is PURPOSE or PURPOSE.RECIPIENT. */
static bool asks_again(const struct manifest_revision *revision, const char *question)
{
    size_t len = strcspn(question, ".");

    for (size_t i = 0; i < revision->reconsent_count; i++)
        if (strncmp(revision->reconsent[i], question, len) == 0 && !revision->reconsent[i][len])
            return true;
    return false;
}

static bool held_before(const struct manifest_revision *revision,
                        const struct manifest_revision *answered, const char *question)
{
    for (; answered > revision; answered--)
        if (asks_again(answered, question))
            return false;
    return true;
}

bool offer_is_newer(const struct manifest_document *document, const char *id,
                    const struct manifest_revision *than)
{
    const struct manifest_revision *revision = offer_revision(document, id);

    return revision && revision > than;
}

const struct manifest_revision *offer_asked_again(const struct manifest_document *document,
                                                 const struct manifest_revision *revision,
                                                 const struct standing *said)
{
    const struct manifest_revision *answered = offer_revision(document, said->revision);

    for (const struct manifest_revision *since = answered ? answered + 1 : document->revisions;
         since <= revision; since++)
        if (!since->retracted && asks_again(since, said->question))
            return since;
    return NULL;
}

bool offer_still_holds(const struct manifest_document *document,
                       const struct manifest_revision *revision, const struct standing *said)
{
    const struct manifest_revision *answered = offer_revision(document, said->revision);

    if (answered && answered > revision)
        return said->answer == ANSWER_WITHDRAWN || said->answer == ANSWER_REFUSED ||
               held_before(revision, answered, said->question);
    return !offer_asked_again(document, revision, said);
}

bool offer_is_newest_said(const struct standing *standings, size_t index)
{
    const struct standing *said = &standings[index];

    return index == 0 || strcmp(said[-1].document, said->document) != 0 ||
           strcmp(said[-1].question, said->question) != 0;
}

const struct standing *offer_said(const struct manifest_document *document,
                                  const struct manifest_revision *revision, const char *question,
                                  const struct standing *standings, size_t count, bool *holds)
{
    const struct standing *older = NULL;

    *holds = false;
    for (size_t i = 0; i < count; i++) {
        const struct standing *said = &standings[i];

        if (strcmp(said->document, document->id) != 0 || strcmp(said->question, question) != 0)
            continue;
        if (offer_still_holds(document, revision, said)) {
            *holds = true;
            return said;
        }
        if (!older && !offer_is_newer(document, said->revision, revision))
            older = said;
    }
    return older;
}

int64_t offer_expires(const struct manifest *manifest, int64_t given)
{
    return instant_months_later(given, manifest->consent_validity);
}

static bool can_expire(const struct standing *standing)
{
    return standing->answer == ANSWER_GIVEN || standing->answer == ANSWER_REFUSED;
}

bool offer_has_expired(const struct manifest *manifest, int64_t now,
                       const struct standing *standing)
{
    return can_expire(standing) && now >= offer_expires(manifest, standing->time);
}

bool offer_is_ahead(int64_t now, const struct standing *standing)
{
    return can_expire(standing) && instant_is_ahead(standing->time, now);
}

const struct manifest_text *offer_text(const struct manifest_revision *revision,
                                       const char *language)
{
    for (size_t i = 0; i < revision->text_count; i++)
        if (strcmp(revision->texts[i].language, language) == 0 && !revision->texts[i].replaced)
            return &revision->texts[i];
    return NULL;
}

/* The text of a digest, though an erratum may have taken its place; else the one that stands. */
static const struct manifest_text *text_of_digest(const struct manifest_revision *revision,
                                                  const char *language, const char *digest)
{
    for (size_t i = 0; i < revision->text_count; i++)
        if (strcmp(revision->texts[i].language, language) == 0 &&
            strcmp(revision->texts[i].digest, digest) == 0)
            return &revision->texts[i];
    return offer_text(revision, language);
}

/* When a revision ceased to be offered: it was retracted, or its successor took effect. */
static int64_t ended_at(const struct manifest_document *document,
                        const struct manifest_revision *revision)
{
    const struct manifest_revision *end = document->revisions + document->revision_count;

    if (revision->retracted)
        return revision->retracted;
    for (const struct manifest_revision *next = revision + 1; next < end; next++)
        if (!next->retracted)
            return next->effective;
    return INT64_MAX;
}

enum offer offer_find(const struct manifest *manifest, int64_t now, const char *document,
                      const char *revision, const char *language, const char *digest,
                      const struct manifest_revision **found_revision,
                      const struct manifest_text **found_text)
{
    const struct manifest_document *d = offer_document(manifest, document);
    const struct manifest_revision *r = d ? offer_revision(d, revision) : NULL;
    const struct manifest_text *text = r ? text_of_digest(r, language, digest) : NULL;
    int64_t end;

    if (!text)
        return OFFER_UNKNOWN;
    *found_revision = r;
    *found_text = text;
    end = ended_at(d, r);
    if (text->replaced && text->replaced < end)
        end = text->replaced;
    if (strcmp(text->digest, digest) != 0)
        return OFFER_CHANGED;
    return end == INT64_MAX || now < end + OFFER_GRACE ? OFFER_CURRENT : OFFER_ENDED;
}

const struct manifest_question *offer_question(const struct manifest_revision *revision,
                                               const char *id, size_t *index)
{
    for (*index = 0; *index < revision->question_count; ++*index)
        if (strcmp(revision->questions[*index].id, id) == 0)
            return &revision->questions[*index];
    return NULL;
}

bool offer_asks(const struct manifest *manifest, const char *document, const char *id)
{
    size_t index;

    for (size_t d = 0; d < manifest->document_count; d++)
        for (size_t r = 0; r < manifest->documents[d].revision_count; r++)
            if ((!*document || strcmp(manifest->documents[d].id, document) == 0) &&
                offer_question(&manifest->documents[d].revisions[r], id, &index))
                return true;
    return false;
}
