/* What was closed, noted outside of the database, so that a backup from before then can be told
 * when it is restored: a line for each entry, "erasure HASH" or "retention HASH", in hexadecimal
 * digits.  Hashes are numbers of the log and name nobody.  The file is DATABASE.erased; a line may
 * stand in it twice. */
#ifndef TEADE_ERASED_H
#define TEADE_ERASED_H

#include "base/buf.h"
#include "record/closing.h"

/* Adds the line of a hash to `lines`. */
void erased_line(struct buf *lines, enum closing_reason reason,
                 const uint8_t hash[CANONICAL_ENTRY]);

/* Adds lines to the file of a database, on disk when it returns.  false with errno set. */
bool erased_note(const char *database, struct str lines);

struct erased {
    struct erased_entry {
        uint8_t hash[CANONICAL_ENTRY];
        enum closing_reason reason;
    } * entries; /* sorted */
    size_t count;
    bool is_there; /* the file: where nothing was ever closed, there is none */
};

/* Reads the file of a database; a last line that was cut off is passed over.  false with the reason
 * in `why`: it cannot be read, or is not such a file.  Release it either way. */
bool erased_read(struct erased *erased, const char *database, struct buf *why);

/* Why an entry was closed; CLOSING_REASONS: it was not. */
enum closing_reason erased_why(const struct erased *erased, const uint8_t hash[CANONICAL_ENTRY]);

void erased_release(struct erased *erased);

#endif
