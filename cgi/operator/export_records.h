/* Open records on stdout, oldest first, for whoever takes the records elsewhere.
 *
 * JSON Lines: an object a line, its keys sorted.
 *   index       of the record's entry in the log, from 0
 *   hash        of the entry, in hex; record.h says how it follows from salt and record
 *   labels      the words of each question that is answered, as its text has them
 *   recipients  to whom data would go and which, as the text says it of a question of a recipient
 *   record      the record itself: its canonical bytes are this object without white space
 *   salt        in hex
 *   title       the first line of the text
 * Where the bytes in the database are not a record: "damaged": true instead of labels, recipients,
 * record and title.
 *
 * CSV: a header line, then a line for each answer; a record without answers has one.  A cell that
 * begins with = + - @ tab or CR gets a leading apostrophe against formula injection: csv.h. */
#ifndef TEADE_EXPORT_RECORDS_H
#define TEADE_EXPORT_RECORDS_H

#include "store/store.h"

/* `visitor`: theirs only, if not NULL.  *sound false: a record was damaged.  Memory does not grow
 * with the number of records, and no transaction waits for whoever reads stdout. */
bool records_export(struct store *store, const uint8_t *visitor, bool csv, bool *sound);

#endif
