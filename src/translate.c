#include "translate.h"

#include <assert.h>
#include <string.h>

#include "markdown_review.h"

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

/* Markup */

/* Where findings about a translation go, and how grave they are. */
struct judgement {
    struct place place;
    enum severity severity;
    struct findings *findings;
};

/* Emphasis is a matter of style, which languages have their own ways of; the rest is not. */
static enum severity severity_of(const struct markdown_mark *mark, enum severity usual)
{
    return mark->kind == MARK_STRONG || mark->kind == MARK_EMPHASIS ? FINDING_WARNING : usual;
}

static void report_mark(const struct markdown_mark *mark, const char *format,
                        const char *remedy, const struct judgement *judgement)
{
    struct buf name = BUF_INIT, text = BUF_INIT;
    const char *slot = strstr(format, "%s");

    markdown_mark_name(mark, &name);
    buf_add(&text, format, (size_t)(slot - format));
    buf_addf(&text, "%s%s", name.data, slot + 2);
    finding(judgement->findings, severity_of(mark, judgement->severity), judgement->place, remedy,
            "%s", text.data);
    buf_release(&name);
    buf_release(&text);
}

/* A translator changes words, not where a click leads, what is fetched or what is code. */
static void compare_marks(const struct markdown_marks *ours, const struct markdown_marks *theirs,
                          const struct judgement *judgement)
{
    const struct markdown_mark *added = markdown_marks_beyond(theirs, ours);
    const struct markdown_mark *lost = markdown_marks_beyond(ours, theirs);

    if (added)
        report_mark(added, "the translation has %s, which the message has not",
                    added->kind == MARK_STAR || added->kind == MARK_UNDERSCORE
                        ? "where emphasis is meant, put a space or a letter beside it; else \\"
                          " before it"
                        : "keep the markup of the message, and add none",
                    judgement);
    else if (lost && lost->kind != MARK_STAR && lost->kind != MARK_UNDERSCORE)
        report_mark(lost, "the translation lacks %s", "keep the markup of the message", judgement);
}

static bool has_emphasis(const struct markdown_marks *marks)
{
    return marks->count && marks->mark[marks->count - 1].kind >= MARK_STRONG;
}

static bool shows_stars(const struct markdown_marks *marks, const struct markdown_marks *ours)
{
    const struct markdown_mark *added = markdown_marks_beyond(marks, ours);

    return added && added->kind == MARK_STAR;
}

/* Puts words into a leaf.  Where stars are left over and the message has emphasis, they
 * were meant so, whatever stands beside them. */
static void set_words(const struct message *message, const char *words,
                      struct markdown_marks *theirs)
{
    markdown_set_words(message->leaf, words, false);
    markdown_marks(message->leaf, theirs);
    if (!has_emphasis(&message->marks) || !shows_stars(theirs, &message->marks))
        return;
    markdown_marks_release(theirs);
    markdown_set_words(message->leaf, words, true);
    markdown_marks(message->leaf, theirs);
}

/* Blocks */

static bool has_blank_line(const char *words)
{
    for (; (words = strchr(words, '\n')); words++)
        if (words[1 + strspn(words + 1, " \t\r")] == '\n')
            return true;
    return false;
}

/* Whatever a translation looks like, it stays inside its block; the translator is told where
 * it looks like more. */
static void check_block(const struct message *message, const struct entry *entry,
                        const struct judgement *judgement)
{
    if (has_blank_line(entry->msgstr))
        finding(judgement->findings, judgement->severity, entry->place,
                "write it in one; \\ at the end of a line breaks it",
                "the translation has more than one paragraph");
    else if (markdown_is_cell(message->leaf) && strchr(entry->msgstr, '\n'))
        finding(judgement->findings, FINDING_WARNING, entry->place, "write it in one line",
                "a cell of a table is one line: where the translation breaks it, a space is shown");
    else if (markdown_opens_block(entry->msgstr) && !markdown_opens_block(message->msgid))
        finding(judgement->findings, FINDING_WARNING, entry->place,
                "write \\ before the sign, or leave it out",
                "this would be a list, a heading or the like; it is shown as plain text");
}

/* Messages */

static void put_source(const struct article *article, struct message *message)
{
    message->words = message->msgid;
    if (message->leaf && article->changed)
        markdown_set_words(message->leaf, message->msgid, false);
}

static void put_entry(struct message *message, const struct entry *entry,
                      const struct judgement *judgement)
{
    struct markdown_marks theirs;

    message->words = entry->msgstr;
    if (!message->leaf)
        return;
    set_words(message, entry->msgstr, &theirs);
    markdown_check(message->leaf, entry->place, judgement->severity, judgement->findings);
    compare_marks(&message->marks, &theirs, judgement);
    check_block(message, entry, judgement);
    markdown_review_words(message->leaf, entry->msgstr, message->msgid, entry->place,
                          judgement->findings);
    markdown_marks_release(&theirs);
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
            put_entry(message, entry,
                      &(struct judgement){entry->place, article->severity, findings});
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
