/* What the rooms that carry records and provisions over share. */
#ifndef TEADE_STORE_MERGE_PRIVATE_H
#define TEADE_STORE_MERGE_PRIVATE_H

#include "store_merge.h"
#include "store_private.h"

struct carrying {
    struct store *live, *copy;
    bool related, ok;    /* ok: the copy could be read and written */
    int64_t begun, next; /* places: where the copy ended; that is to be met next */
    struct store_entry_kinds kinds;
    struct store_carried *carried;
};

/* The visitor with that key, who is made if the copy does not know them. */
bool store_carry_visitor(struct store *copy, struct str key, int64_t *visitor);

/* Notes that something is lost: a line of its numbers; `id` and `handle` are hexadecimal or NULL.
 */
void store_carry_name(struct carrying *carrying, const struct store_entry *entry, const char *what,
                      const char *id, const char *handle, const char *why);

/* The same of a record, which is counted as well; `view` NULL: what it said cannot be told. */
void store_carry_lose(struct carrying *carrying, const struct store_entry *entry,
                      const struct record_view *view);

/* Carries the provision of an entry, or notes its loss.  false: the copy cannot be written. */
bool store_carry_provision(struct carrying *carrying, const struct store_entry *entry);

#endif
