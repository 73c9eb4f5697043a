/* From a form to the text that was offered, and to the act on it.  Nothing here asks or answers. */
#include "offered.h"

#include <sodium.h>
#include <string.h>

#include "base/validate.h"

static const char *value_of(const struct form *form, const char *name)
{
    const struct str *value = form_value(form, name);

    return value ? value->data : "";
}

struct offered offered_find(const struct manifest *manifest, int64_t now, const char *language,
                            const struct form *form)
{
    struct offered offered = {.document = value_of(form, "document")};
    const struct manifest_revision *current;
    const struct manifest_text *text;

    offered.offer =
        offer_find(manifest, now, offered.document, value_of(form, "revision"), language,
                   value_of(form, "digest"), &offered.revision, &offered.text);
    if (offered.offer != OFFER_UNKNOWN) {
        current = offer_in_force(offer_document(manifest, offered.document), now);
        text = current ? offer_text(current, language) : NULL;
        offered.title_now = text ? text->title : offered.text->title;
    }
    return offered;
}

void offered_act(const struct offered *offered, enum act_kind kind, struct act *act)
{
    *act = (struct act){.kind = kind};
    /* All were found in the manifest, whose IDs fit. */
    strncpy(act->document, offered->document, ACT_ID_MAX);
    strncpy(act->revision, offered->revision->id, ACT_REVISION_MAX);
    strncpy(act->language, offered->text->language, ACT_LANGUAGE_MAX);
    sodium_hex2bin(act->digest, sizeof act->digest, offered->text->digest,
                   strlen(offered->text->digest), NULL, NULL, NULL);
}

static void add_answer(struct act *act, const char *question, enum answer answer)
{
    struct act_answer *to = &act->answers[act->answer_count++];

    strncpy(to->question, question, ACT_QUESTION_MAX);
    to->answer = answer;
}

/* The answer of a word, if a question on this legal basis can be answered so. */
static bool answer_fits(const char *basis, const char *word, enum answer *answer)
{
    static const struct {
        const char *basis, *word;
        enum answer answer;
    } rows[] = {
        {"consent", "given", ANSWER_GIVEN},
        {"consent", "refused", ANSWER_REFUSED},
        {"legitimate-interests", "objected", ANSWER_OBJECTED},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].basis, basis) == 0 && strcmp(rows[i].word, word) == 0) {
            *answer = rows[i].answer;
            return true;
        }
    return false;
}

/* One of the two buttons for all questions: it overrides what was marked above it. */
static bool take_all(struct act *act, const struct manifest_revision *revision, const char *word)
{
    enum answer answer;

    if (!answer_fits("consent", word, &answer))
        return false;
    act->answer_count = 0;
    for (size_t i = 0; i < revision->question_count; i++)
        if (strcmp(revision->questions[i].basis, "consent") == 0)
            add_answer(act, revision->questions[i].id, answer);
    return true;
}

/* The question of a field QUESTION@TEXT.  TEXT is the beginning of the digest of the text that was
 * answered, so that no browser restores a mark on other words; programs may leave @TEXT out.  NULL:
 * not a question of this text. */
static const struct manifest_question *find_question(const struct offered *offered, struct str name)
{
    char id[ACT_QUESTION_MAX + 1] = "";
    struct str question;
    size_t index;

    validate_cut(&name, '@', &question);
    if (question.len > ACT_QUESTION_MAX ||
        (name.data && (!name.len || strncmp(name.data, offered->text->digest, name.len) != 0)))
        return NULL;
    memcpy(id, question.data, question.len);
    return offer_question(offered->revision, id, &index);
}

static bool is_answered(const struct act *act, const char *question)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (strcmp(act->answers[i].question, question) == 0)
            return true;
    return false;
}

static bool take_choices(struct act *act, const struct offered *offered, const struct form *form)
{
    static const char prefix[] = "choice.";
    const size_t len = sizeof prefix - 1;

    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *field = &form->fields[i];
        const struct manifest_question *question;
        enum answer answer;

        if (strncmp(field->name.data, prefix, len) != 0)
            continue;
        question =
            find_question(offered, (struct str){field->name.data + len, field->name.len - len});
        if (!question || is_answered(act, question->id) ||
            !answer_fits(question->basis, field->value.data, &answer))
            return false;
        add_answer(act, question->id, answer);
    }
    return true;
}

bool offered_answers(const struct offered *offered, const struct form *form, struct act *act)
{
    offered_act(offered, ACT_ANSWERS, act);
    return take_choices(act, offered, form) &&
           (!form_value(form, "all") || take_all(act, offered->revision, value_of(form, "all")));
}
