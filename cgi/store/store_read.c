/* Reading for visitors and for the operator. */
#include <string.h>

#include "store_private.h"

/* What is read in one transaction: well under a second. */
enum { ENTRIES_PAGE = 1024, RECORDS_PAGE = 256, VISITORS_PAGE = 16384 };

bool store_is_known(struct store *store, const uint8_t visitor[ACT_VISITOR], bool *known)
{
    struct db_statement *query = store_query(store, QUERY_IS_KNOWN);
    int64_t entry;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    return store_int(store, query, known, &entry);
}

bool store_newest_id(struct store *store, const uint8_t visitor[ACT_VISITOR],
                     uint8_t id[ACT_RECORD_ID])
{
    struct db_statement *query;
    bool found;

    if (store->newest.known && memcmp(store->newest.visitor, visitor, ACT_VISITOR) == 0) {
        memcpy(id, store->newest.id, ACT_RECORD_ID);
        return true;
    }
    query = store_query(store, QUERY_NEWEST_ID);
    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    if (!store_step(store, query, &found))
        return false;
    if (found && db_blob(query, 0).len == ACT_RECORD_ID)
        memcpy(id, db_blob(query, 0).data, ACT_RECORD_ID);
    db_reset(query);
    return true;
}

/* Records. */

/* What a view says, with the words of its text. */
static bool give_view(struct store *store, struct store_record *record,
                      const struct record_view *view, store_take_record *take, void *context)
{
    const struct text_question *asked[ACT_ANSWERS_MAX];
    const struct store_words *words;

    if (!store_words(store, view->act.digest, &words))
        return false;
    for (size_t i = 0; i < view->act.answer_count; i++)
        asked[i] = questions_find(&words->asked, view->act.answers[i].question);
    record->view = view;
    record->title = words->title;
    record->asked = asked;
    take(context, record);
    return true;
}

/* The current row of a query of records with their hashes. */
static bool give_record(struct store *store, struct db_statement *query, store_take_record *take,
                        void *context)
{
    struct stored_record stored;
    struct store_record record = {.title = ""};
    struct str entry = db_blob(query, RECORD_COLUMNS);
    struct record_view view;

    if (!store_read_record(store, query, &stored))
        return false;
    record.index = stored.entry;
    if (entry.len != RECORD_ENTRY)
        return store_refuse(store, "entry %lld is damaged", (long long)record.index);
    memcpy(record.entry, entry.data, RECORD_ENTRY);
    memcpy(record.salt, stored.salt, RECORD_SALT);
    buf_reset(&store->canonical);
    if (stored.is_sound)
        stored_canonical(&stored, &store->canonical);
    record.canonical = buf_str(&store->canonical);
    if (record_parse(record.canonical, &view))
        return give_view(store, &record, &view, take, context);
    take(context, &record);
    return true;
}

bool store_records(struct store *store, const uint8_t visitor[ACT_VISITOR], int64_t before,
                   size_t limit, store_take_record *take, void *context)
{
    struct db_statement *query = store_query(store, QUERY_RECORDS);
    bool ok = true;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    db_bind_int(query, 2, before > 0 ? before : INT64_MAX);
    db_bind_int(query, 3, limit < INT32_MAX ? (int64_t)limit : INT32_MAX);
    while (store_next(store, query, &ok))
        ok = give_record(store, query, take, context);
    return ok;
}

bool store_find(struct store *store, const uint8_t id[ACT_RECORD_ID], bool *found,
                store_take_record *take, void *context)
{
    struct db_statement *query = store_query(store, QUERY_FIND);
    bool ok;

    db_bind_blob(query, 1, id, ACT_RECORD_ID);
    ok = store_step(store, query, found) && (!*found || give_record(store, query, take, context));
    db_reset(query);
    return ok;
}

bool store_visitor_of(struct store *store, const uint8_t id[ACT_RECORD_ID], bool *found,
                      uint8_t visitor[ACT_VISITOR])
{
    struct db_statement *query = store_query(store, QUERY_VISITOR_OF);
    struct str key;

    db_bind_blob(query, 1, id, ACT_RECORD_ID);
    if (!store_step(store, query, found))
        return false;
    key = *found ? db_blob(query, 0) : (struct str){NULL, 0};
    if (key.len == ACT_VISITOR)
        memcpy(visitor, key.data, ACT_VISITOR);
    db_reset(query);
    return !*found || key.len == ACT_VISITOR ||
           store_refuse(store, "the key of a visitor is damaged");
}

/* There is nothing behind the last place that a row can have. */
static void go_behind(int64_t place, int64_t *next, bool *more)
{
    *more = place < INT64_MAX;
    *next = place + *more;
}

