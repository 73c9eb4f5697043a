/* A record: what is kept of one act, in bytes that never change.
 *
 * The canonical form (canonical.h) is JSON.  Fields are named as in ISO/IEC TS 27560, states as in
 * the Data Privacy Vocabulary (w3id.org/dpv):
 *
 *   collection_method  "web form"
 *   event_time         when, YYYY-MM-DDTHH:MM:SSZ
 *   event_type         "answers", "acknowledgement" or "withdrawal"
 *   gpc                true: the browser sent Sec-GPC: 1; else not there
 *   pii_principal_id   whose: 32 hex digits, other ones in every record, so that no two are linked;
 *                      record_principal() of the database's key of the visitor
 *   privacy_notice     the text the act was done on, or that a withdrawn answer was given on:
 *     document         its id
 *     language         BCP 47 tag
 *     revision         YYYY-MM-DD or YYYY-MM-DD.N
 *     text_sha256      of the exact words met, which name controllers, contacts and recipients
 *   purposes           one for each answer, in the order of the form; [] for an acknowledgement
 *     event_state      ConsentGiven, ConsentRefused, ConsentWithdrawn, LegitimateInterestObjected,
 *                      or LegitimateInterestNotObjected: an objection that was withdrawn
 *     lawful_basis     "consent" or "legitimate-interests", as the text states or assumes it
 *     purpose          its id in the document
 *     recipient_third_parties  [ID] where one recipient was asked about; else not there
 *   record_id          32 hex digits, random
 *   schema_version     "teade-record-v2"
 *
 * Its hash in the log is SHA-256("teade-record-v1\0" || salt || canonical bytes): it tells the
 * public nothing, and is a proof to whoever holds record and salt. */
#ifndef TEADE_RECORD_H
#define TEADE_RECORD_H

#include "act.h"
#include "base/buf.h"
#include "base/instant.h"
#include "canonical.h"

#define RECORD_VERSION "teade-record-v2"
#define RECORD_ENTRY_VERSION "teade-record-v1" /* of how the hash is made */
#define RECORD_METHOD "web form"

enum { RECORD_SALT = CANONICAL_SALT, RECORD_ENTRY = CANONICAL_ENTRY, RECORD_PRINCIPAL = 16 };

struct record {
    uint8_t id[ACT_RECORD_ID];
    uint8_t principal[RECORD_PRINCIPAL];
    int64_t time;                       /* UTC seconds, from 0 to INSTANT_MAX */
    const struct act *act;              /* its kind, text and answers; its visitor is left out */
    const char *basis[ACT_ANSWERS_MAX]; /* per answer: the purpose's legal basis */
};

/* What can be answered on which legal basis, and what DPV calls the state after it. */
struct record_state {
    const char *basis;
    enum answer answer;
    const char *name;
    char letter; /* in the database: store_record.c */
};

/* NULL: on this basis nobody can answer so. */
const struct record_state *record_state_of(const char *basis, enum answer answer);

/* NULL: no state has this letter. */
const struct record_state *record_state_lettered(char letter);

/* NULL: the basis has no state of this name. */
const struct record_state *record_state_named(struct str basis, struct str name);

/* The constant of a basis that questions can have, or NULL. */
const char *record_basis(const char *name);

/* Whether a question on this basis can be answered so, in an act of this kind. */
bool record_can_say(enum act_kind kind, const char *basis, enum answer answer);

/* Adds the canonical bytes; every answer must be one that can be said. */
void record_canonical(const struct record *record, struct buf *out);

/* The principal id of a visitor's record: begins SHA-256("teade-principal-v1\0" || salt ||
 * visitor). It links the record to the visitor only for somebody who has the visitor's key, which
 * cannot be guessed. */
void record_principal(const uint8_t salt[RECORD_SALT], const uint8_t visitor[ACT_VISITOR],
                      uint8_t principal[RECORD_PRINCIPAL]);

/* The same from stored bytes.  false: not byte for byte a record, or of a newer version. */
struct record_view {
    char id[2 * ACT_RECORD_ID + 1];
    char principal[2 * RECORD_PRINCIPAL + 1];
    char time[INSTANT_SIZE];            /* YYYY-MM-DDTHH:MM:SSZ */
    int64_t seconds;                    /* the same, UTC */
    struct act act;                     /* its visitor is zero: a record does not tell */
    const char *basis[ACT_ANSWERS_MAX]; /* constants */
};
bool record_parse(struct str canonical, struct record_view *view);

/* Whether its principal is that of this visitor: else it proves nothing about them. */
bool record_is_of(const struct record_view *view, const uint8_t salt[RECORD_SALT],
                  const uint8_t visitor[ACT_VISITOR]);

void record_entry(const uint8_t salt[RECORD_SALT], struct str canonical,
                  uint8_t entry[RECORD_ENTRY]);

extern const char *const answer_names[]; /* by enum answer: given, refused, objected, withdrawn */
extern const char *const act_names[]; /* by enum act_kind: answers, acknowledgement, withdrawal */

/* The enum answer of a name, or ANSWER_COUNT. */
enum answer answer_named(const char *name);

#endif
