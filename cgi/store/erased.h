/* What a backup from before must not bring back, noted outside of the database: DATABASE.erased.
 *
 *   erasure HASH      an entry whose visitor was erased
 *   retention HASH    an entry whose time was over
 *   withdrawal TAG    a yes that was withdrawn or refused since
 *   objection TAG     a record whose visitor objected later
 *
 * Each is a line, its 32 bytes in hexadecimal digits; a line may stand there twice.  HASH is that
 * of the log and names nobody.  TAG (store_end.c) is made with the salt of a record: only a
 * database that has the record can tell what it is about, and after an erasure none can. */
#ifndef TEADE_ERASED_H
#define TEADE_ERASED_H

#include "base/buf.h"
#include "record/closing.h"

enum erased_kind {
    ERASED_ERASURE, /* the first two are those of enum closing_reason */
    ERASED_RETENTION,
    ERASED_WITHDRAWAL,
    ERASED_OBJECTION,
    ERASED_KINDS
};

/* Adds the line of a hash or tag to `lines`. */
void erased_line(struct buf *lines, enum erased_kind kind, const uint8_t hash[CANONICAL_ENTRY]);

/* Adds lines to the file of a database, on disk when it returns.  false with errno set. */
bool erased_note(const char *database, struct str lines);

struct erased {
    struct erased_entry {
        uint8_t hash[CANONICAL_ENTRY];
        enum erased_kind kind;
    } * entries; /* sorted */
    size_t count;
    bool is_there; /* the file; a keeper makes it when it starts */
    bool is_cut;   /* its last line is not whole */
};

/* Adds lines to what was read; false: they are not such lines. */
bool erased_add(struct erased *erased, struct str lines);

/* Reads the file of a database; a last line that was cut off is passed over.  false with the reason
 * in `why`: it cannot be read, or is not such a file.  Release it either way. */
bool erased_read(struct erased *erased, const char *database, struct buf *why);

bool erased_has(const struct erased *erased, enum erased_kind kind,
                const uint8_t hash[CANONICAL_ENTRY]);

/* Why an entry was closed; CLOSING_REASONS: it was not. */
enum closing_reason erased_why(const struct erased *erased, const uint8_t hash[CANONICAL_ENTRY]);

void erased_release(struct erased *erased);

#endif
