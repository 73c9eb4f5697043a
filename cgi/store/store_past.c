/* The record of a visitor that is made next names in `earlier` those of this past that have an
 * answer which is still the newest to its question.  So one row leads to all of them, however long
 * the history is. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store_private.h"

enum { PLACE = 8 }; /* bytes of one */

static void add_place(struct buf *places, int64_t place)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_addc(places, (char)((uint64_t)place >> shift & 0xff));
}

bool earlier_next(struct str *places, int64_t *place)
{
    uint64_t number = 0;

    if (places->len < PLACE)
        return false;
    for (size_t i = 0; i < PLACE; i++)
        number = number << 8 | (uint8_t)places->data[i];
    *places = (struct str){places->data + PLACE, places->len - PLACE};
    *place = (int64_t)number;
    return true;
}

/* Room for one more, behind the others; they are large, and their memory is used again. */
static struct stored_record *spare(struct past *past)
{
    if (past->count == past->size) {
        past->items = mem_grow(past->items, past->size, sizeof *past->items);
        past->items[past->size++] = mem_alloc(sizeof **past->items);
    }
    return past->items[past->count];
}

bool store_record_at(struct store *store, int64_t place, const uint8_t visitor[ACT_VISITOR],
                     struct stored_record *record, bool *found)
{
    struct db_statement *query = store_query(store, QUERY_RECORD_AT);
    bool ok;

    db_bind_int(query, 1, place);
    if (!store_step(store, query, found))
        return false;
    if (!*found)
        return true;
    ok = store_read_record(store, query, record);
    record->earlier = (struct str){NULL, 0};
    db_reset(query);
    *found = ok && memcmp(record->act.visitor, visitor, ACT_VISITOR) == 0;
    return ok;
}

/* One that is not there any more has ended. */
static bool read_earlier(struct store *store, const uint8_t visitor[ACT_VISITOR], struct str places,
                         struct past *past)
{
    bool ok = true, found;

    for (int64_t place; ok && earlier_next(&places, &place);) {
        ok = store_record_at(store, place, visitor, spare(past), &found);
        past->count += ok && found;
    }
    return ok;
}

bool store_read_past(struct store *store, const uint8_t visitor[ACT_VISITOR], struct past *past)
{
    struct db_statement *query = store_query(store, QUERY_NEWEST_RECORDS);
    struct buf places = BUF_INIT;
    bool found, ok;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    db_bind_int(query, 2, 1);
    if (!store_step(store, query, &found))
        return false;
    if (!found)
        return true;
    ok = store_read_record(store, query, spare(past));
    if (ok) {
        past->count = 1;
        buf_addstr(&places, past->items[0]->earlier);
        past->items[0]->earlier = (struct str){NULL, 0};
    }
    db_reset(query);
    ok = ok && read_earlier(store, visitor, buf_str(&places), past);
    buf_release(&places);
    return ok;
}

void past_release(struct past *past)
{
    for (size_t i = 0; i < past->size; i++)
        free(past->items[i]);
    free(past->items);
    *past = (struct past){NULL, 0, 0};
}

const struct stored_record *past_find(const struct past *past, const char *document,
                                      const char *question)
{
    for (size_t i = 0; i < past->count && past->items[i]->is_sound; i++)
        if (stored_answer(past->items[i], document, question) != ANSWER_COUNT)
            return past->items[i];
    return NULL;
}

/* Whether an answer of the record at `at` is the newest to its question, also behind the act.  What
 * a damaged record says is not known: it stays. */
static bool has_newest(const struct past *past, size_t at, const struct stored_record *next)
{
    const struct stored_record *record = past->items[at];

    for (size_t i = 0; record->is_sound && i < record->act.answer_count; i++) {
        const char *question = record->act.answers[i].question;
        bool is_newest = stored_answer(next, record->act.document, question) == ANSWER_COUNT;

        for (size_t newer = 0; is_newest && newer < at; newer++)
            is_newest =
                stored_answer(past->items[newer], record->act.document, question) == ANSWER_COUNT;
        if (is_newest)
            return true;
    }
    return !record->is_sound;
}

void past_earlier(const struct past *past, const struct stored_record *next, struct buf *places)
{
    for (size_t at = 0; at < past->count; at++)
        if (has_newest(past, at, next))
            add_place(places, past->items[at]->entry);
}

static void drop(struct past *past, size_t at)
{
    struct stored_record *dropped = past->items[at];

    memmove(past->items + at, past->items + at + 1, (past->size - at - 1) * sizeof *past->items);
    past->items[past->size - 1] = dropped;
    past->count--;
}

/* From the last on, since each is judged by those before it. */
void past_advance(struct past *past, const struct stored_record *next)
{
    struct stored_record *first;

    for (size_t at = past->count; at-- > 0;)
        if (!has_newest(past, at, next))
            drop(past, at);
    first = spare(past);
    stored_copy(first, next);
    memmove(past->items + 1, past->items, past->count * sizeof *past->items);
    past->items[0] = first;
    past->count++;
}
