/* Whether a text still asks what was frozen.  Answers were given to these words and go on counting,
 * so that no erratum changes them, not by a letter: what is asked otherwise is another version. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text_comparison.h"

/* An error, also where an erratum corrects.  `language` is the text's, or NULL: it is the same in
 * all of them; `name` is of the question, or of what the change is in. */
static void report_change(struct comparison *comparison, struct place place, const char *language,
                          const char *name, const char *before, const char *after)
{
    char *where = language ? mem_printf(" in \"%s\"", language) : mem_dups("");
    char *what = text_difference(before, after);

    comparison->differences++;
    finding(comparison->findings, FINDING_ERROR, place,
            "undo it; other words, even to correct a mistake, need a new version (teade revise) of "
            "class editorial, notify or reconsent; where both versions share a message, put <!-- "
            "context: … --> before the new block",
            "version %s of \"%s\" is published and its questions%s are frozen: %s: %s",
            comparison->text->revision->id, comparison->options->document, where, name, what);
    free(what);
    free(where);
}

/* What the record says of a question, or NULL. */
static const json_t *record_of(const struct comparison *comparison, const char *id)
{
    const json_t *list = json_object_get(comparison->frozen->record, "questions"), *record;
    size_t i;

    json_array_foreach(list, i,
                       record) if (strcmp(text_recorded(record, "id"), id) == 0) return record;
    return NULL;
}

static const struct question *question_of(const struct text *text, const char *id)
{
    for (size_t i = 0; i < text->question_count; i++)
        if (strcmp(text->questions[i].id, id) == 0)
            return &text->questions[i];
    return NULL;
}

/* Its words */

static const struct purpose_mark *mark_of(const struct comparison *comparison,
                                          const struct purpose *purpose)
{
    const struct article *article = comparison->article;

    for (size_t i = 0; i < article->mark_count; i++)
        if (article->marks[i].purpose == purpose)
            return &article->marks[i];
    return NULL;
}

/* The first message of a question's label: all of it is translated, or NULL. */
static const struct message *label_message(const struct comparison *comparison,
                                           const struct question *question)
{
    const struct purpose_mark *mark = mark_of(comparison, question->purpose);
    const struct message *first = NULL;

    for (size_t i = 0; mark && i < comparison->article->message_count; i++) {
        const struct message *message = &comparison->article->messages[i];

        if (!message->leaf || !markdown_is_within(message->leaf, mark->item))
            continue;
        if (message->untranslated)
            return NULL;
        if (!first)
            first = message;
    }
    return first;
}

/* What is stated and not asked has no answers. */
static bool label_differs(const struct comparison *comparison, const struct question *question)
{
    const json_t *was = record_of(comparison, question->id);

    return was && question->kind != QUESTION_NONE &&
           strcmp(question->label, text_recorded(was, "label")) != 0 &&
           label_message(comparison, question);
}

static void report_label(struct comparison *comparison, const struct question *question,
                         const struct message *message)
{
    report_change(comparison, comparison_place(comparison, message), comparison->text->language,
                  question->purpose->id,
                  text_recorded(record_of(comparison, question->id), "label"), question->label);
}

bool comparison_label(struct comparison *comparison, const struct message *leaf)
{
    const struct text *text = comparison->text;

    for (size_t i = 0; i < text->question_count; i++) {
        const struct question *question = &text->questions[i];
        const struct purpose_mark *mark = mark_of(comparison, question->purpose);

        if (!mark || !markdown_is_within(leaf->leaf, mark->item) ||
            !label_differs(comparison, question))
            continue;
        comparison->label_reported = true;
        report_label(comparison, question, leaf);
        return true;
    }
    return false;
}

/* Where no leaf has told so: a purpose is stated by another item.  All recipients of a purpose
 * share its label: the first one is reported. */
static void compare_labels(struct comparison *comparison)
{
    const struct text *text = comparison->text;
    const struct purpose *last = NULL;

    for (size_t i = 0; !comparison->label_reported && i < text->question_count; i++) {
        const struct question *question = &text->questions[i];

        if (question->purpose != last && label_differs(comparison, question))
            report_label(comparison, question, label_message(comparison, question));
        last = question->purpose;
    }
}

/* What has no translation now says nothing else than what was frozen. */
static void compare_data(struct comparison *comparison, const struct question *is,
                         const json_t *was)
{
    char *path = mem_printf("purposes.%s", is->id);
    const struct message *message = article_message(comparison->article, path);
    const char *before = text_recorded(was, "data"), *after = is->data ? is->data : "";

    free(path);
    if (message && !message->untranslated && strcmp(before, after) != 0)
        report_change(comparison, comparison_place(comparison, message), comparison->text->language,
                      is->id, before, after);
}

/* What is the same in all languages */

