/* A question is an item of a list:
 *
 *   - WORDS (`ID`)\
 *     RECIPIENT\
 *     …
 *
 * with a backslash where it goes on, and the second line where one recipient is asked about: its id
 * is PURPOSE.RECIPIENT.  An item of the article can look like that too; it stands above, so that
 * the last one with an id is the question. */
#include "question.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/validate.h"

/* The generator has backslashes only before these. */
char *question_unescaped(struct str line)
{
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\\' && i + 1 < line.len &&
            strchr("\\`*_[]<>#&!+-=~|.)", line.data[i + 1]))
            i++;
        buf_addc(&out, line.data[i]);
    }
    return buf_detach(&out);
}

/* Whether the item goes on below the line; takes the backslash away that says so. */
static bool goes_on(struct str *line)
{
    if (!line->len || line->data[line->len - 1] != '\\')
        return false;
    line->len--;
    return true;
}

/* Cuts "- WORDS (`ID`)" in two; there is no backtick in an id. */
static bool cut(struct str line, struct str *words, struct str *id)
{
    static const char mark[] = "- ", open[] = " (`", close[] = "`)";
    enum { MARK = sizeof mark - 1, OPEN = sizeof open - 1, CLOSE = sizeof close - 1 };
    const char *tick;

    if (line.len < MARK + OPEN + CLOSE || memcmp(line.data, mark, MARK) != 0 ||
        memcmp(line.data + line.len - CLOSE, close, CLOSE) != 0)
        return false;
    *words = (struct str){line.data + MARK, line.len - MARK - CLOSE};
    tick = memrchr(words->data, '`', words->len);
    if (!tick || tick - words->data < OPEN - 1 || memcmp(tick - OPEN + 1, open, OPEN) != 0)
        return false;
    id->data = tick + 1;
    id->len = words->len - (size_t)(id->data - words->data);
    words->len -= id->len + OPEN;
    return true;
}

/* What follows the line of a question that goes on. */
static struct str cut_recipient(struct str rest)
{
    static const char indent[] = "  ";
    enum { INDENT = sizeof indent - 1 };
    struct str line;

    if (!validate_cut(&rest, '\n', &line) || line.len < INDENT ||
        memcmp(line.data, indent, INDENT) != 0)
        return str_of("");
    goes_on(&line);
    return (struct str){line.data + INDENT, line.len - INDENT};
}

void questions_read(struct text_questions *questions, struct str text)
{
    *questions = (struct text_questions){NULL, 0};
    for (struct str line, words, id; validate_cut(&text, '\n', &line);) {
        bool more = goes_on(&line);
        struct text_question *question;

        if (!cut(line, &words, &id))
            continue;
        questions->list = mem_grow(questions->list, questions->count, sizeof *questions->list);
        question = &questions->list[questions->count++];
        question->id = mem_dup(id.data, id.len);
        question->words = question_unescaped(words);
        question->recipient = question_unescaped(
            more && strchr(question->id, '.') ? cut_recipient(text) : str_of(""));
    }
}

void questions_release(struct text_questions *questions)
{
    for (size_t i = 0; i < questions->count; i++) {
        free(questions->list[i].id);
        free(questions->list[i].words);
        free(questions->list[i].recipient);
    }
    free(questions->list);
    *questions = (struct text_questions){NULL, 0};
}

const struct text_question *questions_find(const struct text_questions *questions, const char *id)
{
    for (size_t i = questions->count; i-- > 0;)
        if (strcmp(questions->list[i].id, id) == 0)
            return &questions->list[i];
    return NULL;
}

void questions_set_json(json_t *object, const struct text_question *const *asked, size_t count)
{
    json_t *labels = json_object(), *recipients = json_object();

    for (size_t i = 0; i < count; i++) {
        if (asked[i])
            json_object_set_new(labels, asked[i]->id, json_string(asked[i]->words));
        if (asked[i] && *asked[i]->recipient)
            json_object_set_new(recipients, asked[i]->id, json_string(asked[i]->recipient));
    }
    json_object_set_new(object, "labels", labels);
    json_object_set_new(object, "recipients", recipients);
}
