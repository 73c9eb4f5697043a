/* Time zones by the machine's own rules (tzdata), which its updates keep right: where the day
 * begins is the law's matter, and laws change.  Nothing here depends on the machine's locale or on
 * its own time zone. */
#ifndef TEADE_ZONE_H
#define TEADE_ZONE_H

#include <stdint.h>

#include "base/date.h"

/* Whether the machine knows the zone by this name: an IANA name such as Europe/Tallinn.  UTC is
 * known everywhere. */
bool zone_known(const char *zone);
/* Adds the machine's rules of a zone, as its file has them; false: it has none, as it may of UTC. */
bool zone_rules(const char *zone, struct buf *out);

/* Today there; `zone` is known, here and below. */
struct date zone_today(const char *zone);

/* The first instant of a day there, in UTC seconds: where clocks skip midnight, the first after it;
 * where they go back over it, the first of the two; where a whole day was skipped, that of the next
 * one. */
int64_t zone_day_start(const char *zone, struct date day);

#endif