/* Gives the records of a query that is bound. */
static bool give_records(struct store *store, struct db_statement *query, int64_t *next, bool *more,
                         store_take_record *take, void *context)
{
    bool ok = true;

    *more = false;
    while (store_next(store, query, &ok)) {
        go_behind(db_int(query, 0), next, more);
        ok = give_record(store, query, take, context);
    }
    return ok;
}

bool store_records_from(struct store *store, int64_t *next, bool *more, store_take_record *take,
                        void *context)
{
    struct db_statement *query = store_query(store, QUERY_OPEN_RECORDS);

    db_bind_int(query, 1, *next);
    db_bind_int(query, 2, RECORDS_PAGE);
    return give_records(store, query, next, more, take, context);
}

bool store_record_page(struct store *store, int64_t *next, bool *more, store_take_record *take,
                       void *context)
{
    bool ok = store_begin(store) && store_records_from(store, next, more, take, context);

    store_rollback(store);
    return ok;
}

bool store_record_page_of(struct store *store, const uint8_t visitor[ACT_VISITOR], int64_t *next,
                          bool *more, store_take_record *take, void *context)
{
    struct db_statement *query = store_query(store, QUERY_OPEN_RECORDS_OF);
    bool ok;

    db_bind_blob(query, 1, visitor, ACT_VISITOR);
    db_bind_int(query, 2, *next);
    db_bind_int(query, 3, RECORDS_PAGE);
    ok = store_begin(store) && give_records(store, query, next, more, take, context);
    store_rollback(store);
    return ok;
}

/* Visitors. */

static bool give_visitors(struct store *store, int64_t *last, bool *more,
                          bool (*take)(void *context, const uint8_t visitor[ACT_VISITOR]),
                          void *context)
{
    struct db_statement *query = store_query(store, QUERY_VISITORS);
    bool ok = true, wanted = true;

    *more = false;
    db_bind_int(query, 1, *last);
    db_bind_int(query, 2, VISITORS_PAGE);
    while (wanted && store_next(store, query, &ok)) {
        struct str key = db_blob(query, 1);

        *last = db_int(query, 0);
        *more = wanted = key.len != ACT_VISITOR || take(context, (const uint8_t *)key.data);
    }
    db_reset(query);
    return ok;
}

bool store_visitors(struct store *store,
                    bool (*take)(void *context, const uint8_t visitor[ACT_VISITOR]), void *context)
{
    bool ok = true, more = true;

    for (int64_t last = INT64_MIN; ok && more;) {
        ok = store_begin(store) && give_visitors(store, &last, &more, take, context);
        store_rollback(store);
    }
    return ok;
}

/* Entries. */

/* Gives the current row of QUERY_ENTRIES. */
static bool give_entry(struct store *store, struct db_statement *query,
                       void (*take)(void *context, const struct store_entry *entry), void *context)
{
    struct stored_record record;
    struct store_entry entry = {.entry = db_blob(query, RECORD_COLUMNS),
                                .index = db_int(query, RECORD_COLUMNS + 1)};

    if (!db_is_null(query, 0)) {
        if (!store_read_record(store, query, &record))
            return false;
        buf_reset(&store->canonical);
        if (record.is_sound)
            stored_canonical(&record, &store->canonical);
        entry.canonical = buf_str(&store->canonical);
        entry.salt = record.salt;
        entry.record = &record;
        entry.open = true;
    }
    take(context, &entry);
    return true;
}

/* Gives the entries from `*next` on, a page of them at most, and moves *next behind them. */
static bool give_page(struct store *store, int64_t *next, bool *more,
                      void (*take)(void *context, const struct store_entry *entry), void *context)
{
    struct db_statement *query = store_query(store, QUERY_ENTRIES);
    bool ok = true;

    *more = false;
    db_bind_int(query, 1, *next);
    db_bind_int(query, 2, ENTRIES_PAGE);
    while (store_next(store, query, &ok)) {
        go_behind(db_int(query, RECORD_COLUMNS + 1), next, more);
        ok = give_entry(store, query, take, context);
    }
    return ok;
}

/* Also those before the log's first place, where none belongs: whoever looks for a record by its id
 * or its visitor finds it there as well. */
bool store_entries(struct store *store,
                   void (*take)(void *context, const struct store_entry *entry), void *context)
{
    bool own = !db_in_transaction(store->db), ok = true, more = true;

    for (int64_t next = INT64_MIN; ok && more;) {
        if (own && !store_begin(store))
            return false;
        ok = give_page(store, &next, &more, take, context);
        if (own)
            store_rollback(store);
    }
    return ok;
}
