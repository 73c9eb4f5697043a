/* What the files of the store share.  Nobody else includes this. */
#ifndef TEADE_STORE_PRIVATE_H
#define TEADE_STORE_PRIVATE_H

#include "db.h"
#include "store.h"

/* Every statement there is; their words are in store.c. */
enum query {
    QUERY_TAIL,
    QUERY_TEXT,
    QUERY_ADD_TEXT,
    QUERY_OFFER,
    QUERY_OFFER_BY_ID,
    QUERY_ADD_OFFER,
    QUERY_QUESTION,
    QUERY_ADD_QUESTION,
    QUERY_VISITOR,
    QUERY_ADD_VISITOR,
    QUERY_ADD_ENTRY,
    QUERY_ADD_OPENING,
    QUERY_SET_STANDING,
    QUERY_STANDS,
    QUERY_RECORDS_ON,
    QUERY_STANDING,
    QUERY_NEWEST_RECORDS,
    QUERY_RECORDS,
    QUERY_FIND,
    QUERY_OPEN_RECORDS,
    QUERY_BY_VISITOR,
    QUERY_STATS,
    QUERY_ENTRIES,
    QUERY_STANDING_ON,
    QUERY_STANDING_AT,
    QUERY_TEXTS,
    QUERY_COUNT
};

struct store {
    struct db *db;
    int64_t renewed_before; /* answers older than that are said anew though they stand */
    struct db_statement *statements[QUERY_COUNT];
    bool writes;
    /* The end of the log, known inside a write transaction.  It is read anew after every
     * one that did not succeed. */
    struct store_tail {
        bool known;
        int64_t next, time; /* the next entry's place; the last record's time */
    } tail;
    struct buf why;
};

/* The statement, ready to be bound. */
struct db_statement *store_query(struct store *store, enum query query);

/* Steps once.  *found: there is a row to be read (then the caller resets); it is reset where
 * there is none.  false with the reason kept. */
bool store_step(struct store *store, struct db_statement *statement, bool *found);

/* Carries a statement without result out and resets it. */
bool store_run(struct store *store, struct db_statement *statement);

/* Takes the first column of the first row and resets; *found false where there is none. */
bool store_int(struct store *store, struct db_statement *statement, bool *found, int64_t *value);

bool store_fail(struct store *store); /* keeps the database's reason; false */
bool store_refuse(struct store *store, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* keeps our own; false */

/* The row of a visitor. */
bool store_visitor(struct store *store, const uint8_t key[ACT_VISITOR], bool *known,
                   int64_t *visitor);

/* What stands for a visitor, as store_standing() tells it, with the offer each was said on. */
typedef void store_take_standing(void *context, const struct standing *standing, int64_t offer);
bool store_stands(struct store *store, int64_t visitor, store_take_standing *take, void *context);

/* The id of an offer. */
bool store_offer(struct store *store, const char *document, const char *revision,
                 const char *language, const uint8_t digest[ACT_DIGEST], bool *found,
                 int64_t *offer);

/* The basis of an offer's question, as record_basis() has it. */
bool store_basis(struct store *store, int64_t offer, const char *question, bool *found,
                 const char **basis);

/* The label of an offer's question, added to `label`; nothing where there is no such question. */
bool store_label(struct store *store, int64_t offer, const char *question, struct buf *label);

#endif
