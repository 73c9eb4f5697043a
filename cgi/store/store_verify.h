/* Whether what is stored is what was said. */
#ifndef TEADE_STORE_VERIFY_H
#define TEADE_STORE_VERIFY_H

#include <stdint.h>

#include "database/fault_sink.h"

struct store;

/* Compares everything with everything: schema, pages and keys, texts with their digests, each open
 * record with its entry, its row and the text's questions, and the current answers with the
 * records; an entry without a record must be named by a closing; the log's tree and its signed
 * checkpoints. `sink` gets each thing that is wrong, as a sentence without its end; also that
 * something could not be read to the end.  Not in a transaction; others may write meanwhile. */
struct store_count {
    int64_t entries, records, closed, provisions, texts, checkpoints, faults; /* records: open */
};
void store_verify(struct store *store, const struct fault_sink *sink, struct store_count *count);

/* The same for times that are ahead of the clock: an alarm, though nothing was altered. */
void store_verify_times(struct store *store, int64_t now, const struct fault_sink *sink,
                        struct store_count *count);

#endif
