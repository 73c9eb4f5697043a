/* The SQL of the store, and the one way to run it.  Nobody outside of cgi/store includes this.
 *
 * Statements are prepared when the database is opened: one that does not fit the schema is found
 * before the first visitor.  Calls that return false leave the reason in store_why(). */
#ifndef TEADE_STORE_STATEMENTS_H
#define TEADE_STORE_STATEMENTS_H

#include "database/db.h"

struct store;

/* Every statement there is; their SQL is in store_statements.c. */
enum query {
    QUERY_TAIL,
    QUERY_TEXT,
    QUERY_ADD_TEXT,
    QUERY_OFFER,
    QUERY_OFFER_BY_ID,
    QUERY_QUESTIONS_OF,
    QUERY_ASKED,
    QUERY_ADD_OFFER,
    QUERY_QUESTION,
    QUERY_OFFERED,
    QUERY_ADD_QUESTION,
    QUERY_ADD_ENTRY,
    QUERY_ADD_RECORD,
    QUERY_NEWEST_RECORDS,
    QUERY_OLDEST_RECORDS,
    QUERY_RECORD_BACK,
    QUERY_RECORD_AT,
    QUERY_RECORDS_SAID_AT,
    QUERY_NEWEST_ID,
    QUERY_RECORDS,
    QUERY_FIND,
    QUERY_VISITOR_OF,
    QUERY_IS_KNOWN,
    QUERY_OPEN_RECORDS,
    QUERY_OPEN_RECORDS_OF,
    QUERY_VISITORS,
    QUERY_QUESTIONS,
    QUERY_BY_VISITOR,
    QUERY_OPEN_OF,
    QUERY_ADD_CLOSING,
    QUERY_ADD_PENDING_WIPE,
    QUERY_CLOSE,
    QUERY_FORGET,
    QUERY_FORGET_PROVISIONS,
    QUERY_FORGET_EMPTY,
    QUERY_OLD_VISITORS,
    QUERY_OLD_PROVISIONS,
    QUERY_CLOSE_PROVISION,
    QUERY_HASH,
    QUERY_PENDING_WIPES,
    QUERY_CLEAR_PENDING_WIPES,
    QUERY_CLOSINGS,
    QUERY_HASHES,
    QUERY_NODES,
    QUERY_GROWN,
    QUERY_NODE_COUNT,
    QUERY_ADD_NODE,
    QUERY_CHECKPOINT,
    QUERY_CHECKPOINTS,
    QUERY_ADD_CHECKPOINT,
    QUERY_MAKE_PUBLIC,
    QUERY_SIGNERS,
    QUERY_ADD_SIGNER,
    QUERY_ADD_PROVISION,
    QUERY_PROVISIONS,
    QUERY_PROVISIONS_OF,
    QUERY_PROVISION,
    QUERY_STATS,
    QUERY_ENTRY_COUNT,
    QUERY_AHEAD,
    QUERY_ENTRIES,
    QUERY_STRAYS,
    QUERY_OBJECTABLE,
    QUERY_TEXTS,
    QUERY_COUNT
};

/* Queries of records give the columns of store_record.c first, then the hash of the entry, if
 * anything. */
enum { RECORD_COLUMNS = 10 };

/* Prepares the statements, which the schema must fit; doing it again is fine. */
bool store_prepare(struct store *store);

/* The statement, ready to be bound. */
struct db_statement *store_query(struct store *store, enum query query);

/* Steps once.  *found: there is a row to be read (then the caller resets); it is reset where
 * there is none.  false with the reason kept. */
bool store_step(struct store *store, struct db_statement *statement, bool *found);

/* Steps to the next row, as long as *ok is true, which it is before the first.  false: there is no
 * row, and the statement is reset; *ok then tells whether it was read to the end. */
bool store_next(struct store *store, struct db_statement *statement, bool *ok);

/* Carries a statement without result out and resets it. */
bool store_run(struct store *store, struct db_statement *statement);

/* Takes the first column of the first row and resets; *found false where there is none. */
bool store_int(struct store *store, struct db_statement *statement, bool *found, int64_t *value);

bool store_fail(struct store *store); /* keeps the database's reason; false */
bool store_refuse(struct store *store, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* keeps our own; false */

#endif
