/* Whom the operator means: a visitor, by the handle that the organisation keeps beside a customer's
 * account (identity.h), or by the ID of one of their records or disclosures; and the database in
 * which a command looks for them. */
#ifndef TEADE_SUBJECT_H
#define TEADE_SUBJECT_H

#include "commands.h"
#include "record/identity.h"
#include "store/store.h"

struct subject {
    uint8_t handle[IDENTITY_HANDLE];
    bool is_known; /* to the database: else only provisions are left of them */
    uint8_t visitor[ACT_VISITOR];
    bool by_record; /* an open record was named, this one */
    uint8_t record[ACT_RECORD_ID];
};

/* Opens the database to read it.  NULL: why not was said. */
struct store *subject_database(const struct options *options);

/* Opens the database and finds whom the command's argument means.  NULL: why not was said, and
 * *status is the exit status.  `known`: the command needs more than the disclosures that are left
 * of a deleted visitor. */
struct store *subject_open(const struct options *options, bool known, struct subject *subject,
                           int *status);

/* Closes the database after reading; returns the exit status.  `read`: it could be read to the
 * end; `sound`: nothing in it is damaged. */
int subject_close(struct store *store, bool read, bool sound);

#endif
