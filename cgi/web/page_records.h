/* A visitor's own records: as the slots of their page, and to take away. */
#ifndef TEADE_PAGE_RECORDS_H
#define TEADE_PAGE_RECORDS_H

#include "visitor.h"

/* Adds the newest records to a list; *more: there are others.  false: unavailable. */
bool history_add(const struct visitor *visitor, struct exchange *exchange, json_t *records,
                 bool *more);

/* A part of all records, newest first, as objects: what is needed to compute each one's entry in
 * the log (record.h) stands beside its words.  `labels` and `recipients` have an element for each
 * answer, the latter null where nobody is named. */
struct history_part {
    json_t *records, *texts; /* texts: by their digests; null where the site has them no more */
    size_t bytes, most;      /* of both as JSON, and at how many the part ends */
    int64_t before;          /* the index it begins below, or 0; then the next part's, or 0 */
};

/* false: unavailable. */
bool history_export(const struct visitor *visitor, struct exchange *exchange,
                    struct history_part *part);

/* The flags that say what was answered: given, refused, objected, taken_back, open.
 * `answer` is an enum answer, or -1 for none. */
json_t *history_answer(int answer);

#endif
