/* HTML and text are two renderings of the same slots, so that what a visitor signs
 * and what is kept cannot drift apart. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "language/language.h"
#include "link.h"
#include "markdown/east_asian.h"
#include "text_private.h"

/* jansson makes nothing of what is not UTF-8, and no slot may get lost without a word: all
 * text has been checked where it was read. */
static json_t *whole(json_t *slots)
{
    assert(slots);
    return slots;
}

json_t *text_controllers(const struct site *site)
{
    json_t *list = json_array();

    for (size_t i = 0; i < site->controller_count; i++) {
        const struct controller *who = &site->controllers[i];

        json_array_append_new(
            list, whole(json_pack("{s:s, s:s?, s:s?, s:s?, s:b}", "name", who->name, "address",
                                  who->address, "email", who->email, "phone", who->phone,
                                  "no_contact", !who->address && !who->email && !who->phone)));
    }
    return list;
}

/* The item that states a purpose, without markup. */
static char *purpose_label(const struct article *article, const struct purpose *purpose)
{
    struct buf label = BUF_INIT;

    for (size_t i = 0; i < article->mark_count; i++)
        if (article->marks[i].purpose == purpose)
            markdown_plain(article->marks[i].item, &label);
    return buf_detach(&label);
}

struct question *text_add_question(struct text *text, const struct purpose *purpose,
                                   const char *label)
{
    struct question *question;

    text->questions = mem_grow(text->questions, text->question_count, sizeof *text->questions);
    question = &text->questions[text->question_count++];
    question->purpose = purpose;
    question->label = mem_dups(label);
    question->kind = purpose->basis == BASIS_CONSENT                ? QUESTION_YES_NO
                     : purpose->basis == BASIS_LEGITIMATE_INTERESTS ? QUESTION_OBJECTION
                                                                    : QUESTION_NONE;
    return question;
}

static void add_questions(struct text *text, const struct article *article,
                          const struct purpose *purpose, const char *label)
{
    for (size_t i = 0; i < purpose->recipient_count; i++) {
        struct question *question = text_add_question(text, purpose, label);
        char *path;
        struct buf country = BUF_INIT;

        question->recipient = &purpose->recipients[i];
        question->id = mem_printf("%s.%s", purpose->id, question->recipient->id);
        language_country(text->language, question->recipient->country, &country);
        question->country = buf_detach(&country);
        path = mem_printf("purposes.%s", question->id);
        question->data = mem_dups(translated_words(article, path));
        free(path);
    }
    if (!purpose->recipient_count) {
        struct question *question = text_add_question(text, purpose, label);

        question->id = mem_dups(purpose->id);
        if (purpose->has_recipients) /* and the list is empty: nobody to provide data to */
            question->kind = QUESTION_NONE;
    }
}

static void collect_questions(struct text *text, const struct article *article)
{
    for (size_t i = 0; i < article->mark_count; i++) {
        char *label = purpose_label(article, article->marks[i].purpose);

        add_questions(text, article, article->marks[i].purpose, label);
        free(label);
    }
}

static json_t *question_slots(const struct question *question)
{
    json_t *recipient = question->recipient
                            ? json_pack("{s:s, s:s, s:s}", "name", question->recipient->name,
                                        "country", question->country, "data", question->data)
                            : json_null();

    return json_pack("{s:s, s:s, s:o}", "id", question->id, "label", question->label, "recipient",
                     recipient);
}

/* A purpose that is not asked, and why: each basis has its own sentence. */
static json_t *other_slots(const struct question *question)
{
    int basis = question->purpose->basis;

    return json_pack("{s:s, s:s, s:b, s:b, s:b, s:b, s:b}", "id", question->id, "label",
                     question->label, "no_recipients", basis == BASIS_CONSENT,
                     "legitimate_interests", basis == BASIS_LEGITIMATE_INTERESTS, "contract",
                     basis == BASIS_CONTRACT, "legal_obligation", basis == BASIS_LEGAL_OBLIGATION,
                     "not_stated", basis == BASIS_NOT_STATED);
}

static json_t *form_slots(const struct site *site, const struct text *text)
{
    json_t *questions = json_array(), *others = json_array();

    for (size_t i = 0; i < text->question_count; i++) {
        const struct question *question = &text->questions[i];

        if (question->kind == QUESTION_YES_NO)
            json_array_append_new(questions, whole(question_slots(question)));
        else
            json_array_append_new(others, whole(other_slots(question)));
    }
    return json_pack("{s:o, s:b, s:b, s:b, s:o, s:o}", "controllers", text_controllers(site),
                     "basis_assumed", text->revision->basis_assumed, "has_questions",
                     json_array_size(questions) > 0, "has_others", json_array_size(others) > 0,
                     "questions", questions, "others", others);
}

