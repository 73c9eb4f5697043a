#include "offer.h"

#include <string.h>

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
        if (document->revisions[i].effective <= now)
            return &document->revisions[i];
    return NULL;
}

const struct manifest_text *offer_text(const struct manifest_revision *revision,
                                       const char *language)
{
    for (size_t i = 0; i < revision->text_count; i++)
        if (strcmp(revision->texts[i].language, language) == 0)
            return &revision->texts[i];
    return NULL;
}

/* When the revision's successor took effect, or the end of time. */
static int64_t superseded_at(const struct manifest_document *document,
                             const struct manifest_revision *revision)
{
    const struct manifest_revision *next = revision + 1;

    return next < document->revisions + document->revision_count ? next->effective : INT64_MAX;
}

enum offer offer_find(const struct manifest *manifest, int64_t now, const char *document,
                      const char *revision, const char *language, const char *digest,
                      const struct manifest_revision **found_revision,
                      const struct manifest_text **found_text)
{
    const struct manifest_document *d = offer_document(manifest, document);

    for (size_t i = 0; d && i < d->revision_count; i++) {
        const struct manifest_revision *r = &d->revisions[i];
        const struct manifest_text *text = offer_text(r, language);
        int64_t end = superseded_at(d, r);

        if (strcmp(r->id, revision) != 0 || !text)
            continue;
        *found_revision = r;
        *found_text = text;
        if (strcmp(text->digest, digest) != 0)
            return OFFER_CHANGED;
        return end == INT64_MAX || now < end + OFFER_GRACE ? OFFER_CURRENT : OFFER_CHANGED;
    }
    return OFFER_UNKNOWN;
}

const struct manifest_question *offer_question(const struct manifest_revision *revision,
                                               const char *id, size_t *index)
{
    for (*index = 0; *index < revision->question_count; ++*index)
        if (strcmp(revision->questions[*index].id, id) == 0)
            return &revision->questions[*index];
    return NULL;
}

bool offer_asks(const struct manifest *manifest, const char *id)
{
    size_t index;

    for (size_t d = 0; d < manifest->document_count; d++)
        for (size_t r = 0; r < manifest->documents[d].revision_count; r++)
            if (offer_question(&manifest->documents[d].revisions[r], id, &index))
                return true;
    return false;
}
