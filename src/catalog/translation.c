/* What is checked of every translation, in order. */
#include "translation.h"

#include <string.h>

#include "markdown/markdown_review.h"

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

/* If stars are left over and the message has emphasis, the stars are meant as emphasis, whatever
 * characters surround them. */
static void show_markdown(struct translation *translation)
{
    struct markdown_shown *theirs = &translation->theirs.shown;

    markdown_show(theirs, translation->entry->msgstr, false);
    if (!has_emphasis(&translation->message->shown) || !translation_shows_stars(translation))
        return;
    markdown_shown_release(theirs);
    markdown_show(theirs, translation->entry->msgstr, true);
    translation->stars_are_meant = true;
}

void translation_begin(struct translation *translation, enum severity severity,
                       struct findings *findings)
{
    const struct entry *entry = translation->entry;

    translation->theirs = (struct wording){.words = entry->msgstr,
                                           .map = {place_of_words, entry},
                                           .severity = severity,
                                           .findings = findings};
    translation->stars_are_meant = false;
    if (translation->message->leaf)
        show_markdown(translation);
    else
        markdown_show_plain(&translation->theirs.shown, entry->msgstr);
}

void translation_end(struct translation *translation)
{
    markdown_shown_release(&translation->theirs.shown);
}

/* The line feed before a blank line, or NULL. */
static const char *blank_line(const char *words)
{
    for (; (words = strchr(words, '\n')); words++)
        if (words[1 + strspn(words + 1, " \t\r")] == '\n')
            return words;
    return NULL;
}

/* A translation cannot break out of its block.  The finding names the place that looks like another
 * block. */
static void check_block(const struct translation *translation)
{
    const struct wording *theirs = &translation->theirs;
    const char *blank = blank_line(theirs->words);

    if (blank)
        wording_report(theirs, theirs->severity, (size_t)(blank - theirs->words),
                       "write it as one paragraph; \\ at the end of a line breaks the line",
                       "the translation has more than one paragraph");
    else if (markdown_is_cell(translation->message->leaf) && strchr(theirs->words, '\n'))
        wording_report(theirs, FINDING_WARNING, strcspn(theirs->words, "\n"),
                       "write it in one line",
                       "a cell of a table is one line: where the translation breaks it, a space is "
                       "shown");
    else if (markdown_opens_block(theirs->words) &&
             !markdown_opens_block(translation->message->msgid))
        wording_report(theirs, FINDING_WARNING, 0, "write \\ before the sign, or remove the sign",
                       "this would be a list, a heading or the like; it is shown as plain text");
}

static void report_reference(void *context, const struct character_fault *fault, int32_t character,
                             size_t offset)
{
    const struct translation *translation = context;

    character_report(fault, character, entry_place(translation->entry, offset),
                     translation->theirs.severity, translation->theirs.findings);
}

void translation_check(struct translation *translation)
{
    entry_check(translation->entry, translation->theirs.findings);
    translation_check_copy(translation);
    translation_check_numbers(translation);
    if (!translation->message->leaf) {
        wording_check_plain(&translation->theirs, &translation->message->shown);
        return;
    }
    markdown_check_references(translation->message->leaf, str_of(translation->entry->msgstr),
                              report_reference, translation);
    wording_check(&translation->theirs, &translation->message->shown);
    translation_check_markup(translation);
    translation_check_signs(translation);
    translation_check_spaces(translation);
    check_block(translation);
    markdown_review_words(translation->message->leaf, translation->theirs.words,
                          translation->message->msgid, &translation->theirs.map,
                          translation->theirs.findings);
}
