/* A closing: the entries that are no longer valid, because a visitor's records were deleted or are
 * no longer needed.  It is an entry of the log itself: what is missing without being
 * named by one, was taken away by somebody else.
 *
 * Canonical bytes (canonical.h):
 *
 *   closed          [[FIRST, LAST], …]: runs of places, rising, none touching the next
 *   event_time      when, YYYY-MM-DDTHH:MM:SSZ
 *   event_type      "erasure" or "retention"
 *   schema_version  "teade-closing-v1" */
#ifndef TEADE_CLOSING_H
#define TEADE_CLOSING_H

#include "canonical.h"

#define CLOSING_VERSION "teade-closing-v1"

enum closing_reason { CLOSING_ERASURE, CLOSING_RETENTION, CLOSING_REASONS };

extern const char *const closing_reasons[]; /* as in canonical */

struct closing_run {
    int64_t first, last; /* places, both included */
};

struct closing {
    enum closing_reason reason;
    int64_t time; /* UTC seconds */
    struct closing_run *runs;
    size_t run_count;
};

/* Adds a place; they must come rising.  One before 0 is in no log, and left out. */
void closing_add(struct closing *closing, int64_t place);

void closing_canonical(const struct closing *closing, struct buf *out);

/* false: not byte for byte a closing, or of a newer version.  Release it either way. */
bool closing_parse(struct closing *closing, struct str canonical);

void closing_release(struct closing *closing);

#endif
