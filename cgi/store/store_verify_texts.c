/* What the database says of a text, compared with the words that its digest names. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

struct texts_check {
    struct store_listener listener;
    int64_t count;
};

static void check_digest(struct texts_check *check, struct db_statement *row)
{
    struct str digest = db_blob(row, 0), body = db_blob(row, 1);
    uint8_t hash[ACT_DIGEST];
    char hex[2 * ACT_DIGEST + 1] = "";

    check->count++;
    crypto_hash_sha256(hash, (const uint8_t *)body.data, body.len);
    if (str_equal(digest, (struct str){(const char *)hash, sizeof hash}))
        return;
    if (digest.len == ACT_DIGEST)
        sodium_bin2hex(hex, sizeof hex, (const uint8_t *)digest.data, ACT_DIGEST);
    store_report(&check->listener, "text %s: its words are not the ones that its digest names",
                 hex);
}

static void check_title(struct texts_check *check, struct db_statement *row)
{
    char *title = store_title_of(db_blob(row, 4));

    if (strcmp(title, db_text(row, 3)) != 0)
        store_report(&check->listener,
                     "text %s, version %s, language %s: is listed under another title than its own",
                     db_text(row, 0), db_text(row, 1), db_text(row, 2));
    free(title);
}

/* A question of a recipient has the id PURPOSE.RECIPIENT. */
static const char *question_fault(struct str body, const struct store_question *listed)
{
    struct str purpose = {listed->id, strcspn(listed->id, ".")};
    const struct text_question *question;
    struct text_questions asked;
    struct buf label = BUF_INIT;
    const char *what = NULL;

    questions_read(&asked, body);
    question = questions_find(&asked, listed->id);
    question_label(str_of(listed->label), &label);
    if (!str_equal(str_of(listed->purpose), purpose))
        what = "is listed under another purpose than its own";
    else if (!question)
        what = "the text does not ask it";
    else if (strcmp(question->words, label.data) != 0)
        what = "is listed with other words than its own";
    buf_release(&label);
    questions_release(&asked);
    return what;
}

static void check_question(struct texts_check *check, struct db_statement *row)
{
    const struct store_question listed = {
        .id = db_text(row, 3), .purpose = db_text(row, 4), .label = db_text(row, 5)};
    const char *what = question_fault(db_blob(row, 6), &listed);

    if (what)
        store_report(&check->listener, "text %s, version %s, language %s, question %s: %s",
                     db_text(row, 0), db_text(row, 1), db_text(row, 2), listed.id, what);
}

static bool each(struct store *store, enum query query, struct texts_check *check,
                 void (*row)(struct texts_check *check, struct db_statement *row))
{
    struct db_statement *rows = store_query(store, query);
    bool found;

    while (store_step(store, rows, &found)) {
        if (!found)
            return true;
        row(check, rows);
    }
    return false;
}

bool store_verify_texts(struct store *store, int64_t *texts,
                        void (*fault)(void *context, const char *what), void *context)
{
    struct texts_check check = {.listener = {fault, context}};
    bool read = each(store, QUERY_TEXTS, &check, check_digest) &&
                each(store, QUERY_TITLES, &check, check_title) &&
                each(store, QUERY_ASKED, &check, check_question);

    *texts = check.count;
    return read;
}
