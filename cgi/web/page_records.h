/* A visitor's own records: as slots of their page, and to download. */
#ifndef TEADE_PAGE_RECORDS_H
#define TEADE_PAGE_RECORDS_H

#include <jansson.h>

#include "visitor.h"

/* Appends the newest records; *more: there are others.  false: unavailable. */
bool records_slots(const struct exchange *exchange, const struct visitor *visitor, json_t *items,
                   bool *more);

/* A part of all records, newest first, as objects: the words of a record, and what is needed to
 * compute its hash in the log (record.h).  `labels` and `recipients` have an element for each
 * answer; a recipient is null if nobody was named. */
struct records_part {
    const struct bundle *bundle; /* set by records_export() */
    json_t *records, *texts;     /* texts by digest; null if the site no longer has one */
    size_t bytes, most;          /* of both as JSON, and at how many the part ends */
    int64_t before;              /* the index below which to begin, or 0; then the next part's */
};

/* false: unavailable. */
bool records_export(const struct exchange *exchange, const struct visitor *visitor,
                    struct records_part *part);

#endif
