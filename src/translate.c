#include "translate.h"

#include <assert.h>
#include <string.h>

/* NULL after a finding. */
static const struct entry *look_up(const struct message *message, const struct catalog *catalog,
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
        return entry;
    return NULL;
}

/* A translator changes words, not where a click leads or what is fetched. */
static bool same_targets(const struct markdown_targets *ours, const struct markdown_targets *theirs,
                         struct place place, struct findings *findings)
{
    static const char remedy[] = "keep each link and image of the message, and add none";
    const char *added = markdown_targets_beyond(theirs, ours);
    const char *lost = markdown_targets_beyond(ours, theirs);

    if (added)
        finding(findings, FINDING_ERROR, place, remedy,
                "the translation has %s, which the message has not", added);
    else if (lost)
        finding(findings, FINDING_ERROR, place, remedy, "the translation lacks %s", lost);
    return !added && !lost;
}

static bool put_words(const struct message *message, const struct entry *entry,
                      struct findings *findings)
{
    struct markdown_targets ours, theirs;
    bool ok;

    markdown_targets(message->leaf, &ours);
    markdown_set_words(message->leaf, entry->msgstr);
    markdown_targets(message->leaf, &theirs);
    ok = markdown_check(message->leaf, entry->place, findings) &&
         same_targets(&ours, &theirs, entry->place, findings);
    markdown_targets_release(&ours);
    markdown_targets_release(&theirs);
    return ok;
}

bool translate(struct article *article, const struct catalog *catalog, struct findings *findings)
{
    bool ok = true;

    for (size_t i = 0; catalog && i < article->message_count; i++) {
        struct message *message = &article->messages[i];
        const struct entry *entry = look_up(message, catalog, findings);

        if (!entry) {
            ok = false;
            continue;
        }
        message->words = entry->msgstr;
        if (message->leaf)
            ok &= put_words(message, entry, findings);
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
