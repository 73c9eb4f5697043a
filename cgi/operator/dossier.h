/* The dossier of a visitor, an access report: all that the database has about them, for themselves,
 * an authority or a court.
 *
 * It has the questions in their words, each act in order, the last answers, the withdrawals, the
 * disclosures and what a consent to them covers; of each whether it matches the log, with the proof
 * that the log has it; and how to check that.  Everything is from the database: no site is asked.
 *
 * What it proves depends on who doubts it.  Somebody who can write to the database and has the
 * log's key can add a record, and the log shows only that nothing was changed since a checkpoint
 * that somebody else holds.  A receipt that the visitor holds proves more: it binds the operator.
 */
#ifndef TEADE_DOSSIER_H
#define TEADE_DOSSIER_H

#include <jansson.h>

#include "entry_proof.h"
#include "record/disclosure.h"
#include "subject.h"

/* Its entry in the log. */
struct dossier_entry {
    int64_t index;
    uint8_t hash[CANONICAL_ENTRY], salt[CANONICAL_SALT];
    char *canonical;
    bool matches; /* the thing makes the hash, and is this visitor's */
    struct records_proof proof;
};

struct dossier_record {
    struct dossier_entry entry;
    bool damaged; /* then nothing below says anything */
    struct record_view view;
    char *title;
    size_t text; /* its place among the texts */
};

struct dossier_question {
    char *id, *basis;
};

/* A text, and where it was offered to this visitor. */
struct dossier_offer {
    const struct act *act; /* of the first record on it: document, revision, language */
    struct dossier_question *questions;
    size_t question_count;
};
struct dossier_text {
    uint8_t digest[ACT_DIGEST];
    struct buf body;
    bool matches;                /* the digest */
    struct text_questions asked; /* by the body */
    struct dossier_offer *offers;
    size_t offer_count;
};

struct dossier_provision {
    struct dossier_entry entry;
    bool damaged;
    struct provision view;
    /* On consent: whether the text that was answered is there as it was, and what it says of whom
     * and what the consent is to (question.h), or NULL where that is not found in it. */
    bool text_matches;
    char *covers;
};

/* What was last said to a question. */
struct dossier_said {
    const struct dossier_record *record;
    size_t answer; /* its place in the record */
};

/* The log, as the database knows it. */
struct dossier_log {
    char name[NOTE_NAME_MAX + 1]; /* of its newest key: example.com/choices/log; "": none signed */
    struct buf keys;              /* the public ones: a line each, the first first */
    struct buf head;              /* the newest checkpoint, or empty */
    int64_t time;                 /* when that was signed, UTC seconds */
    bool holds;                   /* it is signed by one of the keys */
};

/* In a transaction.  false: store_why().  Release it either way. */
bool dossier_log_read(struct dossier_log *log, struct store *store);
void dossier_log_release(struct dossier_log *log);

struct dossier {
    const struct subject *subject;
    int64_t now;                    /* UTC seconds */
    struct dossier_record *records; /* oldest first */
    size_t record_count;
    struct dossier_text *texts; /* in the order of the records */
    size_t text_count;
    struct dossier_provision *provisions; /* oldest first */
    size_t provision_count;
    struct dossier_said *said; /* the newest first */
    size_t said_count;
    struct dossier_log log;
    bool is_sound; /* everything matches */
};

/* Reads it in short transactions.  false: store_why().  Release it either way. */
bool dossier_read(struct dossier *dossier, struct store *store, const struct subject *subject,
                  int64_t now);
void dossier_release(struct dossier *dossier);

/* The question of an answer, as the record's text has it.  NULL: it does not ask it. */
const struct text_question *dossier_asked(const struct dossier *dossier,
                                          const struct dossier_record *record, size_t answer);

/* As a line of JSON. */
json_t *dossier_json(const struct dossier *dossier);

#endif
