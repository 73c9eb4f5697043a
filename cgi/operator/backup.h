/* What a copy of the database holds. */
#ifndef TEADE_BACKUP_H
#define TEADE_BACKUP_H

#include "store/store.h"
#include "store/store_verify.h"

struct backup_account {
    struct store_count count;
    int64_t until; /* of the last record, UTC seconds; 0 for none */
};

/* Verifies a copy, which is called `name` where its faults are said.  false: it has some. */
bool backup_check(struct store *copy, const char *name, struct backup_account *account);

#endif
