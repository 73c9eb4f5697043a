/* What is remembered, and the only module with SQL (beside schema.sql).  Statements are
 * always bound, never formatted.  One process writes; it alone ever checkpoints.
 *
 * Calls that can fail return false and leave the reason in store_why(). */
#ifndef TEADE_STORE_H
#define TEADE_STORE_H

#include "base/buf.h"
#include "database/store_mode.h"
#include "record/act.h"
#include "record/canonical.h"
#include "record/closing.h"
#include "record/question.h"
#include "record/record.h"

struct store;

/* Opens DATABASE (a path, or sqlite:PATH).  NULL with the reason in `why`: not there, not writable,
 * locked by another process, not ours, of another schema. */
struct store *store_open(const char *database, enum store_mode mode, struct buf *why);
void store_close(struct store *store); /* NULL is fine */
const char *store_path(const struct store *store);
const char *store_why(const struct store *store);

/* Write transactions begin as writes; a reader's is one unmoving view, to be ended within a
 * second.  A false commit has undone everything. */
bool store_begin(struct store *store);
bool store_commit(struct store *store);
void store_rollback(struct store *store);

/* Makes the open transaction write, though it changes nothing: its commit then shows whether
 * one reaches the disk now. */
bool store_probe(struct store *store);

/* Whether anything can be dated so; false with store_why(). */
bool store_knows_time(struct store *store, int64_t now);

/* Whether the time of the newest entry is ahead of the clock (canonical.h), in a transaction; `why`
 * then says so. */
bool store_is_ahead(const struct store *store, int64_t now, struct buf *why);

/* A text as offered, its questions with their basis; storing it again is fine, and another
 * question is added.  It must be there before a record can name it.  Inside a transaction; when
 * it fails the caller rolls back. */
struct store_question {
    const char *id, *basis;
};
struct store_text {
    uint8_t digest[ACT_DIGEST];
    const char *document, *revision, *language;
    struct str body;
    const struct store_question *questions;
    size_t question_count;
};
bool store_put_text(struct store *store, const struct store_text *text);

/* An answer that is current already, given on the very same text, makes no record of its own;
 * unless the current one is older than this instant: then it is recorded again, and is valid from
 * now on. */
void store_renew_before(struct store *store, int64_t time);

/* How many records a visitor can have made within 24 hours, in the order of the log; 0: any number.
 * What only says no, withdraws or erases is never too much. */
void store_limit_acts(struct store *store, int64_t most);

/* Carries an act out inside the transaction: makes the records (a withdrawal makes one per
 * text that its answers stand on).  The log's order is that of its entries: a record has the
 * clock's time, also where an earlier one has a later time.  `id` is the (last) record's.  Whatever
 * it returns but ACT_DONE has done nothing, and the acts before and after it are untouched; if the
 * transaction itself was lost, every further act is ACT_UNAVAILABLE and store_commit fails. */
enum act_result store_act(struct store *store, const struct act *act, int64_t now,
                          uint8_t id[ACT_RECORD_ID]);

/* Withdraws the current answers to a record's questions for the visitor who made it, as a
 * withdrawal of their own would, if its salt and entry pass `fits`; `id` is the (last) record's.
 * ACT_DONE, ACT_UNAVAILABLE, or ACT_NOTHING: no such record, one that does not pass, or no current
 * answer.
 */
typedef bool store_fits(const void *context, const uint8_t salt[CANONICAL_SALT],
                        const uint8_t entry[CANONICAL_ENTRY]);
enum act_result store_withdraw_record(struct store *store, int64_t index, store_fits *fits,
                                      const void *context, int64_t now, uint8_t id[ACT_RECORD_ID]);

/* Erases a visitor: withdraws their current answers, closes all their records, forgets them.
 * ACT_DONE, ACT_STRANGER or ACT_UNAVAILABLE, as of store_act().  Until the pending wipes are done,
 * what was erased can still lie in unused parts of the files. */
enum act_result store_erase(struct store *store, const uint8_t visitor[ACT_VISITOR], int64_t now);

/* Enters a provision of a visitor's data (disclosure.h), made by the caller but for its handle,
 * time and id, which are set.  ACT_DONE, ACT_STRANGER or ACT_UNAVAILABLE, as of store_act(). */
