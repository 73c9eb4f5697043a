#include "translate.h"

#include <assert.h>
#include <string.h>

#include "markdown_review.h"
#include "translation.h"

/* NULL after a finding. */
static const struct entry *look_up(const struct message *message, const struct catalog *catalog,
                                   enum severity lacking, struct findings *findings)
{
    const struct entry *entry = catalog_find(catalog, message->context, message->msgid);

    if (!entry)
        finding(findings, lacking, message->place,
                "update the catalogue with `make po`, then translate it",
                "%s does not have this message", catalog_place(catalog).source->path);
    else if (entry->fuzzy)
        finding(findings, lacking, entry->place,
                "confirm the translation and take its fuzzy mark away",
                "a fuzzy translation is a guess and is not published");
    else if (!*entry->msgstr)
        finding(findings, lacking, entry->place, "translate the message",
                "this message is not translated");
    else
        return entry;
    return NULL;
}

/* Blocks */

/* The line feed before a blank line, or NULL. */
static const char *blank_line(const char *words)
{
    for (; (words = strchr(words, '\n')); words++)
        if (words[1 + strspn(words + 1, " \t\r")] == '\n')
            return words;
    return NULL;
}

/* Whatever a translation looks like, it stays inside its block; the translator is told where
 * it looks like more. */
static void check_block(const struct translation *translation)
{
    const struct wording *theirs = &translation->theirs;
    const char *blank = blank_line(theirs->words);

    if (blank)
        wording_report(theirs, theirs->severity, (size_t)(blank - theirs->words),
                       "write it in one; \\ at the end of a line breaks it",
                       "the translation has more than one paragraph");
    else if (markdown_is_cell(translation->message->leaf) && strchr(theirs->words, '\n'))
        wording_report(theirs, FINDING_WARNING, strcspn(theirs->words, "\n"), "write it in one line",
                       "a cell of a table is one line: where the translation breaks it, a space is "
                       "shown");
    else if (markdown_opens_block(theirs->words) &&
             !markdown_opens_block(translation->message->msgid))
        wording_report(theirs, FINDING_WARNING, 0, "write \\ before the sign, or leave it out",
                       "this would be a list, a heading or the like; it is shown as plain text");
}

/* Messages */

static void put_source(const struct article *article, struct message *message)
{
    message->words = message->msgid;
    if (message->leaf && article->changed)
        markdown_set_words(message->leaf, message->msgid, false);
}

static struct place place_of_words(const void *where, size_t offset)
{
    return entry_place(where, offset);
}

static bool has_emphasis(const struct markdown_shown *shown)
{
    for (size_t i = 0; i < shown->count; i++)
        if (shown->pieces[i].kind == PIECE_STRONG || shown->pieces[i].kind == PIECE_EMPHASIS)
            return true;
    return false;
}

/* Where stars are left over and the message has emphasis, they were meant so, whatever stands
 * beside them. */
static bool show_words(struct translation *translation)
{
    struct markdown_shown *theirs = &translation->theirs.shown;

    markdown_show(&translation->ours, translation->message->msgid, false);
    markdown_show(theirs, translation->entry->msgstr, false);
    if (!has_emphasis(&translation->ours) || !translation_shows_stars(translation))
        return false;
    markdown_shown_release(theirs);
    markdown_show(theirs, translation->entry->msgstr, true);
    return true;
}

static void report_reference(void *context, const struct character_fault *fault, int32_t character,
                             size_t offset)
{
    const struct translation *translation = context;

    character_report(fault, character, entry_place(translation->entry, offset),
                     translation->theirs.severity, translation->theirs.findings);
}

static void check_words(struct translation *translation)
{
    entry_check(translation->entry, translation->theirs.findings);
    translation_check_copy(translation);
    translation_check_numbers(translation);
    if (!translation->message->leaf) {
        wording_check_plain(&translation->theirs, &translation->ours);
        return;
    }
    markdown_check_references(translation->message->leaf, str_of(translation->entry->msgstr),
                              report_reference, translation);
    wording_check(&translation->theirs, &translation->ours);
    translation_check_markup(translation);
    translation_check_signs(translation);
    translation_check_spaces(translation);
    check_block(translation);
    markdown_review_words(translation->message->leaf, translation->theirs.words,
                          translation->message->msgid, &translation->theirs.map,
                          translation->theirs.findings);
}

static void put_entry(struct translation *translation, struct message *message)
{
    bool stars_are_meant = false;

    message->words = translation->entry->msgstr;
    if (message->leaf) {
        stars_are_meant = show_words(translation);
        markdown_set_words(message->leaf, message->words, stars_are_meant);
    } else {
        markdown_show_plain(&translation->ours, message->msgid);
        markdown_show_plain(&translation->theirs.shown, message->words);
    }
    check_words(translation);
    markdown_shown_release(&translation->ours);
    markdown_shown_release(&translation->theirs.shown);
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
        if (entry)
            put_entry(&(struct translation){.message = message,
                                            .entry = entry,
                                            .theirs = {.words = entry->msgstr,
                                                       .map = {place_of_words, entry},
                                                       .severity = article->severity,
                                                       .findings = findings},
                                            .our_language = article->revision->language,
                                            .their_language = catalog_language(catalog)},
                      message);
        else
            put_source(article, message);
    }
    article->changed = true;
    return findings->errors == errors;
}

size_t untranslated_count(const struct article *article)
{
    size_t count = 0;

    for (size_t i = 0; i < article->message_count; i++)
        count += article->messages[i].untranslated;
    return count;
}

void break_headings(const struct article *article)
{
    for (size_t i = 0; i < article->message_count; i++) {
        const struct message *message = &article->messages[i];

        if (message->leaf && !message->untranslated && markdown_is_heading(message->leaf))
            markdown_break_phrases(message->leaf);
    }
}

const char *translated_words(const struct article *article, const char *path)
{
    for (size_t i = 0; i < article->message_count; i++)
        if (strcmp(article->messages[i].path, path) == 0)
            return article->messages[i].words;
    assert(false && "a path that the article has");
    return NULL;
}
