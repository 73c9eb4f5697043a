/* Records as the operator reads them, on stdout. */
#ifndef TEADE_SHOW_H
#define TEADE_SHOW_H

#include <jansson.h>

#include "store/store.h"

/* A line, its keys sorted; the value is given away. */
void print_json(json_t *json);

/* At most 32 bytes; and what canonical bytes say. */
json_t *hex_json(const uint8_t *bytes, size_t len);
json_t *canonical_json(struct str canonical);

/* One line for each open record, oldest first, of a visitor only if `visitor` is not NULL; `json`:
 * one object a line. */
bool records_list(struct store *store, const uint8_t *visitor, bool json);

/* A record in plain words, its bytes, its proof by the newest signed head of the log, and the exact
 * text it was made on.  *found: there is such a record; *sound: its entry, its proof and its text
 * are what they should be.  Not in a transaction. */
bool records_show(struct store *store, const uint8_t id[ACT_RECORD_ID], bool json, bool *found,
                  bool *sound);

/* The same of each record of a visitor, oldest first, and in words each text once; then what was
 * provided to third parties. */
bool records_show_all(struct store *store, const uint8_t visitor[ACT_VISITOR], bool json,
                      bool *sound);

/* Every fault there is, and the count; whether there is none.  `anchor` is the anchor's file, which
 * need not be there; `head` that of a head of the log that was kept elsewhere, or NULL.  `now`: UTC
 * seconds, which no time in the log should be behind. */
bool records_verify(struct store *store, const char *anchor, const char *head, int64_t now,
                    bool json);

#endif
