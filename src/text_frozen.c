#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "redline.h"
#include "text_private.h"

/* Reading an article back.  It is an article like any other, but for its messages: one per leaf,
 * without msgids. */

struct reading {
    struct article *article;
    struct cmark_node **separators; /* cmark puts a comment between two lists */
    size_t separator_count;
};

static void take_block(void *context, const struct markdown_event *event)
{
    struct reading *reading = context;
    struct article *article = reading->article;

    if (event->kind == MARKDOWN_LEAF) {
        article->messages =
            mem_grow(article->messages, article->message_count, sizeof *article->messages);
        article->messages[article->message_count++].leaf = event->node;
    } else if (event->kind == MARKDOWN_DIRECTIVE && str_is(event->key, "end list")) {
        reading->separators =
            mem_grow(reading->separators, reading->separator_count, sizeof *reading->separators);
        reading->separators[reading->separator_count++] = event->node;
    }
}

/* `words` must outlive the article. */
static void read_back(struct article *article, const char *words)
{
    struct reading reading = {.article = article};

    *article = (struct article){.severity = FINDING_ERROR};
    markdown_parse(&article->markdown, str_of(words));
    markdown_walk(&article->markdown, take_block, &reading);
    for (size_t i = 0; i < reading.separator_count; i++)
        markdown_remove(reading.separators[i]);
    free(reading.separators);
}

static char *article_of(struct str words, size_t from, size_t to)
{
    return mem_dup(words.data + from, to - from);
}

/* The record */

static json_t *question_record(const struct question *question)
{
    const struct recipient *recipient = question->recipient;

    return json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*}", "id", question->id, "basis",
                     basis_names[question->purpose->basis], "label", question->label, "recipient",
                     recipient ? recipient->name : NULL, "country",
                     recipient ? recipient->country : NULL, "country_name", question->country,
                     "data", question->data);
}

static bool is_skipped(const struct article *article, const struct cmark_node *leaf)
{
    for (size_t i = 0; i < article->message_count; i++)
        if (article->messages[i].leaf == leaf)
            return article->messages[i].skipped;
    return false;
}

/* The leaves, counted from 0, that are in the revision's own language on purpose. */
struct listing {
    const struct article *article;
    json_t *list;
    json_int_t leaf;
};

static void list_foreign(void *context, const struct markdown_event *event)
{
    struct listing *listing = context;

    if (event->kind != MARKDOWN_LEAF)
        return;
    if (is_skipped(listing->article, event->node))
        json_array_append_new(listing->list, json_integer(listing->leaf));
    listing->leaf++;
}

json_t *text_record(const struct text *text, const struct article *article)
{
    json_t *ids = json_array(), *questions = json_array();
    struct listing foreign = {article, json_array(), 0};

    for (size_t i = 0; i < article->markdown.heading_count; i++) {
        const char *id = markdown_id(article->markdown.headings[i]);

        json_array_append_new(ids, id ? json_string(id) : json_null());
    }
    for (size_t i = 0; i < text->question_count; i++)
        json_array_append_new(questions, question_record(&text->questions[i]));
    markdown_walk(&article->markdown, list_foreign, &foreign);
    return json_pack("{s:s, s:s, s:[I, I], s:s, s:s*, s:o, s:o, s:o}", "language", text->language,
                     "digest", text->digest, "article", (json_int_t)text->article,
                     (json_int_t)text->article_end, "title", text->title, "summary", text->summary,
                     "ids", ids, "foreign", foreign.list, "questions", questions);
}

