/* Records as the operator reads them, on stdout. */
#ifndef TEADE_RECORDS_PRINT_H
#define TEADE_RECORDS_PRINT_H

#include "store.h"

/* One line for each open record, oldest first; `json`: one object a line. */
bool records_list(struct store *store, bool json);

/* A record in plain words, its bytes, and the exact text it was made on.  *found: there is
 * such a record; *sound: its entry and its text are what they should be. */
bool records_show(struct store *store, const uint8_t id[ACT_RECORD_ID], bool json, bool *found,
                  bool *sound);

#endif
