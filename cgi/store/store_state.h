/* What an open store holds.  Nobody outside of cgi/store includes this. */
#ifndef TEADE_STORE_STATE_H
#define TEADE_STORE_STATE_H

#include "record/act.h"
#include "store_statements.h"

struct tree;
struct text_cache;
struct offers;

struct store {
    struct db *db;
    int64_t renewed_before; /* answers older than that are recorded again though they are current */
    int64_t acts_a_day;     /* of a visitor; 0: any number */
    struct db_statement *statements[QUERY_COUNT];
    bool writes;
    /* The end of the log, known inside a write transaction.  It is read again after every
     * one that did not succeed. */
    struct store_tail {
        bool known;
        int64_t next, time; /* the next entry's place; the newest entry's time */
        int64_t grown;      /* of how many entries the tree's hashes are stored */
    } tail;
    struct {
        bool known;
        uint8_t visitor[ACT_VISITOR], id[ACT_RECORD_ID];
    } newest;          /* the record that was appended last, if it is still there */
    int64_t committed; /* entries, as of the last commit; -1 before the first transaction */
    struct tree *tree; /* over the log, as this transaction sees it */
    struct text_cache *cache;
    struct offers *offers;
    struct buf canonical, answers, places; /* of the record in hand: their memory is used again */
    struct buf notes; /* lines for DATABASE.erased, on disk before this transaction is */
    struct buf why;
};

#endif