struct provision;
enum act_result store_provide(struct store *store, const uint8_t visitor[ACT_VISITOR],
                              struct provision *provision, int64_t now);

/* The record by which a visitor gave a current answer, and the digest of its text. */
bool store_said_by(struct store *store, const uint8_t visitor[ACT_VISITOR],
                   const struct standing *said, uint8_t record[ACT_RECORD_ID],
                   uint8_t digest[ACT_DIGEST]);

/* The provisions of a visitor that the database knows, oldest first. */
struct store_provision {
    int64_t index; /* its place in the log */
    uint8_t entry[CANONICAL_ENTRY], salt[CANONICAL_SALT];
    struct str canonical;
    const struct provision *view; /* of the canonical bytes; NULL: they are damaged */
    bool erased;                  /* nothing but its handle leads to its visitor */
};
typedef void store_take_provision(void *context, const struct store_provision *provision);
bool store_provisions_of(struct store *store, const uint8_t visitor[ACT_VISITOR],
                         store_take_provision *take, void *context);

/* What is needed no longer: answers that were replaced, withdrawn or expired, and what visitors
 * said they had seen, each for a time that the caller knows. */
struct store_retention {
    int64_t ended_until;     /* what ended by then goes */
    int64_t answered_until;  /* an answer of before then has expired by ended_until */
    int64_t provision_until; /* provisions of before then go */
};

/* Closes what is needed no longer, from the entry *next on; moves *next behind what was looked at,
 * a page at most; *more false: that was the end.  A transaction of its own.  A record is never kept
 * without a newer one of the same visitor that says otherwise. */
bool store_prune(struct store *store, const struct store_retention *retention, int64_t now,
                 int64_t *next, bool *more);

/* What was closed and is not done with (closings in the order of their places, behind `after`): it
 * is to be noted outside of the database, and its bytes are to be overwritten.  `take` is told the
 * hash of each entry that was closed. */
typedef void store_take_hash(void *context, enum closing_reason reason,
                             const uint8_t hash[CANONICAL_ENTRY]);
bool store_pending_wipes(struct store *store, int64_t after, int64_t *last, store_take_hash *take,
                         void *context);

/* The same of every closing there is. */
bool store_closed(struct store *store, store_take_hash *take, void *context);

/* Overwrites what is unused in the files; *done false: a reader is in the way.  Not in a
 * transaction, and nobody is served meanwhile. */
bool store_compact(struct store *store, bool *done);

/* Pages that wait to be written back to their place in the file, and doing it: no message is
 * answered meanwhile.  Not in a transaction; harmless where it fails. */
int64_t store_backlog(const struct store *store);
bool store_write_back(struct store *store);

/* The closings up to this place are done with.  In a transaction. */
bool store_clear_pending_wipes(struct store *store, int64_t last);

/* The current answers of a visitor, in the order of document and question, and of each question the
 * newest first: the newest answer on each revision, but no yes or objection that was withdrawn
 * since on any revision; and the newest withdrawal.  Which of them counts is the manifest's:
 * offer_said(). The very newest is always told, older ones as far as the visitor's newest records
 * have them. true and *known false where the database does not know the visitor. */
bool store_standing(struct store *store, const uint8_t visitor[ACT_VISITOR], bool *known,
                    void (*take)(void *context, const struct standing *standing), void *context);

/* What a text is called and what it asks: read from the text alone, whatever lists of it say. */
struct store_words {
    char *title; /* its first line, without "# " */
    struct text_questions asked;
};

/* Of the text of a digest; an empty title and no questions where it is not there.  Good until the
 * next call for words or records. */
bool store_words(struct store *store, const uint8_t digest[ACT_DIGEST],
                 const struct store_words **words);

/* Of the text on which something was said; as if it were not there where that was never offered. */
bool store_words_of(struct store *store, const struct standing *said,
                    const struct store_words **words);

/* How many entries there are as of the last commit; -1 before the first transaction. */
int64_t store_size(const struct store *store);

/* Whether the end of the log is whole: its last complete tile and its last records are what they
 * were entered as.  In a transaction; false with store_why(). */
bool store_check_edge(struct store *store);

