/* The answers of each record, compared with the questions of its text and with the current answers.
 * Questions are read once, the current answers a page at a time: looking each answer up would be
 * most of the work. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

enum { PAGE = 1024 /* entries */ };

/* A row of the table. */
struct row {
    int64_t entry, visitor;
    char document[ACT_ID_MAX + 1], question[ACT_QUESTION_MAX + 1];
    enum answer answer; /* ANSWER_COUNT: none that there is */
};

/* A question of a text. */
struct question {
    int64_t offer;
    char id[ACT_QUESTION_MAX + 1];
    const char *basis; /* as record_basis() has it, or NULL */
};

struct store_answer_check {
    struct store *store;
    struct question *questions; /* by offer and id */
    size_t question_count;
    struct row *rows; /* those of the entries from `next` on, below `end`, in their order */
    size_t count, next;
    int64_t end;
};

/* A name that is too long is that of no record: it is cut, and matches nothing. */
static void copy(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    len = len < size ? len : size - 1;
    memcpy(to, from, len);
    to[len] = '\0';
}

void store_answer_check_free(struct store_answer_check *check)
{
    if (!check)
        return;
    free(check->questions);
    free(check->rows);
    free(check);
}

static bool read_questions(struct store_answer_check *check)
{
    struct db_statement *query = store_query(check->store, QUERY_ALL_QUESTIONS);
    bool ok = true;

    while (store_next(check->store, query, &ok)) {
        struct question *question;

        check->questions =
            mem_grow(check->questions, check->question_count, sizeof *check->questions);
        question = &check->questions[check->question_count++];
        question->offer = db_int(query, 0);
        copy(question->id, sizeof question->id, db_text(query, 1));
        question->basis = record_basis(db_text(query, 2));
    }
    return ok;
}

struct store_answer_check *store_answer_check_new(struct store *store)
{
    struct store_answer_check *check = mem_alloc(sizeof *check);

    check->store = store;
    if (read_questions(check))
        return check;
    store_answer_check_free(check);
    return NULL;
}

static int compare(const void *a, const void *b)
{
    const struct question *left = a, *right = b;

    return left->offer != right->offer ? (left->offer > right->offer) - (left->offer < right->offer)
                                       : strcmp(left->id, right->id);
}

bool store_is_asked(const struct store_answer_check *check, int64_t offer, const char *id,
                    const char *basis)
{
    struct question wanted = {.offer = offer};
    const struct question *found;

    copy(wanted.id, sizeof wanted.id, id);
    found = check->question_count
                ? bsearch(&wanted, check->questions, check->question_count, sizeof wanted, compare)
                : NULL;
    return found && found->basis == basis;
}

static bool read_page(struct store_answer_check *check, int64_t entry)
{
    struct db_statement *query = store_query(check->store, QUERY_STANDING_FROM);
    bool ok = true;

    check->count = check->next = 0;
    check->end = entry + PAGE;
    db_bind_int(query, 1, entry);
    db_bind_int(query, 2, check->end);
    while (store_next(check->store, query, &ok)) {
        struct row *row;

        check->rows = mem_grow(check->rows, check->count, sizeof *check->rows);
        row = &check->rows[check->count++];
        row->entry = db_int(query, 0);
        row->visitor = db_int(query, 1);
        copy(row->document, sizeof row->document, db_text(query, 2));
        copy(row->question, sizeof row->question, db_text(query, 3));
        row->answer = answer_named(db_text(query, 4));
    }
    return ok;
}

static bool says(const struct act *act, const struct row *row)
{
    if (strcmp(row->document, act->document) != 0)
        return false;
    for (size_t i = 0; i < act->answer_count; i++)
        if (strcmp(act->answers[i].question, row->question) == 0)
            return act->answers[i].answer == row->answer;
    return false;
}

static bool is_among(const struct row *rows, size_t count, int64_t visitor, const struct act *act,
                     const char *question)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].visitor == visitor && strcmp(rows[i].question, question) == 0 &&
            strcmp(rows[i].document, act->document) == 0)
            return true;
    return false;
}

/* An answer is current unless a later record says otherwise. */
static bool stands_later(struct store_answer_check *check, const struct store_entry *entry,
                         const char *document, const char *question, bool *applied)
{
    struct db_statement *query = store_query(check->store, QUERY_STANDING_AT);
    int64_t at = -1;
    bool found;

    db_bind_int(query, 1, entry->visitor);
    db_bind_text(query, 2, document);
    db_bind_text(query, 3, question);
    if (!store_int(check->store, query, &found, &at))
        return false;
    *applied = *applied && found && at >= entry->index;
    return true;
}

bool store_check_standing(struct store_answer_check *check, const struct store_entry *entry,
                          const struct act *act, bool *applied, bool *said)
{
    const struct row *rows;
    size_t count = 0;
    bool ok = true;

    *applied = *said = true;
    if (entry->index >= check->end && !read_page(check, entry->index))
        return false;
    while (check->next < check->count && check->rows[check->next].entry < entry->index)
        check->next++;
    rows = check->rows + check->next;
    for (; check->next + count < check->count && rows[count].entry == entry->index; count++)
        *said = *said && rows[count].visitor == entry->visitor && says(act, &rows[count]);
    for (size_t i = 0; ok && i < act->answer_count; i++)
        if (!is_among(rows, count, entry->visitor, act, act->answers[i].question))
            ok = stands_later(check, entry, act->document, act->answers[i].question, applied);
    return ok;
}
