#include "translate.h"

#include <assert.h>
#include <string.h>

/* NULL after a finding. */
static const char *look_up(const struct message *message, const struct catalog *catalog,
                           struct findings *findings)
{
    const struct entry *entry = catalog_find(catalog, message->context, message->msgid);

    if (!entry)
        finding(findings, FINDING_ERROR, message->place,
                "update the catalogue with `make po`, then translate it",
                "%s does not have this message", catalog_place(catalog).source->path);
    else if (entry->fuzzy)
        finding(findings, FINDING_ERROR, entry->place,
                "confirm the translation and take its fuzzy mark away",
                "a fuzzy translation is a guess and is not published");
    else if (!*entry->msgstr)
        finding(findings, FINDING_ERROR, entry->place, "translate the message",
                "this message is not translated");
    else
        return entry->msgstr;
    return NULL;
}

bool translate(struct article *article, const struct catalog *catalog, struct findings *findings)
{
    bool ok = true;

    for (size_t i = 0; catalog && i < article->message_count; i++) {
        struct message *message = &article->messages[i];
        const char *words = look_up(message, catalog, findings);

        if (!words) {
            ok = false;
            continue;
        }
        message->words = words;
        if (message->leaf)
            markdown_set_words(message->leaf, words);
    }
    return ok;
}

const char *translated_words(const struct article *article, const char *path)
{
    for (size_t i = 0; i < article->message_count; i++)
        if (strcmp(article->messages[i].path, path) == 0)
            return article->messages[i].words;
    assert(!"a path that the article has");
    return NULL;
}
