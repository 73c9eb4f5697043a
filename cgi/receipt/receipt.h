/* A receipt: a file of one record that a visitor can download and anybody can check without us.
 *
 * It proves that its holder, or this browser, made this choice on this text.  It does not say
 * who.  JSON, ISO/IEC TS 27560 with terms of the Data Privacy Vocabulary (w3id.org/dpv):
 *
 *   schema_version  "teade-receipt-v2"
 *   receipt_id      the record's id: a record has one receipt, shown as often as wanted
 *   record          the record for readers:
 *     schema_version, record_id, pii_principal_id
 *     pii_processing
 *       privacy_notice       document, language, revision, text_sha256; its address (url)
 *       language, collection_method; the flags of record_fields[] that are set
 *       purposes             each with purpose, lawful_basis, recipient_third_parties; the data it
 *                            uses (pii_information), how long and in which countries these are
 *                            kept (retention_period, storage_locations)
 *       pii_controllers, jurisdiction, withdrawal_method
 *     party_identification   party_id, party_type, party_name, party_address, party_contact
 *     events                 one for each purpose, or one: event_time, event_type, event_state,
 *                            entity_id, purpose, recipient_third_parties; validity_duration;
 *                            valid_from, of a yes to a version that took effect only later
 *   labels          the questions in words, by their ids
 *   recipients      to whom data would go, and which, as the text says it below a question of a
 *                   recipient; by the same ids
 *   canonical       the record's bytes: record.h
 *   salt, hash      hash is SHA-256("teade-record-v1\0" || salt || canonical), in hex
 *   proof           that the entry is in the log: receipt_proof.h
 *   verifier_key    of the key that signed the checkpoint in it: note.h
 *   text            the exact words the record is about
 *   withdraw_code   with which the answers can be withdrawn on any device, and nothing else done
 *
 * What the site did not state is left out; how long it keeps the record itself has no field.  The
 * bytes and the text vouch for all fields of `record` but those that receipt_stated[] names: the
 * site's own statements of the day.  Of these the text vouches for the parties that it names, its
 * controllers and recipients: a controller who is called otherwise by now, and a recipient whose
 * line cannot be read in just one way, are the text's line. */
#ifndef TEADE_RECEIPT_H
#define TEADE_RECEIPT_H

#include <jansson.h>

#include "base/manifest.h"
#include "receipt_proof.h"
#include "record/question.h"
#include "record/record.h"

#define RECEIPT_VERSION "teade-receipt-v2"

struct receipt {
    struct str canonical;
    struct record_view view; /* of it */
    uint8_t salt[RECORD_SALT];
    struct str title;
    struct receipt_proof proof;
    struct str key;  /* the verifier's */
    struct str text; /* the exact words */
    const struct text_question
        *asked[ACT_ANSWERS_MAX]; /* per answer, as the text has it, or NULL */
    const char *code;            /* to withdraw with, or NULL */
};

/* `language`: of the pages that it leads to. */
json_t *receipt_json(const struct receipt *receipt, const struct manifest *manifest,
                     const char *language);

/* What the manifest says of the text that a record names; NULL each where it has it no more. */
struct receipt_text {
    const struct manifest_revision *revision;
    const struct manifest_text *text;
};
struct receipt_text receipt_find_text(const struct manifest *manifest, const struct act *act);

/* From when an answer counts: at once; or, a yes to a version to come that asks what the one in
 * force does not, from its effect on. */
struct receipt_start {
    int64_t instant; /* INT64_MAX: never, that version was retracted */
    const char *day; /* the same in the site's zone; NULL unless it is later than the record */
};
struct receipt_start receipt_start(const struct manifest *manifest, const struct record_view *view,
                                   size_t i);

/* The part of `record` that the canonical bytes, which are a record's, vouch for. */
json_t *receipt_record(struct str canonical);

/* The other fields, each in its one place. */
struct receipt_stated {
    const char *place; /* as in "record.events[]": in every item */
    const char *name;
    const char *inner; /* the field of the objects that it lists, or NULL: it has none */
};

/* Ends with a name that is NULL. */
extern const struct receipt_stated receipt_stated[];

#endif
