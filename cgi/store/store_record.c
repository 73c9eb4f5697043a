/* The row of a record, and its canonical bytes, which are made of it and of its offer.
 *
 * `answers` has QUESTION=LETTER for each answer, in their order, with a space between; a letter is
 * a basis and what was answered (record.h). */
#include <string.h>

#include "store_private.h"

/* The columns, as every query of records gives them. */
enum { ENTRY, VISITOR, OFFER, KIND, GPC, TIME, ID, SALT, ANSWERS, EARLIER };
_Static_assert(EARLIER + 1 == RECORD_COLUMNS, "what follows stands behind them");

void stored_write_answers(const struct stored_record *record, struct buf *answers)
{
    for (size_t i = 0; i < record->act.answer_count; i++) {
        const struct act_answer *answer = &record->act.answers[i];

        if (i)
            buf_addc(answers, ' ');
        buf_adds(answers, answer->question);
        buf_addc(answers, '=');
        buf_addc(answers, record_state_of(record->basis[i], answer->answer)->letter);
    }
}

static bool is_answered_before(const struct act *act, const char *question)
{
    for (size_t i = 0; i < act->answer_count; i++)
        if (strcmp(act->answers[i].question, question) == 0)
            return true;
    return false;
}

static bool take_answer(struct str word, struct stored_record *record)
{
    enum { BEHIND = 2 }; /* bytes of =LETTER */
    struct act *act = &record->act;
    struct act_answer *answer = &act->answers[act->answer_count];
    const struct record_state *state;
    size_t len = word.len - BEHIND;

    if (act->answer_count == ACT_ANSWERS_MAX || word.len <= BEHIND || len > ACT_QUESTION_MAX ||
        word.data[len] != '=' || !(state = record_state_lettered(word.data[len + 1])) ||
        !record_can_say(act->kind, state->basis, state->answer))
        return false;
    memcpy(answer->question, word.data, len);
    answer->question[len] = '\0';
    if (strlen(answer->question) != len || is_answered_before(act, answer->question))
        return false;
    answer->answer = state->answer;
    record->basis[act->answer_count++] = state->basis;
    return true;
}

static bool take_answers(struct str answers, struct stored_record *record)
{
    record->act.answer_count = 0;
    while (answers.len) {
        const char *space = memchr(answers.data, ' ', answers.len);
        struct str word = {answers.data, space ? (size_t)(space - answers.data) : answers.len};

        if (!take_answer(word, record) || (space && word.len + 1 == answers.len))
            return false;
        answers.data += word.len + (space != NULL);
        answers.len -= word.len + (space != NULL);
    }
    return (record->act.answer_count == 0) == (record->act.kind == ACT_ACKNOWLEDGEMENT);
}

static bool take_bytes(struct db_statement *row, int column, uint8_t *to, size_t len)
{
    struct str bytes = db_blob(row, column);

    if (bytes.len == len)
        memcpy(to, bytes.data, len);
    else
        memset(to, 0, len);
    return bytes.len == len;
}

static bool take_kind(struct db_statement *row, struct act *act)
{
    int64_t kind = db_int(row, KIND), gpc = db_int(row, GPC);
    bool sound = kind >= ACT_ANSWERS && kind <= ACT_WITHDRAWAL && (gpc == 0 || gpc == 1);

    act->kind = sound ? (enum act_kind)kind : ACT_ANSWERS;
    act->gpc = gpc == 1;
    act->fresh = false;
    return sound;
}

bool store_read_record(struct store *store, struct db_statement *row, struct stored_record *record)
{
    const struct offer *offer;
    bool has_key, has_id, has_salt;

    record->entry = db_int(row, ENTRY);
    record->time = db_int(row, TIME);
    record->offer = db_int(row, OFFER);
    record->earlier = db_blob(row, EARLIER);
    has_key = take_bytes(row, VISITOR, record->act.visitor, sizeof record->act.visitor);
    has_id = take_bytes(row, ID, record->id, sizeof record->id);
    has_salt = take_bytes(row, SALT, record->salt, sizeof record->salt);
    record->act.answer_count = 0;
    record->is_sound = false;
    if (!store_offer(store, record->offer, &offer))
        return false;
    if (offer)
        offer_name(offer, &record->act);
    record->is_sound = offer && has_key && has_id && has_salt && instant_is_valid(record->time) &&
                       take_kind(row, &record->act) && take_answers(db_blob(row, ANSWERS), record);
    return true;
}

void stored_copy(struct stored_record *to, const struct stored_record *from)
{
    size_t count = from->act.answer_count;

    memcpy(to, from, offsetof(struct stored_record, act.answers));
    memcpy(to->act.answers, from->act.answers, count * sizeof *to->act.answers);
    memcpy(to->basis, from->basis, count * sizeof *to->basis);
    to->act.answer_count = count;
    to->earlier = from->earlier;
    to->is_sound = from->is_sound;
}

void stored_canonical(const struct stored_record *stored, struct buf *out)
{
    struct record record = {.act = &stored->act, .time = stored->time};

    memcpy(record.id, stored->id, sizeof record.id);
    memcpy(record.basis, stored->basis, stored->act.answer_count * sizeof *record.basis);
    record_principal(stored->salt, stored->act.visitor, record.principal);
    record_canonical(&record, out);
}

enum answer stored_answer(const struct stored_record *record, const char *document,
                          const char *question)
{
    const struct act *act = &record->act;

    if (record->is_sound && strcmp(act->document, document) == 0)
        for (size_t i = 0; i < act->answer_count; i++)
            if (strcmp(act->answers[i].question, question) == 0)
                return act->answers[i].answer;
    return ANSWER_COUNT;
}
