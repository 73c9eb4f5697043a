/* Texts, where they were offered, and their questions.  All of it is written once. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

static bool body_query(struct store *store, const uint8_t digest[ACT_DIGEST],
                       struct db_statement **query, bool *found)
{
    *query = store_query(store, QUERY_TEXT);
    db_bind_blob(*query, 1, digest, ACT_DIGEST);
    return store_step(store, *query, found);
}

bool store_text_body(struct store *store, const uint8_t digest[ACT_DIGEST], bool *found,
                     struct buf *body)
{
    struct db_statement *query;

    if (!body_query(store, digest, &query, found))
        return false;
    if (*found)
        buf_addstr(body, db_blob(query, 0));
    db_reset(query);
    return true;
}

bool store_offer_id(struct store *store, const char *document, const char *revision,
                    const char *language, const uint8_t digest[ACT_DIGEST], bool *found,
                    int64_t *offer)
{
    struct db_statement *query = store_query(store, QUERY_OFFER);

    db_bind_text(query, 1, document);
    db_bind_text(query, 2, revision);
    db_bind_text(query, 3, language);
    db_bind_blob(query, 4, digest, ACT_DIGEST);
    return store_int(store, query, found, offer);
}

static bool question_query(struct store *store, int64_t offer, const char *id,
                           struct db_statement **query, bool *found)
{
    *query = store_query(store, QUERY_QUESTION);
    db_bind_int(*query, 1, offer);
    db_bind_text(*query, 2, id);
    return store_step(store, *query, found);
}

bool store_questions(struct store *store, const struct act *on,
                     void (*take)(void *context, const struct store_question *question),
                     void *context)
{
    struct db_statement *query = store_query(store, QUERY_QUESTIONS);
    bool ok = true;

    db_bind_text(query, 1, on->document);
    db_bind_text(query, 2, on->revision);
    db_bind_text(query, 3, on->language);
    db_bind_blob(query, 4, on->digest, ACT_DIGEST);
    while (store_next(store, query, &ok)) {
        take(context, &(struct store_question){db_text(query, 0), db_text(query, 1)});
    }
    return ok;
}

/* The bytes and the digest are compared before anybody can answer to them. */
static bool put_body(struct store *store, const struct store_text *text)
{
    struct db_statement *query;
    uint8_t digest[ACT_DIGEST];
    bool found;

    crypto_hash_sha256(digest, (const uint8_t *)text->body.data, text->body.len);
    if (memcmp(digest, text->digest, sizeof digest) != 0)
        return store_refuse(store, "the text of %s %s (%s) does not match its hash", text->document,
                            text->revision, text->language);
    if (!body_query(store, text->digest, &query, &found))
        return false;
    db_reset(query);
    if (found)
        return true;
    query = store_query(store, QUERY_ADD_TEXT);
    db_bind_blob(query, 1, text->digest, ACT_DIGEST);
    db_bind_blob(query, 2, text->body.data, text->body.len);
    return store_run(store, query);
}

/* What a record has room for. */
static bool fits(struct store *store, const struct store_text *text)
{
    return (strlen(text->document) <= ACT_ID_MAX && strlen(text->revision) <= ACT_REVISION_MAX &&
            strlen(text->language) <= ACT_LANGUAGE_MAX) ||
           store_refuse(store, "%s %s (%s): the ID, the version or the language is too long",
                        text->document, text->revision, text->language);
}

static bool add_offer(struct store *store, const struct store_text *text, int64_t *offer)
{
    struct db_statement *query = store_query(store, QUERY_ADD_OFFER);
    bool made;

    db_bind_text(query, 1, text->document);
    db_bind_text(query, 2, text->revision);
    db_bind_text(query, 3, text->language);
    db_bind_blob(query, 4, text->digest, ACT_DIGEST);
    return store_int(store, query, &made, offer);
}

static bool put_offer(struct store *store, const struct store_text *text, int64_t *offer)
{
    bool found;

    return store_offer_id(store, text->document, text->revision, text->language, text->digest,
                          &found, offer) &&
           (found || add_offer(store, text, offer));
}

static bool can_be_asked(const struct store_question *question)
{
    return strlen(question->id) <= ACT_QUESTION_MAX && record_basis(question->basis);
}

static bool put_question(struct store *store, int64_t offer, const struct store_text *text,
                         const struct store_question *question)
{
    struct db_statement *query;
    bool found, same;

    if (!can_be_asked(question))
        return store_refuse(store, "%s %s: %s cannot have the legal basis %s", text->document,
                            text->revision, question->id, question->basis);
    if (!question_query(store, offer, question->id, &query, &found))
        return false;
    same = found && strcmp(db_text(query, 0), question->basis) == 0;
    db_reset(query);
    if (found)
        return same || store_refuse(store, "%s %s (%s): %s was stored with another legal basis",
                                    text->document, text->revision, text->language, question->id);
    query = store_query(store, QUERY_ADD_QUESTION);
    db_bind_int(query, 1, offer);
    db_bind_text(query, 2, question->id);
    db_bind_text(query, 3, question->basis);
    return store_run(store, query);
}

bool store_put_text(struct store *store, const struct store_text *text)
{
    int64_t offer;

    offers_forget(store->offers);
    if (!fits(store, text) || !put_body(store, text) || !put_offer(store, text, &offer))
        return false;
    for (size_t i = 0; i < text->question_count; i++)
        if (!put_question(store, offer, text, &text->questions[i]))
            return false;
    return true;
}
