/* Listings are cut where a reply would grow too long; the worker asks on from there. */
#include "task.h"

#include <string.h>

#include "base/validate.h"
#include "disclosure_request.h"
#include "record/code.h"
#include "task_log.h"
#include "task_receipt.h"
#include "wire/wire.h"

enum {
    RECORDS_PAGE = 50, /* records in one reply at most */
    /* What the words of a record's questions and their recipients take in a reply, in equal parts:
     * so any record fits, and only one of very many answers is cut. */
    WORDS_MAX = 45056,
};

static void put_result(struct buf *reply, enum act_result result, const uint8_t id[ACT_RECORD_ID])
{
    wire_put_number(reply, result, 1);
    buf_add(reply, id, ACT_RECORD_ID);
}

static enum task_outcome do_act(const struct task_context *context, struct buf *reply,
                                struct wire_reader *fields)
{
    uint8_t id[ACT_RECORD_ID] = {0}, newest[ACT_RECORD_ID] = {0};
    enum act_result result;
    struct act act;

    wire_take_act(fields, &act);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    result = store_act(context->store, &act, context->now, id);
    if (result == ACT_DONE && !store_newest_id(context->store, act.visitor, newest))
        return TASK_STORE_FAILED;
    put_result(reply, result, id);
    buf_add(reply, newest, sizeof newest);
    return TASK_DONE;
}

/* Collects what a listing takes, until the reply is full. */
struct listing {
    struct buf items;
    size_t skip, count;
    bool more;
};

static bool has_room(struct listing *listing, size_t len)
{
    enum { HEADS = 64 }; /* what stands before the items */

    if (listing->more || listing->items.len + len > WIRE_MAX - HEADS)
        listing->more = true;
    return !listing->more;
}

static void take_standing(void *context, const struct standing *standing)
{
    struct listing *listing = context;
    struct buf item = BUF_INIT;

    if (listing->skip) {
        listing->skip--;
        return;
    }
    wire_put_standing(&item, standing);
    if (has_room(listing, item.len)) {
        buf_addstr(&listing->items, buf_str(&item));
        listing->count++;
    }
    buf_release(&item);
}

static void put_listing(struct buf *reply, bool known, struct listing *listing)
{
    wire_put_number(reply, known, 1);
    wire_put_number(reply, listing->more, 1);
    wire_put_number(reply, listing->count, 2);
    buf_addstr(reply, buf_str(&listing->items));
    buf_release(&listing->items);
}

static enum task_outcome do_standing(const struct task_context *context, struct buf *reply,
                                     struct wire_reader *fields)
{
    uint8_t visitor[ACT_VISITOR];
    struct listing listing = {.items = BUF_INIT};
    bool known = false;

    wire_take_bytes(fields, visitor, sizeof visitor);
    listing.skip = wire_take_number(fields, 4);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    if (!store_standing(context->store, visitor, &known, take_standing, &listing))
        return TASK_STORE_FAILED;
    put_listing(reply, known, &listing);
    return TASK_DONE;
}

/* NULL: the text does not ask it, so that there is nothing to be told of it. */
static void put_question(struct buf *reply, const struct text_question *question, size_t most)
{
    task_put_words(reply, question ? question->words : "", most);
    task_put_words(reply, question ? question->recipient : "", most);
}

static void put_questions(struct buf *reply, const struct text_question *const *asked, size_t count)
{
    wire_put_number(reply, count, 1);
    for (size_t i = 0; i < count; i++)
        put_question(reply, asked[i], WORDS_MAX / count / 2);
}

static void take_record(void *context, const struct store_record *record)
{
    struct listing *listing = context;
    struct buf item = BUF_INIT;

    wire_put_number(&item, (uint64_t)record->index, 8);
    wire_put_text(&item, record->canonical);
    buf_add(&item, record->salt, sizeof record->salt);
    task_put_words(&item, record->title, WIRE_TITLE_MAX);
    put_questions(&item, record->asked, record->view ? record->view->act.answer_count : 0);
    if (has_room(listing, item.len)) {
        buf_addstr(&listing->items, buf_str(&item));
        listing->count++;
    }
    buf_release(&item);
}

