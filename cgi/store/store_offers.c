/* What is asked where, by heart: each act and each record names an offer, and few are in use at a
 * time.  Those used last come first. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

struct offers {
    struct offer **items; /* those used last first */
    size_t count;
};

struct offers *offers_new(void)
{
    return mem_alloc(sizeof(struct offers));
}

void offers_forget(struct offers *offers)
{
    for (size_t i = 0; i < offers->count; i++) {
        free(offers->items[i]->questions);
        free(offers->items[i]);
    }
    free(offers->items);
    *offers = (struct offers){NULL, 0};
}

void offers_free(struct offers *offers)
{
    offers_forget(offers);
    free(offers);
}

const char *offer_basis(const struct offer *offer, const char *question)
{
    for (size_t i = 0; i < offer->question_count; i++)
        if (strcmp(offer->questions[i].id, question) == 0)
            return offer->questions[i].basis;
    return NULL;
}

void offer_name(const struct offer *offer, struct act *act)
{
    memcpy(act->document, offer->document, sizeof act->document);
    memcpy(act->revision, offer->revision, sizeof act->revision);
    memcpy(act->language, offer->language, sizeof act->language);
    memcpy(act->digest, offer->digest, sizeof act->digest);
}

/* Reading. */

/* false: one that is too long for any record, in an altered database. */
static bool copy(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    if (len < size)
        memcpy(to, from, len + 1);
    return len < size;
}

static void take_question(struct offer *offer, struct db_statement *query)
{
    struct offer_question *question;

    offer->questions = mem_grow(offer->questions, offer->question_count, sizeof *offer->questions);
    question = &offer->questions[offer->question_count];
    question->basis = record_basis(db_text(query, 1));
    offer->question_count += copy(question->id, sizeof question->id, db_text(query, 0));
}

static bool read_questions(struct store *store, struct offer *offer)
{
    struct db_statement *query = store_query(store, QUERY_QUESTIONS_OF);
    bool ok = true;

    db_bind_int(query, 1, offer->id);
    while (store_next(store, query, &ok))
        take_question(offer, query);
    return ok;
}

static bool read_offer(struct store *store, int64_t id, struct offer *offer, bool *found)
{
    struct db_statement *query = store_query(store, QUERY_OFFER_BY_ID);
    struct str digest;

    offer->id = id;
    db_bind_int(query, 1, id);
    if (!store_step(store, query, found))
        return false;
    if (!*found)
        return true;
    digest = db_blob(query, 3);
    *found = copy(offer->document, sizeof offer->document, db_text(query, 0)) &&
             copy(offer->revision, sizeof offer->revision, db_text(query, 1)) &&
             copy(offer->language, sizeof offer->language, db_text(query, 2)) &&
             digest.len == sizeof offer->digest;
    if (*found)
        memcpy(offer->digest, digest.data, sizeof offer->digest);
    db_reset(query);
    return !*found || read_questions(store, offer);
}

/* Moves it from its place, or from behind the last, to the front. */
static const struct offer *move_to_front(struct offers *offers, size_t at, struct offer *offer)
{
    memmove(offers->items + 1, offers->items, at * sizeof *offers->items);
    return offers->items[0] = offer;
}

static bool load(struct store *store, int64_t id, const struct offer **offer)
{
    struct offers *offers = store->offers;
    struct offer *read = mem_alloc(sizeof *read);
    bool found = false, ok = read_offer(store, id, read, &found);

    *offer = NULL;
    if (ok && found) {
        offers->items = mem_grow(offers->items, offers->count, sizeof(struct offer *));
        *offer = move_to_front(offers, offers->count++, read);
        return true;
    }
    free(read->questions);
    free(read);
    return ok;
}

bool store_offer(struct store *store, int64_t id, const struct offer **offer)
{
    struct offers *offers = store->offers;

    for (size_t i = 0; i < offers->count; i++)
        if (offers->items[i]->id == id) {
            *offer = move_to_front(offers, i, offers->items[i]);
            return true;
        }
    return load(store, id, offer);
}

static bool is_on(const struct offer *offer, const struct act *act)
{
    return memcmp(offer->digest, act->digest, sizeof offer->digest) == 0 &&
           strcmp(offer->document, act->document) == 0 &&
           strcmp(offer->revision, act->revision) == 0 &&
           strcmp(offer->language, act->language) == 0;
}

bool store_offer_of(struct store *store, const struct act *act, const struct offer **offer)
{
    struct offers *offers = store->offers;
    int64_t id;
    bool found;

    for (size_t i = 0; i < offers->count; i++)
        if (is_on(offers->items[i], act)) {
            *offer = move_to_front(offers, i, offers->items[i]);
            return true;
        }
    *offer = NULL;
    return store_offer_id(store, act->document, act->revision, act->language, act->digest, &found,
                          &id) &&
           (!found || load(store, id, offer));
}