/* On one line; of a purpose without a recipient that is its basis. */
static char *facts_line(const char *basis, const char *recipient, const char *country)
{
    return *recipient ? mem_printf("%s, %s, %s", basis, recipient, country) : mem_dups(basis);
}

static char *facts_now(const struct question *question)
{
    const struct recipient *recipient = question ? question->recipient : NULL;

    return facts_line(question ? basis_names[question->purpose->basis] : "",
                      recipient ? recipient->name : "", recipient ? recipient->country : "");
}

/* One of both may be NULL: it was added, or removed. */
static void compare_facts(struct comparison *comparison, const struct question *is,
                          const json_t *was)
{
    char *before = facts_line(text_recorded(was, "basis"), text_recorded(was, "recipient"),
                              text_recorded(was, "country"));
    char *after = facts_now(is);
    struct place place = !is ? yaml_place(comparison->text->revision->front_matter, "purposes")
                         : is->recipient ? is->recipient->place
                                         : is->purpose->place;

    if (strcmp(before, after) != 0)
        report_change(comparison, place, NULL, is ? is->id : text_recorded(was, "id"), before,
                      after);
    free(before);
    free(after);
}

static void compare_order(struct comparison *comparison)
{
    const json_t *list = json_object_get(comparison->frozen->record, "questions");
    const struct text *text = comparison->text;
    struct buf before = BUF_INIT, after = BUF_INIT;

    for (size_t i = 0; i < text->question_count; i++) {
        buf_addf(&before, "%s%s", i ? ", " : "", text_recorded(json_array_get(list, i), "id"));
        buf_addf(&after, "%s%s", i ? ", " : "", text->questions[i].id);
    }
    if (!str_equal(buf_str(&before), buf_str(&after)))
        report_change(comparison, yaml_place(text->revision->front_matter, "purposes"), NULL,
                      "the order", before.data, after.data);
    buf_release(&before);
    buf_release(&after);
}

static void compare_all_facts(struct comparison *comparison)
{
    const json_t *list = json_object_get(comparison->frozen->record, "questions"), *was;
    const struct text *text = comparison->text;
    size_t i, before = comparison->differences;

    for (i = 0; i < text->question_count; i++) {
        was = record_of(comparison, text->questions[i].id);
        compare_facts(comparison, &text->questions[i], was);
        if (was)
            compare_data(comparison, &text->questions[i], was);
    }
    json_array_foreach(list, i, was) if (!question_of(text, text_recorded(was, "id")))
        compare_facts(comparison, NULL, was);
    if (comparison->differences == before)
        compare_order(comparison);
}

/* The form's sentences around it */

/* The lines behind a question's label and id (templates/text.md); all of the form where a site's
 * own template has none such. */
static struct str sentences_of(struct str form, const char *id)
{
    char *mark = mem_printf("(`%s`)\\\n", id), *found = strstr(form.data, mark);
    struct str item = form;

    if (found) {
        item.data = found + strlen(mark);
        item.len = 0;
        while (strncmp(item.data + item.len, "  ", 2) == 0)
            item.len += strcspn(item.data + item.len, "\n") + 1;
    }
    free(mark);
    return item;
}

static bool compare_sentences(struct comparison *comparison, const char *id, struct str before,
                              struct str after)
{
    struct str was = sentences_of(before, id), is = sentences_of(after, id);
    char *then = mem_dup(was.data, was.len), *now = mem_dup(is.data, is.len);
    bool same = strcmp(then, now) == 0;

    if (!same)
        report_change(comparison, (struct place){&comparison->text->revision->source, PLACE_FILE},
                      comparison->text->language, "the form's sentences", then, now);
    free(then);
    free(now);
    return same;
}

/* The same article stands before it, now and then. */
static struct str form_of(const struct frozen_text *frozen, const struct buf *words)
{
    size_t before = words->len < frozen->article_end ? words->len : frozen->article_end;

    return (struct str){words->data + before, words->len - before};
}

/* Templates and site catalogues may go on, but not under a text that is answered.  The first
 * question is reported: they share their sentences. */
static void compare_form(struct comparison *comparison)
{
    const struct frozen_text *frozen = comparison->frozen;
    const struct text *text = comparison->text;
    struct buf again = BUF_INIT;
    bool same = text_render_frozen(text, frozen, comparison->options, &again, comparison->findings);

    for (size_t i = 0; same && i < text->question_count; i++)
        if (text->questions[i].kind != QUESTION_NONE)
            same = compare_sentences(comparison, text->questions[i].id,
                                     form_of(frozen, &frozen->words), form_of(frozen, &again));
    buf_release(&again);
}

void comparison_questions(struct comparison *comparison)
{
    size_t before = comparison->differences;

    compare_labels(comparison);
    compare_all_facts(comparison);
    if (comparison->options->is_offered && comparison->differences == before &&
        !comparison->label_reported)
        compare_form(comparison);
}
