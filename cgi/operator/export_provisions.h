/* Provisions on stdout, oldest first, also of visitors who were erased: to whom which data went.
 *
 * JSON Lines: an object a line, its keys sorted.
 *   index       of the provision's entry in the log, from 0
 *   erased      the visitor is gone; the handle in the provision is all that leads to them
 *   hash        of the entry, in hex; canonical.h says how it follows from salt and provision
 *   kept_until  YYYY-MM-DDTHH:MM:SSZ
 *   provision   itself (disclosure.h): its canonical bytes are this object without white space
 *   salt        in hex
 * Where the bytes in the database are not a provision: "damaged": true instead of kept_until and
 * provision.
 *
 * CSV: a header line, then a line for each; safe to open in a spreadsheet, see csv.h. */
#ifndef TEADE_EXPORT_PROVISIONS_H
#define TEADE_EXPORT_PROVISIONS_H

#include "subject.h"

/* `subject`: of their data only, if not NULL.  *sound false: a provision was damaged.  Memory and
 * transactions as of records. */
bool export_provisions(struct store *store, const struct subject *subject, bool csv,
                       bool *sound);

#endif
