/* Compares a text with what was frozen, and checks that it can be read back. */
#include <stdlib.h>
#include <string.h>

#include "base/characters.h"
#include "base/mem.h"
#include "text_comparison.h"

static void report_change(struct comparison *comparison, struct place place, const char *what)
{
    bool corrects = comparison->options->corrects;

    comparison->differences++;
    finding(comparison->findings, corrects ? FINDING_WARNING : FINDING_ERROR, place,
            corrects ? "nothing to do: it is frozen again, and the history shows the correction"
                     : "undo it; for other words in a new version, put <!-- context: … --> before "
                       "its block; to correct a mistake in the published words, use teade publish "
                       "--erratum \"why\"",
            corrects ? "version %s of \"%s\" is corrected in \"%s\": %s"
                     : "version %s of \"%s\" is published and its words in \"%s\" are frozen: %s",
            comparison->text->revision->id, comparison->options->document,
            comparison->text->language, what);
}

static void report(struct comparison *comparison, struct place place, const char *before,
                   const char *after)
{
    char *what = text_difference(before, after);

    report_change(comparison, place, what);
    free(what);
}

struct place comparison_place(const struct comparison *comparison, const struct message *message)
{
    const struct entry *entry =
        comparison->options->document_catalog && !message->skipped
            ? catalog_find(comparison->options->document_catalog, message->context, message->msgid)
            : NULL;

    return entry ? entry->place : message->place;
}

static void compare_leaf(struct comparison *comparison, const struct message *is,
                         const struct message *was)
{
    struct buf before = BUF_INIT, after = BUF_INIT;

    if (is && comparison_label(comparison, is))
        return;
    if (was)
        markdown_leaf_text(was->leaf, &before);
    if (is)
        markdown_leaf_text(is->leaf, &after);
    report(comparison,
           is ? comparison_place(comparison, is)
              : (struct place){&comparison->text->revision->source, PLACE_FILE},
           before.data, after.data);
    buf_release(&before);
    buf_release(&after);
}

/* The messages of an article that stand in its text and are not empty. */
struct leaves {
    const struct message **message;
    size_t count;
};

/* By the tree: what was read back has no words of its own.  An empty heading says nothing. */
static bool says_nothing(const struct message *message)
{
    struct buf text = BUF_INIT;
    bool nothing;

    markdown_plain_leaf(message->leaf, &text);
    nothing = character_all_blank(buf_str(&text));
    buf_release(&text);
    return nothing;
}

static struct leaves leaves_of(const struct article *article)
{
    struct leaves leaves = {mem_alloc((article->message_count + 1) * sizeof *leaves.message), 0};

    for (size_t i = 0; i < article->message_count; i++)
        if (article->messages[i].leaf && !says_nothing(&article->messages[i]))
            leaves.message[leaves.count++] = &article->messages[i];
    return leaves;
}

/* What has no translation now says nothing else than what was frozen. */
static bool same_leaf(const struct message *is, const struct message *was)
{
    return is->untranslated || markdown_same_leaf(is->leaf, was->leaf);
}

/* Message by message: what else the source or the catalogue lacks hides no change.  Where blocks
 * were added or removed, it is unknown which belong together: the first is reported. */
static void compare_leaves(struct comparison *comparison, const struct leaves *is,
                           const struct leaves *was)
{
    size_t head = 0, tail = 0, most = is->count < was->count ? is->count : was->count;

    while (head < most && same_leaf(is->message[head], was->message[head]))
        head++;
    while (tail < most - head &&
           same_leaf(is->message[is->count - tail - 1], was->message[was->count - tail - 1]))
        tail++;
    for (size_t i = head; i + tail < is->count || i + tail < was->count; i++) {
        const struct message *now = i + tail < is->count ? is->message[i] : NULL;
        const struct message *then = i + tail < was->count ? was->message[i] : NULL;

        if (now && then && same_leaf(now, then))
            continue;
        compare_leaf(comparison, now, then);
        if (is->count != was->count)
            return;
    }
}

/* Numbers and blocks around the same words. */
static void compare_blocks(struct comparison *comparison, const struct article *is,
                           const struct article *was)
{
    const struct place place = {&comparison->text->revision->source, PLACE_FILE};
    struct buf before = BUF_INIT, after = BUF_INIT, what = BUF_INIT;

    if (markdown_lists_differ(&was->markdown, &is->markdown, &before, &after)) {
        buf_addf(&what, "the numbers of a list: [-%s-]{+%s+}", before.data, after.data);
        report_change(comparison, place, what.data);
    } else if (!markdown_same(&is->markdown, &was->markdown)) {
        report_change(comparison, place, "other blocks around the same words");
    }
    buf_release(&before);
    buf_release(&after);
    buf_release(&what);
}