/* The title is one line, with an empty one behind it (templates/text.md). */
static const char *behind_title(const struct text *text)
{
    const char *end = strstr(text->commonmark.data, "\n\n");

    return end ? end + 2 : text->commonmark.data + text->commonmark.len;
}

bool text_render(const struct text *text, const char *article, const struct text_options *options,
                 struct buf *out, struct findings *findings)
{
    json_t *data = whole(json_pack("{s:s, s:s, s:O?}", "title", text->title, "article", article,
                                   "form", text->form));
    bool ok =
        templates_render(options->templates, "text.md", options->site_catalog, data, out, findings);

    json_decref(data);
    return ok;
}

static bool make_commonmark(struct text *text, const struct article *article,
                            const struct text_options *options, struct findings *findings)
{
    struct buf words = BUF_INIT;
    size_t article_len;
    bool ok;

    markdown_commonmark(&article->markdown, &words);
    article_len = words.len;
    ok = text_render(text, words.data, options, &text->commonmark, findings);
    buf_release(&words);
    hash_hex(buf_str(&text->commonmark), text->digest);
    text->article = strlen(text->commonmark.data) - strlen(behind_title(text));
    text->article_end = text->article + article_len;
    return ok;
}

/* The note for readers after a block that is not translated yet. */
static bool untranslated_note(const struct text *text, const struct text_options *options,
                              struct buf *out, struct findings *findings)
{
    struct buf name = BUF_INIT;
    json_t *data;
    bool ok;

    language_name(text->language, text->revision->language, &name);
    data = whole(json_pack("{s:s}", "language", name.data));
    buf_adds(out, "</span> ");
    ok = templates_render(options->templates, "parts/untranslated.html", options->site_catalog,
                          data, out, findings);
    out->len = str_trim(buf_str(out)).len;
    out->data[out->len] = '\0';
    json_decref(data);
    buf_release(&name);
    return ok;
}

/* Marks blocks in the revision's own language: screen readers change their voice. */
static bool mark_foreign(const struct text *text, const struct article *article,
                         const struct text_options *options, struct findings *findings)
{
    char *begin = mem_printf("<span lang=\"%s\">", text->revision->language);
    struct buf note = BUF_INIT;
    bool ok = !text->untranslated || untranslated_note(text, options, &note, findings);

    for (size_t i = 0; i < article->message_count; i++) {
        const struct message *message = &article->messages[i];

        if (message->leaf && (message->untranslated || message->skipped))
            markdown_wrap(message->leaf, begin, message->untranslated ? note.data : "</span>");
    }
    buf_release(&note);
    free(begin);
    return ok;
}

static void add_heading_phrase(void *context, struct str phrase)
{
    struct buf *out = context;

    if (out->len)
        buf_adds(out, "<wbr>");
    html_text(out, phrase);
}

static char *lead(void *context, const char *url)
{
    const struct text_options *options = context;

    return link_address(options->site, options->document, options->language, url);
}

bool text_make_html(struct text *text, const struct article *article,
                    const struct text_options *options, struct findings *findings)
{
    bool foreign = strcmp(text->language, text->revision->language) != 0;

    html_text(&text->heading, str_of(text->title));
    for (size_t i = 0; i < article->message_count; i++)
        if (article->messages[i].leaf)
            markdown_links(article->messages[i].leaf, lead, (void *)options);
    if (foreign && !mark_foreign(text, article, options, findings))
        return false;
    if (language_breaks_phrases(text->language)) {
        break_headings(article);
        buf_reset(&text->heading);
        east_asian_phrases(str_of(text->title), add_heading_phrase, &text->heading);
    }
    markdown_html(&article->markdown, &text->html);
    return true;
}

void text_make_form(struct text *text, const struct text_options *options)
{
    if (text->question_count)
        text->form = whole(form_slots(options->site, text));
}

/* Of the words that the article has now. */
static bool make_of_words(struct text *text, const struct article *article,
                          const struct text_options *options, struct findings *findings)
{
    text->untranslated = untranslated_count(article);
    text->title_is_foreign = article->messages[0].untranslated;
    text->title = mem_dups(translated_words(article, "title"));
    if (text->revision->summary)
        text->summary = mem_dups(translated_words(article, "summary"));
    collect_questions(text, article);
    text_make_form(text, options);
    return make_commonmark(text, article, options, findings);
}