static enum task_outcome do_records(const struct task_context *context, struct buf *reply,
                                    struct wire_reader *fields)
{
    uint8_t visitor[ACT_VISITOR];
    struct listing listing = {.items = BUF_INIT};
    int64_t before;

    wire_take_bytes(fields, visitor, sizeof visitor);
    before = (int64_t)wire_take_number(fields, 8);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    if (!store_records(context->store, visitor, before, RECORDS_PAGE, take_record, &listing))
        return TASK_STORE_FAILED;
    listing.more = listing.more || listing.count == RECORDS_PAGE;
    put_listing(reply, listing.count > 0, &listing);
    return TASK_DONE;
}

static enum task_outcome do_erase(const struct task_context *context, struct buf *reply,
                                  struct wire_reader *fields)
{
    uint8_t visitor[ACT_VISITOR];
    enum act_result result;

    wire_take_bytes(fields, visitor, sizeof visitor);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    result = store_erase(context->store, visitor, context->now);
    *context->closed = *context->closed || result == ACT_DONE;
    wire_put_number(reply, result, 1);
    return TASK_DONE;
}

static enum task_outcome do_provide(const struct task_context *context, struct buf *reply,
                                    struct wire_reader *fields)
{
    struct provide asked;
    struct provided provided;

    if (!provide_take(fields, &asked) || !wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    provide(context->store, context->manifest, context->now, &asked, &provided);
    provided_put(reply, &provided);
    return TASK_DONE;
}

static void take_provision(void *context, const struct store_provision *row)
{
    struct listing *listing = context;
    struct buf item = BUF_INIT;

    if (!row->view) /* it says nothing; `teade-records verify` says so */
        return;
    if (listing->skip) {
        listing->skip--;
        return;
    }
    wire_put_number(&item, (uint64_t)row->index, 8);
    wire_put_text(&item, row->canonical);
    buf_add(&item, row->salt, sizeof row->salt);
    if (has_room(listing, item.len)) {
        buf_addstr(&listing->items, buf_str(&item));
        listing->count++;
    }
    buf_release(&item);
}

static enum task_outcome do_provisions(const struct task_context *context, struct buf *reply,
                                       struct wire_reader *fields)
{
    uint8_t visitor[ACT_VISITOR];
    struct listing listing = {.items = BUF_INIT};

    wire_take_bytes(fields, visitor, sizeof visitor);
    listing.skip = wire_take_number(fields, 4);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    if (!store_provisions_of(context->store, visitor, take_provision, &listing))
        return TASK_STORE_FAILED;
    put_listing(reply, listing.count > 0, &listing);
    return TASK_DONE;
}

static enum task_outcome do_wording(const struct task_context *context, struct buf *reply,
                                    struct wire_reader *fields)
{
    const struct store_words *words;
    struct standing said;

    wire_take_standing(fields, &said);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    if (!store_words_of(context->store, &said, &words))
        return TASK_STORE_FAILED;
    task_put_words(reply, words->title, WIRE_TITLE_MAX);
    put_question(reply, questions_find(&words->asked, said.question), WORDS_MAX / 2);
    return TASK_DONE;
}

struct held_code {
    struct code code;
    const struct identity_keys *keys;
};

static bool fits_code(const void *context, const uint8_t salt[CANONICAL_SALT],
                      const uint8_t entry[CANONICAL_ENTRY])
{
    const struct held_code *held = context;

    return code_fits(&held->code, held->keys, salt, entry);
}

static enum task_outcome do_code(const struct task_context *context, struct buf *reply,
                                 struct wire_reader *fields)
{
    struct held_code held = {.keys = context->keys};
    uint8_t id[ACT_RECORD_ID] = {0};
    enum act_result result;

    held.code.index = wire_take_number(fields, 8);
    wire_take_bytes(fields, held.code.tag, sizeof held.code.tag);
    if (!wire_done(fields) || held.code.index >> CODE_INDEX_BITS)
        return TASK_NOT_A_MESSAGE;
    result = store_withdraw_record(context->store, (int64_t)held.code.index, fits_code, &held,
                                   context->now, id);
    put_result(reply, result, id);
    return TASK_DONE;
}

struct withdrawal {
    bool found;
    int64_t time;
    char revision[ACT_REVISION_MAX + 1];
};

static void take_withdrawal(void *context, const struct store_record *record)
{
    struct withdrawal *withdrawal = context;

    if (!record->view || record->view->act.kind != ACT_WITHDRAWAL)
        return;
    withdrawal->found = true;
    withdrawal->time = record->view->seconds;
    memcpy(withdrawal->revision, record->view->act.revision, sizeof withdrawal->revision);
}

/* Whoever knows the id of a record that they were just told may see that it is a withdrawal. */
static enum task_outcome do_withdrawal(const struct task_context *context, struct buf *reply,
                                       struct wire_reader *fields)
{
    struct withdrawal withdrawal = {.found = false};
    uint8_t id[ACT_RECORD_ID];
    bool found;

