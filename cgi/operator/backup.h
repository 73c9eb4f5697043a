/* Copies of the database. */
#ifndef TEADE_BACKUP_H
#define TEADE_BACKUP_H

#include "store/store.h"

/* What a copy holds, as a line on stdout or stderr can say it; its faults go to stderr. */
struct backup_account {
    struct store_count count;
    int64_t until; /* of the last record, UTC seconds; 0 for none */
};
bool records_check_copy(struct store *copy, const char *name, struct backup_account *account);

/* Says on a terminal what takes its time. */
void records_say(const char *what, const char *name);

/* Returns the program's exit status. */
int records_backup(struct store *store, const char *file, bool json);

#endif