struct store_record {
    int64_t index; /* its index in the log, from 0 */
    uint8_t entry[RECORD_ENTRY], salt[RECORD_SALT];
    struct str canonical;
    const struct record_view *view;           /* of the canonical bytes; NULL: they are damaged */
    const char *title;                        /* of the text that the view names */
    const struct text_question *const *asked; /* per answer of the view, as that text has the
                                               * question; NULL: it does not ask it */
};
typedef void store_take_record(void *context, const struct store_record *record);

/* A visitor's records, newest first, older than `before` (0: from the newest), at most `limit`. */
bool store_records(struct store *store, const uint8_t visitor[ACT_VISITOR], int64_t before,
                   size_t limit, store_take_record *take, void *context);

/* The id of a visitor's newest record; unchanged where they have no record. */
bool store_newest_id(struct store *store, const uint8_t visitor[ACT_VISITOR],
                     uint8_t id[ACT_RECORD_ID]);

/* For the operator (teade-records). */

/* Whose a record is, if it is open. */
bool store_visitor_of(struct store *store, const uint8_t id[ACT_RECORD_ID], bool *found,
                      uint8_t visitor[ACT_VISITOR]);

/* Keeps every other writer out, also from a database that is not there.  Released by close(); -1
 * with the reason in `why`. */
int store_lock(const char *path, struct buf *why);

/* Writes all that is there at this moment, and nothing that was deleted, to a file that is there
 * and empty.  Also of a database in use; the caller flushes it. */
bool store_fill(struct store *store, const char *path);

/* The record of an id, if it is open. */
bool store_find(struct store *store, const uint8_t id[ACT_RECORD_ID], bool *found,
                store_take_record *take, void *context);

/* A visitor's records from the entry *next on, oldest first, as store_record_page() gives them. */
bool store_record_page_of(struct store *store, const uint8_t visitor[ACT_VISITOR], int64_t *next,
                          bool *more, store_take_record *take, void *context);

/* The key of the visitor of every record, in short transactions, until `take` says that it has seen
 * enough. */
bool store_visitors(struct store *store,
                    bool (*take)(void *context, const uint8_t visitor[ACT_VISITOR]), void *context);

/* The provision of an id, and every one, oldest first, in short transactions: of visitors who were
 * erased as well.  A page is from the entry *next on, and moves it behind; *more false: there was
 * none. */
bool store_find_provision(struct store *store, const uint8_t id[ACT_RECORD_ID], bool *found,
                          store_take_provision *take, void *context);
bool store_provision_page(struct store *store, int64_t *next, bool *more,
                          store_take_provision *take, void *context);
bool store_provisions(struct store *store, store_take_provision *take, void *context);

/* Every entry in order.  Read in short transactions of their own, unless one is open. */
struct stored_record;
struct store_entry {
    int64_t index;
    struct str entry;
    bool open;            /* false: erased or pruned, or never a record; then the rest is empty */
    const uint8_t *salt;  /* RECORD_SALT bytes */
    struct str canonical; /* "" also of a damaged record */
    const struct stored_record *record; /* the row, for the store alone */
};
bool store_entries(struct store *store,
                   void (*take)(void *context, const struct store_entry *entry), void *context);

/* The open records from the entry *next on, oldest first: a page of them, read in a transaction
 * of its own, so that the caller can take its time with what it was given.  Moves *next behind
 * them; *more false: there was none left. */
bool store_record_page(struct store *store, int64_t *next, bool *more, store_take_record *take,
                       void *context);

/* Every open record, one visitor after the other and each visitor's oldest first, in short
 * transactions.  The number of a visitor means nothing outside. */
bool store_by_visitor(struct store *store,
                      void (*take)(void *context, int64_t visitor, struct str canonical),
                      void *context);

struct store_stats {
    int64_t visitors, texts, entries;
    int64_t records; /* entries that are open */
    int64_t since,
        until;     /* of the first and the last open record in the log, UTC seconds; 0: none */
    int64_t bytes; /* of the database file, once all of it is written back */
};
bool store_stats(struct store *store, struct store_stats *stats);

/* Every question of a text as it was stored where it was offered, by their ids.  For readers the
 * words are the text's own: store_words(). */
bool store_questions(struct store *store, const struct act *on,
                     void (*take)(void *context, const struct store_question *question),
                     void *context);

bool store_text_body(struct store *store, const uint8_t digest[ACT_DIGEST], bool *found,
                     struct buf *body);

#endif
