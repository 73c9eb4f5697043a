/* What the database says of a text, compared with the words that its digest names. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

struct texts_check {
    const struct fault_sink *sink;
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
    fault_add(check->sink, "text %s: does not match its hash", hex);
}

static void check_question(struct texts_check *check, struct db_statement *row)
{
    const char *id = db_text(row, 3);
    struct text_questions asked;

    questions_read(&asked, db_blob(row, 4));
    if (!questions_find(&asked, id))
        fault_add(check->sink,
                  "text %s, version %s, language %s, question %s: the text does not contain it",
                  db_text(row, 0), db_text(row, 1), db_text(row, 2), id);
    questions_release(&asked);
}

static bool each(struct store *store, enum query query, struct texts_check *check,
                 void (*row)(struct texts_check *check, struct db_statement *row))
{
    struct db_statement *rows = store_query(store, query);
    bool ok = true;

    while (store_next(store, rows, &ok))
        row(check, rows);
    return ok;
}

bool store_verify_texts(struct store *store, int64_t *texts, const struct fault_sink *sink)
{
    struct texts_check check = {.sink = sink};
    bool read = each(store, QUERY_TEXTS, &check, check_digest) &&
                each(store, QUERY_ASKED, &check, check_question);

    *texts = check.count;
    return read;
}
