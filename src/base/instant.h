/* Instants: UTC seconds since 1970, as records, receipts and the log state them, and calendar
 * months before and after one. */
#ifndef TEADE_INSTANT_H
#define TEADE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

/* The last instant that can be stated; the first is 0. */
#define INSTANT_MAX INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

enum {
    INSTANT_SIZE = 21,     /* bytes of YYYY-MM-DDTHH:MM:SSZ and its NUL */
    INSTANT_AHEAD = 5 * 60 /* seconds */
};

static inline bool instant_is_valid(int64_t instant)
{
    return instant >= 0 && instant <= INSTANT_MAX;
}

/* An instant so much later than now was not stated by a clock that is right: either the clock that
 * stated it was ahead, or ours is behind. */
static inline bool instant_is_ahead(int64_t instant, int64_t now)
{
    return instant > now && instant - now > INSTANT_AHEAD;
}

/* One that is not valid, as an altered database can have it, is written as the nearest one that
 * is: verification reports it. */
void instant_write(int64_t instant, char text[INSTANT_SIZE]);

/* false: not an instant in exactly that form.  By digits, not by strptime(): `verify` reads one of
 * each record. */
bool instant_read(struct str text, int64_t *instant);

/* The instant so many calendar months later, in UTC; where there is no such day, the end of the
 * month (Regulation (EEC, Euratom) 1182/71, article 3).  INSTANT_MAX at the latest. */
int64_t instant_months_later(int64_t instant, int months);

/* The first instant that is less than so many calendar months before now. */
int64_t instant_months_ago(int64_t now, int months);

#endif
