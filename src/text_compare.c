/* Whether a text still says what was frozen, and what of it reads back. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "redline.h"
#include "text_private.h"

/* Adds the character that a reference of html_text() stands for; returns its length. */
static size_t add_character(const char *html, struct buf *out)
{
    static const struct {
        const char *reference;
        char character;
    } rows[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strncmp(html, rows[i].reference, strlen(rows[i].reference)) == 0) {
            buf_addc(out, rows[i].character);
            return strlen(rows[i].reference);
        }
    buf_addc(out, *html);
    return 1;
}

/* The words of a redline around its first change, for a terminal: [-old-]{+new+}. */
static char *difference(const char *before, const char *after)
{
    enum { AROUND = 60, LONGEST = 400 };
    static const struct {
        const char *tag, *mark;
    } marks[] = {{"<del>", "[-"}, {"</del>", "-]"}, {"<ins>", "{+"}, {"</ins>", "+}"}};
    struct redline_options options = {.language = "en"};
    struct redline redline;
    struct buf out = BUF_INIT;
    const char *html;
    size_t from, len;
    char *part;

    redline_make(&redline, before, after, &options);
    for (html = redline.html.data; *html;) {
        size_t skip = *html == '<' ? strcspn(html, ">") + 1 : 1;

        if (*html == '&')
            skip = add_character(html, &out);
        else if (*html != '<')
            buf_addc(&out, *html == '\n' ? ' ' : *html);
        for (size_t i = 0; *html == '<' && i < sizeof marks / sizeof *marks; i++)
            if (strncmp(html, marks[i].tag, strlen(marks[i].tag)) == 0)
                buf_adds(&out, marks[i].mark);
        html += skip;
    }
    from = strcspn(out.data, "[{");
    from = from > AROUND ? from - AROUND : 0;
    while (from < out.len && ((unsigned char)out.data[from] & 0xc0) == 0x80)
        from++;
    len = out.len - from < LONGEST ? out.len - from : LONGEST;
    while (len && ((unsigned char)out.data[from + len] & 0xc0) == 0x80)
        len--;
    part = mem_printf(
        "%s%.*s%s", from ? "…" : "", (int)str_trim((struct str){out.data + from, len}).len,
        str_trim((struct str){out.data + from, len}).data, from + len < out.len ? "…" : "");
    redline_release(&redline);
    buf_release(&out);
    return part;
}

struct comparison {
    const struct text *text;
    const struct text_options *options;
    struct findings *findings;
    size_t differences;
};

static void report(struct comparison *comparison, struct place place, const char *before,
                   const char *after)
{
    bool corrects = comparison->options->corrects;
    char *what = difference(before, after);

    comparison->differences++;
    finding(comparison->findings, corrects ? FINDING_WARNING : FINDING_ERROR, place,
            corrects ? "it is frozen anew, and the history says so"
                     : "undo it; a new revision's own words go apart with <!-- context: … --> "
                       "before the block; a slip in the published words is corrected with teade "
                       "publish --erratum \"why\"",
            corrects ? "revision %s of \"%s\" is corrected in \"%s\": %s"
                     : "revision %s of \"%s\" is published and its words in \"%s\" are frozen: %s",
            comparison->text->revision->id, comparison->options->document,
            comparison->text->language, what);
    free(what);
}

/* What is asked is no slip: answers were given to it. */
static void report_question(struct comparison *comparison, struct place place, const char *before,
                            const char *after)
{
    char *what = difference(before, after);

    comparison->differences++;
    finding(comparison->findings, FINDING_ERROR, place,
            "undo the change and make a new revision of it",
            "revision %s of \"%s\" is published and what it asks in \"%s\" is frozen: %s",
            comparison->text->revision->id, comparison->options->document,
            comparison->text->language, what);
    free(what);
}

/* Where the words of a message come from in the text's language. */
static struct place place_of(const struct comparison *comparison, const struct message *message)
{
    const struct entry *entry =
        comparison->options->document_catalog && !message->skipped
            ? catalog_find(comparison->options->document_catalog, message->context, message->msgid)
            : NULL;

    return entry ? entry->place : message->place;
}

static const struct message *message_at(const struct article *article, const char *path)
{
    for (size_t i = 0; i < article->message_count; i++)
        if (strcmp(article->messages[i].path, path) == 0)
            return &article->messages[i];
    return NULL;
}

static void compare_leaf(struct comparison *comparison, const struct message *is,
                         const struct message *was)
{
    struct buf before = BUF_INIT, after = BUF_INIT;

    if (was)
        markdown_leaf_text(was->leaf, &before);
    if (is)
        markdown_leaf_text(is->leaf, &after);
    report(comparison,
           is ? place_of(comparison, is)
              : (struct place){&comparison->text->revision->source, PLACE_FILE},
           before.data, after.data);
    buf_release(&before);
    buf_release(&after);
}

