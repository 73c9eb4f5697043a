/* What is counted over all visitors. */
#include "store_private.h"

enum { VISITORS_PAGE = 1024 }; /* records read in one transaction: well under a second */

/* Where a walk by visitor stands: behind this record of this visitor. */
struct walk {
    struct buf visitor;    /* the key, as it is in the row */
    int64_t number, entry; /* of the visitor, in the order of the walk; of the record */
    bool more;
};

static void go_on(struct walk *walk, struct db_statement *query)
{
    struct str visitor = db_blob(query, 1);

    if (walk->number == 0 || !str_equal(buf_str(&walk->visitor), visitor)) {
        buf_reset(&walk->visitor);
        buf_addstr(&walk->visitor, visitor);
        walk->number++;
    }
    walk->entry = db_int(query, 0);
    walk->more = true;
}

static bool give_page(struct store *store, struct walk *walk, store_take_walked *take,
                      void *context)
{
    struct db_statement *query = store_query(store, QUERY_BY_VISITOR);
    struct stored_record record;
    struct buf visitor = BUF_INIT; /* where the page begins */
    bool ok = true;

    buf_addstr(&visitor, buf_str(&walk->visitor));
    db_bind_blob(query, 1, visitor.data, visitor.len);
    db_bind_int(query, 2, walk->entry);
    db_bind_int(query, 3, VISITORS_PAGE);
    walk->more = false;
    while (store_next(store, query, &ok)) {
        go_on(walk, query);
        ok = store_read_record(store, query, &record);
        if (ok)
            take(context, walk->number, &record);
    }
    buf_release(&visitor);
    return ok;
}

bool store_walk_visitors(struct store *store, store_take_walked *take, void *context)
{
    struct walk walk = {.visitor = BUF_INIT, .entry = INT64_MIN, .more = true};
    bool own = !db_in_transaction(store->db), ok = true;

    buf_addc(&walk.visitor, '\0'); /* before all keys */
    while (ok && walk.more) {
        ok = (!own || store_begin(store)) && give_page(store, &walk, take, context);
        if (own)
            store_rollback(store);
    }
    buf_release(&walk.visitor);
    return ok;
}

struct taker {
    struct store *store;
    void (*take)(void *context, int64_t visitor, struct str canonical);
    void *context;
};

static void give_canonical(void *context, int64_t visitor, const struct stored_record *record)
{
    const struct taker *taker = context;
    struct buf *canonical = &taker->store->canonical;

    buf_reset(canonical);
    if (record->is_sound)
        stored_canonical(record, canonical);
    taker->take(taker->context, visitor, buf_str(canonical));
}

bool store_by_visitor(struct store *store,
                      void (*take)(void *context, int64_t visitor, struct str canonical),
                      void *context)
{
    struct taker taker = {store, take, context};

    return store_walk_visitors(store, give_canonical, &taker);
}

bool store_stats(struct store *store, struct store_stats *stats)
{
    struct db_statement *query = store_query(store, QUERY_STATS);
    bool found;

    if (!store_step(store, query, &found))
        return false;
    *stats = (struct store_stats){.visitors = db_int(query, 0),
                                  .texts = db_int(query, 1),
                                  .entries = db_int(query, 2),
                                  .records = db_int(query, 3),
                                  .since = db_int(query, 4),
                                  .until = db_int(query, 5),
                                  .bytes = db_size(store->db)};
    db_reset(query);
    return stats->bytes >= 0 || store_fail(store);
}
