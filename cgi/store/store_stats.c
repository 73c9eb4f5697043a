/* What is counted over all visitors. */
#include "store_private.h"

enum { VISITORS_PAGE = 1024 }; /* records read in one transaction: well under a second */

/* Where a walk by visitor stands: behind this record of this visitor. */
struct walk {
    int64_t visitor, entry;
    bool more;
};

static bool give_page(struct store *store, struct walk *walk,
                      void (*take)(void *context, int64_t visitor, struct str canonical),
                      void *context)
{
    struct db_statement *query = store_query(store, QUERY_BY_VISITOR);
    bool ok = true;

    db_bind_int(query, 1, walk->visitor);
    db_bind_int(query, 2, walk->entry);
    db_bind_int(query, 3, VISITORS_PAGE);
    walk->more = false;
    while (store_next(store, query, &ok)) {
        *walk = (struct walk){db_int(query, 0), db_int(query, 1), true};
        take(context, walk->visitor, db_blob(query, 2));
    }
    return ok;
}

bool store_by_visitor(struct store *store,
                      void (*take)(void *context, int64_t visitor, struct str canonical),
                      void *context)
{
    struct walk walk = {INT64_MIN, INT64_MIN, true};
    bool ok = true;

    while (ok && walk.more) {
        ok = store_begin(store) && give_page(store, &walk, take, context);
        store_rollback(store);
    }
    return ok;
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