static void compare_articles(struct comparison *comparison, const struct article *is,
                             const struct article *was)
{
    struct leaves now = leaves_of(is), then = leaves_of(was);

    /* Where blocks were added or removed, the text in the source's own language says so. */
    if (!comparison->text->untranslated || now.count == then.count)
        compare_leaves(comparison, &now, &then);
    if (!comparison->text->untranslated && !comparison->differences)
        compare_blocks(comparison, is, was);
    free(now.message);
    free(then.message);
}

/* The form's own sentences: templates and their catalogues may go on, but not under a text that
 * is answered. */
static void compare_forms(struct comparison *comparison)
{
    const struct frozen_text *frozen = comparison->frozen;

    if (comparison->differences || comparison->text->untranslated ||
        !comparison->options->is_offered || strcmp(comparison->text->digest, frozen->digest) == 0)
        return;
    report(comparison, (struct place){&comparison->text->revision->source, PLACE_FILE},
           frozen->words.data, comparison->text->commonmark.data);
}

/* Its editor was asked to tell it from the others, and may do so; pages keep the published id, or
 * links to it would break. */
static void report_id(struct comparison *comparison, const char *was)
{
    char *remedy = mem_printf("write <!-- id: %s -->, or leave it to the next version", was);

    finding(comparison->findings, FINDING_WARNING,
            (struct place){&comparison->text->revision->source, PLACE_FILE}, remedy,
            "a heading of version %s keeps the id \"%s\" that it was published with",
            comparison->text->revision->id, was);
    free(remedy);
}

/* Links lead to headings, from everywhere: their ids stay. */
static void compare_ids(struct comparison *comparison, const struct article *article,
                        const json_t *ids)
{
    const struct place place = {&comparison->text->revision->source, PLACE_FILE};

    for (size_t i = 0; !comparison->differences && i < article->markdown.heading_count; i++) {
        const char *id = markdown_id(article->markdown.headings[i]);
        const char *was = json_string_value(json_array_get(ids, i));

        if (strcmp(id ? id : "", was ? was : "") == 0)
            continue;
        if (!was || !text_id_is_one_of_several(ids, was))
            report(comparison, place, was ? was : "", id ? id : "");
        else if (!comparison->options->document_catalog) /* once, of the source */
            report_id(comparison, was);
    }
}

/* Words of the front matter; NULL: there are none. */
static void compare_setting(struct comparison *comparison, const char *key, const char *is)
{
    const struct message *message = article_message(comparison->article, key);
    const char *was = text_recorded(comparison->frozen->record, key);

    if (is && message && !message->untranslated && strcmp(is, was) != 0)
        report(comparison, comparison_place(comparison, message), was, is);
}

bool text_agrees(const struct text *text, const struct article *article,
                 const struct frozen_text *frozen, const struct text_options *options,
                 struct findings *findings)
{
    struct comparison comparison = {text, article, frozen, options, findings, 0, false};
    char *words = text_article(buf_str(&frozen->words), frozen->article, frozen->article_end);
    struct article was;

    text_read_back(&was, words);
    compare_setting(&comparison, "title", text->title);
    compare_setting(&comparison, "summary", text->summary);
    compare_articles(&comparison, article, &was);
    compare_ids(&comparison, article, json_object_get(frozen->record, "ids"));
    comparison_questions(&comparison);
    compare_forms(&comparison);
    article_release(&was);
    free(words);
    return comparison.differences == 0;
}

/* What reads back as something else could not be shown again as it was. */
static void report_unread(const struct comparison *comparison, const struct article *is,
                          const struct article *again)
{
    struct place place = {&comparison->text->revision->source, PLACE_FILE};

    for (size_t i = 0, w = 0; i < is->message_count && w < again->message_count; i++) {
        if (!is->messages[i].leaf)
            continue;
        if (!markdown_same_leaf(is->messages[i].leaf, again->messages[w++].leaf)) {
            place = comparison_place(comparison, &is->messages[i]);
            break;
        }
    }
    finding(
        comparison->findings, FINDING_ERROR, place,
        "simplify its markup: put spaces beside emphasis, and keep links and emphasis apart",
        "this cannot be frozen: written as CommonMark and read again, it is not the same in \"%s\"",
        comparison->text->language);
}

bool text_reads_back(const struct text *text, const struct article *article,
                     const struct text_options *options, struct findings *findings)
{
    struct comparison comparison = {text, article, NULL, options, findings, 0, false};
    char *words = text_article(buf_str(&text->commonmark), text->article, text->article_end);
    struct article again;
    bool same;

    text_read_back(&again, words);
    same = markdown_same(&again.markdown, &article->markdown);
    if (!same)
        report_unread(&comparison, article, &again);
    article_release(&again);
    free(words);
    return same;
}
