/* Rows as they are read and made: what was offered, records, and what a visitor said so far.
 * Nobody outside of cgi/store includes this. */
#ifndef TEADE_STORE_ROWS_H
#define TEADE_STORE_ROWS_H

#include "base/buf.h"
#include "record/record.h"

struct store;
struct db_statement;

/* What was offered, with its questions (store_offers.c): read once. */

struct offer {
    int64_t id;
    char document[ACT_ID_MAX + 1], revision[ACT_REVISION_MAX + 1], language[ACT_LANGUAGE_MAX + 1];
    uint8_t digest[ACT_DIGEST];
    struct offer_question {
        char id[ACT_QUESTION_MAX + 1];
        const char *basis; /* as record_basis() has it, or NULL */
    } * questions;
    size_t question_count;
};

/* All that is remembered.  Forgotten where the database may say something else: after a text was
 * stored, a transaction undone, and whenever a reader looks again. */
struct offers;
struct offers *offers_new(void);
void offers_forget(struct offers *offers);
void offers_free(struct offers *offers);

/* The offer of an id, or the one that an act was done on; *offer NULL: a record cannot name
 * one.  It is good until the offers are forgotten.  false with store_why(). */
bool store_offer(struct store *store, int64_t id, const struct offer **offer);
bool store_offer_of(struct store *store, const struct act *act, const struct offer **offer);

/* The basis of a question, or NULL: it is not asked. */
const char *offer_basis(const struct offer *offer, const char *question);

/* Makes it what the act was done on. */
void offer_name(const struct offer *offer, struct act *act);

/* A record as its row has it (store_record.c). */

struct stored_record {
    int64_t entry, offer, time; /* its place in the log; UTC seconds */
    uint8_t id[ACT_RECORD_ID], salt[RECORD_SALT];
    struct act act; /* its visitor too */
    const char *basis[ACT_ANSWERS_MAX];
    struct str earlier; /* the column, lent by the row */
    bool is_sound;      /* false: it is damaged, and says nothing */
};

/* Reads the current row of a query of records.  false with store_why(). */
bool store_read_record(struct store *store, struct db_statement *row, struct stored_record *record);

/* Of all the room for answers what is used: a hundredth, as a rule. */
void stored_copy(struct stored_record *to, const struct stored_record *from);

/* Of a sound record. */
void stored_canonical(const struct stored_record *record, struct buf *out);
void stored_write_answers(const struct stored_record *record, struct buf *answers);

/* ANSWER_COUNT: the record does not answer it. */
enum answer stored_answer(const struct stored_record *record, const char *document,
                          const char *question);

/* What a visitor said so far, as far as it is the newest (store_past.c): their newest record, and
 * those before it that have the newest answer to some question. */

struct past {
    struct stored_record **items; /* the newest first; none: the visitor is not known */
    size_t count, size;           /* and so many that were allocated */
};

/* Into an empty one.  false with store_why(); release it either way. */
bool store_read_past(struct store *store, const uint8_t visitor[ACT_VISITOR], struct past *past);
void past_release(struct past *past);

/* The record with the newest answer to a question; NULL: not found, or it cannot be determined. */
const struct stored_record *past_find(const struct past *past, const char *document,
                                      const char *question);

/* Adds the places that the next record names in `earlier`. */
void past_earlier(const struct past *past, const struct stored_record *next, struct buf *places);

/* The past as of the next record. */
void past_advance(struct past *past, const struct stored_record *next);

/* Takes the first of the places of `earlier`; false: at the end. */
bool earlier_next(struct str *places, int64_t *place);

/* The record at a place, if it is one of this visitor.  false with store_why(). */
bool store_record_at(struct store *store, int64_t place, const uint8_t visitor[ACT_VISITOR],
                     struct stored_record *record, bool *found);

#endif
