/* What a worker asks the keeper: one function for each kind of message (wire.h).
 *
 * Each waits for the reply for ASK_SECONDS at most.  Functions of bool return false if there is no
 * reply, or a malformed one, and the state of the records is then unknown. */
#ifndef TEADE_ASK_H
#define TEADE_ASK_H

#include "log/tile.h"
#include "receipt/receipt.h"
#include "record/code.h"
#include "record/disclosure.h"
#include "wire/keeper_client.h"

enum { ASK_SECONDS = 5 };

/* What became of an act: see enum act_result. */
enum outcome {
    OUTCOME_DONE,
    OUTCOME_CHANGED, /* the text is not there, or does not ask that */
    OUTCOME_NOTHING,
    OUTCOME_UNAVAILABLE,
    OUTCOME_LIMITED,
    OUTCOME_LOST, /* no valid reply: it may have been recorded all the same */
    OUTCOME_STRANGER,
    OUTCOME_COUNT
};

/* IDs of the record that says what was done, made now or before, and of the visitor's newest. */
struct ask_done {
    uint8_t record[ACT_RECORD_ID], newest[ACT_RECORD_ID];
};
enum outcome ask_act(struct keeper_client *keeper, const struct act *act, struct ask_done *done);

enum outcome ask_erase(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR]);

/* Withdraws the consent in the record that a code belongs to, whoever the visitor was.  NOTHING:
 * the code fits no record, or the consent is not current.  `record` is that of the withdrawal. */
enum outcome ask_withdraw_by_code(struct keeper_client *keeper, const struct code *code,
                                  uint8_t record[ACT_RECORD_ID]);

/* Of a record of any visitor: whether it is a withdrawal, its time and version. */
struct ask_withdrawal {
    bool found;
    int64_t time; /* UTC seconds */
    char revision[ACT_REVISION_MAX + 1];
};
bool ask_withdrawal(struct keeper_client *keeper, const uint8_t record[ACT_RECORD_ID],
                    struct ask_withdrawal *withdrawal);

/* The words of a question in the text on which it was answered, its recipient, and the title of the
 * text; "" if that was never offered.  They are valid until the keeper is asked again. */
struct ask_wording {
    struct str title, label, recipient;
};
bool ask_wording(struct keeper_client *keeper, const struct standing *standing,
                 struct ask_wording *wording);

bool ask_is_known(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR], bool *known);

/* A visitor's answers, as store_standing() orders them.  Release them also on failure. */
struct standings {
    bool known; /* the database has something of the visitor */
    struct standing *items;
    size_t count;
};
bool ask_standings(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR],
                   struct standings *standings);
void standings_release(struct standings *standings);

/* A record of a visitor, with the words of its questions.  It is valid during the call. */
struct ask_record {
    int64_t index;
    struct str canonical, title;
    uint8_t salt[RECORD_SALT];
    struct record_view view; /* of the canonical bytes */
    struct {
        struct str label, recipient;
    } asked[ACT_ANSWERS_MAX]; /* by answer */
};

/* Gives the records below the index *before (0: all), newest first, until `take` returns false.
 * Then *before is the index to continue with; 0: there are no more. */
typedef bool take_record(void *context, const struct ask_record *record);
bool ask_records(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR], int64_t *before,
                 take_record *take, void *context);

/* A disclosure of a visitor's data.  It is valid during the call. */
struct ask_disclosure {
    int64_t index;
    struct str canonical;
    uint8_t salt[CANONICAL_SALT];
    struct provision view; /* of the canonical bytes */
};
typedef void take_disclosure(void *context, const struct ask_disclosure *disclosure);
bool ask_disclosures(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR],
                     take_disclosure *take, void *context);

/* The record, its proof and its title; not its text.  `receipt` points into `reply`. */
bool ask_receipt(struct keeper_client *keeper, const uint8_t visitor[ACT_VISITOR],
                 const uint8_t record[ACT_RECORD_ID], bool *found, struct receipt *receipt,
                 struct buf *reply);

/* Appends the text of a digest, which is also there when the site no longer has it. */
bool ask_text(struct keeper_client *keeper, const uint8_t digest[ACT_DIGEST], struct buf *text);

/* The published log; empty if it has no such part yet.  Valid until the keeper is asked again. */
bool ask_checkpoint(struct keeper_client *keeper, struct str *note);
bool ask_tile(struct keeper_client *keeper, const struct tile *tile, struct str *bytes);

struct ask_health {
    enum wire_health health;
    struct str reason, manifest; /* valid until the keeper is asked again */
    bool pending_wipes;
};
bool ask_health(struct keeper_client *keeper, struct ask_health *health);

#endif