/* A language in progress does not stop a build: where a translation has errors, the source's words
 * are kept. */
static bool put_translations(struct article *article, const struct text_options *options,
                             struct findings *findings)
{
    enum severity lacking = options->allow_untranslated ? FINDING_WARNING : FINDING_ERROR;
    struct findings before;

    if (!options->in_progress)
        return translate(article, options->document_catalog, lacking, findings);
    before = findings_demote(findings);
    translate(article, options->document_catalog, lacking, findings);
    findings_promote(findings, &before);
    translate_back_faulty(article);
    return true;
}

static bool make_of_source(struct text *text, struct article *article,
                           const struct text_options *options, struct findings *findings)
{
    return put_translations(article, options, findings) &&
           make_of_words(text, article, options, findings);
}

static bool can_be_frozen(struct text *text, const struct article *article,
                          const struct text_options *options, struct findings *findings)
{
    if (!options->freezes)
        return true;
    text->record = text_record(text, article);
    return text_reads_back(text, article, options, findings);
}

/* All but revision, language and topics. */
static void forget(struct text *text)
{
    struct text kept = {.revision = text->revision,
                        .language = text->language,
                        .topics = text->topics,
                        .heading = BUF_INIT,
                        .html = BUF_INIT,
                        .commonmark = BUF_INIT};

    text_release(text);
    *text = kept;
}

/* Made of the source and frozen again: as a whole, whatever it was before. */
static bool correct(struct text *text, struct article *article, const struct text_options *options,
                    struct findings *findings)
{
    forget(text);
    return make_of_source(text, article, options, findings) &&
           can_be_frozen(text, article, options, findings) &&
           text_make_html(text, article, options, findings);
}

/* In a language in progress the frozen words stay, whatever its catalogue says now. */
static bool keeps_frozen(struct text *text, const struct article *article,
                         const struct frozen_text *frozen, const struct text_options *options,
                         struct findings *findings)
{
    struct findings before;

    if (!options->in_progress)
        return text_agrees(text, article, frozen, options, findings);
    before = findings_demote(findings);
    text_agrees(text, article, frozen, options, findings);
    findings_promote(findings, &before);
    return true;
}

/* What was frozen counts; its source may lack a translation by now, but not say another thing,
 * whatever else is wrong with it. */
static bool make_frozen(struct text *text, struct article *article,
                        const struct frozen_text *frozen, const struct text_options *options,
                        struct findings *findings)
{
    struct findings quiet = {.out = NULL};
    size_t errors = findings->errors;
    bool is_behind;

    translate(article, options->document_catalog, FINDING_WARNING, &quiet);
    if (!make_of_words(text, article, options, findings))
        return false;
    is_behind = text->untranslated > 0;
    if (!keeps_frozen(text, article, frozen, options, findings))
        return findings->errors == errors && correct(text, article, options, findings);
    forget(text);
    text->is_behind = is_behind;
    return text_thaw(text, frozen, options, findings);
}

bool text_make(struct text *text, struct article *article, const struct text_options *options,
               struct findings *findings)
{
    const struct frozen_text *frozen =
        options->frozen ? frozen_find(options->frozen, options->language) : NULL;

    *text = (struct text){.revision = article->revision,
                          .language = options->language,
                          .topics = article->topics,
                          .heading = BUF_INIT,
                          .html = BUF_INIT,
                          .commonmark = BUF_INIT};
    if (frozen ? !make_frozen(text, article, frozen, options, findings)
               : !(make_of_source(text, article, options, findings) &&
                   can_be_frozen(text, article, options, findings) &&
                   text_make_html(text, article, options, findings)))
        return false;
    text->notes = translators_notes(article, options->document_catalog);
    return true;
}

void text_release(struct text *text)
{
    for (size_t i = 0; i < text->question_count; i++) {
        free(text->questions[i].id);
        free(text->questions[i].label);
        free(text->questions[i].country);
        free(text->questions[i].data);
    }
    free(text->questions);
    free(text->title);
    free(text->summary);
    buf_release(&text->heading);
    buf_release(&text->html);
    buf_release(&text->commonmark);
    json_decref(text->form);
    json_decref(text->record);
    json_decref(text->notes);
    *text = (struct text){0};
}
