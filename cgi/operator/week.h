/* Weeks as ISO 8601 has them: from Monday to Sunday, in UTC, named by the year of their
 * Thursday.  They are numbered so that they compare: 0 is the week of 1970-01-01. */
#ifndef TEADE_WEEK_H
#define TEADE_WEEK_H

#include <stdint.h>

#include "base/date.h"

enum { WEEK_NAME = 9 }; /* YYYY-Www and the NUL */

int64_t week_at(int64_t seconds);     /* of an instant in UTC, from 1970 on */
int64_t week_of_day(struct date day); /* below 0 before 1970 */

/* Of a week from 0 on, until that of 9999-12-31. */
void week_name(int64_t week, char name[WEEK_NAME]);

#endif
