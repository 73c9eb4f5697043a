/* Reading for visitors and for the operator. */
#include <string.h>

#include "store_private.h"

/* What is read in one transaction: well under a second. */
enum { ENTRIES_PAGE = 1024, RECORDS_PAGE = 256, VISITORS_PAGE = 16384 };

bool store_visitor(struct store *store, const uint8_t key[ACT_VISITOR], bool *known,
                   int64_t *visitor)
{
    struct db_statement *query = store_query(store, QUERY_VISITOR);

    db_bind_blob(query, 1, key, ACT_VISITOR);
    return store_int(store, query, known, visitor);
}

/* Records. */

/* The current row of QUERY_RECORDS, QUERY_FIND or QUERY_OPEN_RECORDS. */
static bool give_record(struct store *store, struct db_statement *query, store_take_record *take,
                        void *context)
{
    struct store_record record = {
        .index = db_int(query, 0), .canonical = db_blob(query, 3), .title = ""};
    struct str entry = db_blob(query, 1), salt = db_blob(query, 2);
    const struct text_question *asked[ACT_ANSWERS_MAX];
    const struct store_words *words;
    struct record_view view;

    if (entry.len != RECORD_ENTRY || salt.len != RECORD_SALT)
        return store_refuse(store, "entry %lld is damaged", (long long)record.index);
    memcpy(record.entry, entry.data, RECORD_ENTRY);
    memcpy(record.salt, salt.data, RECORD_SALT);
    if (record_parse(record.canonical, &view)) {
        if (!store_words(store, view.act.digest, &words))
            return false;
        for (size_t i = 0; i < view.act.answer_count; i++)
            asked[i] = questions_find(&words->asked, view.act.answers[i].question);
        record.view = &view;
        record.title = words->title;
        record.asked = asked;
    }
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

static void read_entry(struct db_statement *query, struct store_entry *entry)
{
    *entry = (struct store_entry){.index = db_int(query, 0),
                                  .entry = db_blob(query, 1),
                                  .open = !db_is_null(query, 3),
                                  .salt = db_blob(query, 2),
                                  .canonical = db_blob(query, 3),
                                  .record_id = db_blob(query, 4),
                                  .visitor = db_int(query, 5),
                                  .offer = db_int(query, 6),
                                  .time = db_int(query, 7),
                                  .document = db_text(query, 8),
                                  .revision = db_text(query, 9),
                                  .language = db_text(query, 10),
                                  .digest = db_blob(query, 11),
                                  .key = db_blob(query, 12)};
}

/* Gives the entries from `*next` on, a page of them at most, and moves *next behind them. */
static bool give_page(struct store *store, int64_t *next, bool *more,
                      void (*take)(void *context, const struct store_entry *entry), void *context)
{
    struct db_statement *query = store_query(store, QUERY_ENTRIES);
    struct store_entry entry;
    bool ok = true;

    *more = false;
    db_bind_int(query, 1, *next);
    db_bind_int(query, 2, ENTRIES_PAGE);
    while (store_next(store, query, &ok)) {
        read_entry(query, &entry);
        go_behind(entry.index, next, more);
        take(context, &entry);
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
