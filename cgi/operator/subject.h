/* Whom the operator means: a visitor, by the handle that the organisation keeps beside a customer's
 * account (identity.h), or by the number of one of their records, as on a receipt, or of a
 * provision. */
#ifndef TEADE_SUBJECT_H
#define TEADE_SUBJECT_H

#include "record/identity.h"
#include "store/store.h"

struct subject {
    uint8_t handle[IDENTITY_HANDLE];
    bool is_known; /* to the database: else only provisions are left of them */
    uint8_t visitor[ACT_VISITOR];
    bool by_record; /* an open record was named, this one */
    uint8_t record[ACT_RECORD_ID];
};

/* Whether it could be the one or the other, by its letters. */
bool subject_is_handle(const char *id);
bool subject_is_number(const char *id);

/* Looks for the visitor; *found false where nothing is left.  false: the database could not be
 * read. */
bool subject_find(struct subject *subject, struct store *store, const char *id, bool *found);

#endif