    wire_take_bytes(fields, id, sizeof id);
    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    if (!store_find(context->store, id, &found, take_withdrawal, &withdrawal))
        return TASK_STORE_FAILED;
    wire_put_number(reply, withdrawal.found, 1);
    wire_put_number(reply, (uint64_t)withdrawal.time, 8);
    wire_put_text(reply, str_of(withdrawal.revision));
    return TASK_DONE;
}

static void put_health(const struct task_context *context, enum wire_health health, struct str why,
                       struct buf *reply)
{
    wire_put_number(reply, health, 1);
    wire_put_text(reply, why);
    wire_put_text(reply, str_of(context->site));
    wire_put_number(reply, context->pending_wipes, 1);
    wire_put_number(reply, context->shows_old_site, 1);
}

/* Healthy means that an act can be dated and that a commit succeeds now: one within the last second
 * has shown it, else this batch's own will, for it writes the probe. */
static enum task_outcome do_health(const struct task_context *context, struct buf *reply,
                                   struct wire_reader *fields)
{
    struct buf why = BUF_INIT;
    bool ahead;

    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    if (!store_knows_time(context->store, context->now) ||
        (!context->just_committed && !store_probe(context->store)))
        return TASK_STORE_FAILED;
    ahead = store_is_ahead(context->store, context->now, &why);
    put_health(context,
               ahead                ? HEALTH_DOUBTED
               : context->alarm.len ? HEALTH_ALARM
                                    : HEALTH_OK,
               ahead ? buf_str(&why) : context->alarm, reply);
    buf_release(&why);
    return TASK_DONE;
}

static enum task_outcome (*const tasks[WIRE_KIND_COUNT])(const struct task_context *context,
                                                         struct buf *reply,
                                                         struct wire_reader *fields) = {
    [WIRE_ACT] = do_act,
    [WIRE_STANDING] = do_standing,
    [WIRE_WORDING] = do_wording,
    [WIRE_CODE] = do_code,
    [WIRE_RECORDS] = do_records,
    [WIRE_ERASE] = do_erase,
    [WIRE_CHECKPOINT] = task_checkpoint,
    [WIRE_TILE] = task_tile,
    [WIRE_PROVIDE] = do_provide,
    [WIRE_PROVISIONS] = do_provisions,
    [WIRE_RECEIPT] = task_receipt,
    [WIRE_TEXT] = task_text,
    [WIRE_HEALTH] = do_health,
    [WIRE_WITHDRAWAL] = do_withdrawal,
};

bool task_is_the_operators(enum wire_kind kind)
{
    return kind == WIRE_PROVIDE;
}

enum task_outcome task_carry_out(const struct task_context *context, enum wire_kind kind,
                                 struct wire_reader *fields, struct buf *reply)
{
    return tasks[kind](context, reply, fields);
}

void task_unavailable(const struct task_context *context, enum wire_kind kind, struct str why,
                      struct buf *reply)
{
    static const uint8_t none[ACT_RECORD_ID];

    if (kind == WIRE_ACT || kind == WIRE_CODE) {
        put_result(reply, ACT_UNAVAILABLE, none);
        if (kind == WIRE_ACT)
            buf_add(reply, none, sizeof none);
    } else if (kind == WIRE_ERASE) {
        wire_put_number(reply, ACT_UNAVAILABLE, 1);
    } else if (kind == WIRE_PROVIDE) {
        provided_put(reply, &(struct provided){.result = ACT_UNAVAILABLE});
    } else if (kind == WIRE_HEALTH) {
        put_health(context, HEALTH_UNAVAILABLE, why, reply);
    } /* any other reply without fields says the same */
}