/* Comparing */

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

        if (*html != '<')
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
    char *what = difference(before, after);

    comparison->differences++;
    finding(comparison->findings, comparison->options->corrects ? FINDING_WARNING : FINDING_ERROR,
            place,
            comparison->options->corrects
                ? "it is frozen anew, and the history says so"
                : "undo the change and make a new revision of it; or correct the published words "
                  "with teade publish --erratum \"why\"",
            "revision %s of \"%s\" is published and its words in \"%s\" are frozen: %s",
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

static const char *recorded(const json_t *record, const char *key)
{
    const char *text = json_string_value(json_object_get(record, key));

    return text ? text : "";
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
    char *before =
        was ? question_line(recorded(was, "id"), recorded(was, "basis"), recorded(was, "recipient"),
                            recorded(was, "country"), recorded(was, "data"))
            : mem_dups("");
    char *after = is ? question_line(is->id, basis_names[is->purpose->basis],
                                     recipient ? recipient->name : "",
                                     recipient ? recipient->country : "", is->data ? is->data : "")
                     : mem_dups("");
    struct place place = recipient ? recipient->place
                         : is      ? is->purpose->place
                              : yaml_place(comparison->text->revision->front_matter, "purposes");

    if (strcmp(before, after) != 0)
        report(comparison, place, before, after);
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

bool text_agrees(const struct text *text, const struct article *article,
                 const struct frozen_text *frozen, const struct text_options *options,
                 struct findings *findings)
{
    struct comparison comparison = {text, options, findings, 0};
    char *words = article_of(buf_str(&frozen->words), frozen->article, frozen->article_end);
    struct article was;

    read_back(&was, words);
    if (strcmp(text->title, recorded(frozen->record, "title")) != 0)
        report(&comparison, place_of(&comparison, message_at(article, "title")),
               recorded(frozen->record, "title"), text->title);
    compare_articles(&comparison, article, &was);
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
    char *words = article_of(buf_str(&text->commonmark), text->article, text->article_end);
    struct article again;
    bool same;

    read_back(&again, words);
    same = markdown_same(&again.markdown, &article->markdown);
    if (!same)
        report_unread(&comparison, article, &again);
    article_release(&again);
    free(words);
    return same;
}

/* Thawing */

static bool thaw_question(struct text *text, const json_t *record)
{
    const char *id = recorded(record, "id");
    struct str purpose_id = {id, strcspn(id, ".")};
    const struct purpose *purpose = revision_purpose(text->revision, purpose_id);
    struct question *question;

    if (!purpose)
        return false;
    question = text_add_question(text, purpose, recorded(record, "label"));
    question->id = mem_dups(id);
    if (!id[purpose_id.len]) {
        if (purpose->has_recipients)
            question->kind = QUESTION_NONE;
        return true;
    }
    for (size_t i = 0; i < purpose->recipient_count; i++)
        if (strcmp(purpose->recipients[i].id, id + purpose_id.len + 1) == 0)
            question->recipient = &purpose->recipients[i];
    question->country = mem_dups(recorded(record, "country_name"));
    question->data = mem_dups(recorded(record, "data"));
    return question->recipient != NULL;
}

static bool thaw_questions(struct text *text, const json_t *list)
{
    bool ok = true;

    for (size_t i = 0; i < json_array_size(list) && ok; i++)
        ok = thaw_question(text, json_array_get(list, i));
    return ok;
}

static void set_ids(const struct markdown *markdown, const json_t *ids)
{
    for (size_t i = 0; i < markdown->heading_count; i++)
        markdown_set_id(markdown->headings[i], json_string_value(json_array_get(ids, i)));
}

static void set_skipped(const struct article *article, const json_t *foreign)
{
    for (size_t i = 0; i < json_array_size(foreign); i++) {
        size_t leaf = (size_t)json_integer_value(json_array_get(foreign, i));

        if (leaf < article->message_count)
            article->messages[leaf].skipped = true;
    }
}

bool text_thaw(struct text *text, const struct frozen_text *frozen,
               const struct text_options *options, struct findings *findings)
{
    const json_t *record = frozen->record;
    char *words = article_of(buf_str(&frozen->words), frozen->article, frozen->article_end);
    struct article article;
    bool ok;

    text->is_frozen = true;
    text->title = mem_dups(recorded(record, "title"));
    if (!text->summary && text->revision->summary)
        text->summary = mem_dups(recorded(record, "summary"));
    buf_addstr(&text->commonmark, buf_str(&frozen->words));
    text->article = frozen->article;
    text->article_end = frozen->article_end;
    strcpy(text->digest, frozen->digest);
    read_back(&article, words);
    set_ids(&article.markdown, json_object_get(record, "ids"));
    set_skipped(&article, json_object_get(record, "foreign"));
    ok = thaw_questions(text, json_object_get(record, "questions"));
    if (!ok)
        finding(findings, FINDING_ERROR, yaml_place(text->revision->front_matter, "purposes"),
                "bring the purposes and recipients back that it was published with",
                "revision %s is published, and what it asks is frozen", text->revision->id);
    text_make_form(text, options);
    ok = ok && text_make_html(text, &article, options, findings);
    article_release(&article);
    free(words);
    return ok;
}
