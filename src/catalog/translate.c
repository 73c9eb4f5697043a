#include "translate.h"

#include <assert.h>
#include <string.h>

#include "translation.h"

/* NULL after a finding. */
static const struct entry *look_up(const struct message *message, const struct catalog *catalog,
                                   enum severity lacking, struct findings *findings)
{
    const struct entry *entry = catalog_find(catalog, message->context, message->msgid);

    if (catalog_is_unread(catalog)) /* that is the finding */
        return NULL;
    if (!entry)
        finding(findings, lacking, message->place,
                "update the catalogue with `teade po`, then translate it",
                "%s does not have this message", catalog_place(catalog).source->path);
    else if (entry->fuzzy)
        finding(findings, lacking, entry->place,
                "confirm the translation and remove its fuzzy mark",
                "a fuzzy translation is a guess and is not published");
    else if (!*entry->msgstr)
        finding(findings, lacking, entry->place, "translate the message",
                "this message is not translated");
    else
        return entry;
    return NULL;
}

/* Messages */

static void put_source(const struct article *article, struct message *message)
{
    message->words = message->msgid;
    if (message->leaf && article->changed)
        markdown_set_words(message->leaf, message->msgid, false);
}

static void put_entry(const struct article *article, struct message *message,
                      const struct entry *entry, const struct catalog *catalog,
                      struct findings *findings)
{
    size_t errors = findings->errors;
    struct translation translation = {.message = message,
                                      .entry = entry,
                                      .our_language = article->revision->language,
                                      .their_language = catalog_language(catalog)};

    translation_begin(&translation, article->severity, findings);
    message->words = entry->msgstr;
    if (message->leaf)
        markdown_set_words(message->leaf, message->words, translation.stars_are_meant);
    translation_check(&translation);
    translation_end(&translation);
    message->faulty = findings->errors > errors;
}

bool translate(struct article *article, const struct catalog *catalog, enum severity lacking,
               struct findings *findings)
{
    size_t errors = findings->errors;

    for (size_t i = 0; i < article->message_count; i++) {
        struct message *message = &article->messages[i];
        bool wanted = catalog && !message->skipped;
        const struct entry *entry = wanted ? look_up(message, catalog, lacking, findings) : NULL;

        message->untranslated = wanted && !entry;
        message->faulty = false;
        if (entry)
            put_entry(article, message, entry, catalog, findings);
        else
            put_source(article, message);
    }
    article->changed = true;
    return findings->errors == errors;
}

void translate_back_faulty(const struct article *article)
{
    for (size_t i = 0; i < article->message_count; i++) {
        struct message *message = &article->messages[i];

        if (!message->faulty)
            continue;
        put_source(article, message);
        message->untranslated = true;
    }
}

size_t untranslated_count(const struct article *article)
{
    size_t count = 0;

    for (size_t i = 0; i < article->message_count; i++)
        count += article->messages[i].untranslated;
    return count;
}

static bool has_string(const json_t *list, struct str text)
{
    json_t *item;
    size_t i;

    json_array_foreach(list, i, item)
    {
        if (json_string_length(item) == text.len &&
            memcmp(json_string_value(item), text.data, text.len) == 0)
            return true;
    }
    return false;
}

json_t *translators_notes(const struct article *article, const struct catalog *catalog)
{
    json_t *list = json_array();

    for (size_t i = 0; catalog && i < article->message_count; i++) {
        const struct message *message = &article->messages[i];
        const struct entry *entry = message->untranslated || message->skipped
                                        ? NULL
                                        : catalog_find(catalog, message->context, message->msgid);

        if (entry && entry->note.len && !has_string(list, entry->note))
            json_array_append_new(list, json_stringn(entry->note.data, entry->note.len));
    }
    return list;
}

void break_headings(const struct article *article)
{
    for (size_t i = 0; i < article->message_count; i++) {
        const struct message *message = &article->messages[i];

        if (message->leaf && !message->untranslated && markdown_is_heading(message->leaf))
            markdown_break_phrases(message->leaf);
    }
}

const struct message *article_message(const struct article *article, const char *path)
{
    for (size_t i = 0; i < article->message_count; i++)
        if (strcmp(article->messages[i].path, path) == 0)
            return &article->messages[i];
    return NULL;
}

const char *translated_words(const struct article *article, const char *path)
{
    const struct message *message = article_message(article, path);

    assert(message && "a path that the article has");
    return message->words;
}
