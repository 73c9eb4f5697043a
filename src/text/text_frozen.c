#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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
void text_read_back(struct article *article, const char *words)
{
    struct reading reading = {.article = article};

    *article = (struct article){.severity = FINDING_ERROR};
    markdown_parse(&article->markdown, str_of(words));
    markdown_walk(&article->markdown, take_block, &reading);
    for (size_t i = 0; i < reading.separator_count; i++)
        markdown_remove(reading.separators[i]);
    free(reading.separators);
}

char *text_article(struct str words, size_t from, size_t to)
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

/* The leaves, counted from 0, that are in the revision's own language on purpose. */
struct listing {
    const struct article *article;
    json_t *list;
    json_int_t leaf;
    size_t message; /* the next one: they are in the order of their leaves */
};

static bool is_skipped(struct listing *listing, const struct cmark_node *leaf)
{
    const struct article *article = listing->article;

    while (listing->message < article->message_count && !article->messages[listing->message].leaf)
        listing->message++; /* front matter */
    return listing->message < article->message_count &&
           article->messages[listing->message].leaf == leaf &&
           article->messages[listing->message++].skipped;
}

static void list_foreign(void *context, const struct markdown_event *event)
{
    struct listing *listing = context;

    if (event->kind != MARKDOWN_LEAF)
        return;
    if (is_skipped(listing, event->node))
        json_array_append_new(listing->list, json_integer(listing->leaf));
    listing->leaf++;
}

json_t *text_record(const struct text *text, const struct article *article)
{
    json_t *ids = json_array(), *questions = json_array();
    struct listing foreign = {article, json_array(), 0, 0};

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

/* Thawing */

const char *text_recorded(const json_t *record, const char *key)
{
    const char *text = json_string_value(json_object_get(record, key));

    return text ? text : "";
}

static bool thaw_question(struct text *text, const json_t *record)
{
    const char *id = text_recorded(record, "id");
    struct str purpose_id = {id, strcspn(id, ".")};
    const struct purpose *purpose = revision_purpose(text->revision, purpose_id);
    struct question *question;

    if (!purpose)
        return false;
    question = text_add_question(text, purpose, text_recorded(record, "label"));
    question->id = mem_dups(id);
    if (!id[purpose_id.len]) {
        if (purpose->has_recipients)
            question->kind = QUESTION_NONE;
        return true;
    }
    for (size_t i = 0; i < purpose->recipient_count; i++)
        if (strcmp(purpose->recipients[i].id, id + purpose_id.len + 1) == 0)
            question->recipient = &purpose->recipients[i];
    question->country = mem_dups(text_recorded(record, "country_name"));
    question->data = mem_dups(text_recorded(record, "data"));
    return question->recipient != NULL;
}

static bool thaw_questions(struct text *text, const json_t *list)
{
    bool ok = true;

    for (size_t i = 0; i < json_array_size(list) && ok; i++)
        ok = thaw_question(text, json_array_get(list, i));
    return ok;
}

bool text_render_frozen(const struct text *text, const struct frozen_text *frozen,
                        const struct text_options *options, struct buf *out,
                        struct findings *findings)
{
    struct text then = {.revision = text->revision,
                        .language = text->language,
                        .title = mem_dups(text_recorded(frozen->record, "title")),
                        .heading = BUF_INIT,
                        .html = BUF_INIT,
                        .commonmark = BUF_INIT};
    char *words = text_article(buf_str(&frozen->words), frozen->article, frozen->article_end);
    bool ok = thaw_questions(&then, json_object_get(frozen->record, "questions"));

    text_make_form(&then, options);
    ok = ok && text_render(&then, words, options, out, findings);
    text_release(&then);
    free(words);
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

/* The form on a page is made of today's templates and catalogues; under a text that is answered
 * it must say what the text says. */
static bool form_is_frozen(const struct text *text, const struct frozen_text *frozen,
                           const char *article, const struct text_options *options,
                           struct findings *findings)
{
    struct buf words = BUF_INIT;
    bool ok = !options->is_offered || (text_render(text, article, options, &words, findings) &&
                                       str_equal(buf_str(&words), buf_str(&frozen->words)));

    buf_release(&words);
    if (!ok)
        finding(findings, FINDING_ERROR, (struct place){&text->revision->source, PLACE_FILE},
                "restore the form's sentences (templates, site.po) and the controllers "
                "(site.yaml), or complete the translation of the version and publish an erratum",
                "version %s is published, and its form in \"%s\" would have other words",
                text->revision->id, text->language);
    return ok;
}

/* Whether `id` is `name` with a number behind it. */
static bool is_numbered(const char *id, const char *name)
{
    size_t len = strlen(name);

    return strncmp(id, name, len) == 0 && id[len] == '-' && id[len + 1] &&
           !id[len + 1 + strspn(id + len + 1, "0123456789")];
}

bool text_id_is_one_of_several(const json_t *ids, const char *id)
{
    const json_t *item;
    size_t i;

    json_array_foreach(ids, i, item)
    {
        const char *other = json_string_value(item);

        if (other && (is_numbered(id, other) || is_numbered(other, id)))
            return true;
    }
    return false;
}

bool text_thaw(struct text *text, const struct frozen_text *frozen,
               const struct text_options *options, struct findings *findings)
{
    const json_t *record = frozen->record;
    char *words = text_article(buf_str(&frozen->words), frozen->article, frozen->article_end);
    struct article article;
    bool ok;

    text->is_frozen = true;
    text->title = mem_dups(text_recorded(record, "title"));
    if (text->revision->summary)
        text->summary = mem_dups(text_recorded(record, "summary"));
    buf_addstr(&text->commonmark, buf_str(&frozen->words));
    text->article = frozen->article;
    text->article_end = frozen->article_end;
    strcpy(text->digest, frozen->digest);
    text_read_back(&article, words);
    set_ids(&article.markdown, json_object_get(record, "ids"));
    set_skipped(&article, json_object_get(record, "foreign"));
    ok = thaw_questions(text, json_object_get(record, "questions"));
    if (!ok)
        finding(findings, FINDING_ERROR, yaml_place(text->revision->front_matter, "purposes"),
                "restore the purposes and recipients that it was published with",
                "version %s is published, and its questions are frozen", text->revision->id);
    text_make_form(text, options);
    ok = ok && form_is_frozen(text, frozen, words, options, findings);
    ok = ok && text_make_html(text, &article, options, findings);
    article_release(&article);
    free(words);
    return ok;
}
