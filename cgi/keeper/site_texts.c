#include "site_texts.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool put_text(struct store *store, const struct bundle *bundle,
                     const struct manifest_document *document,
                     const struct manifest_revision *revision, const struct manifest_text *text)
{
    struct store_question *questions =
        mem_alloc((revision->question_count + 1) * sizeof *questions);
    struct store_text stored = {.document = document->id,
                                .revision = revision->id,
                                .language = text->language,
                                .body = str_of(bundle_text(bundle, text->digest)),
                                .questions = questions,
                                .question_count = revision->question_count};
    bool ok;

    for (size_t q = 0; q < revision->question_count; q++)
        questions[q] =
            (struct store_question){revision->questions[q].id, revision->questions[q].basis};
    sodium_hex2bin(stored.digest, sizeof stored.digest, text->digest, strlen(text->digest), NULL,
                   NULL, NULL);
    ok = store_put_text(store, &stored);
    free(questions);
    return ok;
}

bool site_store_texts(const struct bundle *bundle, struct store *store)
{
    const struct manifest *manifest = &bundle->manifest;

    for (size_t d = 0; d < manifest->document_count; d++) {
        const struct manifest_document *document = &manifest->documents[d];

        for (size_t r = 0; r < document->revision_count; r++)
            for (size_t t = 0; t < document->revisions[r].text_count; t++)
                if (!put_text(store, bundle, document, &document->revisions[r],
                              &document->revisions[r].texts[t]))
                    return false;
    }
    return true;
}
