/* What the files of the store share.  Nobody else includes this. */
#ifndef TEADE_STORE_PRIVATE_H
#define TEADE_STORE_PRIVATE_H

#include "database/db.h"
#include "log/tree.h"
#include "record/canonical.h"
#include "store.h"
#include "store_rows.h"
#include "store_state.h"

enum { SCHEMA_APPLICATION = 0x54656164 }; /* as schema.sql sets it */

/* Makes the schema of a new database.  false: it cannot, or the database is of another version. */
bool store_fit_schema(struct store *store);

/* Reads where the log ends, in a transaction that was just begun. */
bool store_read_tail(struct store *store);

/* Notes what an act of a visitor ends, before its record is appended. */
bool store_note_ended(struct store *store, const struct act *act);

/* Drops the notes behind so many bytes of them. */
void store_cut_notes(struct store *store, size_t len);

/* The tag of a record's salt and a question (erased.h). */
void store_tag(const uint8_t salt[CANONICAL_SALT], const char *document, const char *question,
               uint8_t tag[CANONICAL_ENTRY]);

/* Appends a record; or a provision, or a closing and its pending wipe.  The bytes are lent.  Where
 * a record cannot be appended, either nothing was written or the transaction is undone. */
bool store_append_record(struct store *store, const struct stored_record *record,
                         const uint8_t entry[CANONICAL_ENTRY]);

struct store_row {
    const uint8_t *visitor, *id, *salt, *entry; /* of a closing visitor and id are NULL */
    int64_t time;
    struct str canonical;
};
bool store_append_provision(struct store *store, const struct store_row *row);
bool store_append_closing(struct store *store, const struct store_row *row);

/* Withdraws the current answers of the visitor whose act it is, as far as the act names them:
 * ACT_DONE, ACT_NOTHING or ACT_UNAVAILABLE. */
enum act_result store_withdraw(struct store *store, const struct act *act, int64_t now,
                               uint8_t id[ACT_RECORD_ID]);

/* The log's tree.  Growing stores what hashes the entries since the last time make complete; what a
 * transaction saw of the tree is forgotten when any of it is undone. */
void store_begin_tree(struct store *store);
bool store_grow(struct store *store);
void store_forget_tree(struct store *store);

/* Hashes of the log from a place on: entries at level 0, of the tree above. */
size_t store_read_hashes(struct store *store, unsigned level, uint64_t first, size_t count,
                         struct merkle_hash *hashes);

/* Begins with what store_verify() does beside the records: pages and keys, and the log.  Ending
 * tells what was found, also that it could not be done, and how many checkpoints there are. */
struct store_background;
struct store_background *store_background_start(struct store *store);
int64_t store_background_end(struct store_background *background, const struct fault_sink *sink);

/* Compares each text with its digest, and the questions of an offer with those that its text asks.
 */
bool store_verify_texts(struct store *store, int64_t *texts, const struct fault_sink *sink);

/* store_by_visitor(), of one view where a transaction is open.  Visitors are numbered from 1. */
typedef void store_take_walked(void *context, int64_t visitor, const struct stored_record *record);
bool store_walk_visitors(struct store *store, store_take_walked *take, void *context);

/* Compares what each record names in `earlier` with the visitor's records before it. */
bool store_verify_earlier(struct store *store, const struct fault_sink *sink);

/* The log's part of store_verify(), of so many entries. */
void store_verify_log(struct store *store, int64_t size, int64_t *checkpoints,
                      const struct fault_sink *sink);

/* Carries something out as a part of the transaction that can be undone alone; what is not
 * ACT_UNAVAILABLE has left the transaction sound. */
typedef enum act_result store_part(struct store *store, const void *context, int64_t now,
                                   uint8_t id[ACT_RECORD_ID]);
enum act_result store_do(struct store *store, store_part *part, const void *context, int64_t now,
                         uint8_t id[ACT_RECORD_ID]);

/* The same for a part that judges everything first and then appends one record at most: nothing has
 * to be undone alone, which would cost each record a copy of every page that it changes. */
enum act_result store_do_judged(struct store *store, store_part *part, const void *context,
                                int64_t now, uint8_t id[ACT_RECORD_ID]);

/* Enters a closing into the log, made at `now`, and its pending wipe; what it closes is the
 * caller's to delete. */
struct closing;
bool store_close_places(struct store *store, struct closing *closing, int64_t now);

/* What the database has that schema.sql does not make, or makes otherwise: a trigger of somebody
 * else could keep what is erased.  false: cannot be read. */
bool store_check_schema(struct store *store, const struct fault_sink *sink);

/* What entries without a record are, for store_verify(). */
struct store_entry_kinds {
    uint8_t *at; /* of each place an enum entry_kind */
    size_t count;
    int64_t provisions;
};
enum entry_kind { ENTRY_UNKNOWN, ENTRY_ERASED, ENTRY_PRUNED, ENTRY_CLOSING, ENTRY_PROVISION };

/* Reads all closings and provisions, and compares each with its entry; `sink` gets what is wrong.
 * false: could not be read to the end.  Free `at` either way. */
bool store_read_entry_kinds(struct store *store, struct store_entry_kinds *kinds,
                            const struct fault_sink *sink);
enum entry_kind store_entry_kind(const struct store_entry_kinds *kinds, int64_t place);
bool store_is_closed(enum entry_kind kind); /* by erasure or by retention */

/* store_record_page() in a transaction. */
bool store_records_from(struct store *store, int64_t *next, bool *more, store_take_record *take,
                        void *context);

/* Whether the visitor has a record. */
bool store_is_known(struct store *store, const uint8_t visitor[ACT_VISITOR], bool *known);

/* A visitor who has no record any more: their provisions lose them. */
bool store_forget_empty(struct store *store, const uint8_t visitor[ACT_VISITOR]);

/* The current answers of a visitor, as store_standing() gives them, with the offer each was said
 * on. */
typedef void store_take_standing(void *context, const struct standing *standing, int64_t offer);
bool store_current(struct store *store, const uint8_t visitor[ACT_VISITOR],
                   store_take_standing *take, void *context);

/* The id of an offer. */
bool store_offer_id(struct store *store, const char *document, const char *revision,
                    const char *language, const uint8_t digest[ACT_DIGEST], bool *found,
                    int64_t *offer);

/* The texts whose words store_words() keeps. */
struct text_cache *text_cache_new(void);
void text_cache_free(struct text_cache *cache);

#endif
