/* Provisions that are carried over. */
#include <sodium.h>
#include <string.h>

#include "record/disclosure.h"
#include "store_merge_private.h"

struct row {
    struct str salt, canonical, key; /* of the visitor; empty where there is none */
    struct provision view;
};

static bool is_provision(struct db_statement *query, const struct store_entry *entry,
                         struct row *row)
{
    uint8_t hash[CANONICAL_ENTRY];

    *row = (struct row){
        .salt = db_blob(query, 3), .canonical = db_blob(query, 4), .key = db_blob(query, 6)};
    if (row->salt.len != CANONICAL_SALT)
        return false;
    canonical_entry(PROVISION_VERSION, (const uint8_t *)row->salt.data, row->canonical, hash);
    return str_equal(entry->entry, (struct str){(const char *)hash, sizeof hash}) &&
           provision_parse(&row->view, row->canonical);
}

static bool is_whose(struct str key, const struct provision *provision)
{
    uint8_t handle[IDENTITY_HANDLE];

    if (key.len != ACT_VISITOR)
        return false;
    identity_handle((const uint8_t *)key.data, handle);
    return memcmp(handle, provision->handle, sizeof handle) == 0;
}

/* Also where the database has lost the visitor and the copy has not: whoever was erased goes from
 * the copy after this.  *visitor 0: there is none. */
static bool find_provided(struct store *copy, const struct row *row, int64_t *visitor)
{
    struct db_statement *query;
    bool found;

    *visitor = 0;
    if (is_whose(row->key, &row->view))
        return store_carry_visitor(copy, row->key, visitor);
    query = store_query(copy, QUERY_VISITORS);
    db_bind_int(query, 1, INT64_MIN);
    db_bind_int(query, 2, INT64_MAX);
    while (store_step(copy, query, &found)) {
        if (!found)
            return true;
        if (is_whose(db_blob(query, 1), &row->view)) {
            *visitor = db_int(query, 0);
            db_reset(query);
            return true;
        }
    }
    return false;
}

static bool add_provision(struct store *copy, const struct store_entry *entry,
                          const struct row *row)
{
    struct store_row added = {.id = row->view.id,
                              .salt = (const uint8_t *)row->salt.data,
                              .entry = (const uint8_t *)entry->entry.data,
                              .time = row->view.time,
                              .canonical = row->canonical};

    return find_provided(copy, row, &added.visitor) && store_append_provision(copy, &added);
}

static void lose_provision(struct carrying *carrying, const struct store_entry *entry,
                           const struct provision *provision)
{
    char id[2 * PROVISION_ID + 1], handle[2 * IDENTITY_HANDLE + 1];

    carrying->carried->lost.provisions++;
    if (!provision) {
        store_carry_name(carrying, entry, "provision", NULL, NULL, "damaged");
        return;
    }
    sodium_bin2hex(id, sizeof id, provision->id, sizeof provision->id);
    sodium_bin2hex(handle, sizeof handle, provision->handle, sizeof provision->handle);
    store_carry_name(carrying, entry, "provision", id, handle,
                     provision_grounds[provision->ground]);
}

static void ignore(void *context, const struct store_provision *provision)
{
    (void)context;
    (void)provision;
}

static bool carry_row(struct carrying *carrying, const struct store_entry *entry,
                      const struct row *row)
{
    bool has;

    if (!store_find_provision(carrying->copy, row->view.id, &has, ignore, NULL))
        return false;
    if (has)
        return true;
    if (!carrying->related) {
        lose_provision(carrying, entry, &row->view);
        return true;
    }
    carrying->carried->kept.provisions++;
    return add_provision(carrying->copy, entry, row);
}

bool store_carry_provision(struct carrying *carrying, const struct store_entry *entry)
{
    struct db_statement *query = store_query(carrying->live, QUERY_PROVISIONS);
    struct row row;
    bool found, ok = true;

    db_bind_int(query, 1, entry->index);
    db_bind_int(query, 2, 1);
    if (!store_step(carrying->live, query, &found) || !found || db_int(query, 0) != entry->index)
        store_carry_lose(carrying, entry, NULL);
    else if (is_provision(query, entry, &row))
        ok = carry_row(carrying, entry, &row);
    else
        lose_provision(carrying, entry, NULL);
    db_reset(query);
    return ok;
}