/* From one leaf that differs on, they may all: that one is told. */
static void compare_articles(struct comparison *comparison, const struct article *is,
                             const struct article *was)
{
    size_t w = 0;

    if (markdown_same(&is->markdown, &was->markdown))
        return;
    for (size_t i = 0; i < is->message_count; i++) {
        const struct message *message = &is->messages[i];

        if (!message->leaf)
            continue;
        if (w == was->message_count || !markdown_same_leaf(message->leaf, was->messages[w].leaf)) {
            compare_leaf(comparison, message, w < was->message_count ? &was->messages[w] : NULL);
            return;
        }
        w++;
    }
    if (w < was->message_count)
        compare_leaf(comparison, NULL, &was->messages[w]);
    else
        report(comparison, (struct place){&comparison->text->revision->source, PLACE_FILE},
               "blocks", "other blocks around the same words");
}

/* What a question says besides its label, which is in the article, on one line. */
static char *question_line(const char *id, const char *basis, const char *recipient,
                           const char *country, const char *data)
{
    return mem_printf("%s: %s, %s, %s, %s", id, basis, recipient, country, data);
}

static void compare_question(struct comparison *comparison, const struct question *is,
                             const json_t *was)
{
    const struct recipient *recipient = is ? is->recipient : NULL;
    char *before = was ? question_line(text_recorded(was, "id"), text_recorded(was, "basis"),
                                       text_recorded(was, "recipient"),
                                       text_recorded(was, "country"), text_recorded(was, "data"))
                       : mem_dups("");
    char *after = is ? question_line(is->id, basis_names[is->purpose->basis],
                                     recipient ? recipient->name : "",
                                     recipient ? recipient->country : "", is->data ? is->data : "")
                     : mem_dups("");
    struct place place = recipient ? recipient->place
                         : is      ? is->purpose->place
                              : yaml_place(comparison->text->revision->front_matter, "purposes");

    if (strcmp(before, after) != 0)
        report_question(comparison, place, before, after);
    free(before);
    free(after);
}

static void compare_questions(struct comparison *comparison, const json_t *was)
{
    const struct text *text = comparison->text;
    size_t count = json_array_size(was);

    for (size_t i = 0; i < text->question_count || i < count; i++)
        compare_question(comparison, i < text->question_count ? &text->questions[i] : NULL,
                         i < count ? json_array_get(was, i) : NULL);
}

/* The form's own sentences: templates and their catalogues may go on, but not under a text that
 * is answered. */
static void compare_forms(struct comparison *comparison, const struct frozen_text *frozen)
{
    if (comparison->differences || !comparison->options->is_offered ||
        strcmp(comparison->text->digest, frozen->digest) == 0)
        return;
    report(comparison, (struct place){&comparison->text->revision->source, PLACE_FILE},
           frozen->words.data, comparison->text->commonmark.data);
}

/* Links lead to headings, from everywhere: their ids stay. */
static void compare_ids(struct comparison *comparison, const struct article *article,
                        const json_t *ids)
{
    for (size_t i = 0; !comparison->differences && i < article->markdown.heading_count; i++) {
        const char *id = markdown_id(article->markdown.headings[i]);
        const char *was = json_string_value(json_array_get(ids, i));

        if (strcmp(id ? id : "", was ? was : "") != 0)
            report(comparison, (struct place){&comparison->text->revision->source, PLACE_FILE},
                   was ? was : "", id ? id : "");
    }
}

bool text_agrees(const struct text *text, const struct article *article,
                 const struct frozen_text *frozen, const struct text_options *options,
                 struct findings *findings)
{
    struct comparison comparison = {text, options, findings, 0};
    char *words = text_article(buf_str(&frozen->words), frozen->article, frozen->article_end);
    struct article was;

    text_read_back(&was, words);
    if (strcmp(text->title, text_recorded(frozen->record, "title")) != 0)
        report(&comparison, place_of(&comparison, message_at(article, "title")),
               text_recorded(frozen->record, "title"), text->title);
    if (text->summary && strcmp(text->summary, text_recorded(frozen->record, "summary")) != 0)
        report(&comparison, place_of(&comparison, message_at(article, "summary")),
               text_recorded(frozen->record, "summary"), text->summary);
    compare_articles(&comparison, article, &was);
    compare_ids(&comparison, article, json_object_get(frozen->record, "ids"));
    compare_questions(&comparison, json_object_get(frozen->record, "questions"));
    compare_forms(&comparison, frozen);
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
            place = place_of(comparison, &is->messages[i]);
            break;
        }
    }
    finding(comparison->findings, FINDING_ERROR, place,
            "simplify its markup: spaces beside emphasis, links and emphasis apart",
            "written down as CommonMark, this does not read back the same in \"%s\", so it cannot "
            "be frozen",
            comparison->text->language);
}

bool text_reads_back(const struct text *text, const struct article *article,
                     const struct text_options *options, struct findings *findings)
{
    struct comparison comparison = {text, options, findings, 0};
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
